package dev.gatehouse.testkit.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.policy.rule.PolicyDefinition;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The engine keeps every law with any policy. */
class RandomPolicyLawsTest {
    private static final PolicySubject ENGINE = PolicySubject.engine();

    @Provide
    Arbitrary<PolicyTrial> anyPolicy() {
        return Definitions.wellFormed()
                .flatMap(definition -> PolicyArbitraries.of(definition).trials());
    }

    @Property(tries = 60)
    void engine_withAnyPolicy_keepsTheLawsOfOneAnswer(@ForAll("anyPolicy") PolicyTrial trial) {
        AnswerLaws laws = new AnswerLaws(ENGINE, World.of(trial.definition()));

        laws.totalAndDeterministic(trial);
        laws.orderIsIrrelevant(trial);
        laws.explainAgrees(trial, Engines.explain(trial));
        laws.documentRoundTrips(trial, PolicyDocuments.standard());
    }

    @Property(tries = 60)
    void engine_withAnyPolicy_keepsTheLawsOfChange(@ForAll("anyPolicy") PolicyTrial trial, @ForAll int which) {
        ChangeLaws laws = new ChangeLaws(ENGINE, World.of(trial.definition()));

        laws.moreEvidenceNeverHurts(trial);
        laws.unknownNeverHelps(trial, which);
        laws.reportChangesNothing(trial, which);
        laws.stricterNeverPermitsMore(trial, which);
        laws.waiversTouchOnlyTheirAccountAndEnd(trial, which);
    }

    @Property(tries = 60)
    void engine_withAnyPolicy_changesAtEdgesOnly(@ForAll("anyPolicy") PolicyTrial trial, @ForAll int percent) {
        new TimeLaws(ENGINE, World.of(trial.definition())).nothingChangesBetweenEdges(trial, percent);
    }

    @Property(tries = 20)
    void definition_asAParameter_builds(@ForAll PolicyDefinition definition) {
        assertThat(Definitions.builds(definition)).isTrue();
    }
}
