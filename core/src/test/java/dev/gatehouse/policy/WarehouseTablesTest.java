package dev.gatehouse.policy;

import static dev.gatehouse.policy.Warehouse.TODAY;
import static dev.gatehouse.policy.Warehouse.headline;
import static dev.gatehouse.policy.Warehouse.isPermitted;
import static dev.gatehouse.policy.Warehouse.person;
import static dev.gatehouse.policy.Warehouse.refusals;
import static dev.gatehouse.policy.Warehouse.run;
import static dev.gatehouse.policy.Warehouse.with2fa;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.policy.rule.CredentialKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What PyPI's reference decides (permits of a session, other gates, the rule of June 2023, the order of an upload's
 * refusals), asked of the presets. What is the host's stands in no row: its own permissions, tokens that do not verify,
 * conditions on another account.
 */
class WarehouseTablesTest {
    private static final Warehouse PYPI = Warehouse.of("pypi");
    private static final String VERIFIED = "management-needs-verified-email";
    private static final String NEEDS_2FA = "management-needs-2fa";
    private static final String OTHER_2FA = "every-other-action-needs-2fa";

    /** The permits of a session today; the routes by the action that they are. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            # action,                verified, 2fa, refused by (none if permitted)
            project.settings,        true,  true,
            project.view,            true,  true,
            account.view,            true,  true,
            token.create,            true,  true,
            admin.change,            true,  true,
            project.settings,        true,  false, management-needs-2fa
            project.view,            true,  false, management-needs-2fa
            token.view,              true,  false, management-needs-2fa
            token.create,            true,  false, management-needs-2fa
            publisher.view,          true,  false, management-needs-2fa
            publisher.add,           true,  false, management-needs-2fa
            organization.view,       true,  false, management-needs-2fa
            organization.settings,   true,  false, management-needs-2fa
            member.add,              true,  false, management-needs-2fa
            release.yank,            true,  false, management-needs-2fa
            member.accept,           true,  false, every-other-action-needs-2fa
            admin.view,              true,  false, every-other-action-needs-2fa
            admin.switch,            true,  false, every-other-action-needs-2fa
            account.view,            true,  false,
            account.password,        true,  false,
            account.profile,         true,  false,
            factor.view,             true,  false,
            factor.enrol,            true,  false,
            factor.recovery-codes,   true,  false,
            account.verify-email,    true,  false,
            project.view,            false, true,  management-needs-verified-email
            account.view,            false, true,  management-needs-verified-email
            factor.view,             false, true,  management-needs-verified-email
            account.verify-email,    false, true,
            account.verify-email,    false, false,
            project.view,            false, false, management-needs-verified-email
            """)
    void session_today_isPermittedAsByTheReference(String action, boolean verified, boolean has2fa, String by) {
        RequestDraft draft = person(action, CredentialKind.SESSION);
        draft.account.emailVerified = Fact.of(verified);

        List<String> refusals = refusals(PYPI.ask(has2fa ? with2fa(draft) : draft, TODAY));

        if (by == null) {
            assertThat(refusals).isEmpty();
        } else {
            assertThat(refusals).first().isEqualTo(by);
        }
    }

    @Test
    void session_withoutAddressAndFactor_isToldOfTheAddressOnly() {
        RequestDraft draft = person("project.view", CredentialKind.SESSION);
        draft.account.emailVerified = Fact.of(false);
        Decision decision = PYPI.ask(draft, TODAY);

        assertThat(refusals(decision)).containsExactly(VERIFIED, NEEDS_2FA);
        assertThat(decision.<List<Refusal>>fold(p -> List.of(), Decision.Refused::told))
                .extracting(Refusal::requirement)
                .containsExactly(VERIFIED);
        assertThat(headline(decision))
                .isEqualTo("You must verify your **primary** email address before you can perform this action.");
    }

    @Test
    void session_withoutFactor_hasTheReferencesText() {
        String text = "Two-factor authentication must be enabled on your account to perform this action.";

        assertThat(headline(PYPI.ask(person("project.settings", CredentialKind.SESSION), TODAY)))
                .isEqualTo(text);
        assertThat(headline(PYPI.ask(person("admin.view", CredentialKind.SESSION), TODAY)))
                .isEqualTo(text);
        assertThat(refusals(PYPI.ask(person("admin.view", CredentialKind.SESSION), TODAY)))
                .containsExactly(OTHER_2FA);
    }

    /** Only a session manages, and only a token or a publisher uploads. */
    @ParameterizedTest
    @CsvSource({
        "session, project.settings, true", "api-token, project.settings, false", "password, project.settings, false",
        "session, publish.file, false", "api-token, publish.file, true", "password, publish.file, false",
        "anonymous, project.settings, false", "anonymous, publish.file, false", "service-account, publish.file, false"
    })
    void credential_today_isTakenAsByTheReference(String kind, String action, boolean permitted) {
        RequestDraft draft = with2fa(person(action, CredentialKind.of(kind).orElseThrow()));

        assertThat(isPermitted(PYPI.ask(draft, TODAY))).isEqualTo(permitted);
    }

    // --- other gates that depend on factors
    // ----------------------------------------------------------------------------

    @Test
    void primaryEmail_withoutFactor_isRefused() {
        RequestDraft draft = person("account.primary-email", CredentialKind.SESSION);

        assertThat(headline(PYPI.ask(draft, TODAY)))
                .isEqualTo("Two factor authentication must be enabled to change primary email address.");
        assertThat(isPermitted(PYPI.ask(with2fa(draft), TODAY))).isTrue();
    }

