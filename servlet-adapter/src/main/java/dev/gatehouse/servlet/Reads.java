package dev.gatehouse.servlet;

import dev.gatehouse.policy.Refusal;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.Within;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which facts each requirement of a policy reads, so that the filter knows what may be told to whom, and what an open decision
 * can already be refused for.
 */
final class Reads {
    private static final int ACCOUNT = 1;
    private static final int THING = 2;
    private static final int BODY = 4;
    private static final int PROOF = 8;
    private static final int PROOF_OF_REQUEST = 16;

    private final PolicyDefinition definition;
    private final Map<String, Integer> byRequirement = new HashMap<>();
    private final Map<String, Set<Action>> gated = new HashMap<>();

    Reads(PolicyDefinition definition) {
        this.definition = definition;
        for (Requirement requirement : definition.requirements()) {
            byRequirement.put(requirement.id(), of(requirement));
            gated.put(requirement.id(), Set.copyOf(definition.vocabulary().gatedBy(requirement)));
        }
    }

    PolicyDefinition definition() {
        return definition;
    }

    /** Whether it reads anything about the caller's account. */
    boolean account(String requirement) {
        return has(requirement, ACCOUNT);
    }

    /** Whether the refusal depends on a project or organization, or its text would name one as the host has it. */
    boolean isOfThing(Refusal refusal) {
        String template = refusal.message().template();
        return refusal.readsProjectOrOrganization()
                || thing(refusal.requirement())
                || template.contains("{project}")
                || template.contains("{organization}");
    }

    /** Whether it reads anything about a project or organization. */
    boolean thing(String requirement) {
        return has(requirement, THING);
    }

    /**
     * Whether it reads what only the body of an open request tells.
     *
     * @param proofs whether any proof may come with the body; else only one that has to. Who looks at an empty form is sent first to
     *     prove what the session lacks, but cannot be asked beforehand for what comes with the form
     */
    boolean body(String requirement, boolean proofs) {
        return has(requirement, BODY | PROOF_OF_REQUEST | (proofs ? PROOF : 0));
    }

    /** Whether it gates all these actions. */
    boolean gatesAll(String requirement, List<Action> actions) {
        Set<Action> gates = gated.getOrDefault(requirement, Set.of());
        for (int i = 0; i < actions.size(); i++) {
            if (!gates.contains(actions.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** A requirement that the definition does not have reads nothing: it is the engine's own, for an undeclared action. */
    private boolean has(String requirement, int what) {
        return (byRequirement.getOrDefault(requirement, 0) & what) != 0;
    }

    private static int of(Requirement requirement) {
        int reads = of(requirement.when()) | of(requirement.unless()) | of(requirement.demand());
        for (Phase phase : requirement.phases()) {
            reads |= of(phase.when()) | of(phase.unless()) | (phase.share().isPresent() ? ACCOUNT : 0);
        }
        return reads;
    }

    private static int of(Condition condition) {
        int reads = 0;
        for (Atom atom : condition.atoms()) {
            reads |= of(atom);
        }
        for (Condition alternative : condition.anyOf()) {
            reads |= of(alternative);
        }
        return reads;
    }

    private static int of(Atom atom) {
        return switch (atom.key()) {
            case "credential", "publisher", "closed" -> 0;
            case "project", "organization" -> THING | BODY;
            case "release", "new-token", "new-factor" -> BODY;
            case "factors-left" -> ACCOUNT | BODY;
            case "proven" ->
                ACCOUNT
                        | (atom instanceof Atom.Proven proven
                                        && !proven.within().equals(Within.REQUEST)
                                ? PROOF
                                : PROOF_OF_REQUEST);
            case "enrolled", "email-verified", "recovery-codes-saved", "account", "maintains", "member-of", "elapsed" ->
                ACCOUNT;
            // What a host's own condition reads is not known.
            default -> ACCOUNT | THING | BODY;
        };
    }
}
