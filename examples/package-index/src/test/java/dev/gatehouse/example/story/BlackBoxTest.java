package dev.gatehouse.example.story;

import dev.gatehouse.testkit.filter.FilterContract;
import dev.gatehouse.testkit.filter.FilterHost;
import dev.gatehouse.testkit.filter.FilterRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The testkit's contract of a filter, held against the whole index; its changes are forms, which other tests send. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BlackBoxTest extends FilterContract {
    private Index index;
    private FilterHost host;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        index = Index.start(directory.resolve("data"), "2024-02-01T12:00:00Z");
        Person anna = new Person(index, "anna").registerWithTwoFactor();
        Person ben = new Person(index, "ben").register();
        String token = anna.makeToken("everything", "account");
        Uploads upload = Uploads.of(index, Wheels.make(directory, "sample", "1.0"), "sample", "1.0");
        upload.send("__token__", token);
        host = FilterHost.at(
                        URI.create(index.address()),
                        "/simple/sample/",
                        "/manage/projects/",
                        FilterRequest.post("/legacy/", Uploads.CONTENT_TYPE, upload.body()),
                        new FilterHost.Credentials(
                                cookies(anna.browser()),
                                cookies(ben.browser()),
                                basic("__token__", token),
                                basic("anna", anna.password())))
                .secrets("anna", "ben", "everything")
                .pypi()
                .build();
    }

    private static String cookies(Browser browser) {
        return List.of("index-session", "index-visitor").stream()
                .map(name -> name + "=" + browser.cookie(name))
                .collect(Collectors.joining("; ", "Cookie: ", ""));
    }

    private static String basic(String user, String secret) {
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    @AfterAll
    void stop() {
        index.close();
    }

    @Override
    protected FilterHost host() {
        return host;
    }
}
