package dev.gatehouse.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.fetch.FetchFailedException.Reason;
import dev.gatehouse.fetch.RawServer.Script;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fetch against a server that does what it likes, over the platform's own TLS. */
class HttpsFetchTest {
    private static final String GOOD = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    private static final String LOCAL = "127.0.0.1";

    @TempDir
    static Path folder;

    private static SSLContext local;

    @BeforeAll
    static void makeCertificate() throws Exception {
        local = RawServer.certified(folder, "ip:" + LOCAL);
    }

    private static HttpsFetch.Builder allowed() {
        return HttpsFetch.builder().trust(local).allowLoopback();
    }

    private static HttpsFetch hasty() {
        return allowed().totalTimeout(Duration.ofMillis(700)).build();
    }

    private static Script answering(String text) {
        return (server, connection) -> {
            server.head(connection);
            server.say(connection, text);
        };
    }

    private static Reason reasonOf(HttpsFetch fetch, URI address) {
        FetchFailedException failure =
                catchThrowableOfType(FetchFailedException.class, () -> fetch.get(address, Map.of()));
        assertThat(failure).as("a failure").isNotNull();
        return failure.reason();
    }

    private static Reason reasonOf(Script script) throws IOException {
        try (RawServer server = RawServer.tls(local, script)) {
            return reasonOf(allowed().build(), server.address(LOCAL));
        }
    }

    @Test
    void get_overTls_givesTheDocumentAndSendsTheHeaders() throws IOException {
        try (RawServer server = RawServer.tls(local, answering(GOOD))) {
            byte[] document = allowed().build().get(server.address(LOCAL), Map.of("Authorization", "Bearer x"));

            assertThat(new String(document, StandardCharsets.UTF_8)).isEqualTo("{}");
            assertThat(server.heads()).hasSize(1);
            assertThat(server.heads().get(0))
                    .startsWith("GET /keys?x=1 HTTP/1.1\r\n")
                    .contains("Authorization: Bearer x\r\n", "Connection: close\r\n", "Accept: application/json\r\n")
                    .doesNotContain("Java/");
        }
    }

    @Test
    void get_twice_takesTwoConnections() throws IOException {
        try (RawServer server = RawServer.tls(local, answering(GOOD))) {
            HttpsFetch fetch = allowed().build();
            fetch.get(server.address(LOCAL), Map.of());
            fetch.get(server.address(LOCAL), Map.of());

            assertThat(server.connections()).isEqualTo(2);
        }
    }

