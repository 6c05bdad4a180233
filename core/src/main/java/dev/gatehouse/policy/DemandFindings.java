package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.CredentialTest;
import dev.gatehouse.policy.rule.Finding;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Remedy;
import dev.gatehouse.policy.rule.Requirement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** P41 to P44, and what only others can bring about: what the conditions of one requirement mean together. */
final class DemandFindings {
    /** Atoms that more evidence may turn from false to true. */
    private static final Set<String> EVIDENCE =
            Set.of("credential", "enrolled", "proven", "factors-left", "email-verified", "recovery-codes-saved");
    /** What nobody is behind a trusted publisher to have. */
    private static final Set<String> OF_A_PERSON = Set.of(
            "enrolled",
            "proven",
            "factors-left",
            "email-verified",
            "recovery-codes-saved",
            "account",
            "maintains",
            "member-of",
            "elapsed");

    private final PolicyDefinition definition;
    private final Instant now;
    private final List<Finding> findings;

    DemandFindings(PolicyDefinition definition, Instant now, List<Finding> findings) {
        this.definition = definition;
        this.now = now;
        this.findings = findings;
    }

    void check() {
        for (Requirement requirement : definition.requirements()) {
            String path = "requirement." + requirement.id();
            pointless(requirement, path);
            publishers(requirement, path);
            evidence(requirement, path);
            remedy(requirement, path);
            beyondTheCaller(requirement, path);
        }
    }

    /** P41. */
    private void pointless(Requirement requirement, String path) {
        if (!requirement.when().isEmpty() && Implication.implies(requirement.when(), requirement.demand())) {
            findings.add(Finding.warning(
                    "P41", path + ".demand", "demand of '" + requirement.id() + "' is met by everybody that it binds"));
        }
        if (!requirement.when().isEmpty()
                && !requirement.unless().isEmpty()
                && Implication.implies(requirement.when(), requirement.unless())) {
            findings.add(Finding.warning("P41", path + ".unless", "'" + requirement.id() + "' binds nobody"));
        }
    }

    /**
     * P42, for publishing, which is what a trusted publisher is for. A rule that names trusted publishers in its
     * {@code when} means to keep them out; a closed door is closed to everybody.
     */
    private void publishers(Requirement requirement, String path) {
        boolean enforces = requirement.phases().isEmpty()
                || requirement.phases().stream()
                        .anyMatch(p -> p.mode() == Mode.ENFORCE && !p.tentative() && !PhaseFindings.isOver(p, now));
        if (!enforces
                || mayHold(requirement.unless(), true)
                || !mayHold(requirement.when(), false)
                || namesPublishers(requirement.when())
                || requirement.demand().atom("closed").isPresent()
                || mayHold(requirement.demand(), false)) {
            return;
        }
        Set<String> gated = new TreeSet<>();
        definition.vocabulary().gatedBy(requirement).stream()
                .filter(action -> action.group().equals("publish"))
                .map(Action::id)
                .forEach(gated::add);
        boolean whole =
                definition.vocabulary().expand("publish").stream().allMatch(action -> gated.contains(action.id()));
        for (String on : whole ? Set.of("publish") : gated) {
            findings.add(Finding.warning(
                    "P42", path + ".demand", "no trusted publisher can meet '" + requirement.id() + "' on " + on));
        }
    }

    private static boolean namesPublishers(Condition when) {
        return Rule.atoms(when)
                .filter(Atom.Credential.class::isInstance)
                .flatMap(atom -> ((Atom.Credential) atom).test().oneOf().stream())
                .anyMatch(pattern -> pattern.kind() == CredentialKind.TRUSTED_PUBLISHER);
    }

    /** Whether the condition can hold, or surely holds, for a trusted publisher; the empty one never surely exempts. */
    private static boolean mayHold(Condition condition, boolean surely) {
        if (condition.isEmpty()) {
            return !surely;
        }
        return condition.atoms().stream().allMatch(atom -> mayHold(atom, surely))
                && (condition.anyOf().isEmpty()
                        || condition.anyOf().stream().anyMatch(alternative -> mayHold(alternative, surely)));
    }

    private static boolean mayHold(Atom atom, boolean surely) {
        if (OF_A_PERSON.contains(atom.key()) || atom instanceof Atom.Closed) {
            return false;
        }
        if (atom instanceof Atom.Credential a) {
            CredentialTest test = a.test();
            boolean fits = test.oneOf().isEmpty()
                    || test.oneOf().stream()
                            .anyMatch(pattern -> pattern.kind() == CredentialKind.TRUSTED_PUBLISHER
                                    && (!surely || pattern.labels().isEmpty()));
            return fits && (!surely || test.isPatternOnly());
        }
        return !surely;
    }

