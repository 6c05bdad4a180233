package dev.gatehouse.example.story;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Wheels made by hand, the smallest that {@code twine} and {@code pip} take. */
public final class Wheels {
    private Wheels() {}

    /** A wheel of this project and version, in the directory. */
    public static Path make(Path directory, String project, String version) throws IOException {
        return make(directory, project, version, "Summary: A small thing");
    }

    /** The same with these lines in its metadata. */
    static Path make(Path directory, String project, String version, String headers) throws IOException {
        String stem = project.replace('-', '_') + "-" + version;
        Path file = Files.createDirectories(directory).resolve(stem + "-py3-none-any.whl");
        return Files.write(file, bytes(stem, project, version, headers));
    }

    private static byte[] bytes(String stem, String project, String version, String headers) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            add(zip, project.replace('-', '_') + ".py", "VERSION = '" + version + "'\n");
            String info = stem + ".dist-info/";
            add(
                    zip,
                    info + "METADATA",
                    "Metadata-Version: 2.1\nName: " + project + "\nVersion: " + version + "\n" + headers + "\n\n");
            add(zip, info + "WHEEL", "Wheel-Version: 1.0\nGenerator: hand\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
            add(zip, info + "RECORD", "");
        }
        return out.toByteArray();
    }

    private static void add(ZipOutputStream zip, String name, String text) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(1_600_000_000_000L);
        zip.putNextEntry(entry);
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
