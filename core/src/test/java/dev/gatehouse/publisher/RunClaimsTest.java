package dev.gatehouse.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gatehouse.oidc.IdentityClaims;
import dev.gatehouse.publisher.Runs.Run;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tables of a host's own with the constraints of runs: each is there where its claim is, compares, and is recorded. */
class RunClaimsTest {
    private static PublisherProvider.Builder table(RunClaims run) {
        return PublisherProvider.builder("own", "Own", "https://own.example")
                .settings(List.of(PublisherSetting.builder("name", "Name")
                        .required("Specify a name")
                        .build()))
                .rules(List.of(ClaimRule.equal("name", "{name}")))
                .lookup("name", "{name}", "{claim.name}")
                .run(run);
    }

    private static Run run(RunClaims claims) {
        PublisherProvider own = table(claims).build();
        return new Run(
                own,
                Runs.read(own, Map.of("name", "a")),
                Runs.claims("iss", "https://own.example", "name", "a", "env", "PyPI", "ref", "refs/heads/main"));
    }

    private static List<String> fields(RunClaims claims) {
        return table(claims).build().settings().stream()
                .map(PublisherSetting::name)
                .toList();
    }

    @Test
    void settings_onlyThoseWithAClaim_inOrder() {
        assertThat(fields(RunClaims.builder().build())).containsExactly("name");
        assertThat(fields(RunClaims.builder().ref("ref").build())).containsExactly("name", "ref-type", "ref-pattern");
        assertThat(fields(RunClaims.builder().branchAndTag("b", "t").build()))
                .containsExactly("name", "ref-type", "ref-pattern");
        assertThat(fields(RunClaims.builder()
                        .environment("env", true)
                        .ref("ref")
                        .refProtected("protected")
                        .event("event", Set.of())
                        .runner("runner", List.of("hosted"))
                        .actorId("actor")
                        .build()))
                .containsExactly(
                        "name",
                        "environment",
                        "ref-type",
                        "ref-pattern",
                        "ref-protected",
                        "events",
                        "events-refused",
                        "runner",
                        "actor-id");
    }

    @Test
    void environment_isComparedWithoutCaseOnlyWhereTheProviderDoes() {
        Run ignoring = run(RunClaims.builder().environment("env", true).build());
        assertThat(ignoring.set("environment", "pypi").matches()).isTrue();
        ignoring.set("environment", "other").isRefused(PublisherMismatch.CONSTRAINT, "env");

        Run exact = run(RunClaims.builder().environment("env", false).build());
        assertThat(exact.set("environment", "PyPI").matches()).isTrue();
        exact.set("environment", "pypi").isRefused(PublisherMismatch.CONSTRAINT, "env");
    }

    @Test
    void ref_aFullOneOrBranchAndTag_areCompared() {
        Run full = run(RunClaims.builder().ref("ref").build());
        assertThat(full.set("ref-type", "branch").matches()).isTrue();
        assertThat(full.set("ref-type", "tag").unmatched().claim()).isEqualTo("ref");

        Run two = run(RunClaims.builder().branchAndTag("b", "t").build()).with("b", "main");
        assertThat(two.set("ref-type", "branch").matches()).isTrue();
        assertThat(two.set("ref-type", "tag").unmatched().claim()).isEqualTo("b");
    }

    /** A name that is longer than what is compared fits no pattern, not even that of everything. */
    @Test
    void ref_aNameAtTheLimit_isComparedAndOneOverItIsNot() {
        Run two = run(RunClaims.builder().branchAndTag("b", "t").build())
                .set("ref-type", "tag")
                .with("b", "main");
        assertThat(two.with("t", "v".repeat(Matching.MAX_CLAIM)).matches()).isTrue();
        assertThat(two.with("t", "v".repeat(Matching.MAX_CLAIM + 1)).matches()).isFalse();
    }

    @Test
    void renames_canBeRefusedOnlyWhereTheTableKnowsThem() {
        assertThat(fields(RunClaims.none())).doesNotContain("renames");
        assertThat(PublisherProvider.github().refusingEvents(Set.of("push")).settings())
                .extracting(PublisherSetting::name)
                .endsWith("renames");
        assertThat(PublisherProvider.google()
                        .forIssuer("g", "G", "https://g.example")
                        .settings())
                .extracting(PublisherSetting::name)
                .doesNotContain("renames");
    }

    @Test
    void event_saidAgain_replacesTheEventsThatNeverCount() {
        Run run = run(RunClaims.builder()
                .event("event", Set.of("a"))
                .event("event", Set.of("b"))
                .build());
        assertThat(run.with("event", "a").matches()).isTrue();
        assertThat(run.with("event", "b").matches()).isFalse();
    }

    @Test
    void record_whatTheHostNamed_alsoWithFurtherEventsRefused() {
        RunClaims claims = RunClaims.builder()
                .event("event", Set.of("a"))
                .recorded(Map.of("sha", "commit"))
                .build();
        PublisherProvider own = table(claims).build();
        IdentityClaims run = IdentityClaims.of(Runs.claims("event", "push", "commit", "0123"));

        assertThat(own.run(run)).isEqualTo(Map.of("provider", "own", "event", "push", "sha", "0123"));
        assertThat(own.refusingEvents(Set.of("b")).run(run)).isEqualTo(own.run(run));
    }

    /** Also where the rule is optional, and so would never be missed. */
    @Test
    void build_anOptionalRuleOnASettingThatIsNotThere_throws() {
        assertThatIllegalStateException()
                .isThrownBy(() -> table(RunClaims.none())
                        .rules(List.of(
                                ClaimRule.equal("name", "{name}"),
                                ClaimRule.equal("x", "{other}").optional()))
                        .build())
                .withMessage("rule 'x': there is no setting 'other' to rely on");
    }
}
