package dev.gatehouse.testkit.issuer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The HTTP server of a {@link FakeIssuer}, on loopback. */
final class FakeIssuerServer {
    private static final int LARGE = (1 << 20) + 1;
    private static final long DRIP_MILLIS = 5;

    private final HttpServer server;
    private final ExecutorService threads;
    private final CountDownLatch closed = new CountDownLatch(1);

    private FakeIssuerServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    static FakeIssuerServer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ExecutorService threads = Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "fake issuer");
                thread.setDaemon(true);
                return thread;
            });
            server.setExecutor(threads);
            return new FakeIssuerServer(server, threads);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void serve(FakeIssuer issuer) {
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(issuer, exchange);
            }
        });
        server.start();
    }

    private void answer(FakeIssuer issuer, HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] document = issuer.answer(path);
        if (document == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        switch (issuer.behaviour()) {
            case UNAVAILABLE -> exchange.sendResponseHeaders(503, -1);
            case REDIRECTING -> {
                exchange.getResponseHeaders().set("Location", url() + "/moved" + path);
                exchange.sendResponseHeaders(302, -1);
            }
            case STALLING -> await(Long.MAX_VALUE);
            case DRIPPING -> drip(exchange);
            case OVERSIZED -> send(exchange, new byte[LARGE]);
            default -> send(exchange, document);
        }
    }

    private static void send(HttpExchange exchange, byte[] document) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        // Without a length, so that whoever reads has to count.
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(document);
    }

    private void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        while (!await(DRIP_MILLIS)) {
            body.write(' ');
            body.flush();
        }
    }

    /** Whether the server was closed within that time. */
    private boolean await(long millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
