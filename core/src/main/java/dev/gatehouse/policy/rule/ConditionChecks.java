package dev.gatehouse.policy.rule;

import dev.gatehouse.policy.rule.Vocabulary.Section;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** P20 to P28 for the conditions of one requirement: what they name, where they stand, what they bound. */
final class ConditionChecks {
    private final Set<Action> gated;
    private final NameChecks names;
    private final List<Finding> findings;

    ConditionChecks(Set<Action> gated, NameChecks names, List<Finding> findings) {
        this.gated = gated;
        this.names = names;
        this.findings = findings;
    }

    void check(Condition condition, String path, boolean demand) {
        boolean alone = condition.atoms().size() == 1 && condition.anyOf().isEmpty();
        condition.atoms().forEach(atom -> atom(atom, path, demand, alone));
        for (int i = 0; i < condition.anyOf().size(); i++) {
            for (Atom atom : condition.anyOf().get(i).atoms()) {
                atom(atom, path + ".any-of[" + i + "]", demand, false);
            }
        }
    }

    private void atom(Atom atom, String around, boolean demand, boolean alone) {
        String path = around + "." + atom.key();
        if (atom instanceof Atom.Closed && !(demand && alone)) {
            findings.add(Finding.error("P23", path, "'closed' stands only in a demand, and alone"));
        }
        if (demand && Meaning.isBeyondEverybody(atom)) {
            findings.add(Finding.error(
                    "P22", path, "'" + atom.key() + "' cannot be demanded: nobody can bring it about; put it in when"));
        }
        Optional<Action> without =
                gated.stream().filter(action -> !Meaning.has(atom, action)).findFirst();
        without.ifPresent(action -> findings.add(
                Finding.error("P26", path, "'" + atom.key() + "' has no meaning for action '" + action.id() + "'")));
        body(atom, path);
    }

    private void body(Atom atom, String path) {
        if (atom instanceof Atom.Credential a) {
            credential(a.test(), path);
        } else if (atom instanceof Atom.Proven a) {
            a.within()
                    .duration()
                    .ifPresent(within -> BoundChecks.duration(within, "within", path + ".within", findings));
        } else if (atom instanceof Atom.Account a) {
            thing(Thing.ACCOUNT, a.test(), path);
        } else if (atom instanceof Atom.Maintains a) {
            thing(Thing.MAINTAINS, a.test(), path);
        } else if (atom instanceof Atom.MemberOf a) {
            thing(Thing.MEMBER_OF, a.test(), path);
        } else if (atom instanceof Atom.Project a) {
            thing(Thing.PROJECT, a.test(), path);
        } else if (atom instanceof Atom.Organization a) {
            thing(Thing.ORGANIZATION, a.test(), path);
        } else if (atom instanceof Atom.Release a) {
            thing(Thing.RELEASE, a.test(), path);
        } else if (atom instanceof Atom.Publisher a) {
            flags("publisher", a.anyFlag(), path + ".flag");
            flags("publisher", a.allFlags(), path + ".flags");
            notEmpty(path, "publisher", a.provider(), a.event(), a.ref(), a.anyFlag(), a.allFlags());
        } else if (atom instanceof Atom.NewToken a) {
            labels(CredentialKind.API_TOKEN, a.label(), path + ".label");
            BoundChecks.durations(a.lifetime(), "lifetime", path + ".lifetime", findings);
            notEmpty(path, "new-token", a.label(), BoundChecks.values(a.lifetime()), a.reach());
        } else if (atom instanceof Atom.Elapsed a) {
            a.since().forEach(event -> names.use(Section.EVENTS, event, path + ".since"));
            BoundChecks.duration(a.atLeast(), "at-least", path + ".at-least", findings);
        } else if (atom instanceof Atom.Host a) {
            flags("host", a.anyOf(), path + ".flag");
        }
    }

    private void credential(CredentialTest test, String path) {
        test.oneOf().forEach(pattern -> labels(pattern.kind(), pattern.labels(), path + ".kind"));
        BoundChecks.durations(test.age(), "age", path + ".age", findings);
        BoundChecks.durations(test.idle(), "idle", path + ".idle", findings);
        BoundChecks.durations(test.lifetime(), "lifetime", path + ".lifetime", findings);
        BoundChecks.instants(test.created(), path + ".created", findings);
        if (test.isPatternOnly()) {
            notEmpty(path, "credential", test.oneOf());
        }
    }

    private void thing(Thing kind, ThingTest test, String path) {
        kind.unknownKeys(test)
                .forEach(key -> findings.add(
                        NameChecks.unknownKey(key, "'" + kind.key() + "'", kind.keys(), path + "." + key)));
        BoundChecks.instants(test.registered(), path + ".registered", findings);
        BoundChecks.instants(test.created(), path + ".created", findings);
        BoundChecks.durations(test.age(), "age", path + ".age", findings);
        flags(kind.owner(), test.anyFlag(), path + ".flag");
        flags(kind.owner(), test.allFlags(), path + ".flags");
        metrics(kind, test.metrics(), path + ".metrics");
        if (test.isAny()) {
            notEmpty(path, kind.key());
        }
    }

    private void metrics(Thing kind, List<MetricTest> tests, String path) {
        Map<String, List<Bounds<Double>>> same = new LinkedHashMap<>();
        Map<String, String> first = new HashMap<>();
        for (int i = 0; i < tests.size(); i++) {
            MetricTest test = tests.get(i);
            String at = path + "[" + i + "]";
            names.use(Section.METRICS, kind.owner() + "." + test.metric(), at);
            for (Double value : BoundChecks.values(test.bounds())) {
                if (value.isNaN() || value.isInfinite()) {
                    findings.add(Finding.error("P04", at, "'" + test.metric() + "' needs a number, found " + value));
                }
            }
            if (!test.bounds().oneOf().isEmpty()) {
                findings.add(NameChecks.unknownKey("one-of", "'" + kind.key() + "'", kind.keys(), at));
            }
            same.computeIfAbsent(test.metric(), m -> new ArrayList<>()).add(test.bounds());
            first.putIfAbsent(test.metric(), at);
        }
        same.forEach((metric, bounds) ->
                BoundChecks.contradiction(bounds, BoundChecks::text, first.getOrDefault(metric, path), findings));
    }

    private void flags(String owner, List<String> flags, String path) {
        flags.forEach(flag -> names.use(Section.FLAGS, owner + "." + flag, path));
    }

    private void labels(CredentialKind kind, List<String> labels, String path) {
        labels.forEach(label -> names.use(Section.LABELS, kind.id() + "." + label, path));
    }

    private void notEmpty(String path, String key, Collection<?>... parts) {
        for (Collection<?> part : parts) {
            if (!part.isEmpty()) {
                return;
            }
        }
        findings.add(Finding.error("P04", path, "'" + key + "' needs at least one key, found none"));
    }
}
