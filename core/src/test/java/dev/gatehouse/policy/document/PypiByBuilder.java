package dev.gatehouse.policy.document;

import static dev.gatehouse.policy.rule.Mode.ANNOUNCE;
import static dev.gatehouse.policy.rule.Mode.ENFORCE;
import static dev.gatehouse.policy.rule.Mode.REPORT;
import static dev.gatehouse.policy.rule.Mode.WARN;

import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Bounds;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.CredentialTest;
import dev.gatehouse.policy.rule.InstantBounds;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Remedy;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.ThingTest;
import dev.gatehouse.policy.rule.Vocabulary;
import dev.gatehouse.policy.rule.Vocabulary.Section;
import dev.gatehouse.policy.rule.Within;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** The whole preset {@code pypi/1} once more, written with the builder and with instants in UTC. */
final class PypiByBuilder {
    private static final Instant NEW_YEAR = Instant.parse("2024-01-01T05:00:00Z");
    private static final List<String> CONTRIBUTING = List.of("publish", "project", "publisher", "member", "release");
    private static final Condition ENROLLED =
            Condition.all(new Atom.Enrolled(FactorSelector.ofClasses(FactorClass.ANY)));
    private static final Condition EMAIL_VERIFIED = Condition.all(new Atom.EmailVerified());
    private static final Condition PUBLISHER = credential(CredentialKind.TRUSTED_PUBLISHER);
    private static final FactorSelector ANY_OR_CODE =
            FactorSelector.of(List.of(FactorClass.ANY), List.of(FactorKind.RECOVERY_CODE));
    private static final String NEEDS_2FA =
            "Two-factor authentication must be enabled on your account to perform this action.";
    private static final String NEEDS_EMAIL =
            "You must verify your **primary** email address before you can perform this action.";

    private PypiByBuilder() {}

    static PolicyDefinition definition() {
        return PolicyDefinition.builder("pypi", 1)
                .reviewed(LocalDate.of(2026, 8, 21))
                .ungated(List.of("read", "sign-in"))
                .vocabulary(vocabulary())
                .requirements(credentials())
                .requirements(addresses())
                .requirements(factors())
                .requirements(projects())
                .requirements(proofs())
                .requirements(releases())
                .build();
    }

    private static Vocabulary vocabulary() {
        return Vocabulary.empty()
                .with(
                        Section.FLAGS,
                        "project.owners-require-2fa",
                        "an owner asked that every contributor has two-factor authentication")
                .with(
                        Section.FLAGS,
                        "project.mandated",
                        "in the top group by downloads over six months, once in never out")
                .with(Section.FLAGS, "project.has-publisher", "a trusted publisher is linked to the project")
                .with(Section.SWITCHES, "project-requirement", "per-project requirement is switched on")
                .with(Section.SWITCHES, "mandate-available", "mandate for critical projects: warn")
                .with(Section.SWITCHES, "mandate-enabled", "mandate for critical projects: refuse")
                .with(Section.LABELS, "session.known-device", "signed in from a device confirmed before")
                .with(
                        Section.LABELS,
                        "session.remembered-device",
                        "second factor skipped because the device is remembered");
    }

    private static List<Requirement> credentials() {
        Condition tokens = credential(CredentialKind.TRUSTED_PUBLISHER, CredentialKind.API_TOKEN);
        return List.of(
                Requirement.builder("upload-by-2fa-user-needs-token", List.of("publish"), tokens)
                        .when(ENROLLED)
                        .message("User {account} has two factor auth enabled, an API Token or Trusted Publisher must be"
                                + " used to upload in place of password.")
                        .notice("{account} has two-factor authentication, and this upload used the password all the"
                                + " same. Use an API Token or Trusted Publisher to upload.")
                        .phases(
                                Phase.builder(REPORT)
                                        .from(Instant.parse("2022-02-28T05:00:00Z"))
                                        .until(Instant.parse("2023-06-01T04:00:00Z"))
                                        .build(),
                                Phase.builder(ENFORCE)
                                        .from(Instant.parse("2023-06-01T04:00:00Z"))
                                        .until(NEW_YEAR)
                                        .build())
                        .build(),
                Requirement.builder("upload-needs-token", List.of("publish"), tokens)
                        .message("Username/Password authentication is no longer supported, an API Token or Trusted"
                                + " Publisher must be used to upload in place of password. See {link}")
                        .phases(
                                Phase.from(ENFORCE, NEW_YEAR),
                                Phase.from(ANNOUNCE, Instant.parse("2023-12-13T05:00:00Z")))
                        .build(),
                Requirement.builder("management-needs-session", List.of("manage"), credential(CredentialKind.SESSION))
                        .message("API tokens are not valid for this action: {action}!")
                        .build(),
                Requirement.builder(
                                "session-needs-second-factor",
                                List.of("manage"),
                                Condition.all(new Atom.Proven(ANY_OR_CODE, Within.SESSION)))
                        .when(Condition.all(
                                new Atom.Credential(CredentialTest.kinds(CredentialKind.SESSION)),
                                new Atom.Enrolled(FactorSelector.ofClasses(FactorClass.ANY))))
                        .unless(labelled("remembered-device"))
                        .message("Two-factor authentication is needed to finish logging in.")
                        .build());
    }

