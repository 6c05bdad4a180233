package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.Decision;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Open decisions: what only the body tells, completed by the host where it writes. */
abstract class OpenContract extends FilterContract {
    private static final String ALICE = basic("__token__", "tok-alice");

    @Test
    void upload_thatIsCompleted_hasAnIdentityOnlyFromThenOn() {
        Wire.Response response = post("/legacy/", "file", ALICE, "X-Project: foo");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).contains("uploaded by alice");
        assertThat(response.header("X-User-Before")).isEqualTo("null");
        assertThat(response.header("X-Decided")).isEqualTo("open");
        assertThat(index.decided).as("what was only supposed is not recorded").isEmpty();
        assertThat(index.host.calls)
                .as("the account is loaded once by the filter and once where it is written")
                .containsExactlyInAnyOrder(
                        "token tok-alice open",
                        "account id-alice",
                        "token tok-alice foo",
                        "project foo",
                        "account id-alice",
                        "use alice");
    }

    @Test
    void upload_thatIsNeverCompleted_isAnsweredByAFailure() {
        Wire.Response response = post("/legacy/", "file", ALICE, "X-Do: forget");

        assertThat(response.status()).isEqualTo(500);
        assertThat(response.body()).doesNotContain("written");
        assertThat(index.events)
                .anySatisfy(event -> assertThat(event.tag().text()).isEqualTo("gatehouse:request:open_not_completed"));
    }

    @Test
    void upload_thatIsSentBeforeItIsCompleted_isAnEvent() {
        Wire.Response response = post("/legacy/", "file", ALICE, "X-Do: forget-and-flush");

        assertThat(response.status()).isEqualTo(200);
        assertThat(index.events)
                .anySatisfy(event -> assertThat(event.tag().text()).isEqualTo("gatehouse:request:open_not_completed"));
    }

    @Test
    void upload_whoseRefusalIsIgnored_isAnsweredByAFailure() {
        Wire.Response response = post("/legacy/", "file", ALICE, "X-Do: ignore", "X-Project: locked");

        assertThat(response.status()).isEqualTo(500);
        assertThat(response.body()).doesNotContain("written");
    }

    @Test
    void upload_withAFormThatIsNoGood_isTheHostsAnswer() {
        Wire.Response response = post("/legacy/", "file", ALICE, "X-Do: bad-form");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).contains("no file");
        assertThat(index.events).isEmpty();
    }

    @Test
    void upload_toAProjectThatIsClosed_isRefusedAtTheCompletion() {
        Wire.Response response = post("/legacy/", "file", ALICE, "X-Project: locked");

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.body()).contains("the locked is <locked>.");
        assertThat(response.header("Content-Type")).startsWith("text/plain");
    }

    @Test
    void token_thatBecomesAnothersAtTheCompletion_isNotBelieved() {
        Wire.Response response = post("/legacy/", "file", basic("__token__", "tok-alice-liar"), "X-Project: foo");

        assertThat(response.status()).isEqualTo(500);
        assertThat(response.body()).doesNotContain("uploaded");
    }

    @Test
    void upload_withATokenOfAnotherProject_isRefusedAtTheCompletion() {
        assertThat(post("/legacy/", "file", basic("__token__", "tok-alice-foo"), "X-Project: foo")
                        .status())
                .isEqualTo(200);
        index.reset();
        Wire.Response other = post("/legacy/", "file", basic("__token__", "tok-alice-foo"), "X-Project: bar");
        assertThat(other.status()).isEqualTo(403);
        assertThat(other.body()).contains("project-scoped token is not valid");
        assertThat(index.host.calls).doesNotContain("use alice");
    }

    @Test
    void upload_byWhomTwoFactorIsMissing_isRefusedBeforeTheBodyIsRead() {
        assertThat(post("/legacy/", "file", basic("__token__", "tok-bob")).status())
                .isEqualTo(403);
        assertThat(index.app.reached).isEmpty();
        assertThat(index.decided).singleElement().satisfies(told -> {
            assertThat(told.decision()).isInstanceOf(Decision.Refused.class);
            assertThat(told.account()).contains("id-bob");
        });
    }

    @Test
    void change_whoseSessionEndsBeforeItIsCompleted_isRefused() {
        String[] form = {"Cookie: sid=alice", "X-Proof: none", "Origin: http://index.test"};
        assertThat(post("/manage/account/token/", "a=b", form).body()).isEqualTo("done");

        for (String whose : List.of("", "amy")) {
            index.reset();
            index.host.later = Optional.of(whose);
            Wire.Response browser = post("/manage/account/token/", "a=b", form);
            assertThat(browser.status()).as(whose).isEqualTo(303);
            assertThat(browser.header("Location")).startsWith("/account/login/");
            assertThat(browser.body()).doesNotContain("done");
            assertThat(index.host.calls).doesNotContain("account id-amy");
            assertThat(index.decided).isEmpty();

            index.reset();
            index.host.later = Optional.of(whose);
            Wire.Response program = post(
                    "/manage/account/token/",
                    "a=b",
                    "Cookie: sid=alice",
                    "X-Proof: none",
                    "Origin: http://index.test",
                    "Accept: application/json");
            assertThat(program.status()).isEqualTo(403);
            assertThat(program.body()).contains("SESSION_ENDED");
        }
    }

    @Test
    void preview_ofAForm_isDecidedAsFarAsTheFormIsEmpty() {
        assertThat(get("/manage/account/token/", "Cookie: sid=alice").status()).isEqualTo(200);
        assertThat(get("/manage/account/token/", "Cookie: sid=bob").header("Location"))
                .startsWith("/manage/account/two-factor/");
    }

    @Test
    void exchange_withTheCredentialInTheBody_isPassedOnOpen() {
        Wire.Response response = post("/_/oidc/mint-token", "{}");

        assertThat(index.app.reached).containsExactly("REQUEST|/_/oidc/mint-token|null");
        assertThat(response.status())
                .as("the application forgot to complete it")
                .isEqualTo(500);
    }

    @Test
    void bigUpload_thatIsRefused_isReadSoThatTheClientSeesTheAnswer() {
        Wire.Response response = post("/legacy/", "x".repeat(4 << 20), basic("bob", "secret"));

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.body()).contains("must be used to upload");
    }
}
