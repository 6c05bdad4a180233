package dev.gatehouse.servlet;

import dev.gatehouse.testkit.filter.FilterAnswer;
import dev.gatehouse.testkit.filter.FilterHost;
import dev.gatehouse.testkit.filter.FilterRequest;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The testkit's contract of a filter, held against the test index in one container. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BlackBoxContract extends dev.gatehouse.testkit.filter.FilterContract {
    private static final String CONTEXT_PATH = "/index";

    private final TestIndex index = new TestIndex();
    private Container container;
    private FilterHost host;

    abstract Container container();

    @BeforeAll
    void start() throws Exception {
        container = container();
        int port = container.start(
                new Container.App(CONTEXT_PATH, index.filter(TestIndex.layout(), ReasonPhrase.none()), index.app));
        host = FilterHost.at(
                        URI.create("http://127.0.0.1:" + port + CONTEXT_PATH),
                        "/simple/foo/",
                        "/manage/projects/",
                        FilterRequest.post("/legacy/", "application/octet-stream", "file")
                                .with("X-Project: foo"),
                        new FilterHost.Credentials(
                                "Cookie: sid=alice",
                                "Cookie: sid=bob",
                                FilterContract.basic("__token__", "tok-alice"),
                                FilterContract.basic("alice", "secret")))
                .change(FilterRequest.post("/change", "application/json", "{}"))
                .pypi()
                .reached(BlackBoxContract::isOfTheApplication)
                .secrets("alice", "amy", "locked")
                .build();
    }

    private static boolean isOfTheApplication(FilterAnswer answer) {
        String reached = answer.header("X-Reached");
        return !reached.isEmpty() && !reached.equals("%2Ferror-page");
    }

    @AfterAll
    void stop() throws Exception {
        container.stop();
    }

    @Override
    protected FilterHost host() {
        return host;
    }
}