    private static List<Requirement> addresses() {
        return List.of(
                Requirement.builder("management-needs-verified-email", List.of("manage"), EMAIL_VERIFIED)
                        .except(List.of("admin", "member.accept", "account.verify-email"))
                        .message(NEEDS_EMAIL)
                        .phases(Phase.from(ENFORCE, Instant.parse("2023-07-19T04:00:00Z")))
                        .build(),
                Requirement.builder(
                                "every-other-action-needs-verified-email",
                                List.of("member.accept", "admin"),
                                EMAIL_VERIFIED)
                        .message(NEEDS_EMAIL)
                        .phases(Phase.from(ENFORCE, Instant.parse("2024-04-01T04:00:00Z")))
                        .build(),
                Requirement.builder("upload-needs-verified-email", List.of("publish"), EMAIL_VERIFIED)
                        .unless(PUBLISHER)
                        .message(
                                "User '{account}', associated with the API token used, does not have a verified primary"
                                        + " email address. Please add a verified primary email before attempting to upload to"
                                        + " PyPI. See {link} for more information.")
                        .build());
    }

    private static List<Requirement> factors() {
        Condition joined = Condition.all(
                new Atom.Account(ThingTest.registered(InstantBounds.since(Instant.parse("2023-08-08T00:00:00Z")))));
        Phase announced = Phase.from(ANNOUNCE, Instant.parse("2023-05-25T04:00:00Z"));
        return List.of(
                Requirement.builder("management-needs-2fa", List.of("manage"), ENROLLED)
                        .except(List.of("account", "factor", "admin", "member.accept"))
                        .message(NEEDS_2FA)
                        .phases(
                                announced,
                                Phase.builder(ENFORCE)
                                        .from(Instant.parse("2023-08-08T04:00:00Z"))
                                        .when(joined)
                                        .build(),
                                Phase.from(ENFORCE, NEW_YEAR))
                        .build(),
                Requirement.builder("every-other-action-needs-2fa", List.of("admin", "member.accept"), ENROLLED)
                        .message(NEEDS_2FA)
                        .phases(Phase.from(ENFORCE, Instant.parse("2024-04-01T04:00:00Z")))
                        .build(),
                Requirement.builder("upload-needs-2fa", List.of("publish"), ENROLLED)
                        .unless(PUBLISHER)
                        .message("User '{account}', associated with the API token used, does not have two-factor"
                                + " authentication enabled. Please enable two-factor authentication before attempting"
                                + " to upload to PyPI. See {link} for more information.")
                        .notice("Two factor authentication is not enabled for your account.")
                        .phases(
                                Phase.from(ENFORCE, NEW_YEAR),
                                Phase.builder(ENFORCE)
                                        .when(joined)
                                        .from(Instant.parse("2023-09-08T04:00:00Z"))
                                        .build(),
                                Phase.from(WARN, Instant.parse("2023-08-29T04:00:00Z")),
                                announced)
                        .build(),
                Requirement.builder("primary-email-needs-2fa", List.of("account.primary-email"), ENROLLED)
                        .message("Two factor authentication must be enabled to change primary email address.")
                        .build(),
                Requirement.builder(
                                "enrolment-needs-saved-codes",
                                List.of("factor.enrol"),
                                Condition.all(new Atom.RecoveryCodesSaved(), new Atom.EmailVerified()))
                        .message("Save your recovery codes and use one of them first. See {link}")
                        .phases(Phase.from(ENFORCE, Instant.parse("2022-02-10T05:00:00Z")))
                        .build(),
                Requirement.builder(
                                "last-factor-stays",
                                List.of("factor.remove"),
                                Condition.all(new Atom.FactorsLeft(FactorSelector.ofClasses(FactorClass.ANY))))
                        .message("Cannot remove last 2FA method")
                        .phases(Phase.from(ENFORCE, Instant.parse("2023-07-26T04:00:00Z")))
                        .build());
    }

    private static List<Requirement> projects() {
        Instant end = Instant.parse("2024-01-03T05:00:00Z");
        Instant june = Instant.parse("2022-06-01T04:00:00Z");
        return List.of(
                Requirement.builder("owners-require-2fa", CONTRIBUTING, ENROLLED)
                        .when(Condition.all(new Atom.Project(ThingTest.flag("owners-require-2fa"))))
                        .unless(PUBLISHER)
                        .message("This project requires two factor authentication to be enabled for all contributors.")
                        .phases(Phase.builder(ENFORCE)
                                .from(Instant.parse("2022-02-23T05:00:00Z"))
                                .until(end)
                                .switchName("project-requirement")
                                .build())
                        .build(),
                Requirement.builder("pypi-mandates-2fa", CONTRIBUTING, ENROLLED)
                        .when(Condition.all(new Atom.Project(ThingTest.flag("mandated"))))
                        .unless(PUBLISHER)
                        .message("PyPI requires two factor authentication to be enabled for all contributors to this"
                                + " project.")
                        .notice("This project is included in PyPI's two-factor mandate for critical projects. Soon you"
                                + " cannot manage it without two-factor authentication.")
                        .phases(
                                Phase.builder(ENFORCE)
                                        .from(june)
                                        .until(end)
                                        .switchName("mandate-enabled")
                                        .build(),
                                Phase.builder(WARN)
                                        .from(june)
                                        .until(end)
                                        .switchName("mandate-available")
                                        .build())
                        .build());
    }

