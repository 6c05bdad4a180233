package dev.gatehouse.testkit.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.AccountFacts;
import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.ThingFacts;
import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.PolicyDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.SampleReportingFormat;
import net.jqwik.api.statistics.Statistics;

class PolicyArbitrariesTest {
    private static final PolicyArbitraries HOMEMADE = PolicyArbitraries.of(Homemade.SOUND);
    private static final Instant MARCH = Instant.parse("2024-03-01T00:00:00Z");

    @Property(tries = 50)
    void parameters_ofEachType_areFilled(
            @ForAll AccessRequest request,
            @ForAll AccountFacts account,
            @ForAll ThingFacts project,
            @ForAll Credential credential,
            @ForAll Evidence evidence,
            @ForAll EnrolledFactors factors,
            @ForAll Action action) {
        assertThat(List.of(request, account, project, credential, evidence, factors, action))
                .doesNotContainNull();
    }

    @Property(tries = 20)
    void documentAsAParameter_isRead(@ForAll PolicyText document) {
        assertThat(PolicyDocuments.withoutPresets()
                        .read("random.toml", document.toml())
                        .definition()
                        .requirements())
                .isNotEmpty();
    }

    @Provide
    Arbitrary<PolicyTrial> trials() {
        return HOMEMADE.trials();
    }

    /** A generator that never meets the interesting cases proves nothing. */
    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void trials_ofAPolicy_areOftenRefusedAndOftenPermitted(@ForAll("trials") PolicyTrial trial) {
        boolean gated = trial.request().action().group().equals("publish");
        boolean refused = PolicySubject.engine().decide(trial) instanceof Decision.Refused;

        Statistics.label("gated").collect(gated).coverage(c -> c.check(true).percentage(p -> p > 50));
        Statistics.label("refused").collect(refused).coverage(c -> {
            c.check(true).percentage(p -> p > 15);
            c.check(false).percentage(p -> p > 15);
        });
        Statistics.label("unknown")
                .collect(trial.draft().value("account.email-verified") == null)
                .coverage(c -> c.check(true).percentage(p -> p > 5));
    }

    @Example
    void instants_ofAPolicy_areEachEdgeAndANanosecondBeside() {
        Set<Instant> all = HOMEMADE.instants().edgeCases().suppliers().stream()
                .map(edge -> edge.get().value())
                .collect(Collectors.toSet());

        assertThat(HOMEMADE.edges())
                .containsExactly(Instant.parse("2024-01-01T00:00:00Z"), Instant.parse("2024-02-01T00:00:00Z"), MARCH);
        assertThat(all).contains(MARCH, MARCH.minusNanos(1), MARCH.plusNanos(1), Instant.parse("2024-02-15T12:00:00Z"));
    }

    @Example
    void cases_ofAPolicy_areAllOfThem() {
        PolicyCases cases =
                PolicyCases.of(Homemade.SOUND).actions(Action.PUBLISH_RELEASE).at(MARCH);

        Set<String> seen = new HashSet<>();
        cases.forEach(trial -> seen.add(trial.toString() + trial.draft().facts()));

        assertThat(cases.size().longValueExact()).isEqualTo(cases.stream().count());
        assertThat(seen).hasSize(cases.size().intValueExact());
        assertThat(cases.stream().map(trial -> trial.request().credential().kind()))
                .contains(CredentialKind.values());
        assertThat(cases.stream().filter(trial -> PolicySubject.engine().decide(trial) instanceof Decision.Refused))
                .isNotEmpty();
    }

    @Example
    void cases_moreThanTheBound_areRefusedWithTheirNumber() {
        PolicyCases cases = PolicyCases.of(Homemade.SOUND).upTo(1_000);

        assertThatThrownBy(cases::stream)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(cases.size() + " cases are more than 1000")
                .hasMessageContaining("publish.");
    }

    @Example
    void sampleOfARequest_namesWhatIsKnownAndNothingElse() {
        AccessRequest request = AccessRequest.of(Action.PUBLISH_RELEASE, Credential.session())
                .account(new DraftAccount(
                        new Draft(
                                Action.PUBLISH_RELEASE, CredentialKind.SESSION, Map.of("account.email-verified", true)),
                        MARCH))
                .build();
        SampleReportingFormat format = new RequestFormat();

        assertThat(format.appliesTo(request)).isTrue();
        assertThat(format.report(request))
                .hasToString("{action=publish.release, credential=session, account.email-verified=true}");
    }

    @Property(tries = 20)
    void sampleOfAPolicy_isItsDocument(@ForAll PolicyDefinition definition) {
        assertThat(PolicyDocuments.withoutPresets()
                        .read(
                                "sample.toml",
                                new RequestFormat().report(definition).toString())
                        .definition())
                .isEqualTo(definition);
    }

    @Example
    void documentOfTheReadme_isTheOneThatIsTested() throws IOException {
        String document = Files.readString(Path.of("src/test/resources/my-index.toml"));

        assertThat(Files.readString(Path.of("README.md"))).contains("```toml\n" + document + "```");
    }

    @Example
    void domain_ofNames_hasEverySetOfThem() {
        Domain sets = Domain.sets(List.of("a", "b"));

        assertThat(List.of(sets.at(0), sets.at(1), sets.at(2), sets.at(3)))
                .containsExactly(Set.of(), Set.of("a"), Set.of("b"), Set.of("a", "b"));
    }
}
