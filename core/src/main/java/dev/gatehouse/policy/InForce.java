package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Finding;
import dev.gatehouse.policy.rule.InvalidPolicyException;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Vocabulary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A definition that has passed every check, and the engine that decides by it. Immutable and thread-safe.
 *
 * @param findings warnings and notes
 */
record InForce(PolicyDefinition definition, Engine engine, List<Finding> findings, String digest) {

    /**
     * Checks a definition and makes it ready.
     *
     * @throws InvalidPolicyException if it has errors; all findings are in it
     */
    static InForce of(PolicyDefinition definition, Setting setting, Instant now) {
        List<Finding> findings = new ArrayList<>(definition.findings());
        switches(definition, setting, findings);
        conditions(definition, setting, findings);
        refuseErrors(findings);
        findings.addAll(PolicyAnalysis.findings(definition, setting.known(definition.vocabulary()), now));
        refuseErrors(findings);
        Engine engine = new Engine(definition, setting);
        return new InForce(definition, engine, List.copyOf(findings), Digest.of(definition));
    }

    private static void refuseErrors(List<Finding> findings) {
        if (findings.stream().anyMatch(finding -> finding.severity() == Finding.Severity.ERROR)) {
            throw new InvalidPolicyException(findings);
        }
    }

    private static void switches(PolicyDefinition definition, Setting setting, List<Finding> findings) {
        Map<String, Boolean> states = setting.controls().switches();
        for (String name :
                definition.vocabulary().of(Vocabulary.Section.SWITCHES).keySet()) {
            if (!states.containsKey(name)) {
                findings.add(Finding.error(
                        "P49",
                        "vocabulary.switches." + name,
                        "switch '" + name + "' is declared and the host does not supply its initial state"));
            }
        }
    }

    /** A condition or switch that no policy declares is a slip of whoever wired the host; a later policy may drop one, though. */
    static List<Finding> strangers(PolicyDefinition definition, Setting setting) {
        List<Finding> findings = new ArrayList<>();
        for (String id : new TreeSet<>(setting.conditions().keySet())) {
            if (!definition.vocabulary().declares(Vocabulary.Section.FLAGS, "host." + id)) {
                findings.add(Finding.error(
                        "P20",
                        "vocabulary.flags.host." + id,
                        "flag 'host." + id + "' is not declared in vocabulary.flags"));
            }
        }
        for (String name : new TreeSet<>(setting.controls().switches().keySet())) {
            if (!definition.vocabulary().declares(Vocabulary.Section.SWITCHES, name)) {
                findings.add(Finding.error(
                        "P20",
                        "vocabulary.switches." + name,
                        "switch '" + name + "' is not declared in vocabulary.switches"));
            }
        }
        return findings;
    }

    private static void conditions(PolicyDefinition definition, Setting setting, List<Finding> findings) {
        Set<String> used = new TreeSet<>();
        definition.requirements().stream()
                .flatMap(Rule::conditions)
                .flatMap(Rule::atoms)
                .filter(Atom.Host.class::isInstance)
                .forEach(atom -> used.addAll(((Atom.Host) atom).anyOf()));
        for (String id : used) {
            if (setting.condition(id) == null) {
                findings.add(Finding.warning(
                        "P49",
                        "vocabulary.flags.host." + id,
                        "flag 'host." + id + "' is used and the host does not supply it: it is unknown and binds"));
            }
        }
    }
}
