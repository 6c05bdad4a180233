package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How each client is answered: browsers, upload tools, JSON clients. */
abstract class AnswerContract extends FilterContract {
    private static final String ALICE = "Cookie: sid=alice";
    private static final String BOB = "Cookie: sid=bob";

    /** The reason phrase that a text becomes here, or what the container says. */
    abstract String reason(String text);

    @Test
    void page_withoutTwoFactor_isSentToTheSetUpPageWithTheWayBack() {
        Wire.Response response = get("/manage/projects/?page=2", BOB, "Accept: text/html");

        assertThat(response.status()).isEqualTo(303);
        assertThat(response.header("Location"))
                .isEqualTo("/manage/account/two-factor/?next=%2Fmanage%2Fprojects%2F%3Fpage%3D2");
        assertThat(response.all("Vary")).contains("Cookie");
        assertThat(response.header("Cache-Control")).isEqualTo("no-store");
        assertThat(index.app.reached).isEmpty();
    }

    @Test
    void page_withoutASession_isSentToTheLogin() {
        assertThat(get("/manage/projects/").header("Location"))
                .isEqualTo("/account/login/?next=%2Fmanage%2Fprojects%2F");
    }

    @Test
    void page_withAnUnverifiedAddress_isSentToTheAddressPage() {
        assertThat(get("/manage/projects/", "Cookie: sid=carol").header("Location"))
                .startsWith("/manage/unverified-account/?next=");
    }

    @Test
    void page_ofTheStepItself_isNotSentToItself() {
        Wire.Response response = get("/manage/account/recovery-codes/generate", "Cookie: sid=dave");

        assertThat(response.status()).isEqualTo(303);
        assertThat(response.header("Location")).startsWith("/account/reauthenticate/");
    }

    @Test
    void form_thatIsRefused_comesBackToThePageItWasSentFrom() {
        String from = "Referer: http://index.test/manage/project/foo/settings/?a=b";
        assertThat(post("/manage/project/foo/settings/", "a=b", BOB, from, "Origin: http://index.test")
                        .header("Location"))
                .isEqualTo("/manage/account/two-factor/?next=%2Fmanage%2Fproject%2Ffoo%2Fsettings%2F%3Fa%3Db");
    }

    @Test
    void form_thatSaysItComesFromElsewhere_comesBackNowhere() {
        for (String from : new String[] {
            "http://evil.test/x",
            "http://index.test@evil.test/",
            "//evil.test/",
            "javascript:alert(1)",
            "http://index.test//evil"
        }) {
            assertThat(post("/manage/project/foo/settings/", "a=b", BOB, "Referer: " + from)
                            .header("Location"))
                    .as(from)
                    .isEqualTo("/manage/account/two-factor/");
        }
    }

