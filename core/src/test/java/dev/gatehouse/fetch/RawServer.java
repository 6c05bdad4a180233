package dev.gatehouse.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A server on loopback that reads the head of a request and then says, byte by byte, what a test wants it to. */
final class RawServer implements AutoCloseable {
    /** What is said to one connection. */
    interface Script {
        void run(RawServer server, Socket connection) throws IOException;
    }

    private static final char[] PASSWORD = "for this test alone".toCharArray();

    private final ServerSocket socket;
    private final Script script;
    private final boolean tls;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger written = new AtomicInteger();
    private final List<String> heads = new CopyOnWriteArrayList<>();

    private RawServer(ServerSocketFactory sockets, boolean tls, Script script) throws IOException {
        this.socket = sockets.createServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        this.tls = tls;
        this.script = script;
        Thread thread = new Thread(this::accept, "raw server");
        thread.setDaemon(true);
        thread.start();
    }

    static RawServer tls(SSLContext context, Script script) throws IOException {
        return new RawServer(context.getServerSocketFactory(), true, script);
    }

    static RawServer plain(Script script) throws IOException {
        return new RawServer(ServerSocketFactory.getDefault(), false, script);
    }

    /** A context that shows, and trusts, a certificate of its own for this name, such as {@code ip:127.0.0.1}. */
    static SSLContext certified(Path folder, String name) throws IOException, GeneralSecurityException {
        Path file = folder.resolve(name.replaceAll("[^a-z0-9]", "-") + ".p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keyalg",
                "EC",
                "-alias",
                "server",
                "-dname",
                "CN=test",
                "-ext",
                "SAN=" + name));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!Files.exists(file)) {
            throw new IOException("keytool: " + said);
        }
        KeyStore keys = KeyStore.getInstance(file.toFile(), PASSWORD);
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    private void accept() {
        while (closed.getCount() > 0) {
            try {
                Socket connection = socket.accept();
                connections.incrementAndGet();
                Thread thread = new Thread(() -> serve(connection), "raw connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            script.run(this, connection);
        } catch (IOException e) {
            // The other side has gone, as it should in half of the tests.
        }
    }

    /** Reads the head of a request. */
    String head(Socket connection) throws IOException {
        InputStream in = connection.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.append((char) next);
        }
        heads.add(head.toString());
        return head.toString();
    }

    /** Says all of it at once. */
    void say(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        connection.getOutputStream().flush();
    }

    /** Says it one byte every 10 milliseconds, each in a packet, or TLS record, of its own. */
    void drip(Socket connection, String text) throws IOException {
        connection.setTcpNoDelay(true);
        for (int i = 0; i < text.length() && !await(10); i++) {
            say(connection, text.substring(i, i + 1));
            written.incrementAndGet();
        }
    }

    /** Says nothing until the server is closed. */
    void stall() {
        await(TimeUnit.MINUTES.toMillis(2));
    }

    private boolean await(long millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    URI address(String host) {
        return URI.create((tls ? "https://" : "http://") + host + ":" + socket.getLocalPort() + "/keys?x=1");
    }

    int connections() {
        return connections.get();
    }

    int dripped() {
        return written.get();
    }

    List<String> heads() {
        return heads;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
