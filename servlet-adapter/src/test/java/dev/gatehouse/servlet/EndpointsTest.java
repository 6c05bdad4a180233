package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.policy.rule.CredentialKind;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every endpoint does before and after its handler, without a filter that would do it too. */
class EndpointsTest {
    private static final String OTHER = "https://other.test";

    private final TestIndex index = new TestIndex();
    private final Map<String, Object> attributes = new HashMap<>();
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final List<EndpointBody> given = new ArrayList<>();
    private final Map<String, String> answered = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Endpoints endpoints = new Endpoints(
            Map.of(
                    "GET /look",
                    call -> EndpointAnswer.success("looked", null),
                    "POST /change",
                    call -> {
                        given.add(call.body());
                        return EndpointAnswer.success("changed", "/there");
                    },
                    "GET /fail",
                    call -> {
                        throw new IllegalStateException("the store is down");
                    },
                    "GET /who",
                    call -> EndpointAnswer.success(String.valueOf(call.signedIn(index.host)), null),
                    "GET /wait",
                    call -> EndpointAnswer.fail(429, "wait").retryAfter(7)),
            Set.of(OTHER));
    private byte[] body = {};
    private String sid = "alice";

    EndpointsTest() {
        headers.put("Content-Type", "application/json");
        headers.put("Sec-Fetch-Site", "same-origin");
        attributes.put(TwoFactorFilter.IDENTITY, Identity.account(CredentialKind.SESSION, "id-alice", "alice"));
    }

    private HttpServletRequest request(String method, String path) {
        return standIn(HttpServletRequest.class, (name, argument) -> switch (name) {
            case "getMethod" -> method;
            case "getServletPath" -> path;
            case "getDispatcherType" -> DispatcherType.REQUEST;
            case "getAttribute" -> attributes.get(argument);
            case "getHeader" -> headers.get(argument);
            case "getContentType" -> headers.get("Content-Type");
            case "getInputStream" -> new In(body);
            case "getCookies" -> sid.isEmpty() ? null : new Cookie[] {new Cookie("sid", sid)};
            default -> null;
        });
    }

    @FunctionalInterface
    private interface Calls {
        Object of(String method, Object argument);
    }

    private static <T> T standIn(Class<T> type, Calls calls) {
        return type.cast(Proxy.newProxyInstance(
                EndpointsTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> calls.of(method.getName(), arguments == null ? null : arguments[0])));
    }

    private static final class In extends ServletInputStream {
        private final ByteArrayInputStream octets;

        In(byte[] octets) {
            this.octets = new ByteArrayInputStream(octets);
        }

        @Override
        public int read() {
            return octets.read();
        }

        @Override
        public int read(byte[] into, int from, int length) {
            return octets.read(into, from, length);
        }

