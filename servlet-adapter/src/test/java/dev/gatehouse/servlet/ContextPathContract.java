package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** An application below a path of its own: ways back, pages and flashes keep to it. It has a page of its own for unlisted paths. */
abstract class ContextPathContract extends FilterContract {
    @Override
    TestIndex index() {
        TestIndex index = new TestIndex();
        index.answers = index.answers.unlisted((request, response) -> {
            response.setStatus(404);
            response.setContentType("text/plain");
            response.getOutputStream().write("our own page".getBytes(StandardCharsets.US_ASCII));
        });
        return index;
    }

    @Override
    String contextPath() {
        return "/app";
    }

    @Test
    void refusedPage_always_isSentToThePageOfItsApplication() {
        assertThat(get("/app/manage/projects/?a=b", "Cookie: sid=bob").header("Location"))
                .isEqualTo("/app/manage/account/two-factor/?next=%2Fapp%2Fmanage%2Fprojects%2F%3Fa%3Db");
    }

    @Test
    void refusedUpload_always_isToldThePageOfItsApplication() {
        assertThat(post("/app/legacy/", "file", basic("bob", "secret")).body())
                .contains("https://index.test/app/manage/account/token/");
    }

    @Test
    void protectedPath_inAnySpelling_isNotReached() {
        for (String target : new String[] {
            "/app/private/a",
            "/app/%70rivate/a",
            "/app;x=1/private/a",
            "/%61pp/private/a",
            "/app/../app/private/a",
            "//app/private/a"
        }) {
            index.reset();
            assertThat(get(target).status()).as(target).isIn(400, 401, 404);
            assertThat(index.app.reached).as(target).noneMatch(call -> call.startsWith("REQUEST"));
        }
        assertThat(get("/app/private/a", "Authorization: Bearer tok-alice").header("X-Reached"))
                .isEqualTo("%2Fprivate%2Fa");
    }

    @Test
    void unlistedPath_lookedAt_isAnsweredByTheHostAndRecordedAsRefused() {
        for (String target : new String[] {"/app/nowhere", "/app/simple/foo/bar/baz", "/app/error-page"}) {
            index.reset();
            Wire.Response response = get(target, "Cookie: sid=alice", "Accept: text/html");
            assertThat(response.status()).as(target).isEqualTo(404);
            assertThat(response.body()).contains("our own page");
            assertThat(index.app.reached).isEmpty();
            assertThat(index.events)
                    .singleElement()
                    .satisfies(event -> assertThat(event.subject()).contains("UNMAPPED"));
        }
        assertThat(send("HEAD", "/app/nowhere").status()).isEqualTo(404);
    }

    @Test
    void unlistedPath_changed_isRefused() {
        for (String method : new String[] {"POST", "PUT", "DELETE", "OPTIONS"}) {
            assertThat(send(method, "/app/nowhere").status()).as(method).isEqualTo(403);
        }
        assertThat(index.app.reached).isEmpty();
    }

    /** The session that the container keeps carries the flash, and no address does. */
    @Test
    void flash_ofARefusal_isShownOnceWithItsValues() {
        String cookie = get("/app/session", "Cookie: sid=bob").header("Set-Cookie");
        String both = "Cookie: sid=bob; "
                + cookie.substring(0, cookie.indexOf(';') < 0 ? cookie.length() : cookie.indexOf(';'));
        Wire.Response refused = get("/app/manage/projects/", both);
        assertThat(refused.status()).isEqualTo(303);
        assertThat(refused.header("Location")).doesNotContain("management").doesNotContain("enabled");

        assertThat(get("/app/flash", both).body())
                .contains("management-needs-2fa enrol-factor Two-factor authentication must be enabled");
        assertThat(get("/app/flash", both).body()).doesNotContain("management-needs-2fa");
    }
}
