package dev.gatehouse.testkit.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.testkit.policy.PolicyArbitraries;
import dev.gatehouse.testkit.policy.PolicyCases;
import dev.gatehouse.testkit.policy.PolicySubject;
import dev.gatehouse.testkit.policy.PolicyTrial;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MyRulesTest {
    private final PolicyDefinition policy = PolicyDocuments.standard()
            .read(Path.of("src/test/resources/my-index.toml"))
            .definition();

    MyRulesTest() throws IOException {}

    @Provide
    Arbitrary<PolicyTrial> trials() {
        return PolicyArbitraries.of(policy).trials();
    }

    @Property
    void trustedPublisher_isNeverAskedForAFactor(@ForAll("trials") PolicyTrial trial) {
        Decision decision = PolicySubject.engine().decide(trial);

        boolean isRun = trial.request().credential().kind() == CredentialKind.TRUSTED_PUBLISHER;
        assertThat(isRun && decision instanceof Decision.Refused).isFalse();
    }

    @Example
    void fromMarch_nobodyPublishesWithoutAFactor() {
        PolicyCases march =
                PolicyCases.of(policy).actions(Action.PUBLISH_RELEASE).at(Instant.parse("2027-03-01T00:00:00Z"));

        assertThat(march).allSatisfy(trial -> {
            Decision decision = PolicySubject.engine().decide(trial);
            assertThat(decision instanceof Decision.Permitted && !mayPublish(trial.request()))
                    .isFalse();
        });
    }

    private static boolean mayPublish(AccessRequest request) {
        boolean isRun = request.credential().kind() == CredentialKind.TRUSTED_PUBLISHER;
        boolean hasFactor = request.account().enrolled().isKnown()
                && request.account().enrolled().value().list().stream()
                        .anyMatch(factor -> !factor.kind().equals(FactorKind.RECOVERY_CODE));
        return isRun || hasFactor;
    }
}