    @Test
    void wayBack_withHostileText_staysWithinTheApplication() {
        for (String query :
                new String[] {"next=//evil.test", "x=%0d%0aSet-Cookie:%20a=b", "x=\"><script>", "next=http://evil.test/"
                }) {
            String encoded = query.replace("\"", "%22").replace("<", "%3C").replace(">", "%3E");
            Wire.Response response = get("/manage/projects/?" + encoded, BOB);
            assertThat(response.header("Location"))
                    .isEqualTo("/manage/account/two-factor/?next="
                            + URLEncoder.encode("/manage/projects/?" + encoded, StandardCharsets.UTF_8));
            assertThat(response.header("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void passwordUpload_always_carriesTheWordsOfPypi() {
        Wire.Response response = post("/legacy/", "file", basic("bob", "secret"));

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.body())
                .contains("an API Token or Trusted Publisher must be used to upload")
                .contains("https://index.test/manage/account/token/");
        assertThat(response.reason())
                .isEqualTo(reason("Username/Password authentication is no longer supported, an API Token or Trusted"
                        + " Publisher must be used to upload in place of password. See"
                        + " https://index.test/manage/account/token/"));
        assertThat(response.header("Content-Type")).startsWith("text/plain");
        assertThat(index.host.calls)
                .as("nothing is looked up, and no password tried")
                .isEmpty();
        assertThat(index.app.reached).isEmpty();
    }

    @Test
    void passwordUpload_withAHeaderThatIsRefused_carriesTheWordsTheHeaderDeserves() {
        for (String header : new String[] {
            "Authorization: Basic notbase64!", basic("alice", "pypi-" + "something"), basic("__TOKEN__", "x")
        }) {
            Wire.Response response = post("/legacy/", "file", header);
            assertThat(response.status()).isEqualTo(401);
            assertThat(response.body()).contains("an API Token or Trusted Publisher must be used to upload");
        }
    }

    @Test
    void upload_withoutTwoFactor_isToldWhatPypiSays() {
        Wire.Response response = post("/legacy/", "file", basic("__token__", "tok-bob\n"));

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.body())
                .startsWith("User 'bob', associated with the API token used, does not have two-factor"
                        + " authentication enabled.");
        assertThat(response.reason()).isEqualTo(reason(response.body().strip()));
    }

    @Test
    void refusal_ofTheFilterAlone_isAnEvent_andOneOfThePolicyIsTheListeners() {
        get("/private/a", "Authorization: Bearer garbage");
        assertThat(index.events)
                .singleElement()
                .satisfies(event -> assertThat(event.subject()).contains("INVALID_TOKEN"));
        index.reset();
        get("/simple/a%2Fb/");
        assertThat(index.events).allSatisfy(event -> assertThat(event.subject()).contains("ENCODED_SLASH"));
        index.reset();
        get("/manage/projects/", BOB);
        assertThat(index.events).isEmpty();
        assertThat(index.decided).hasSize(1);
    }

    /** Security requirement 14. */
    @Test
    void credential_thatIsNotVerified_readsNoFactOfAnAccount() {
        for (String bad : new String[] {"Bearer garbage", "Bearer a b", "Digest x", "Basic YTpi!"}) {
            index.reset();
            post("/manage/project/foo/settings/", "a=b", "Authorization: " + bad);
            get("/private/a", "Authorization: " + bad);

            assertThat(index.host.calls).as(bad).noneMatch(call -> call.startsWith("account "));
        }
    }

    /** Security requirement 15. */
    @Test
    void address_ofARequest_isThatOfTheConnectionWhateverAHeaderSays() {
        get(
                "/private/a",
                "Authorization: Bearer garbage",
                "X-Forwarded-For: 203.0.113.9",
                "Forwarded: for=203.0.113.9",
                "X-Real-IP: 203.0.113.9");

        assertThat(index.events)
                .singleElement()
                .satisfies(event -> assertThat(event.address()).hasValue("127.0.0.1"));
        assertThat(index.host.addresses).containsExactly("127.0.0.1");
    }

    @Test
    void address_ofARequestBehindAProxy_isTheOneThatTheHostReads() {
        get("/private/a", "Authorization: Bearer garbage", "X-Client: 2001:DB8:0::9");

        assertThat(index.events)
                .singleElement()
                .satisfies(event -> assertThat(event.address()).hasValue("2001:db8::9"));
        assertThat(index.host.addresses).as("of the token").containsExactly("2001:db8::9");
    }

    @Test
    void programWithoutASession_onAPage_isNotChallenged() {
        Wire.Response response = get("/manage/projects/", "Accept: application/json");

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.all("WWW-Authenticate")).isEmpty();
    }

    @Test
    void invalidCredential_whereNoneIsNeeded_isRefusedAllTheSame() {
        assertThat(get("/api-read").status()).isEqualTo(200);
        assertThat(get("/api-read", "Authorization: Bearer garbage").status()).isEqualTo(401);
        assertThat(get("/api-read", "Authorization: Digest x").status()).isEqualTo(401);
    }

    @Test
    void missingOrInvalidCredential_onAnApiPath_isChallenged() {
        for (Wire.Response response : new Wire.Response[] {
            get("/private/a"),
            post("/legacy/", "file"),
            get("/private/a", "Authorization: Bearer garbage"),
            get("/private/a", "Authorization: Digest username=\"a\""),
            get("/private/a", "Authorization: Basic dGVzdDoxMjOj")
        }) {
            assertThat(response.status()).isEqualTo(401);
            assertThat(response.all("WWW-Authenticate"))
                    .containsExactlyInAnyOrder(
                            "Basic realm=\"test index\", charset=\"UTF-8\"", "Bearer realm=\"test index\"");
            assertThat(response.all("Vary")).contains("Authorization");
        }
    }

