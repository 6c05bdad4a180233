package dev.gatehouse.testkit.filter;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.testkit.token.TokenForge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An index in one class that does what a filter ought to do, or, where it is told to, one thing wrongly. */
final class NaiveHost implements AutoCloseable {
    /** What it does wrongly. */
    enum Fault {
        NONE,
        REFUSES_READS,
        REFUSES_GOOD_CREDENTIALS,
        KNOWS_NO_HEAD,
        OPENS_WHAT_IS_NOT_LISTED,
        TAKES_ANY_METHOD,
        OBEYS_OVERRIDES,
        /** Decides by the path as it was sent, and serves the path as it is decoded. */
        DECODES_BEHIND_THE_FILTER,
        TAKES_AMBIGUOUS_PATHS,
        NEEDS_NO_SESSION,
        ASKS_FOR_NO_FACTOR,
        READS_TOKENS_ON_PAGES,
        READS_COOKIES_ON_UPLOADS,
        LETS_A_SESSION_REPLACE_A_BAD_TOKEN,
        CHECKS_NO_SIGNATURES,
        TAKES_PASSWORDS,
        LACKS_PYPIS_WORDS,
        REFUSES_ITS_OWN_PAGES,
        ASKS_NOT_WHERE_A_CHANGE_COMES_FROM,
        TAKES_FORMS_FOR_JSON,
        TELLS_WHOSE_TOKEN_IT_IS,
        LETS_ANSWERS_BE_STORED,
        KEEPS_THE_USER_OF_A_CONNECTION
    }

    private static final String TOKEN = TokenForge.signed("pypi", "index.test", "42", new byte[] {7})
            .token()
            .text();
    private static final Set<String> OVERRIDES = Set.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override");

    private final Fault fault;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final Map<InetSocketAddress, String> users = new ConcurrentHashMap<>();

