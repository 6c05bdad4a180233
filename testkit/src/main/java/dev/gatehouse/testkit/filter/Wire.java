package dev.gatehouse.testkit.filter;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One connection over which requests go as they are written, so that nothing between test and host changes them. */
final class Wire implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 30_000;

    private final URI base;
    private final Socket socket;
    private final InputStream in;

    private Wire(URI base) throws IOException {
        this.base = base;
        this.socket = new Socket(base.getHost(), base.getPort() < 0 ? 80 : base.getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static Wire to(URI base) {
        try {
            return new Wire(base);
        } catch (IOException e) {
            throw new AssertionError("no connection to " + base, e);
        }
    }

    /** One request on a connection of its own. */
    static FilterAnswer send(URI base, FilterRequest request) {
        try (Wire wire = to(base)) {
            return wire.send(request, "close");
        }
    }

    /** One request, after which the connection stays open. */
    FilterAnswer send(FilterRequest request) {
        return send(request, "keep-alive");
    }

    private FilterAnswer send(FilterRequest request, String connection) {
        String path = base.getRawPath() == null ? "" : base.getRawPath().replaceFirst("/$", "");
        StringBuilder head = new StringBuilder(request.method() + " " + path + request.target() + " HTTP/1.1\r\n");
        head.append("Host: ")
                .append(base.getRawAuthority())
                .append("\r\nConnection: ")
                .append(connection);
        request.headers().forEach(line -> head.append("\r\n").append(line));
        byte[] body = request.body().getBytes(StandardCharsets.ISO_8859_1);
        if (body.length > 0 || request.method().equals("POST")) {
            head.append("\r\nContent-Length: ").append(body.length);
        }
        head.append("\r\n\r\n");
        try {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
            all.writeBytes(body);
            socket.getOutputStream().write(all.toByteArray());
            socket.getOutputStream().flush();
            return answer(request.method());
        } catch (IOException e) {
            throw new AssertionError("no answer to " + request, e);
        }
    }

    private FilterAnswer answer(String method) throws IOException {
        String[] first = line().split(" ", 3);
        if (first.length < 2) {
            throw new IOException("no status line");
        }
        List<String> headers = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            headers.add(line);
        }
        int status = Integer.parseInt(first[1]);
        FilterAnswer head = new FilterAnswer(status, first.length < 3 ? "" : first[2], headers, "");
        if (status == 100) {
            return answer(method);
        }
        byte[] body = method.equals("HEAD") || status == 204 || status == 304 ? new byte[0] : body(head);
        return new FilterAnswer(status, head.reason(), headers, new String(body, StandardCharsets.UTF_8));
    }

    private byte[] body(FilterAnswer head) throws IOException {
        if (head.header("Transfer-Encoding").equalsIgnoreCase("chunked")) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int size = chunk(); size > 0; size = chunk()) {
                all.writeBytes(in.readNBytes(size));
                line();
            }
            line();
            return all.toByteArray();
        }
        String length = head.header("Content-Length");
        if (!length.isEmpty()) {
            return in.readNBytes(Integer.parseInt(length));
        }
        try {
            return in.readAllBytes();
        } catch (java.net.SocketException e) {
            // A host that refuses a request line may reset the connection behind its answer.
            return new byte[0];
        }
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the connection was closed");
            }
            if (octet != '\r') {
                line.write(octet);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone in any case.
        }
    }
}