    /** The check stands between resolution and connection: nobody is reached, by number or by name. */
    @ParameterizedTest
    @ValueSource(strings = {LOCAL, "localhost", "[::ffff:127.0.0.1]"})
    void get_ofALoopbackHost_reachesNobody(String host) throws IOException {
        try (RawServer server = RawServer.tls(local, answering(GOOD))) {
            HttpsFetch fetch = HttpsFetch.builder().trust(local).build();

            assertThat(reasonOf(fetch, server.address(host))).isEqualTo(Reason.FORBIDDEN_HOST);
            assertThat(server.connections()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.1", "169.254.169.254", "192.168.1.1", "100.64.0.1", "[fd00::1]", "[fe80::1]", "0.0.0.0"})
    void get_ofAPrivateHost_isRefusedEvenWhereLoopbackIsAllowed(String host) {
        assertThat(reasonOf(allowed().build(), URI.create("https://" + host + "/keys")))
                .isEqualTo(Reason.FORBIDDEN_HOST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.org/keys",
                "ftp://example.org/keys",
                "file:///etc/passwd",
                "https:/keys",
                "https:keys",
                "keys",
                "https://user@example.org/keys",
                "https://user:word@example.org/keys",
                "https://example.org/keys#part",
                "https://example.org/schlüssel",
                "https://exa_mple:99999999/keys",
                "http://127.0.0.1.example.org/keys",
                "http://10.0.0.1/keys"
            })
    void get_ofAnotherAddress_isRefusedUnasked(String address) {
        assertThat(reasonOf(allowed().build(), URI.create(address))).isEqualTo(Reason.ADDRESS);
    }

    @Test
    void get_overPlainHttp_isForLoopbackAndOnlyIfAllowed() throws IOException {
        try (RawServer server = RawServer.plain(answering(GOOD))) {
            assertThat(reasonOf(HttpsFetch.create(), server.address(LOCAL))).isEqualTo(Reason.ADDRESS);
            assertThat(server.connections()).isZero();
            assertThat(allowed().build().get(server.address(LOCAL), Map.of())).hasSize(2);
        }
    }

    @Test
    void get_fromAHostThatNobodyVouchesFor_isUntrusted() throws IOException {
        try (RawServer server = RawServer.tls(local, answering(GOOD))) {
            HttpsFetch fetch = HttpsFetch.builder().allowLoopback().build();

            assertThat(reasonOf(fetch, server.address(LOCAL))).isEqualTo(Reason.UNTRUSTED);
            assertThat(server.heads()).isEmpty();
        }
    }

    @Test
    void get_fromAHostWithACertificateOfAnother_isUntrusted() throws Exception {
        SSLContext other = RawServer.certified(folder, "dns:other.example");
        try (RawServer server = RawServer.tls(other, answering(GOOD))) {
            HttpsFetch fetch = HttpsFetch.builder().trust(other).allowLoopback().build();

            assertThat(reasonOf(fetch, server.address(LOCAL))).isEqualTo(Reason.UNTRUSTED);
            assertThat(server.heads()).isEmpty();
        }
    }

    @Test
    void get_ofNobody_isUnreachable() throws IOException {
        URI address;
        try (RawServer server = RawServer.tls(local, answering(GOOD))) {
            address = server.address(LOCAL);
        }

        assertThat(reasonOf(allowed().build(), address)).isEqualTo(Reason.UNREACHABLE);
    }

    @ParameterizedTest
    @CsvSource({"301, REDIRECT", "302, REDIRECT", "303, REDIRECT", "304, REDIRECT", "307, REDIRECT", "308, REDIRECT"})
    void get_withARedirect_isNotFollowed(int status, Reason reason) throws IOException {
        try (RawServer server = RawServer.tls(local, (self, connection) -> {
            self.head(connection);
            self.say(
                    connection,
                    "HTTP/1.1 " + status + " Moved\r\nLocation: " + self.address(LOCAL)
                            + "\r\nContent-Length: 2\r\n\r\n{}");
        })) {
            assertThat(reasonOf(allowed().build(), server.address(LOCAL))).isEqualTo(reason);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 203, 204, 206, 400, 401, 403, 404, 407, 429, 500, 503})
    void get_withAnotherStatus_isNoDocumentAndAskedOnce(int status) throws IOException {
        try (RawServer server = RawServer.tls(
                local,
                answering("HTTP/1.1 " + status + " Other\r\nWWW-Authenticate: Basic realm=\"x\"\r\n"
                        + "Proxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"))) {
            assertThat(reasonOf(allowed().build(), server.address(LOCAL))).isEqualTo(Reason.STATUS);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello\r\n\r\n", "{}", "HTTP/9.9 what\r\n\r\n", "\u0000\u0001\u0002\r\n"})
    void get_ofWhatIsNoHttp_isNoDocument(String said) throws IOException {
        assertThat(reasonOf(answering(said))).isIn(Reason.STATUS, Reason.UNREACHABLE);
    }

    @Test
    void get_withTheConnectionBrokenWithin_isNoDocument() throws IOException {
        assertThat(reasonOf(answering("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"keys\":")))
                .isEqualTo(Reason.UNREACHABLE);
        assertThat(reasonOf(answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n")))
                .isEqualTo(Reason.UNREACHABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: %d\r\n\r\n", "\r\n"})
    void get_ofADocument_isBoundedInSize(String length) throws IOException {
        for (int size : new int[] {1_000, 1_001, 100_000}) {
            String said = "HTTP/1.1 200 OK\r\n" + length.formatted(size) + "x".repeat(size);
            try (RawServer server = RawServer.tls(local, answering(said))) {
                HttpsFetch fetch = allowed().maxBytes(1_000).build();
                if (size <= 1_000) {
                    assertThat(fetch.get(server.address(LOCAL), Map.of())).hasSize(size);
                } else {
                    assertThat(reasonOf(fetch, server.address(LOCAL))).isEqualTo(Reason.TOO_LARGE);
                }
            }
        }
    }

    /** Where a server may waste time. */
    private enum Slow implements Script {
        BEFORE_TLS,
        IN_TLS,
        BEFORE_THE_HEAD,
        IN_THE_HEAD,
        WITH_ENDLESS_HEADERS,
        BEFORE_THE_BODY,
        IN_THE_BODY,
        IN_CHUNKS;

        @Override
        public void run(RawServer server, java.net.Socket connection) throws IOException {
            if (this == BEFORE_TLS || this == IN_TLS) {
                return;
            }
            server.head(connection);
            switch (this) {
                case IN_THE_HEAD -> server.drip(connection, "HTTP/1.1 200 OK\r\nX: " + "y".repeat(60_000));
                case WITH_ENDLESS_HEADERS -> {
                    server.say(connection, "HTTP/1.1 200 OK\r\n");
                    server.drip(connection, "X: y\r\n".repeat(10_000));
                }
                case BEFORE_THE_BODY -> {
                    server.say(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
                    server.stall();
                }
                case IN_THE_BODY -> {
                    server.say(connection, "HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n");
                    server.drip(connection, " ".repeat(60_000));
                }
                case IN_CHUNKS -> {
                    server.say(connection, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                    server.drip(connection, "1\r\n \r\n".repeat(10_000));
                }
                default -> server.stall();
            }
        }
    }

    /** No single read waits long where something drips: only a limit of all of it together ends these. */
    @ParameterizedTest
    @EnumSource(Slow.class)
    void get_fromASlowHost_isOverInTime(Slow slow) throws IOException {
        RawServer server = switch (slow) {
            case BEFORE_TLS -> RawServer.plain((self, connection) -> self.stall());
            // The head of a handshake record, then its body one byte at a time.
            case IN_TLS ->
                RawServer.plain((self, connection) -> {
                    self.say(connection, "\u0016\u0003\u0003?\u00ff");
                    self.drip(connection, "\u0002".repeat(60_000));
                });
            default -> RawServer.tls(local, slow);
        };
        try (server) {
            URI address = URI.create(server.address(LOCAL).toString().replace("http:", "https:"));

            assertThat(reasonOf(hasty(), address)).isEqualTo(Reason.TIMEOUT);
            assertThat(server.connections()).isLessThanOrEqualTo(1);
            assertThat(server.dripped()).isLessThan(5_000);
        }
    }

    /** What says that it is too large is not waited for. */
    @Test
    void get_ofADocumentThatSaysItIsTooLarge_isOverAtOnce() throws IOException {
        assertThat(reasonOf((server, connection) -> {
                    server.head(connection);
                    server.say(connection, "HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n");
                    server.stall();
                }))
                .isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void get_ofAHostThatWantsAPassword_asksThePlatformForNone() throws IOException {
        String unauthorized = "HTTP/1.1 401 Who\r\nWWW-Authenticate: Basic realm=\"x\"\r\n\r\n";
        List<Object> asked = new CopyOnWriteArrayList<>();
        Authenticator.setDefault(new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                asked.add(getRequestingHost());
                return new PasswordAuthentication("user", new char[] {'x'});
            }
        });
        try {
            assertThat(reasonOf(answering(unauthorized))).isEqualTo(Reason.STATUS);
            assertThat(asked).isEmpty();
        } finally {
            Authenticator.setDefault(null);
        }
    }

    @Test
    void get_withAProxyOfThePlatform_asksItNothing() throws IOException {
        List<Object> asked = new CopyOnWriteArrayList<>();
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                asked.add(uri);
                return List.of(new Proxy(Proxy.Type.SOCKS, InetSocketAddress.createUnresolved("proxy.invalid", 1)));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException e) {
                asked.add(uri);
            }
        });
        try (RawServer server = RawServer.tls(local, answering(GOOD))) {
            assertThat(allowed().build().get(server.address(LOCAL), Map.of())).hasSize(2);
            assertThat(asked).isEmpty();
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Host, x",
        "connection, keep-alive",
        "Content-Length, 1",
        "Transfer-Encoding, chunked",
        "A B, x",
        "'', x",
        "X-É, x",
        "X, 'a\nb'",
        "X, 'a\rb'",
        "X, ü"
    })
    void get_withAHeaderThatIsNotSent_isTheCallersMistake(String name, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpsFetch.create().get(URI.create("https://example.org/"), Map.of(name, value)))
                .withMessageStartingWith("headers: ")
                .withMessageNotContaining("chunked");
    }

    @Test
    void builder_withLimitsOutOfBounds_throws() {
        HttpsFetch.Builder builder = HttpsFetch.builder();

        assertThatIllegalArgumentException().isThrownBy(() -> builder.totalTimeout(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.totalTimeout(Duration.ofSeconds(61)));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.connectTimeout(Duration.ofNanos(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.maxBytes(0));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.maxBytes((16 << 20) + 1));
    }

    @Test
    void toString_withLoopbackAllowed_saysSo() {
        assertThat(HttpsFetch.create().toString()).doesNotContain("allowed");
        assertThat(allowed().build().toString()).contains("http and loopback allowed");
    }

    @Test
    void message_ofAFailure_hasTheHostEscapedAndNoPath() {
        FetchFailedException failure = new FetchFailedException(Reason.ADDRESS, "a\nb");

        assertThat(failure).hasMessage("\"a\\u{a}b\": not an address to be asked");
        assertThat(failure.host()).isEqualTo("a\nb");
    }
}
