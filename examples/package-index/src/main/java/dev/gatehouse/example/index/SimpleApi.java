package dev.gatehouse.example.index;

import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;

/** The simple repository API as HTML (PEP 503) and JSON (PEP 691), in the form that a client asks for. */
public final class SimpleApi {
    private static final String VERSION = "1.1";
    private static final JsonFactory JSON = new JsonFactory();

    /** The forms in which a page is served. */
    public enum Form {
        JSON("application/vnd.pypi.simple.v1+json"),
        HTML("application/vnd.pypi.simple.v1+html"),
        PLAIN_HTML("text/html");

        private final String mediaType;

        Form(String mediaType) {
            this.mediaType = mediaType;
        }

        /** The value of {@code Content-Type}. */
        public String contentType() {
            return this == JSON ? mediaType : mediaType + "; charset=utf-8";
        }
    }

    private final Function<ReleaseFile, String> address;

    /** Pages whose files are at these addresses. */
    public SimpleApi(Function<ReleaseFile, String> address) {
        this.address = address;
    }

    /** The path of a file below a prefix that ends in a slash. */
    public static String pathBelow(String prefix, ReleaseFile file) {
        return prefix + file.sha256().substring(0, 2) + "/" + file.sha256() + "/"
                + URLEncoder.encode(file.filename(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The form that fits the header best; empty if none that is served is acceptable (RFC 9110, 12.5.1). */
    public static Optional<Form> negotiate(String accept) {
        if (accept.isBlank()) {
            return Optional.of(Form.PLAIN_HTML);
        }
        Form best = null;
        double bestQuality = 0;
        for (Form form : new Form[] {Form.PLAIN_HTML, Form.HTML, Form.JSON}) {
            double quality = quality(accept, form);
            if (quality > bestQuality) {
                best = form;
                bestQuality = quality;
            }
        }
        return Optional.ofNullable(best);
    }

    private static double quality(String accept, Form form) {
        double quality = 0;
        int precision = -1;
        for (String range : accept.split(",", 64)) {
            String[] parts = range.strip().split(";", 16);
            String type = parts[0].strip().toLowerCase(Locale.ROOT);
            int match = type.equals(form.mediaType) || type.equals(form.mediaType.replace(".v1+", ".latest+"))
                    ? 2
                    : type.equals(form.mediaType.substring(0, form.mediaType.indexOf('/')) + "/*")
                            ? 1
                            : type.equals("*/*") ? 0 : -1;
            if (match > precision) {
                precision = match;
                quality = q(parts);
            }
        }
        return quality;
    }

    private static double q(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("q=")) {
                String value = parameter.substring(2);
                return value.matches("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?") ? Double.parseDouble(value) : 0;
            }
        }
        return 1;
    }

    /** The page that lists every project. */
    public String index(List<Project> projects, Form form) {
        if (form == Form.JSON) {
            StringWriter out = new StringWriter();
            try (JsonGenerator json = JSON.createGenerator(tools.jackson.core.ObjectWriteContext.empty(), out)) {
                json.writeStartObject();
                meta(json);
                json.writeName("projects");
                json.writeStartArray();
                for (Project project : projects) {
                    json.writeStartObject();
                    json.writeStringProperty("name", project.name());
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            return out.toString();
        }
        StringBuilder html = head("Simple index");
        for (Project project : projects) {
            html.append("<a href=\"/simple/")
                    .append(project.normalized())
                    .append("/\">")
                    .append(escape(project.name()))
                    .append("</a><br>\n");
        }
        return html.append("</body>\n</html>\n").toString();
    }

    /** The page that lists the files of one project. */
    public String project(Project project, List<ReleaseFile> files, Form form) {
        if (form == Form.JSON) {
            return projectJson(project, files);
        }
        StringBuilder html = head("Links for " + project.name());
        html.append("<h1>Links for ").append(escape(project.name())).append("</h1>\n");
        for (ReleaseFile file : files) {
            html.append("<a href=\"")
                    .append(escape(address.apply(file)))
                    .append("#sha256=")
                    .append(file.sha256())
                    .append('"');
            file.requiresPython()
                    .ifPresent(r -> html.append(" data-requires-python=\"")
                            .append(escape(r))
                            .append('"'));
            html.append('>').append(escape(file.filename())).append("</a><br>\n");
        }
        return html.append("</body>\n</html>\n").toString();
    }

    private String projectJson(Project project, List<ReleaseFile> files) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(tools.jackson.core.ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            meta(json);
            json.writeStringProperty("name", project.normalized());
            json.writeName("versions");
            json.writeStartArray();
            for (String version :
                    files.stream().map(ReleaseFile::version).distinct().toList()) {
                json.writeString(version);
            }
            json.writeEndArray();
            json.writeName("files");
            json.writeStartArray();
            for (ReleaseFile file : files) {
                json.writeStartObject();
                json.writeStringProperty("filename", file.filename());
                json.writeStringProperty("url", address.apply(file));
                json.writeName("hashes");
                json.writeStartObject();
                json.writeStringProperty("sha256", file.sha256());
                json.writeEndObject();
                if (file.requiresPython().isPresent()) {
                    json.writeStringProperty(
                            "requires-python", file.requiresPython().get());
                }
                json.writeNumberProperty("size", file.size());
                // PEP 700 allows six digits of a second, and strict clients refuse a page with more.
                json.writeStringProperty(
                        "upload-time",
                        DateTimeFormatter.ISO_INSTANT.format(file.uploaded().truncatedTo(ChronoUnit.MICROS)));
                json.writeBooleanProperty("yanked", false);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return out.toString();
    }

    private static void meta(JsonGenerator json) {
        json.writeName("meta");
        json.writeStartObject();
        json.writeStringProperty("api-version", VERSION);
        json.writeEndObject();
    }

    private static StringBuilder head(String title) {
        return new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"pypi:repository-version\" content=\"" + VERSION + "\">\n<title>")
                .append(escape(title))
                .append("</title>\n</head>\n<body>\n");
    }

    private static String escape(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }
}
