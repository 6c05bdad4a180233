package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.policy.rule.Action;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Proofs that come with a request: they count there, and never outlive it. */
abstract class ProofContract extends FilterContract {
    private static final String ALICE = "Cookie: sid=alice";

    private Wire.Response prove(String proof) {
        return post("/prove", "a=b", ALICE, "Accept: application/json", "X-Proof: " + proof);
    }

    @Test
    void proofOfTheRequest_thatTheActionDemands_completesIt() {
        assertThat(prove("own").body()).contains("done");
    }

    @Test
    void proofOfAnotherCarrierOrAccount_always_isNone() {
        prove("own");
        for (String proof : new String[] {
            "none",
            "of-the-request-before",
            "of-another-account",
            "of-the-session",
            "of-another-session",
            "a-session-by-that-name"
        }) {
            Wire.Response response = prove(proof);
            assertThat(response.status()).as(proof).isEqualTo(403);
            assertThat(response.body()).contains("Confirm it from your address.");
        }
    }

    @Test
    void handle_ofAnyRequest_isNeverUsedAgain() {
        Set<Carrier> seen = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            prove("own");
            assertThat(seen.add(index.app.earlier)).isTrue();
        }
        Gate one = gate();
        Gate other = gate();
        assertThat(List.of(one.newRequest(), one.newRequest(), other.newRequest(), other.newRequest()))
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(seen);
        assertThat(seen).allMatch(carrier -> carrier.kind() == Carrier.Kind.REQUEST);
        assertThat(index.app.last.carrier()).isEqualTo(index.app.earlier);
    }

    private Gate gate() {
        PolicyDecider decider = new PolicyDecider(index.policy(), () -> true);
        AnswerWriter writer = new AnswerWriter(Answers.of(Pages.none()));
        return new Gate(decider, index.host, index.host, index.host, writer, new SecureRandom());
    }

    @Test
    void decision_afterItsRequest_completesNothing() {
        prove("own");
        OpenDecision ended = index.app.last;

        assertThatThrownBy(() -> ended.complete(OpenTarget.of(Action.MEMBER_ACCEPT)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ended");
    }

    @Test
    void formWhoseProofComesWithIt_isShown_andOneThatTheSessionLacksSendsAway() {
        assertThat(get("/prove", ALICE).status()).isEqualTo(200);
        assertThat(get("/password", ALICE).header("Location")).startsWith("/account/reauthenticate/");
        assertThat(post("/password", "a=b", ALICE, "X-Proof: own").body())
                .as("the form itself may bring it")
                .contains("done");
        assertThat(post("/password", "a=b", ALICE, "X-Proof: none").header("Location"))
                .startsWith("/account/reauthenticate/");
    }

    @Test
    void refusalThatSendsTheBrowserAway_isNoSuccess_andOneWrittenOverIsForgotten() {
        assertThat(post("/prove", "a=b", ALICE, "X-Proof: none").status()).isEqualTo(303);
        assertThat(index.events).isEmpty();
        Wire.Response response = post("/prove", "a=b", ALICE, "X-Proof: none", "X-Do: write-over");
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.body()).doesNotContain("done");
    }

    @Test
    void routeThatIsNotOpen_bringsNoProof() {
        Wire.Response response = post("/prove-decided", "a=b", ALICE, "X-Proof: own", "Accept: application/json");

        assertThat(response.status()).isEqualTo(403);
        assertThat(index.app.reached).isEmpty();
    }

    @Test
    void recovery_ofAnAccountThatALinkNames_countsItsOwnProofAlone() {
        assertThat(post("/account/reset-password/", "a=b", "X-Proof: recovery").body())
                .contains("done");
        for (String proof : new String[] {"recovery-of-another", "recovery-alone", "own"}) {
            Wire.Response response =
                    post("/account/reset-password/", "a=b", "X-Proof: " + proof, "Accept: application/json");
            assertThat(response.status()).as(proof).isEqualTo(403);
        }
        assertThat(get("/account/reset-password/").status()).isEqualTo(200);
    }

    @Test
    void account_thatIsNamedWhereItHasToBeProven_isACallersMistake() {
        index.app.reached.clear();
        Wire.Response response = post("/account/reset-password/", "a=b", ALICE, "X-Proof: recovery");

        assertThat(response.status()).isEqualTo(500);
        assertThat(response.body()).doesNotContain("done");
        assertThat(post("/prove", "a=b", ALICE, "X-Proof: recovery").status()).isEqualTo(500);
        assertThat(post("/open-read", "a=b", "X-Proof: recovery").status()).isEqualTo(500);
        assertThat(post("/api-recover", "a=b", "X-Proof: recovery").status()).isEqualTo(500);
        assertThat(post("/open-read", "a=b", "X-Proof: own").status()).isEqualTo(200);
    }
}