    NaiveHost(Fault fault) {
        this.fault = fault;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    FilterHost description() {
        return FilterHost.at(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                        "/simple/foo/",
                        "/manage/projects/",
                        FilterRequest.post("/legacy/", "application/octet-stream", "file"),
                        new FilterHost.Credentials(
                                "Cookie: sid=alice", "Cookie: sid=bob", basic("__token__", TOKEN), basic("alice", "x")))
                .change(FilterRequest.post("/change", "application/json", "{}"))
                .pypi()
                .secrets("alice")
                .build();
    }

    private static String basic(String user, String secret) {
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    /** A refusal. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int status;

        Refused(int status, String body) {
            super(body);
            this.status = status;
        }
    }

    private boolean has(Fault one) {
        return fault == one;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            if (!has(Fault.LETS_ANSWERS_BE_STORED)) {
                exchange.getResponseHeaders().add("Cache-Control", "no-store");
            }
            int status = 200;
            String body = "served";
            try {
                decide(method, exchange);
            } catch (Refused e) {
                status = e.status;
                body = e.getMessage();
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            if (method.equals("HEAD")) {
                exchange.sendResponseHeaders(status, -1);
            } else {
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    private void decide(String sent, HttpExchange exchange) {
        URI target = exchange.getRequestURI();
        Headers headers = exchange.getRequestHeaders();
        String raw = target.getRawPath();
        boolean ambiguous = raw.contains("%") || raw.contains(";") || raw.contains("//") || raw.contains("/.");
        if (ambiguous && has(Fault.DECODES_BEHIND_THE_FILTER) && !raw.startsWith("/manage/")) {
            if (target.normalize()
                    .getPath()
                    .replaceAll(";[^/]*|/x/\\.\\.|^/+(?=/)", "")
                    .contains("/manage/")) {
                return;
            }
        }
        if (ambiguous && has(Fault.TAKES_AMBIGUOUS_PATHS) && headers.containsKey("Cookie")) {
            return;
        }
        if (ambiguous) {
            throw new Refused(400, "ambiguous path");
        }
        String method = sent;
        boolean overridden = OVERRIDES.stream().anyMatch(headers::containsKey)
                || (target.getRawQuery() != null && target.getRawQuery().contains("_method"));
        if (overridden && has(Fault.OBEYS_OVERRIDES)) {
            return;
        }
        if (overridden) {
            throw new Refused(400, "overridden method");
        }
        if (method.equals("HEAD") && !has(Fault.KNOWS_NO_HEAD)) {
            method = "GET";
        }
        route(method, raw, exchange);
    }

    private void route(String method, String path, HttpExchange exchange) {
        boolean any = has(Fault.TAKES_ANY_METHOD);
        Headers headers = exchange.getRequestHeaders();
        if (path.startsWith("/simple/") && (any || method.equals("GET"))) {
            check(!has(Fault.REFUSES_READS), 403, "no reads");
        } else if (path.equals("/manage/projects/") && (any || method.equals("GET"))) {
            page(headers, exchange.getRemoteAddress());
        } else if (path.equals("/change") && method.equals("POST")) {
            change(headers);
        } else if (path.equals("/legacy/") && (any || method.equals("POST"))) {
            upload(headers);
        } else {
            check(has(Fault.OPENS_WHAT_IS_NOT_LISTED), 403, "not listed");
        }
    }

    private static void check(boolean holds, int status, String why) {
        if (!holds) {
            throw new Refused(status, why);
        }
    }

    private static String user(Headers headers) {
        String cookie = String.valueOf(headers.getFirst("Cookie"));
        return cookie.contains("sid=alice") ? "alice" : cookie.contains("sid=bob") ? "bob" : "";
    }

    private void page(Headers headers, InetSocketAddress connection) {
        String user = user(headers);
        if (has(Fault.KEEPS_THE_USER_OF_A_CONNECTION) && !user.isEmpty()) {
            users.put(connection, user);
        }
        if (has(Fault.KEEPS_THE_USER_OF_A_CONNECTION)) {
            user = users.getOrDefault(connection, "");
        }
        if (has(Fault.READS_TOKENS_ON_PAGES) && isGood(headers)) {
            return;
        }
        check(!user.isEmpty() || has(Fault.NEEDS_NO_SESSION), 401, "log in");
        check(!user.equals("bob") || has(Fault.ASKS_FOR_NO_FACTOR), 403, "set up a second factor");
        check(!has(Fault.REFUSES_GOOD_CREDENTIALS), 403, "no");
    }

    private void change(Headers headers) {
        check(user(headers).equals("alice"), 401, "log in");
        boolean isJson = "application/json".equals(headers.getFirst("Content-Type"));
        String own = "http://" + headers.getFirst("Host");
        String origin = headers.getFirst("Origin");
        String site = headers.getFirst("Sec-Fetch-Site");
        boolean isOwn = (origin != null || site != null)
                && (origin == null || origin.equals(own))
                && (site == null || site.equals("same-origin"));
        check(isOwn || has(Fault.ASKS_NOT_WHERE_A_CHANGE_COMES_FROM), 403, "another site");
        check(isJson || has(Fault.TAKES_FORMS_FOR_JSON), 403, "no JSON");
        check(!has(Fault.REFUSES_ITS_OWN_PAGES), 403, "no");
    }

    private void upload(Headers headers) {
        List<String> all = headers.getOrDefault("Authorization", List.of());
        if (has(Fault.READS_COOKIES_ON_UPLOADS)
                && all.isEmpty()
                && !user(headers).isEmpty()) {
            return;
        }
        if (has(Fault.LETS_A_SESSION_REPLACE_A_BAD_TOKEN)
                && !all.isEmpty()
                && !user(headers).isEmpty()) {
            return;
        }
        check(all.size() <= 1, 400, "two credentials");
        boolean isPassword = !all.isEmpty() && secret(all.get(0)).equals("alice:x");
        if (isPassword && !has(Fault.TAKES_PASSWORDS)) {
            throw new Refused(403, has(Fault.LACKS_PYPIS_WORDS) ? "no" : "No: " + FilterContract.PYPI_PHRASE);
        }
        check(isPassword || isGood(headers), 401, told(all));
    }

    private String told(List<String> authorization) {
        boolean ofAlice = has(Fault.TELLS_WHOSE_TOKEN_IT_IS)
                && !authorization.isEmpty()
                && id(secret(authorization.get(0))).equals("42");
        return ofAlice ? "alice's token has another signature" : "no such token";
    }

    private boolean isGood(Headers headers) {
        String pair = secret(String.valueOf(headers.getFirst("Authorization")));
        return pair.equals("__token__:" + TOKEN) || (has(Fault.CHECKS_NO_SIGNATURES) && id(pair).equals("42"));
    }

    private static String id(String pair) {
        try {
            return TokenForge.of(pair.substring(pair.indexOf(':') + 1)).id();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String secret(String authorization) {
        try {
            return authorization.startsWith("Basic ")
                    ? new String(Base64.getDecoder().decode(authorization.substring(6)), StandardCharsets.UTF_8)
                    : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