    @Test
    void removal_ofTheLastFactor_isRefused() {
        RequestDraft draft = with2fa(person("factor.remove", CredentialKind.SESSION));
        draft.factorsLeft = Fact.of(EnrolledFactors.none());

        assertThat(headline(PYPI.ask(draft, TODAY))).isEqualTo("Cannot remove last 2FA method");
        draft.factorsLeft = Fact.of(EnrolledFactors.of(dev.gatehouse.factor.FactorKind.WEBAUTHN));
        assertThat(isPermitted(PYPI.ask(draft, TODAY))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"true, true, true", "true, false, false", "false, true, false", "false, false, false"})
    void enrolment_needsAddressAndUsedCode(boolean verified, boolean codes, boolean permitted) {
        RequestDraft draft = person("factor.enrol", CredentialKind.SESSION);
        draft.account.emailVerified = Fact.of(verified);
        draft.account.recoveryCodesSaved = Fact.of(codes);

        assertThat(isPermitted(PYPI.ask(draft, TODAY))).isEqualTo(permitted);
    }

    // --- the rule of June 2023
    // -----------------------------------------------------------------------------------------

    @Test
    void june2023_all64Combinations_areAnsweredAsByTheTable() {
        Instant then = Instant.parse("2023-06-15T12:00:00Z");
        List<String> wrong = new ArrayList<>();
        for (int bits = 0; bits < 64; bits++) {
            boolean owners = (bits & 1) != 0;
            boolean mandated = (bits & 2) != 0;
            boolean required = (bits & 4) != 0;
            boolean enabled = (bits & 8) != 0;
            boolean available = (bits & 16) != 0;
            boolean has2fa = (bits & 32) != 0;
            List<String> on = new ArrayList<>();
            if (required) {
                on.add("project-requirement");
            }
            if (enabled) {
                on.add("mandate-enabled");
            }
            if (available) {
                on.add("mandate-available");
            }
            RequestDraft draft = person("publish.release", CredentialKind.API_TOKEN);
            Set<String> flags = new HashSet<>();
            if (owners) {
                flags.add("owners-require-2fa");
            }
            if (mandated) {
                flags.add("mandated");
            }
            draft.project.flags = Fact.of(flags);
            Decision decision =
                    Warehouse.of("pypi", on.toArray(new String[0])).ask(has2fa ? with2fa(draft) : draft, then);
            String expected = has2fa
                    ? "allow"
                    : owners && required
                            ? "This project requires two factor authentication to be enabled for all contributors."
                            : mandated && enabled
                                    ? "PyPI requires two factor authentication to be enabled for all contributors to"
                                            + " this project."
                                    : mandated && available ? "warn" : "allow";
            String answer = decision.fold(
                    p -> p.notices().isEmpty() ? "allow" : "warn",
                    r -> r.first().message().text());
            if (!answer.equals(expected)) {
                wrong.add(bits + ": " + answer + " instead of " + expected);
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void june2023_aTrustedPublisher_isNotAsked() {
        RequestDraft draft = run("publish.release", "push");
        draft.project.flags = Fact.of(Set.of("owners-require-2fa", "mandated"));

        assertThat(isPermitted(Warehouse.of("pypi", "project-requirement", "mandate-enabled")
                        .ask(draft, "2023-06-15T12:00:00Z")))
                .isTrue();
    }

    // --- the order of an upload's refusals
    // -----------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"publish.file", "publish.release", "publish.project"})
    void upload_byToken_isRefusedForTheAddressBeforeTheFactor(String action) {
        RequestDraft draft = person(action, CredentialKind.API_TOKEN);
        assertThat(refusals(PYPI.ask(draft, TODAY))).containsExactly("upload-needs-2fa");
        assertThat(headline(PYPI.ask(draft, TODAY)))
                .startsWith("User 'pony', associated with the API token used, does not have two-factor authentication"
                        + " enabled.");

        draft.account.emailVerified = Fact.of(false);
        assertThat(refusals(PYPI.ask(draft, TODAY))).containsExactly("upload-needs-verified-email", "upload-needs-2fa");
        assertThat(headline(PYPI.ask(draft, TODAY)))
                .startsWith("User 'pony', associated with the API token used, does not have a verified primary email"
                        + " address.");

        draft.account.emailVerified = Fact.of(true);
        assertThat(isPermitted(PYPI.ask(with2fa(draft), TODAY))).isTrue();
    }

    @Test
    void upload_byPublisher_makesNoNewProject() {
        assertThat(isPermitted(PYPI.ask(run("publish.release", "push"), TODAY))).isTrue();
        assertThat(headline(PYPI.ask(run("publish.project", "push"), TODAY)))
                .startsWith("Non-user identities cannot create new projects.");
    }

    @Test
    void upload_intoAReleaseOlderThanFourteenDays_isRefused() {
        RequestDraft draft = with2fa(person("publish.file", CredentialKind.API_TOKEN));
        draft.release.age = Fact.of(Duration.ofDays(14));
        assertThat(isPermitted(PYPI.ask(draft, TODAY))).isTrue();
        draft.release.age = Fact.of(Duration.ofDays(14).plusNanos(1));
        assertThat(headline(PYPI.ask(draft, TODAY)))
                .isEqualTo("Uploading new files to releases older than 14 days is not allowed.");
    }

    @Test
    void exchange_ofAPullRequestTarget_isRefused() {
        assertThat(isPermitted(PYPI.ask(run("publish.exchange", "push"), TODAY)))
                .isTrue();
        assertThat(refusals(PYPI.ask(run("publish.exchange", "pull_request_target"), TODAY)))
                .containsExactly("no-pull-request-target");
    }
}