    @Test
    void severalCredentials_always_are400() {
        assertThat(get("/private/a", "Authorization: Bearer tok-alice", "Authorization: Bearer tok-alice")
                        .status())
                .isEqualTo(400);
        assertThat(get("/private/a", "Authorization: Bearer tok-alice, Bearer tok-bob")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void badAuthorization_withAGoodSession_isNotReplacedByIt() {
        for (String bad :
                new String[] {"Bearer garbage", "Bearer", "Digest garbage", "Basic ???", "Basic Z2FyYmFnZQ=="}) {
            Wire.Response response = get("/private/a", "Authorization: " + bad, ALICE);

            assertThat(response.status()).as(bad).isEqualTo(401);
            assertThat(response.header("X-User")).as(bad).isEmpty();
        }
        assertThat(index.host.calls).doesNotContain("session");
    }

    @Test
    void carrier_thatARouteDoesNotRead_isHidden() {
        Wire.Response api = get("/private/a", "Authorization: Bearer tok-alice", BOB);
        assertThat(api.header("X-User")).isEqualTo("alice by api-token");
        assertThat(api.header("X-Saw")).isEqualTo("authorization");

        Wire.Response page = get("/whoami", "Authorization: Bearer tok-bob", ALICE);
        assertThat(page.header("X-User")).isEqualTo("alice by session");
        assertThat(page.header("X-Saw")).isEqualTo("cookies");

        Wire.Response read = get("/simple/foo/", "Authorization: Bearer garbage", ALICE);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.header("X-User")).isEqualTo("null");
        assertThat(read.header("X-Saw")).isEmpty();
    }

    @Test
    void longToken_of20Kilobytes_reachesTheVerifier() {
        assertThat(get("/private/a", "Authorization: Bearer tok-alice-" + "a".repeat(20_000))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void jsonClient_onAPage_getsAProblem() {
        Wire.Response response = get("/manage/projects/", BOB, "Accept: application/json");

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.header("Content-Type")).startsWith("application/problem+json");
        JsonNode problem = JsonMapper.shared().readTree(json(response.body()));
        assertThat(problem.get("status").asInt()).isEqualTo(403);
        assertThat(problem.get("code").asString()).isEqualTo("FACTOR_NOT_ENROLLED");
        assertThat(problem.get("detail").asString())
                .isEqualTo("Two-factor authentication must be enabled on your account to perform this action.");
        JsonNode refusal = problem.get("refusals").get(0);
        assertThat(refusal.get("requirement").asString()).isEqualTo("management-needs-2fa");
        assertThat(refusal.get("ways").get(0).get(0).asString()).isEqualTo("enrol-factor");
        assertThat(refusal.get("link").asString()).isEqualTo("https://index.test/manage/account/two-factor/");
    }

    /** The body without the frame of a chunked transfer. */
    private static String json(String body) {
        return body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1);
    }

    @Test
    void jsonClient_onAnApiPath_getsAProblem() {
        Wire.Response response = post("/legacy/", "file", basic("bob", "x"), "Accept: application/problem+json");

        assertThat(response.status()).isEqualTo(403);
        assertThat(json(response.body())).contains("an API Token or Trusted Publisher must be used to upload");
    }

    @Test
    void unlistedPath_always_isRefused() {
        Wire.Response response = get("/nowhere", ALICE, "Accept: text/html");

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.header("Content-Type")).startsWith("text/html");
        assertThat(index.events)
                .singleElement()
                .satisfies(event -> assertThat(event.subject()).contains("UNMAPPED"));
        assertThat(get("/simple/foo/bar/baz").status()).isEqualTo(403);
        assertThat(get("/Simple/foo/").status()).isEqualTo(403);
        assertThat(post("/nowhere", "x").status()).isEqualTo(403);
    }

    @Test
    void closedProject_toWhomItMayBeSeen_isExplained() {
        Wire.Response response = post("/manage/project/locked/settings/", "a=b", ALICE, "Accept: text/html");

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.body()).contains("the locked is &lt;locked&gt;.").doesNotContain("<locked>");
    }

    @Test
    void closedProject_toOthers_isNotFoundLikeOneThatDoesNotExist() {
        String amy = "Cookie: sid=amy";
        Wire.Response locked = post("/manage/project/locked/settings/", "a=b", amy);
        Wire.Response none = post("/manage/project/none/settings/", "a=b", amy);

        assertThat(locked.status()).isEqualTo(404);
        assertThat(locked.body()).isEqualTo(none.body()).doesNotContain("locked");
        assertThat(locked.status()).isEqualTo(none.status());
        assertThat(post("/manage/project/foo/settings/", "a=b", amy).status()).isEqualTo(200);
    }

    @Test
    void change_fromAnotherSite_isRefused() {
        String path = "/manage/project/foo/settings/";
        for (String header : new String[] {
            "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site", "Origin: http://evil.test", "Origin: null"
        }) {
            index.reset();
            assertThat(post(path, "a=b", ALICE, header).status()).as(header).isEqualTo(403);
            assertThat(index.app.reached).isEmpty();
        }
        assertThat(post(path, "a=b", ALICE, "Sec-Fetch-Site: same-origin").status())
                .isEqualTo(200);
        assertThat(post(path, "a=b", ALICE, "Origin: http://index.test").status())
                .isEqualTo(200);
        assertThat(post(path, "a=b", ALICE).status())
                .as("the host checks a token")
                .isEqualTo(200);
    }

    @Test
    void change_withoutATokenOfTheHost_needsJsonFromTheSameOrigin() {
        String json = "Content-Type: application/json";
        String own = "Sec-Fetch-Site: same-origin";
        assertThat(post("/change", "{}", ALICE, json, own).status()).isEqualTo(200);
        assertThat(post("/change", "{}", ALICE, json).status()).isEqualTo(403);
        assertThat(post("/change", "{}", ALICE, own).status()).isEqualTo(403);
        assertThat(post("/change", "{}", ALICE, own, "Content-Type: text/plain").status())
                .isEqualTo(403);
    }

    @Test
    void permittedAnswer_thatDependsOnTheCaller_isNotStored() {
        Wire.Response page = get("/manage/projects/", ALICE);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.all("Vary")).contains("Cookie");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        Wire.Response read = get("/simple/foo/");
        assertThat(read.header("Cache-Control")).isEmpty();
        assertThat(read.all("Vary")).doesNotContain("Cookie", "Authorization");
    }
}
