package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Cases O57-O59 of the field failures: decided once, identity kept, another target decided anew. */
abstract class DispatchContract extends FilterContract {
    private static final String ALICE = "Cookie: sid=alice";
    private static final String BOB = "Cookie: sid=bob";

    @Test
    void async_toItself_isDecidedOnceAndKeepsTheIdentity() {
        Wire.Response response = get("/x/async-page", ALICE);

        assertThat(response.status()).isEqualTo(200);
        assertThat(index.app.reached).containsExactly("REQUEST|/x/async-page|alice", "ASYNC|/x/async-page|alice");
        assertThat(index.host.calls.stream().filter("session"::equals)).hasSize(1);
        assertThat(response.all("Vary")).containsOnlyOnce("Cookie");
    }

    @Test
    void async_toAProtectedPath_isDecidedAnew() {
        Wire.Response response = get("/x/async?to=/private/a");

        assertThat(response.status()).isEqualTo(401);
        assertThat(index.app.reached).containsExactly("REQUEST|/x/async|null");
    }

    @Test
    void async_toAProtectedPathWithItsCredential_isPassedOn() {
        Wire.Response response = get("/x/async?to=/private/a", "Authorization: Bearer tok-alice");

        assertThat(response.status()).isEqualTo(200);
        assertThat(index.app.reached).containsExactly("REQUEST|/x/async|null", "ASYNC|/private/a|alice");
    }

