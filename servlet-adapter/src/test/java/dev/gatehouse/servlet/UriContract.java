package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.vectors.VectorRows;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * The rows of Jakarta Servlet's "Example URIs" and the paths of field failures, sent as they are to an index whose every path is public
 * except those below {@code /foo} and {@code /bar}.
 */
abstract class UriContract extends FilterContract {

    private static final String[] PIECES = {
        "/", "foo", "bar", "x", ".", "..", "%2e", "%2F", "%5c", "\\", ";", ";x=1", "//", "%00", "%", "%66oo", "f%6Fo",
        "%c3%a9", "%c0%af", "/..", "/../"
    };

    /** Whether the container takes a fragment off without telling; what is left is decided. */
    boolean hidesFragments() {
        return false;
    }

    @Override
    IndexLayout layout() {
        Route secret = Route.api(Action.READ_PRIVATE);
        return IndexLayout.builder()
                .get("/**", Route.publicRead())
                .get("/foo/**", secret)
                .get("/foo", secret)
                .get("/bar", secret)
                .get("/bar/**", secret)
                .build();
    }

    @TestFactory
    Stream<DynamicTest> row_withAToken_reachesWhatTheSpecificationSaysOrIsRefused() {
        return rows().map(row -> DynamicTest.dynamicTest(row.get("encoded").asString(), () -> {
            reset();
            Wire.Response response = get(target(row), "Authorization: Bearer tok-alice");

            String reject =
                    row.get("reject400").isNull() ? "" : row.get("reject400").asString();
            boolean unseen = hidesFragments() && reject.contains("fragment");
            if (response.status() == 200 && !reject.isEmpty() && !unseen) {
                throw new AssertionError("reached " + response.header("X-Reached"));
            }
            if (response.status() == 200) {
                assertThat(URLDecoder.decode(response.header("X-Reached"), StandardCharsets.UTF_8))
                        .isEqualTo(row.get("decoded").asString());
                assertThat(response.header("X-Decided")).isEqualTo("decided");
            } else {
                assertThat(response.status()).isIn(400, 404);
                assertThat(index.app.reached).allMatch(call -> call.startsWith("ERROR"));
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> row_withoutAToken_neverReachesAProtectedPath() {
        return rows().map(row -> DynamicTest.dynamicTest(row.get("encoded").asString(), () -> {
            reset();
            Wire.Response response = get(target(row));

            String decoded = row.get("decoded").asString();
            boolean secret = decoded.matches("(?s)/(foo|bar)(/.*)?");
            assertThat(index.app.reached).noneMatch(call -> call.matches("(?s)REQUEST\\|/(foo|bar)(/.*)?\\|.*"));
            if (secret) {
                assertThat(response.status()).isIn(400, 401, 404);
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> spelling_ofAProtectedPath_isDecidedAsDecodedOrRefused() {
        return Stream.of(
                        "/%66oo/bar",
                        "/f%6fo/bar",
                        "/%2e%2e/foo/bar",
                        "/x/..;/foo/bar",
                        "/x/..;a=b/foo/bar",
                        "/foo;x=1/bar",
                        "/foo;/bar",
                        "//foo/bar",
                        "/x//../foo/bar",
                        "/x/../foo/bar",
                        "/x/%2e%2e/foo/bar",
                        "/x/.%2e/foo/bar",
                        "/x%2f..%2ffoo/bar",
                        "/x%5c..%5cfoo/bar",
                        "/x\\..\\foo/bar",
                        "/./foo/bar",
                        "/;/foo/bar",
                        "/;x/foo/bar",
                        "/%c0%afoo/bar",
                        "/%00/../foo/bar",
                        "/foo%00/bar",
                        "/foo%0d%0a/bar",
                        "http://index.test/foo/bar",
                        "http://other.test/%66oo/bar")
                .map(target -> DynamicTest.dynamicTest(target, () -> {
                    reset();
                    Wire.Response response = get(target);

                    assertThat(response.status()).isIn(400, 401, 404);
                    assertThat(index.app.reached).noneMatch(call -> call.startsWith("REQUEST"));
                }));
    }

    @Test
    void randomPath_withoutAToken_neverReachesAProtectedPath() {
        Random random = new Random(20_240_101);
        for (int i = 0; i < 400; i++) {
            StringBuilder target = new StringBuilder("/");
            for (int n = random.nextInt(9); n >= 0; n--) {
                target.append(PIECES[random.nextInt(PIECES.length)]);
            }
            Wire.Response response = get(target.toString());

            assertThat(response.status()).as(target.toString()).isIn(200, 400, 401, 404);
            assertThat(index.app.reached)
                    .as(target.toString())
                    .noneMatch(call -> call.matches("(?s)REQUEST\\|/(foo|bar)(/.*)?\\|.*"));
        }
    }

    @Test
    void sessionId_inTheAddress_isNotRefused() {
        assertThat(get("/simple/foo/;jsessionid=ABC").status()).isEqualTo(200);
        assertThat(get("/simple/foo;jsessionid=ABC?x=1").header("X-Reached")).isEqualTo("%2Fsimple%2Ffoo");
    }

    @Test
    void ambiguousPath_always_isAnEvent() {
        Wire.Response response = get("/x/..;/foo/bar");

        if (response.header("X-Content-Type-Options").equals("nosniff")) {
            assertThat(response.status()).isEqualTo(400);
            assertThat(index.events)
                    .singleElement()
                    .satisfies(event -> assertThat(event.subject()).contains("DOTS_WITH_PARAMETER"));
        } else {
            assertThat(response.status()).isEqualTo(400);
        }
    }

    private static Stream<JsonNode> rows() {
        return VectorRows.read("http/servlet-uri-canonicalisation.json")
                .get("rows")
                .valueStream();
    }

    private static String target(JsonNode row) {
        return row.get("encoded").asString();
    }
}
