package dev.gatehouse.example.story;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** Uploads as clients send them, for cases that no client would. */
public final class Uploads {
    private static final String BOUNDARY = "----a-boundary-of-a-form";
    static final String CONTENT_TYPE = "multipart/form-data; boundary=" + BOUNDARY;

    private final Index index;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ByteArrayOutputStream form = new ByteArrayOutputStream();

    private Uploads(Index index) {
        this.index = index;
    }

    /** A form without anything. */
    public static Uploads to(Index index) {
        return new Uploads(index);
    }

    /** The form of a wheel, as twine fills it. */
    public static Uploads of(Index index, Path wheel, String name, String version) throws IOException {
        return to(index)
                .field(":action", "file_upload")
                .field("protocol_version", "1")
                .field("name", name)
                .field("version", version)
                .field("filetype", "bdist_wheel")
                .field("metadata_version", "2.1")
                .file(wheel.getFileName().toString(), Files.readAllBytes(wheel));
    }

    /** One more field. */
    public Uploads field(String name, String value) throws IOException {
        write("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n");
        return this;
    }

    public Uploads file(String filename, byte[] content) throws IOException {
        write("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"content\"; filename=\"" + filename
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n");
        form.write(content);
        write("\r\n");
        return this;
    }

    /** Sends it with user and password. */
    public HttpResponse<String> send(String user, String password) throws IOException, InterruptedException {
        String credentials =
                Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return send("Basic " + credentials);
    }

    /** Sends it with this value of {@code Authorization}. */
    public HttpResponse<String> send(String authorization) throws IOException, InterruptedException {
        write("--" + BOUNDARY + "--\r\n");
        return client.send(
                HttpRequest.newBuilder(URI.create(index.address() + "/legacy/"))
                        .header("Content-Type", CONTENT_TYPE)
                        .header("Authorization", authorization)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(form.toByteArray()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The whole form once it has been sent, a character for each octet. */
    String body() {
        return form.toString(StandardCharsets.ISO_8859_1);
    }

    private void write(String text) throws IOException {
        form.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
