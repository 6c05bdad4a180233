package dev.gatehouse.policy;

import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.ReasonCode;
import dev.gatehouse.policy.rule.Remedy;
import dev.gatehouse.policy.rule.Requirement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is lacking where a demand is not met, and the ways out of it. Immutable.
 *
 * @param codes what is lacking, by stage
 * @param ways the ways out, best first
 */
record Lack(List<ReasonCode> codes, List<Way> ways) {
    private static final Comparator<Way> BEST_FIRST = Comparator.comparing(Lack::changesCredential)
            .thenComparing(way -> way.steps().size())
            .thenComparing(Lack::compareStages);

    /** What the situation of a caller says of the atoms of a demand. */
    interface Situation {
        boolean isMet(Atom atom);

        /** Whether a factor that the selector accepts is set up; an unknown set counts as empty. */
        boolean isEnrolled(FactorSelector factor);

        CredentialKind caller();

        boolean isAccountAbsent();
    }

    static Lack of(Requirement requirement, Situation situation) {
        Condition demand = requirement.demand();
        Collection<Condition> alternatives = demand.anyOf().isEmpty() ? List.of(Condition.empty()) : demand.anyOf();
        Set<ReasonCode> codes = new LinkedHashSet<>();
        Set<Way> ways = new LinkedHashSet<>();
        List<Atom> unmet = new ArrayList<>();
        for (Condition alternative : alternatives) {
            EnumSet<Remedy> steps = EnumSet.noneOf(Remedy.class);
            for (Atom atom : both(demand, alternative)) {
                if (!situation.isMet(atom)) {
                    steps.addAll(remedies(atom, situation));
                    unmet.add(atom);
                }
            }
            if (!steps.isEmpty()) {
                ways.add(way(steps));
            }
        }
        unmet.stream().map(atom -> code(atom, situation)).sorted().forEach(codes::add);
        List<Way> sorted = requirement
                .remedy()
                .map(remedy -> List.of(Way.of(remedy)))
                .orElseGet(() -> ways.stream().sorted(BEST_FIRST).toList());
        return new Lack(List.copyOf(codes), sorted);
    }

    int stage() {
        return ways.get(0).first().stage();
    }

    private static List<Atom> both(Condition demand, Condition alternative) {
        List<Atom> atoms = new ArrayList<>(demand.atoms());
        atoms.addAll(alternative.atoms());
        return atoms;
    }

    private static Way way(Set<Remedy> steps) {
        return new Way(
                steps.stream().sorted(Comparator.comparing(Remedy::stage)).toList());
    }

    private static boolean changesCredential(Way way) {
        return way.steps().contains(Remedy.SWITCH_CREDENTIAL) || way.steps().contains(Remedy.AUTHENTICATE);
    }

    private static int compareStages(Way a, Way b) {
        for (int i = 0; i < a.steps().size(); i++) {
            int order =
                    Integer.compare(a.steps().get(i).stage(), b.steps().get(i).stage());
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static Set<Remedy> remedies(Atom atom, Situation situation) {
        if (situation.isAccountAbsent() && hangsOnAccount(atom)) {
            return EnumSet.of(Remedy.SWITCH_CREDENTIAL);
        }
        if (atom instanceof Atom.Publisher && situation.caller() != CredentialKind.TRUSTED_PUBLISHER) {
            // Without a run there is none to be asked differently: it takes another caller.
            return EnumSet.of(otherCaller(situation));
        }
        if (atom instanceof Atom.Proven proven && mustEnrolFirst(proven.factor(), situation)) {
            return EnumSet.of(Remedy.ENROL_FACTOR, Remedy.PROVE);
        }
        return EnumSet.of(remedy(atom, situation));
    }

    private static boolean hangsOnAccount(Atom atom) {
        return atom instanceof Atom.Enrolled
                || atom instanceof Atom.Proven
                || atom instanceof Atom.EmailVerified
                || atom instanceof Atom.RecoveryCodesSaved
                || atom instanceof Atom.FactorsLeft
                || atom instanceof Atom.Account
                || atom instanceof Atom.Elapsed;
    }

    /** Whether everything in the list must be set up before it is proven, and nothing of it is. */
    static boolean mustEnrolFirst(FactorSelector factor, Situation situation) {
        return isOnlyEnrollable(factor) && !situation.isEnrolled(factor);
    }

    static boolean isOnlyEnrollable(FactorSelector factor) {
        return factor.kinds().stream().allMatch(FactorKind::needsEnrolment);
    }

    private static Remedy remedy(Atom atom, Situation situation) {
        return switch (atom.key()) {
            case "credential" -> otherCaller(situation);
            case "email-verified" -> Remedy.VERIFY_EMAIL;
            case "recovery-codes-saved" -> Remedy.SAVE_RECOVERY_CODES;
            case "enrolled", "factors-left" -> Remedy.ENROL_FACTOR;
            case "account" -> Remedy.CHANGE_SETTING;
            case "proven" -> Remedy.PROVE;
            case "new-token", "new-factor", "release", "publisher" -> Remedy.CHANGE_REQUEST;
            case "project", "organization" -> Remedy.ASK_OWNER;
            case "elapsed" -> Remedy.WAIT;
            default -> Remedy.CONTACT_SUPPORT;
        };
    }

    private static Remedy otherCaller(Situation situation) {
        return isAnonymous(situation) ? Remedy.AUTHENTICATE : Remedy.SWITCH_CREDENTIAL;
    }

    private static boolean isAnonymous(Situation situation) {
        return situation.caller() == CredentialKind.ANONYMOUS;
    }

    private static ReasonCode code(Atom atom, Situation situation) {
        return switch (atom.key()) {
            case "credential" ->
                isAnonymous(situation) ? ReasonCode.NOT_AUTHENTICATED : ReasonCode.CREDENTIAL_NOT_ACCEPTED;
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
            default -> ReasonCode.CLOSED;
        };
    }
}
