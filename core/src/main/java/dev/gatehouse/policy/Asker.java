package dev.gatehouse.policy;

import dev.gatehouse.policy.Asks.Probe;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.CredentialTest;
import dev.gatehouse.policy.rule.MetricTest;
import dev.gatehouse.policy.rule.ThingTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns atoms into probes for one action and kind of credential, settling what the kind or the supplied names settle. */
final class Asker {
    private final Action action;
    private final CredentialKind kind;
    private final Setting setting;
    private final Map<Atom, Asks> known = new HashMap<>();

    Asker(Action action, CredentialKind kind, Setting setting) {
        this.action = action;
        this.kind = kind;
        this.setting = setting;
    }

    Action action() {
        return action;
    }

    CredentialKind kind() {
        return kind;
    }

    Asks of(Atom atom) {
        return known.computeIfAbsent(atom, this::ask);
    }

    /** Whether the condition holds whatever the facts are, or never does; {@code null} if they decide. */
    @Nullable
    Boolean settled(Condition condition, boolean unknown) {
        boolean open = false;
        for (Atom atom : condition.atoms()) {
            Asks asks = of(atom);
            if (asks.never() || (asks.unknown() && !unknown)) {
                return false;
            }
            open |= !asks.probes().isEmpty();
        }
        if (condition.anyOf().isEmpty()) {
            return open ? null : Boolean.TRUE;
        }
        boolean allFail = true;
        boolean oneHolds = false;
        for (Condition alternative : condition.anyOf()) {
            Boolean settled = settled(alternative, unknown);
            allFail &= Boolean.FALSE.equals(settled);
            oneHolds |= Boolean.TRUE.equals(settled);
        }
        if (allFail) {
            return false;
        }
        return (open || !oneHolds) ? null : Boolean.TRUE;
    }

    private Asks ask(Atom atom) {
        if (atom instanceof Atom.Credential a) {
            return credential(a.test());
        } else if (atom instanceof Atom.Enrolled) {
            return Asks.of(FactKey.of(FactType.ENROLLED), atom);
        } else if (atom instanceof Atom.Proven a) {
            FactType type = ProofTest.readsEnrolled(a.factor()) ? FactType.ENROLLED : FactType.PROVEN;
            return Asks.of(FactKey.of(type), new ProofTest(a, setting.skew()));
        } else if (atom instanceof Atom.FactorsLeft) {
            return Asks.of(FactKey.of(FactType.FACTORS_LEFT), atom);
        } else if (atom instanceof Atom.EmailVerified) {
            return Asks.of(FactKey.of(FactType.EMAIL), atom);
        } else if (atom instanceof Atom.RecoveryCodesSaved) {
            return Asks.of(FactKey.of(FactType.CODES), atom);
        } else if (atom instanceof Atom.NewToken) {
            return Asks.of(FactKey.of(FactType.NEW_TOKEN), atom);
        } else if (atom instanceof Atom.NewFactor) {
            return Asks.of(FactKey.of(FactType.NEW_FACTOR), atom);
        } else if (atom instanceof Atom.Elapsed a) {
            return elapsed(a);
        } else if (atom instanceof Atom.Publisher a) {
            return publisher(a);
        } else if (atom instanceof Atom.Host a) {
            return Asks.of(FactKey.of(FactType.HOST), a.anyOf());
        } else if (atom instanceof Atom.Closed) {
            return Asks.NEVER;
        }
        return ofThing(atom);
    }

    private Asks ofThing(Atom atom) {
        if (atom instanceof Atom.Account a) {
            List<Probe> probes = new ArrayList<>();
            if (!a.test().registered().isNone()) {
                probes.add(new Probe(FactKey.of(FactType.REGISTERED), a.test().registered()));
            }
            return thing(a.test(), Owner.ACCOUNT, probes);
        } else if (atom instanceof Atom.Project a) {
            return thing(a.test(), Owner.PROJECT, new ArrayList<>());
        } else if (atom instanceof Atom.Organization a) {
            return thing(a.test(), Owner.ORGANIZATION, new ArrayList<>());
        } else if (atom instanceof Atom.Release a) {
            return thing(a.test(), Owner.RELEASE, new ArrayList<>());
        } else if (atom instanceof Atom.Maintains a) {
            return Asks.of(FactKey.of(FactType.MAINTAINS), a.test());
        } else if (atom instanceof Atom.MemberOf a) {
            return Asks.of(FactKey.of(FactType.MEMBER_OF), a.test());
        }
        throw new IllegalStateException("no atom " + atom.key());
    }

