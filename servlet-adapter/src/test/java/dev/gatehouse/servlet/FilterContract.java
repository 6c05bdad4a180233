package dev.gatehouse.servlet;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** What every contract test shares: one container with the test index, and requests to it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FilterContract {
    final TestIndex index = index();
    private Container container;
    private int port;

    abstract Container container();

    TestIndex index() {
        return new TestIndex();
    }

    ReasonPhrase reasonPhrase() {
        return ReasonPhrase.none();
    }

    IndexLayout layout() {
        return TestIndex.layout();
    }

    String contextPath() {
        return "";
    }

    @BeforeAll
    void start() throws Exception {
        container = container();
        port = container.start(new Container.App(contextPath(), index.filter(layout(), reasonPhrase()), index.app));
    }

    @AfterAll
    void stop() throws Exception {
        container.stop();
    }

    @BeforeEach
    void reset() {
        index.reset();
    }

    Wire.Response get(String target, String... headers) {
        return Wire.send(port, "GET", target, List.of(headers), "");
    }

    Wire.Response send(String method, String target, String... headers) {
        return Wire.send(port, method, target, List.of(headers), "");
    }

    Wire.Response post(String target, String body, String... headers) {
        return Wire.send(port, "POST", target, List.of(headers), body);
    }

    static String basic(String user, String secret) {
        return "Authorization: Basic "
                + java.util.Base64.getEncoder()
                        .encodeToString((user + ":" + secret).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