        @Override
        public boolean isFinished() {
            return octets.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Out extends ServletOutputStream {
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

        @Override
        public void write(int octet) {
            octets.write(octet);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }

    /** The status, a blank, and the body. */
    private String send(String method, String path) throws Exception {
        attributes.put("dev.gatehouse.state", new Outcome(Route.publicRead(), null, null, null, null));
        return sendUnseen(method, path);
    }

    private String sendUnseen(String method, String path) throws Exception {
        Out out = new Out();
        answered.clear();
        HttpServletResponse response = (HttpServletResponse) Proxy.newProxyInstance(
                EndpointsTest.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, called, arguments) -> {
                    switch (called.getName()) {
                        case "getOutputStream" -> {
                            return out;
                        }
                        case "setStatus" -> answered.put("status", String.valueOf(arguments[0]));
                        case "setContentType" -> answered.put("Content-Type", String.valueOf(arguments[0]));
                        case "setContentLength" -> answered.put("Content-Length", String.valueOf(arguments[0]));
                        case "setHeader" -> answered.put((String) arguments[0], (String) arguments[1]);
                        default -> throw new AssertionError("not foreseen: " + called);
                    }
                    return null;
                });
        endpoints.service(request(method, path), response);
        assertThat(answered)
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("X-Content-Type-Options", "nosniff")
                .containsEntry("Content-Type", "application/json")
                .containsEntry("Content-Length", String.valueOf(out.octets.size()));
        return answered.get("status") + " " + out.octets.toString(StandardCharsets.UTF_8);
    }

    private String change(String text) throws Exception {
        body = text.getBytes(StandardCharsets.UTF_8);
        return send("POST", "/change");
    }

    @Test
    void request_thatTheFilterHasNotSeen_isAFaultOfTheHost() {
        assertThatThrownBy(() -> sendUnseen("GET", "/look")).isInstanceOf(ServletException.class);
    }

    @Test
    void request_always_isAnsweredByTheHandlerOfItsMethodAndPath() throws Exception {
        assertThat(send("GET", "/look")).startsWith("200 ").contains("looked");
        assertThat(send("HEAD", "/look")).startsWith("200 ");
        assertThat(change("{\"a\":\"b\"}")).startsWith("200 ").contains("\"redirect_to\":\"/there\"");
        assertThat(answered).doesNotContainKey("Retry-After");
        for (String[] none : new String[][] {{"GET", "/change"}, {"POST", "/look"}, {"GET", "/"}, {"GET", "/Look"}}) {
            assertThat(send(none[0], none[1])).startsWith("404 ");
        }
        assertThat(given).hasSize(1);
    }

    @Test
    void failure_inside_isAnswered503AndTellsNothing() throws Exception {
        assertThat(send("GET", "/fail")).startsWith("503 ").doesNotContain("store");
        assertThat(answered).containsEntry("Retry-After", "30");
        assertThat(send("GET", "/wait")).startsWith("429 ");
        assertThat(answered).containsEntry("Retry-After", "7");
    }

    @Test
    void change_ofAListedOrigin_isTaken_andOneOfAnotherIsNot() throws Exception {
        headers.remove("Sec-Fetch-Site");
        headers.put("Origin", OTHER);
        assertThat(change("{}")).startsWith("200 ");
        headers.put("Origin", "https://elsewhere.test");
        assertThat(change("{}")).startsWith("403 ");
        headers.put("Origin", OTHER);
        headers.put("Content-Type", "text/plain");
        assertThat(change("{}")).startsWith("403 ");
        assertThat(given).hasSize(1);
    }

    @Test
    void body_ofTheLargestSize_isRead_andALargerOneIsNot() throws Exception {
        String frame = "{\"a\":\"\"}";
        String text = "x".repeat(EndpointBody.MAX_OCTETS - frame.length());
        assertThat(change("{\"a\":\"" + text + "\"}")).startsWith("200 ");
        assertThat(change("{\"a\":\"" + text + "x\"}")).startsWith("413 ");
        assertThat(change("{}" + " ".repeat(EndpointBody.MAX_OCTETS))).startsWith("413 ");
        assertThat(given).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "\"a\"",
                "{",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\ude00x\"}",
                "{} {}",
                "{}x",
                "{},",
                "{\"a\":\"b\"} \"c\"",
                "{\"a\":\"b\",\"a\":\"b\"}",
                "{\"a\":1,\"a\":\"b\"}",
                "{\"a\":{\"b\":1,\"b\":2}}"
            })
    void body_thatIsNotOneObject_reachesNoHandler(String text) throws Exception {
        assertThat(change(text)).startsWith("400 ");
        assertThat(given).isEmpty();
    }

    @Test
    void body_thatIsNotUtf8OrTooDeep_reachesNoHandler() throws Exception {
        body = new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xc3, '"', '}'};
        assertThat(send("POST", "/change")).startsWith("400 ");
        assertThat(change("{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}")).startsWith("200 ");
        assertThat(change("{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}")).startsWith("400 ");
        assertThat(given).hasSize(1);
    }

    @Test
    void member_thatIsNoText_isAsGoodAsAbsent() throws Exception {
        assertThat(change("{\"n\":1,\"t\":true,\"z\":null,\"o\":{\"a\": 1},\"s\":\"x\"} \n"))
                .startsWith("200 ");
        EndpointBody read = given.get(0);
        for (String name : new String[] {"n", "t", "z", "o", "absent"}) {
            assertThat(read.text(name)).as(name).isNull();
        }
        assertThat(read.text("s")).isEqualTo("x");
        assertThat(read.document("o")).isEqualTo("{\"a\": 1}");
        assertThat(read.document("s")).isEqualTo("x");
        assertThat(read.document("n")).isEmpty();
        assertThat(read).hasToString("body with 1 texts");
    }

    @Test
    void session_thatIsNotOfWhomTheFilterWasTold_isNotBelieved() throws Exception {
        assertThat(send("GET", "/who")).startsWith("200 ").contains("alice");
        sid = "amy";
        assertThat(send("GET", "/who")).as("of another").startsWith("503 ");
        sid = "";
        assertThat(send("GET", "/who")).as("gone meanwhile").startsWith("503 ");
        attributes.remove(TwoFactorFilter.IDENTITY);
        assertThat(send("GET", "/who"))
                .as("nobody all along")
                .startsWith("200 ")
                .contains("null");
        sid = "alice";
        assertThat(send("GET", "/who")).as("come meanwhile").startsWith("503 ");
    }

    @Test
    void factor_ofAnotherAccount_isNotShown() {
        KeptFactors.check("id-alice", "id-alice");
        assertThatThrownBy(() -> KeptFactors.check("id-alice", "id-amy"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("id-");
    }
}
