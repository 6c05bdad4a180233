package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What fails inside the filter: 503, and nothing is passed on. */
abstract class FailureContract extends FilterContract {
    private static final String ALICE = "Cookie: sid=alice";

    private void isUnavailable(Wire.Response response) {
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.header("Retry-After")).isEqualTo("30");
        assertThat(response.header("Cache-Control")).isEqualTo("no-store");
        assertThat(response.body()).doesNotContain("the store is down").doesNotContain("Exception");
        assertThat(index.app.reached).isEmpty();
    }

    @Test
    void session_thatThrows_is503() {
        index.host.failing = "session";
        isUnavailable(get("/manage/projects/", ALICE));
        isUnavailable(get("/whoami", ALICE));
    }

    @Test
    void session_thatIsNull_is503() {
        index.host.nothing = true;
        isUnavailable(get("/manage/projects/", ALICE));
    }

    @Test
    void accountFact_thatThrows_is503() {
        index.host.failing = "account";
        isUnavailable(get("/manage/projects/", ALICE));
    }

    @Test
    void projectFact_thatThrows_is503() {
        index.host.failing = "project";
        isUnavailable(post("/manage/project/foo/settings/", "a=b", ALICE));
    }

    @Test
    void visibility_thatThrows_is503() {
        index.host.failing = "maySee";
        isUnavailable(post("/manage/project/locked/settings/", "a=b", ALICE));
    }

    @Test
    void tokenVerifier_thatThrows_is503() {
        index.host.failing = "token";
        isUnavailable(get("/private/a", "Authorization: Bearer tok-alice"));
    }

    @Test
    void tokenVerifier_thatLeavesOpenWhatIsKnown_is503() {
        isUnavailable(get("/private/a", "Authorization: Bearer tok-alice-liar"));
    }

    @Test
    void tokenUse_thatThrows_is503() {
        index.host.failing = "use";
        isUnavailable(get("/private/a", "Authorization: Bearer tok-alice"));
    }

    @Test
    void tokenUse_thatIsTooLate_isRefused() {
        Wire.Response response = get("/private/a", "Authorization: Bearer tok-stale");

        assertThat(response.status()).isEqualTo(401);
        assertThat(index.app.reached).isEmpty();
    }

    /** A refusal that could not be recorded is none; nor is anything let through for it. */
    @Test
    void listener_thatThrows_is503() {
        index.isDeaf = true;
        isUnavailable(get("/manage/projects/", "Cookie: sid=bob"));
        isUnavailable(post("/manage/project/locked/settings/", "a=b", ALICE));
    }

    @Test
    void auditSink_thatThrows_is503() {
        index.isDeaf = true;
        index.clockAgrees = false;
        isUnavailable(get("/manage/projects/", ALICE));
        assertThat(get("/simple/foo/").status()).isEqualTo(200);
    }

    @Test
    void publicRead_withEverythingDown_goesThrough() {
        index.host.failing = "";
        index.clockAgrees = false;
        assertThat(get("/simple/foo/", ALICE, "Authorization: Bearer tok-alice").status())
                .isEqualTo(200);
        assertThat(index.host.calls).isEmpty();
    }

    @Test
    void clock_thatDiffersFromTheStore_stopsAllButPublicReads() {
        index.clockAgrees = false;
        isUnavailable(get("/private/a", "Authorization: Bearer tok-alice"));
        isUnavailable(get("/manage/projects/", ALICE));
        assertThat(index.events)
                .anySatisfy(event -> assertThat(event.tag().text()).isEqualTo("gatehouse:clock:back"));
        assertThat(get("/simple/foo/").status()).isEqualTo(200);
    }

    @Test
    void clock_thatGoesBackFurtherThanTheSkew_stopsAllButPublicReads() {
        assertThat(get("/manage/projects/", ALICE).status()).isEqualTo(200);
        index.clock.advance(Duration.ofSeconds(-29));
        assertThat(get("/manage/projects/", ALICE).status()).isEqualTo(200);
        index.app.reached.clear();
        index.clock.advance(Duration.ofSeconds(-2));
        isUnavailable(get("/manage/projects/", ALICE));
        assertThat(get("/simple/foo/").status()).isEqualTo(200);
        index.clock.set(TestHost.NOW);
        assertThat(get("/manage/projects/", ALICE).status()).isEqualTo(200);
    }
}
