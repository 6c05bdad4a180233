package dev.gatehouse.policy;

import static dev.gatehouse.policy.Warehouse.TODAY;
import static dev.gatehouse.policy.Warehouse.person;
import static dev.gatehouse.policy.Warehouse.refusals;
import static dev.gatehouse.policy.Warehouse.with2fa;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.policy.PlainSubject.Setup;
import dev.gatehouse.policy.document.Presets;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Vocabulary.Section;
import org.junit.jupiter.api.Test;

/** Failures of others in rolling out a mandate: routes that were forgotten, dates that were null, states in between. */
class RolloutFailuresTest {
    private static PolicyDefinition withActions(String preset, String... actions) {
        PolicyDefinition definition = Presets.load(preset);
        var vocabulary = definition.vocabulary();
        for (String action : actions) {
            vocabulary = vocabulary.with(Section.ACTIONS, action, "new");
        }
        return definition.toBuilder().vocabulary(vocabulary).build();
    }

    @Test
    void action_thatNobodyThoughtOf_isRefusedOrGated() {
        RequestDraft undeclared = with2fa(person("project.archive", CredentialKind.SESSION));
        assertThat(refusals(Warehouse.of("pypi").ask(undeclared, TODAY))).containsExactly("unmapped");

        Evaluator declared = EngineSubject.evaluator(Setup.of(withActions("pypi/1", "project.archive", "badge.award")));
        for (String action : new String[] {"project.archive", "badge.award"}) {
            assertThat(refusals(declared.decide(
                            person(action, CredentialKind.SESSION).toRequest(), TODAY)))
                    .contains("management-needs-2fa");
        }
    }

    @Test
    void exemption_isByExactId_notByPrefix() {
        Evaluator strict =
                EngineSubject.evaluator(Setup.of(withActions("pypi-strict/1", "factor.enrol-all", "account.view-all")));

        for (String action : new String[] {"factor.enrol-all", "account.view-all"}) {
            assertThat(refusals(
                            strict.decide(person(action, CredentialKind.SESSION).toRequest(), TODAY)))
                    .contains("management-needs-2fa");
        }
        assertThat(refusals(strict.decide(
                        person("account.verify-email", CredentialKind.SESSION).toRequest(), TODAY)))
                .doesNotContain("management-needs-2fa");
    }

    /** The join date that is null, or of the day before where the person lives. */
    @Test
    void joinDate_nullOrOfAnotherZone_isAnInstantOrFailsClosed() {
        RequestDraft draft = person("project.settings", CredentialKind.SESSION);
        Warehouse pypi = Warehouse.of("pypi");

        draft.account.registered = Fact.unknown();
        assertThat(refusals(pypi.ask(draft, "2023-08-15T00:00:00Z"))).containsExactly("management-needs-2fa");
        draft.account.registered = Fact.of(
                java.time.OffsetDateTime.parse("2023-08-07T23:30:00-08:00").toInstant());
        assertThat(refusals(pypi.ask(draft, "2023-08-15T00:00:00Z"))).containsExactly("management-needs-2fa");
        draft.account.registered = Fact.of(
                java.time.OffsetDateTime.parse("2023-08-08T01:00:00+02:00").toInstant());
        assertThat(refusals(pypi.ask(draft, "2023-08-15T00:00:00Z"))).isEmpty();
    }

    /** Once mandated nobody leaves; what exists obeys from the instant; setting a factor up restores at once. */
    @Test
    void mandate_removalTokensAndReturn_followTheInstant() {
        Warehouse pypi = Warehouse.of("pypi");
        RequestDraft removal = with2fa(person("factor.remove", CredentialKind.SESSION));
        removal.factorsLeft = Fact.of(EnrolledFactors.none());
        assertThat(refusals(pypi.ask(removal, "2023-07-26T03:59:59.999999999Z")))
                .isEmpty();
        assertThat(refusals(pypi.ask(removal, "2023-07-26T04:00:00Z"))).containsExactly("last-factor-stays");
        assertThat(refusals(pypi.ask(removal, TODAY))).containsExactly("last-factor-stays");

        RequestDraft token = person("publish.file", CredentialKind.API_TOKEN);
        assertThat(refusals(pypi.ask(token, "2024-01-01T04:59:59.999999999Z"))).isEmpty();
        assertThat(refusals(pypi.ask(token, "2024-01-01T05:00:00Z"))).containsExactly("upload-needs-2fa");
        assertThat(refusals(pypi.ask(with2fa(token), "2024-01-01T05:00:00Z"))).isEmpty();
    }
}
