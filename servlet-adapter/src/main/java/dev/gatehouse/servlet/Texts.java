package dev.gatehouse.servlet;

import dev.gatehouse.policy.MessageContext;
import dev.gatehouse.policy.rule.ReasonCode;
import dev.gatehouse.policy.rule.Remedy;
import dev.gatehouse.servlet.Answer.Line;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes an answer's text for a medium; each escapes on its own. */
final class Texts {
    private static final JsonFactory JSON = new JsonFactory();

    private Texts() {}

    /** The text in UTF-8; a plain one without the line's end, which costs a copy here and none where it is written. */
    static byte[] of(Medium medium, Answer answer, MessageContext context) {
        return switch (medium) {
            case TEXT -> answer.text(context).getBytes(StandardCharsets.UTF_8);
            case HTML -> html(answer, context).getBytes(StandardCharsets.UTF_8);
            case PROBLEM -> problem(answer, context);
        };
    }

    private static String html(Answer answer, MessageContext context) {
        StringBuilder page = new StringBuilder(512)
                .append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(title(answer))
                .append("</title></head>\n<body><main><h1>")
                .append(title(answer))
                .append("</h1>\n");
        for (String line : answer.text(context).split("\n", -1)) {
            page.append("<p>").append(escaped(line)).append("</p>\n");
        }
        String link = link(answer.step(), context);
        if (link != null) {
            page.append("<p><a href=\"")
                    .append(escaped(link))
                    .append("\">")
                    .append(escaped(link))
                    .append("</a></p>\n");
        }
        return page.append("</main></body></html>\n").toString();
    }

    static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
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

    private static byte[] problem(Answer answer, MessageContext context) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("type", "about:blank");
            json.writeStringProperty("title", title(answer));
            json.writeNumberProperty("status", answer.status());
            json.writeStringProperty("detail", answer.text(context));
            json.writeStringProperty("code", answer.code());
            json.writeArrayPropertyStart("refusals");
            for (Line line : answer.lines()) {
                refusal(json, line, context);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void refusal(JsonGenerator json, Line line, MessageContext context) {
        if (line.refusal() == null) {
            return;
        }
        json.writeStartObject();
        json.writeStringProperty("requirement", line.refusal().requirement());
        json.writeArrayPropertyStart("codes");
        for (ReasonCode code : line.refusal().codes()) {
            json.writeString(code.name());
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("ways");
        for (List<Remedy> way :
                line.refusal().ways().stream().map(w -> w.steps()).toList()) {
            json.writeStartArray();
            for (Remedy step : way) {
                json.writeString(step.id());
            }
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeStringProperty("detail", line.text(context));
        String link = link(line.remedy(), context);
        if (link != null) {
            json.writeStringProperty("link", link);
        }
        json.writeEndObject();
    }

    private static @Nullable String link(@Nullable Remedy remedy, MessageContext context) {
        return remedy == null ? null : context.link(remedy).orElse(null);
    }

    private static String title(Answer answer) {
        return switch (answer.status()) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }
}