    private Asks thing(ThingTest test, Owner owner, List<Probe> probes) {
        if (!test.created().isNone()) {
            probes.add(new Probe(FactKey.of(FactType.TIME, owner), test.created()));
        }
        if (!test.age().isNone()) {
            probes.add(new Probe(FactKey.of(FactType.TIME, owner), AgeTest.of(test.age())));
        }
        if (!test.anyFlag().isEmpty() || !test.allFlags().isEmpty()) {
            // What is absent is so before it is unknown: even names that nobody supplies are asked for.
            probes.add(new Probe(
                    FactKey.of(FactType.FLAGS, owner),
                    FlagTest.of(test.anyFlag(), test.allFlags(), flag -> setting.hasFlag(owner.word(), flag))));
        }
        for (MetricTest metric : test.metrics()) {
            boolean supplied = setting.hasMetric(owner.word(), metric.metric());
            probes.add(new Probe(FactKey.metric(owner, metric.metric()), supplied ? metric.bounds() : Unsupplied.NAME));
        }
        return new Asks(List.copyOf(probes), false, false);
    }

    private Asks credential(CredentialTest test) {
        List<Probe> probes = new ArrayList<>();
        boolean unknown = false;
        if (!test.oneOf().isEmpty()) {
            List<FlagTest> patterns = new ArrayList<>();
            boolean settled = false;
            for (CredentialTest.Pattern pattern : test.oneOf()) {
                if (pattern.kind() == kind) {
                    settled |= pattern.labels().isEmpty();
                    patterns.add(FlagTest.of(List.of(), pattern.labels(), label -> setting.hasLabel(kind.id(), label)));
                }
            }
            if (patterns.isEmpty()) {
                return Asks.NEVER;
            }
            if (!settled && patterns.stream().allMatch(FlagTest::isUnknown)) {
                unknown = true;
            } else if (!settled) {
                probes.add(new Probe(FactKey.of(FactType.LABELS), List.copyOf(patterns)));
            }
        }
        if (!test.isPatternOnly()) {
            probes.add(new Probe(FactKey.of(FactType.CREDENTIAL), test.andOneOf(List.of())));
        }
        return new Asks(List.copyOf(probes), false, unknown);
    }

    private Asks elapsed(Atom.Elapsed atom) {
        List<Probe> probes = new ArrayList<>();
        for (String event : atom.since()) {
            probes.add(new Probe(
                    new FactKey(FactType.EVENT, event), setting.hasEvent(event) ? atom.atLeast() : Unsupplied.NAME));
        }
        return new Asks(List.copyOf(probes), false, false);
    }

    private Asks publisher(Atom.Publisher atom) {
        List<Probe> probes = new ArrayList<>();
        words(FactType.PROVIDER, atom.provider(), probes);
        words(FactType.RUN_EVENT, atom.event(), probes);
        words(FactType.REF, atom.ref(), probes);
        if (!atom.anyFlag().isEmpty() || !atom.allFlags().isEmpty()) {
            probes.add(new Probe(
                    FactKey.of(FactType.RUN_FLAGS),
                    FlagTest.of(atom.anyFlag(), atom.allFlags(), flag -> setting.hasFlag("publisher", flag))));
        }
        return new Asks(List.copyOf(probes), false, false);
    }

    private static void words(FactType type, List<String> words, List<Probe> probes) {
        if (!words.isEmpty()) {
            probes.add(new Probe(FactKey.of(type), words));
        }
    }

    /** Stands for the bounds of a name that the host does not supply. */
    enum Unsupplied {
        NAME
    }
}
