package dev.gatehouse.policy;

import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.ReasonCode;
import dev.gatehouse.policy.rule.Remedy;
import java.util.List;
import java.util.Set;

/** The table of the policy model's section 8, and its paragraphs below. */
final class PlainRemedies {
    private static final Set<String> OF_THE_ACCOUNT = Set.of(
            "enrolled", "proven", "email-verified", "recovery-codes-saved", "factors-left", "account", "elapsed");

    private PlainRemedies() {}

    static ReasonCode code(Asked asked, Atom atom) {
        return switch (atom.key()) {
            case "credential" ->
                asked.request().credential().kind() == CredentialKind.ANONYMOUS
                        ? ReasonCode.NOT_AUTHENTICATED
                        : ReasonCode.CREDENTIAL_NOT_ACCEPTED;
            case "email-verified" -> ReasonCode.EMAIL_NOT_VERIFIED;
            case "recovery-codes-saved" -> ReasonCode.RECOVERY_CODES_NOT_SAVED;
            case "enrolled" -> ReasonCode.FACTOR_NOT_ENROLLED;
            case "factors-left" -> ReasonCode.LAST_FACTOR;
            case "account" -> ReasonCode.ACCOUNT_SETTING;
            case "proven" -> ReasonCode.FACTOR_NOT_PROVEN;
            case "new-token" -> ReasonCode.TOKEN_LIMIT;
            case "new-factor" -> ReasonCode.FACTOR_KIND;
            case "release" -> ReasonCode.RELEASE_LIMIT;
            case "publisher" -> ReasonCode.RUN_NOT_ACCEPTED;
            case "project" -> ReasonCode.PROJECT_SETTING;
            case "organization" -> ReasonCode.ORGANIZATION_SETTING;
            case "elapsed" -> ReasonCode.TOO_SOON;
            case "closed" -> ReasonCode.CLOSED;
            default -> throw new IllegalArgumentException("atom: '" + atom.key() + "' cannot be demanded");
        };
    }

    static List<Remedy> steps(Asked asked, Atom atom) {
        if (OF_THE_ACCOUNT.contains(atom.key()) && asked.hasNoAccount()) {
            return List.of(Remedy.SWITCH_CREDENTIAL);
        }
        CredentialKind caller = asked.request().credential().kind();
        Remedy otherCaller = caller == CredentialKind.ANONYMOUS ? Remedy.AUTHENTICATE : Remedy.SWITCH_CREDENTIAL;
        return switch (atom.key()) {
            case "credential" -> List.of(otherCaller);
            case "publisher" ->
                List.of(caller == CredentialKind.TRUSTED_PUBLISHER ? Remedy.CHANGE_REQUEST : otherCaller);
            case "email-verified" -> List.of(Remedy.VERIFY_EMAIL);
            case "recovery-codes-saved" -> List.of(Remedy.SAVE_RECOVERY_CODES);
            case "enrolled", "factors-left" -> List.of(Remedy.ENROL_FACTOR);
            case "account" -> List.of(Remedy.CHANGE_SETTING);
            case "proven" ->
                mustEnrolFirst(asked, ((Atom.Proven) atom).factor())
                        ? List.of(Remedy.ENROL_FACTOR, Remedy.PROVE)
                        : List.of(Remedy.PROVE);
            case "new-token", "new-factor", "release" -> List.of(Remedy.CHANGE_REQUEST);
            case "project", "organization" -> List.of(Remedy.ASK_OWNER);
            case "elapsed" -> List.of(Remedy.WAIT);
            case "closed" -> List.of(Remedy.CONTACT_SUPPORT);
            default -> throw new IllegalArgumentException("atom: '" + atom.key() + "' cannot be demanded");
        };
    }

    private static boolean mustEnrolFirst(Asked asked, FactorSelector list) {
        for (FactorKind kind : list.kinds()) {
            if (!kind.needsEnrolment()) {
                return false;
            }
        }
        Fact<EnrolledFactors> enrolled =
                Asked.orUnknown(asked.request().account().enrolled());
        return !enrolled.isKnown() || !asked.someIsAccepted(list, enrolled.value());
    }
}