    private static List<Requirement> proofs() {
        FactorSelector password = FactorSelector.ofKinds(FactorKind.PASSWORD);
        return List.of(
                Requirement.builder(
                                "sensitive-needs-password-again",
                                List.of(
                                        "account.view",
                                        "account.profile",
                                        "account.email",
                                        "account.primary-email",
                                        "account.password",
                                        "account.delete",
                                        "factor.view",
                                        "token",
                                        "publisher",
                                        "organization",
                                        "release",
                                        "project.settings",
                                        "project.transfer",
                                        "project.delete",
                                        "member.add",
                                        "member.role",
                                        "member.remove"),
                                Condition.all(new Atom.Proven(password, Within.of(Duration.ofMinutes(30)))))
                        .message("Confirm your password to continue.")
                        .build(),
                Requirement.builder(
                                "codes-need-password-just-now",
                                List.of("factor.recovery-codes"),
                                Condition.all(new Atom.Proven(password, Within.of(Duration.ofSeconds(10)))))
                        .message("Confirm your password to continue.")
                        .phases(Phase.from(ENFORCE, Instant.parse("2022-02-10T05:00:00Z")))
                        .build(),
                Requirement.builder(
                                "new-device-needs-confirmation",
                                List.of("sign-in.complete"),
                                Condition.all(
                                        new Atom.Proven(FactorSelector.ofKinds(FactorKind.EMAIL), Within.REQUEST)))
                        .when(Condition.all(new Atom.Proven(
                                FactorSelector.ofKinds(FactorKind.RECOVERY_CODE, FactorKind.TOTP), Within.REQUEST)))
                        .unless(labelled("known-device"))
                        .message("Unrecognized device: follow the link we have sent to your email address.")
                        .phases(Phase.from(ENFORCE, Instant.parse("2025-11-14T05:00:00Z")))
                        .build());
    }

    private static List<Requirement> releases() {
        return List.of(
                Requirement.builder(
                                "no-pull-request-target", List.of("publish.exchange"), Condition.all(new Atom.Closed()))
                        .when(Condition.all(new Atom.Publisher(
                                List.of("github"), List.of("pull_request_target"), List.of(), List.of(), List.of())))
                        .remedy(Remedy.CHANGE_REQUEST)
                        .message("Publishing from a pull_request_target event is not allowed.")
                        .phases(Phase.from(ENFORCE, Instant.parse("2026-03-02T05:00:00Z")))
                        .build(),
                Requirement.builder("token-beside-a-publisher", List.of("publish.file", "publish.release"), PUBLISHER)
                        .when(Condition.all(
                                new Atom.Project(ThingTest.flag("has-publisher")),
                                new Atom.Credential(CredentialTest.kinds(CredentialKind.API_TOKEN))))
                        .notice("An API token was used to upload to {project}, which has a Trusted Publisher. This may"
                                + " be a mistake: use the Trusted Publisher alone, and remove the token.")
                        .phases(Phase.from(WARN, Instant.parse("2024-03-20T04:00:00Z")))
                        .build(),
                Requirement.builder(
                                "project-needs-a-person",
                                List.of("publish.project"),
                                credential(CredentialKind.SESSION, CredentialKind.PASSWORD, CredentialKind.API_TOKEN))
                        .when(credential(CredentialKind.SERVICE_ACCOUNT, CredentialKind.TRUSTED_PUBLISHER))
                        .message("Non-user identities cannot create new projects. This was probably caused by"
                                + " successfully using a pending publisher but specifying the project name"
                                + " incorrectly.")
                        .build(),
                Requirement.builder(
                                "old-release-is-closed",
                                List.of("publish.file"),
                                Condition.all(
                                        new Atom.Release(ThingTest.any().andAge(Bounds.atMost(Duration.ofDays(14))))))
                        .message("Uploading new files to releases older than 14 days is not allowed.")
                        .phases(Phase.from(ENFORCE, Instant.parse("2026-07-08T04:00:00Z")))
                        .build());
    }

    private static Condition credential(CredentialKind... kinds) {
        return Condition.all(new Atom.Credential(CredentialTest.kinds(kinds)));
    }

    private static Condition labelled(String label) {
        return Condition.all(new Atom.Credential(CredentialTest.labelled(CredentialKind.SESSION, label)));
    }
}
