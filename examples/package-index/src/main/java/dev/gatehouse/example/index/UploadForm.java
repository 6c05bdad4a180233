package dev.gatehouse.example.index;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The form of {@code POST /legacy/} as clients send it: reads the parts, checks digests, and holds what the form says against
 * what the artefact says of itself.
 *
 * <p>A field that is given twice is refused unless metadata allows it several times: which of two names would be decided
 * on, and which written, must not be a question.
 */
public final class UploadForm {
    private static final int LONGEST_FIELD = 512 * 1024;
    /** Of all fields together, in characters: they are held until the upload ends. */
    private static final int LONGEST_FIELDS = 2 * 1024 * 1024;

    private static final Set<String> SEVERAL_ALLOWED = Set.of(
            "classifiers",
            "dynamic",
            "keywords",
            "license_file",
            "obsoletes",
            "obsoletes_dist",
            "platform",
            "platforms",
            "project_urls",
            "provides",
            "provides_dist",
            "provides_extra",
            "requires",
            "requires_dist",
            "requires_external",
            "supported_platform");

    /** One part of the form. */
    public interface Part {
        String name();

        /** The name of the file, or empty for a plain field. */
        String filename();

        InputStream open() throws IOException;
    }

    private final Map<String, String> fields;
    private final Path content;
    private final Digests digests;
    private final String filename;

    private UploadForm(Map<String, String> fields, Path content, Digests digests, String filename) {
        this.fields = fields;
        this.content = content;
        this.digests = digests;
        this.filename = filename;
    }

    /**
     * Reads the form and copies the file to a temporary one of the store.
     *
     * @param limit the most bytes a file may have
     * @throws UploadProblem with the answer for the client; nothing is left behind
     */
    public static UploadForm read(Collection<? extends Part> parts, FileStore store, long limit)
            throws IOException, UploadProblem {
        Map<String, String> fields = new HashMap<>();
        int length = 0;
        Part file = null;
        for (Part part : parts) {
            if (part.name().equals("content")) {
                if (file != null) {
                    throw duplicate("content");
                }
                file = part;
                continue;
            }
            String text = text(part);
            length += text.length();
            if (length > LONGEST_FIELDS) {
                throw new UploadProblem("The fields of the form are longer than " + LONGEST_FIELDS + " characters.");
            }
            if (fields.put(part.name(), text) != null && !SEVERAL_ALLOWED.contains(part.name())) {
                throw duplicate(part.name());
            }
        }
        check(fields);
        if (file == null || file.filename().isEmpty()) {
            throw new UploadProblem("Upload payload does not have a file.");
        }
        Path temporary = store.newTemporaryFile();
        boolean kept = false;
        try {
            Digests digests;
            try (InputStream in = file.open();
                    OutputStream out = Files.newOutputStream(temporary)) {
                digests = Digests.copy(in, out, limit);
            }
            for (String field : new String[] {"sha256_digest", "md5_digest", "blake2_256_digest"}) {
                digests.check(field, fields.getOrDefault(field, ""));
            }
            kept = true;
            return new UploadForm(Map.copyOf(fields), temporary, digests, file.filename());
        } finally {
            if (!kept) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    private static void check(Map<String, String> fields) throws UploadProblem {
        if (!fields.getOrDefault("protocol_version", "1").equals("1")) {
            throw new UploadProblem("Unknown protocol version.");
        }
        if (ProjectName.of(fields.getOrDefault("name", "")).isEmpty()) {
            throw new UploadProblem(
                    "The name of the project is missing or not valid: letters, digits, '.', '-' and '_',"
                            + " beginning and ending with a letter or digit.");
        }
        if (fields.getOrDefault("version", "").isEmpty()) {
            throw new UploadProblem("version: This field is required.");
        }
        if (!Versions.isVersion(fields.getOrDefault("version", ""))) {
            throw new UploadProblem("version: Not a version as PEP 440 has them.");
        }
    }

    private static UploadProblem duplicate(String field) {
        return new UploadProblem(field + ": Should not be a tuple.");
    }

    private static String text(Part part) throws IOException, UploadProblem {
        try (InputStream in = part.open()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            in.transferTo(new Bounded(out));
            return out.toString(StandardCharsets.UTF_8);
        } catch (FieldTooLongException e) {
            throw new UploadProblem(part.name() + ": longer than " + LONGEST_FIELD + " bytes.");
        }
    }

    /** The project that the form names; the artefact names the same, or {@link #finish} refuses. */
    public ProjectName name() {
        return ProjectName.of(fields.getOrDefault("name", "")).orElseThrow();
    }

    public String version() {
        return fields.getOrDefault("version", "");
    }

    /**
     * Holds the form against the artefact.
     *
     * @throws UploadProblem if the file is not what the form says
     */
    public UploadedFile finish() throws IOException, UploadProblem {
        Artefact artefact = Artefact.read(content, filename);
        String type = fields.getOrDefault("filetype", artefact.packagetype());
        if (!type.equals(artefact.packagetype())) {
            throw new UploadProblem("Invalid file extension for the file type '" + Artefact.visible(type) + "'.");
        }
        if (!artefact.name().normalized().equals(name().normalized())) {
            throw new UploadProblem(
                    "The form is for the project '" + name().display() + "', but the metadata in the file" + " says '"
                            + artefact.name().display() + "'.");
        }
        if (!Versions.same(artefact.version(), version())) {
            throw new UploadProblem("The form is for version '" + Artefact.visible(version())
                    + "', but the metadata in the file says '" + Artefact.visible(artefact.version()) + "'.");
        }
        return new UploadedFile(
                name(),
                version(),
                filename,
                artefact.packagetype(),
                Artefact.visible(artefact.summary()),
                artefact.requiresPython().isEmpty() ? null : artefact.requiresPython(),
                digests.size(),
                digests.sha256());
    }

    /** The digest of the bytes received. */
    public String sha256() {
        return digests.sha256();
    }

    /** Gives the bytes their place in the store. */
    public void keep(FileStore store) throws IOException {
        store.keep(content, digests.sha256());
    }

    /** Removes the temporary file, if it was not kept. */
    public void discard() throws IOException {
        Files.deleteIfExists(content);
    }

    private static final class FieldTooLongException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Stops a field that is longer than any client's. */
    private static final class Bounded extends OutputStream {
        private final ByteArrayOutputStream out;

        Bounded(ByteArrayOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (out.size() + length > LONGEST_FIELD) {
                throw new FieldTooLongException();
            }
            out.write(bytes, offset, length);
        }
    }
}