    @Test
    void forward_toAProtectedPath_isDecidedAnew() {
        Wire.Response response = get("/x/forward?to=/private/a");

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.body()).contains("A token is needed.");
        assertThat(index.app.reached).containsExactly("REQUEST|/x/forward|null");
    }

    @Test
    void forward_toAPageOfTheSession_readsTheSessionThere() {
        Wire.Response response = get("/x/forward?to=/manage/projects/", ALICE);

        assertThat(response.status()).isEqualTo(200);
        assertThat(index.app.reached).containsExactly("REQUEST|/x/forward|null", "FORWARD|/manage/projects/|alice");
    }

    @Test
    void forward_withoutTwoFactor_isSentToTheSetUpPage() {
        Wire.Response response = get("/x/forward?to=/manage/projects/", BOB);

        assertThat(response.status()).isEqualTo(303);
        assertThat(response.header("Location")).startsWith("/manage/account/two-factor/");
        assertThat(index.app.reached).containsExactly("REQUEST|/x/forward|null");
    }

    @Test
    void forward_toAnUnlistedPath_isRefused() {
        Wire.Response response = get("/x/forward?to=/nowhere");

        assertThat(response.status()).isEqualTo(403);
        assertThat(index.app.reached).containsExactly("REQUEST|/x/forward|null");
    }

    @Test
    void forward_toAView_keepsWhatWasDecided() {
        Wire.Response response = get("/x/forward?to=/view/page.html");

        assertThat(response.status()).isEqualTo(200);
        assertThat(index.app.reached).containsExactly("REQUEST|/x/forward|null", "FORWARD|/view/page.html|null");
    }

    @Test
    void view_requestedDirectly_isNotListed() {
        assertThat(get("/view/page.html").status()).isEqualTo(403);
        assertThat(get("/error-page").status()).isEqualTo(403);
        assertThat(index.app.reached).isEmpty();
    }

    @Test
    void include_ofAProtectedPath_includesNothing() {
        Wire.Response response = get("/x/include?to=/private/a");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).contains("[before]", "[after null]").doesNotContain("reached");
        assertThat(index.app.reached).containsExactly("REQUEST|/x/include|null");
    }

    @Test
    void include_withTheCredentialOfTheTarget_isDecidedForItAndEndsWithIt() {
        Wire.Response response = get("/x/include?to=/private/a", "Authorization: Bearer tok-alice");

        assertThat(response.body()).contains("[before]", "reached INCLUDE /private/a", "[after null]");
        assertThat(index.app.reached).containsExactly("REQUEST|/x/include|null", "INCLUDE|/private/a|alice");
    }

    @Test
    void error_ofTheApplication_showsItsPageOnceToWhomItWasFor() {
        Wire.Response response = get("/x/error?to=404", ALICE);

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.body()).contains("reached ERROR /error-page");
        assertThat(index.app.reached).containsExactly("REQUEST|/x/error|alice", "ERROR|/error-page|alice");
        assertThat(index.host.calls.stream().filter("session"::equals)).hasSize(1);
    }

    @Test
    void error_whileHalfSignedIn_doesNotBounce() {
        Wire.Response response = get("/x/error?to=404", BOB);

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.header("Location")).isEmpty();
    }

    @Test
    void exception_ofTheApplication_passesUnchanged() {
        Wire.Response response = get("/x/throw");

        assertThat(response.status()).isEqualTo(500);
        assertThat(index.app.reached).first().isEqualTo("REQUEST|/x/throw|null");
        assertThat(index.events).isEmpty();
    }

    @Test
    void head_always_isDecidedAsItsGet() {
        assertThat(send("HEAD", "/private/a").status()).isEqualTo(401);
        assertThat(send("HEAD", "/private/a", "Authorization: Bearer tok-alice").status())
                .isEqualTo(200);
        assertThat(send("HEAD", "/manage/projects/", BOB).header("Location"))
                .isEqualTo(get("/manage/projects/", BOB).header("Location"));
    }

    @Test
    void unknownMethod_always_isNotListed() {
        for (String method : new String[] {"PROPFIND", "GeT", "TRACE", "OPTIONS", "PUT", "DELETE", "FOO"}) {
            index.reset();
            assertThat(send(method, "/simple/foo/").status()).as(method).isIn(400, 403, 405, 501);
            assertThat(index.app.reached).noneMatch(call -> call.startsWith("REQUEST"));
        }
    }

    @Test
    void readByPost_whereListed_isARead() {
        assertThat(post("/query", "q").status()).isEqualTo(200);
        assertThat(post("/simple/foo/", "q").status()).isEqualTo(403);
    }

    @Test
    void methodOverride_whereNotListed_isRefused() {
        for (String header : new String[] {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"}) {
            assertThat(post("/query", "q", header + ": DELETE").status()).isEqualTo(400);
            assertThat(get("/simple/foo/", header + ": DELETE").status()).isEqualTo(400);
        }
        assertThat(post("/query?_method=DELETE", "q").status()).isEqualTo(400);
        assertThat(post("/query?%5fmethod=DELETE", "q").status()).isEqualTo(400);
        assertThat(index.app.reached).noneMatch(call -> call.startsWith("REQUEST"));
    }

    @Test
    void methodOverride_inAForm_isNotSeenByTheApplication() {
        Wire.Response response =
                post("/query", "_method=DELETE&a=b", "Content-Type: application/x-www-form-urlencoded");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("X-Saw")).doesNotContain("_method");
    }

    @Test
    void methodOverride_whereListed_isDecidedAsTheOtherMethod() {
        assertThat(post("/override", "q").status()).isEqualTo(200);
        assertThat(post("/override", "q", "X-HTTP-Method-Override: DELETE").status())
                .isEqualTo(401);
        assertThat(post("/override", "_method=delete", "Content-Type: application/x-www-form-urlencoded")
                        .status())
                .isEqualTo(401);
        assertThat(post("/override?_method=DELETE", "q", "Authorization: Bearer tok-alice")
                        .status())
                .isEqualTo(200);
        assertThat(post("/override", "q", "X-HTTP-Method-Override: PATCH").status())
                .isEqualTo(403);
        assertThat(post("/override", "q", "X-HTTP-Method-Override: delete").status())
                .as("in lower case")
                .isEqualTo(401);
        assertThat(get("/override?_method=DELETE").status())
                .as("a GET overrides nothing")
                .isEqualTo(403);
    }

    @Test
    void parameterName_thatIsNotEncodedRight_overridesNothing() {
        assertThat(get("/simple/foo/?%zz=DELETE").status()).isNotEqualTo(503);
        assertThat(index.host.calls).isEmpty();
    }
}