    /** P43. */
    private void evidence(Requirement requirement, String path) {
        List<String> places = new ArrayList<>();
        evidence(requirement.when(), path + ".when", places);
        for (int i = 0; i < requirement.phases().size(); i++) {
            evidence(requirement.phases().get(i).when(), path + ".phases[" + i + "].when", places);
        }
        if (!places.isEmpty()) {
            findings.add(Finding.note(
                    "P43",
                    places.get(0),
                    "'" + requirement.id() + "' reads evidence in when: more evidence may refuse more"));
        }
    }

    private static void evidence(Condition when, String path, List<String> places) {
        when.atoms().stream().map(Atom::key).filter(EVIDENCE::contains).forEach(key -> places.add(path + "." + key));
        for (int i = 0; i < when.anyOf().size(); i++) {
            evidence(when.anyOf().get(i), path + ".any-of[" + i + "]", places);
        }
    }

    /** P44. A remedy helps if it changes something that the demand asks, or by which the requirement binds. */
    private void remedy(Requirement requirement, String path) {
        if (requirement.remedy().isEmpty()) {
            return;
        }
        Remedy remedy = requirement.remedy().get();
        Set<Remedy> helps = EnumSet.of(Remedy.CONTACT_SUPPORT);
        Rule.conditions(requirement).flatMap(Rule::atoms).forEach(atom -> helps.addAll(remedies(atom)));
        boolean ends = requirement.phases().stream()
                .anyMatch(p -> p.until().isPresent()
                        || !p.windows().isEmpty()
                        || p.switchName().isPresent());
        if (ends) {
            helps.add(Remedy.WAIT);
        }
        if (!helps.contains(remedy)) {
            findings.add(Finding.error(
                    "P44",
                    path + ".remedy",
                    "the remedy '" + remedy.id() + "' of '" + requirement.id() + "' cannot meet its demand"));
        }
    }

    private static Set<Remedy> remedies(Atom atom) {
        return switch (atom.key()) {
            case "credential" -> EnumSet.of(Remedy.AUTHENTICATE, Remedy.SWITCH_CREDENTIAL);
            case "email-verified" -> EnumSet.of(Remedy.VERIFY_EMAIL, Remedy.SWITCH_CREDENTIAL);
            case "recovery-codes-saved" -> EnumSet.of(Remedy.SAVE_RECOVERY_CODES, Remedy.SWITCH_CREDENTIAL);
            case "enrolled", "factors-left" -> EnumSet.of(Remedy.ENROL_FACTOR, Remedy.SWITCH_CREDENTIAL);
            case "proven" ->
                EnumSet.of(Remedy.PROVE, Remedy.ENROL_FACTOR, Remedy.SWITCH_CREDENTIAL, Remedy.AUTHENTICATE);
            case "account" -> EnumSet.of(Remedy.CHANGE_SETTING, Remedy.SWITCH_CREDENTIAL);
            case "new-token", "new-factor", "release" -> EnumSet.of(Remedy.CHANGE_REQUEST);
            case "publisher" -> EnumSet.of(Remedy.CHANGE_REQUEST, Remedy.SWITCH_CREDENTIAL, Remedy.AUTHENTICATE);
            case "project", "organization", "maintains", "member-of" -> EnumSet.of(Remedy.ASK_OWNER);
            case "elapsed" -> EnumSet.of(Remedy.WAIT, Remedy.SWITCH_CREDENTIAL);
            default -> EnumSet.of(Remedy.CONTACT_SUPPORT);
        };
    }

    /** The information that the search for dead ends leaves out: nothing that the caller does alone meets the demand. */
    private void beyondTheCaller(Requirement requirement, String path) {
        Condition demand = requirement.demand();
        boolean always = demand.atoms().stream().anyMatch(DemandFindings::isBeyondTheCaller)
                || (!demand.anyOf().isEmpty()
                        && demand.anyOf().stream()
                                .allMatch(a -> a.atoms().stream().anyMatch(DemandFindings::isBeyondTheCaller)));
        boolean said = requirement.remedy().map(r -> !r.isBeyondTheCaller()).orElse(false);
        if (always && !said) {
            findings.add(Finding.note(
                    "P40",
                    path + ".demand",
                    "'" + requirement.id() + "' leaves only another person, time, or support"));
        }
    }

    private static boolean isBeyondTheCaller(Atom atom) {
        return switch (atom.key()) {
            case "project", "organization", "elapsed", "closed" -> true;
            default -> false;
        };
    }
}
