package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.Finding;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.ThingTest;
import dev.gatehouse.policy.rule.Vocabulary.Section;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * P49: names that the policy uses and the host does not supply. Switches and custom conditions are the builder's to check:
 * it has them.
 */
final class UnsuppliedNames {
    private final Map<Section, Set<String>> used = new EnumMap<>(Section.class);

    private UnsuppliedNames() {}

    static void check(PolicyDefinition definition, Supplied supplied, List<Finding> findings) {
        UnsuppliedNames names = new UnsuppliedNames();
        definition.requirements().stream()
                .flatMap(Rule::conditions)
                .flatMap(Rule::atoms)
                .forEach(names::read);
        names.used.forEach((section, all) -> {
            for (String name : all) {
                if (!supplied.has(section, name)) {
                    findings.add(Finding.warning(
                            "P49",
                            "vocabulary." + section.key() + "." + name,
                            section.noun() + " '" + name
                                    + "' is used and the host does not supply it: it is unknown and binds"));
                }
            }
        });
    }

    private void use(Section section, String name) {
        used.computeIfAbsent(section, s -> new TreeSet<>()).add(name);
    }

    private void read(Atom atom) {
        if (atom instanceof Atom.Account a) {
            thing("account", a.test());
        } else if (atom instanceof Atom.Maintains a) {
            thing("project", a.test());
        } else if (atom instanceof Atom.Project a) {
            thing("project", a.test());
        } else if (atom instanceof Atom.MemberOf a) {
            thing("organization", a.test());
        } else if (atom instanceof Atom.Organization a) {
            thing("organization", a.test());
        } else if (atom instanceof Atom.Release a) {
            thing("release", a.test());
        } else if (atom instanceof Atom.Publisher a) {
            a.anyFlag().forEach(flag -> use(Section.FLAGS, "publisher." + flag));
            a.allFlags().forEach(flag -> use(Section.FLAGS, "publisher." + flag));
        } else if (atom instanceof Atom.Credential a) {
            a.test()
                    .oneOf()
                    .forEach(pattern -> pattern.labels()
                            .forEach(label -> use(Section.LABELS, pattern.kind().id() + "." + label)));
        } else if (atom instanceof Atom.NewToken a) {
            a.label().forEach(label -> use(Section.LABELS, CredentialKind.API_TOKEN.id() + "." + label));
        } else if (atom instanceof Atom.Elapsed a) {
            a.since().forEach(event -> use(Section.EVENTS, event));
        }
    }

    private void thing(String owner, ThingTest test) {
        test.anyFlag().forEach(flag -> use(Section.FLAGS, owner + "." + flag));
        test.allFlags().forEach(flag -> use(Section.FLAGS, owner + "." + flag));
        test.metrics().forEach(metric -> use(Section.METRICS, owner + "." + metric.metric()));
    }
}
