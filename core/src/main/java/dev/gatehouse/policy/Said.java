package dev.gatehouse.policy;

import dev.gatehouse.factor.Evidence;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.CredentialTest;
import dev.gatehouse.policy.rule.MetricTest;
import dev.gatehouse.policy.rule.ThingTest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was asked and what the host said to it, in words. No secret is among the facts of a request. */
final class Said {
    private static final int MOST = 5;

    private final Reading reading;

    Said(Reading reading) {
        this.reading = reading;
    }

    /** Each atom of a condition with its answer. */
    String of(Condition condition) {
        return Rule.atoms(condition)
                .map(atom -> asked(atom) + " was " + answered(atom))
                .collect(Collectors.joining("; "));
    }

    /** The atom and its bounds. */
    String asked(Atom atom) {
        return atom.key() + " " + bounds(atom);
    }

    private static String bounds(Atom atom) {
        if (atom instanceof Atom.Credential a) {
            return a.test().toString().replaceFirst("^credential ", "");
        } else if (atom instanceof Atom.Enrolled a) {
            return a.factor().toString();
        } else if (atom instanceof Atom.Proven a) {
            return a.factor() + " within " + a.within();
        } else if (atom instanceof Atom.FactorsLeft a) {
            return a.factor().toString();
        } else if (atom instanceof Atom.NewFactor a) {
            return a.factor().toString();
        } else if (atom instanceof Atom.Elapsed a) {
            return a.since() + " at-least " + a.atLeast();
        } else if (atom instanceof Atom.Host a) {
            return a.anyOf().toString();
        } else if (atom instanceof Atom.Publisher a) {
            return "provider " + a.provider() + " event " + a.event() + " ref " + a.ref() + " flag " + a.anyFlag()
                    + " flags " + a.allFlags();
        } else if (atom instanceof Atom.NewToken a) {
            return "label " + a.label() + " lifetime " + a.lifetime() + " reach " + a.reach();
        }
        return test(atom) == null ? "true" : String.valueOf(test(atom));
    }

    private static @Nullable ThingTest test(Atom atom) {
        if (atom instanceof Atom.Account a) {
            return a.test();
        } else if (atom instanceof Atom.Project a) {
            return a.test();
        } else if (atom instanceof Atom.Organization a) {
            return a.test();
        } else if (atom instanceof Atom.Release a) {
            return a.test();
        } else if (atom instanceof Atom.Maintains a) {
            return a.test();
        }
        return atom instanceof Atom.MemberOf a ? a.test() : null;
    }

    /** What the host said, as far as the atom looked. */
    String answered(Atom atom) {
        AccessRequest q = reading.request;
        if (atom instanceof Atom.Credential a) {
            return credential(a.test(), q.credential());
        } else if (atom instanceof Atom.Enrolled) {
            return q.account().enrolled().toString();
        } else if (atom instanceof Atom.Proven) {
            return q.evidence().isEmpty()
                    ? "no proof"
                    : q.evidence().stream().map(Evidence::toString).collect(Collectors.joining(", "));
        } else if (atom instanceof Atom.FactorsLeft) {
            return q.factorsLeft().toString();
        } else if (atom instanceof Atom.EmailVerified) {
            return q.account().emailVerified().toString();
        } else if (atom instanceof Atom.RecoveryCodesSaved) {
            return q.account().recoveryCodesSaved().toString();
        } else if (atom instanceof Atom.NewToken) {
            return q.newToken().isKnown()
                    ? said(q.newToken().value())
                    : q.newToken().toString();
        } else if (atom instanceof Atom.NewFactor) {
            return q.newFactor().toString();
        } else if (atom instanceof Atom.Elapsed a) {
            return a.since().stream()
                    .map(event -> event + " " + q.account().event(event))
                    .collect(Collectors.joining(", "));
        } else if (atom instanceof Atom.Publisher a) {
            return run(a, q.run());
        } else if (atom instanceof Atom.Host) {
            return reading.truth(atom).toString().toLowerCase(java.util.Locale.ROOT);
        } else if (atom instanceof Atom.Closed) {
            return "never";
        }
        return ofThing(atom, q);
    }

    private String ofThing(Atom atom, AccessRequest q) {
        if (atom instanceof Atom.Account a) {
            String registered = a.test().registered().isNone()
                    ? ""
                    : "registered " + q.account().registered() + " ";
            return (registered + thing(a.test(), q.account())).strip();
        } else if (atom instanceof Atom.Project a) {
            return thing(a.test(), q.project());
        } else if (atom instanceof Atom.Organization a) {
            return thing(a.test(), q.organization());
        } else if (atom instanceof Atom.Release a) {
            return thing(a.test(), q.release());
        } else if (atom instanceof Atom.Maintains a) {
            return things(a.test(), q.account().maintains());
        } else if (atom instanceof Atom.MemberOf a) {
            return things(a.test(), q.account().memberOf());
        }
        throw new IllegalStateException("no atom " + atom.key());
    }

    private String things(ThingTest test, Fact<Collection<ThingFacts>> things) {
        if (!things.isKnown()) {
            return things.toString();
        }
        int size = things.value().size();
        if (size == 0) {
            return "none";
        }
        String first = things.value().stream()
                .limit(MOST)
                .map(thing -> thing(test, thing))
                .collect(Collectors.joining("; "));
        return size + " of them: " + first + (size > MOST ? "; ..." : "");
    }

    private String thing(ThingTest test, ThingFacts thing) {
        List<String> parts = new ArrayList<>();
        if (!test.created().isNone()) {
            parts.add("created " + thing.created());
        }
        if (!test.age().isNone()) {
            parts.add("age " + thing.age(reading.now));
        }
        if (!test.anyFlag().isEmpty() || !test.allFlags().isEmpty()) {
            parts.add("flags " + sorted(thing.flags()));
        }
        for (MetricTest metric : test.metrics()) {
            parts.add(metric.metric() + " " + thing.metric(metric.metric()));
        }
        return String.join(" ", parts);
    }

    private static String said(NewToken asked) {
        return "label " + new TreeSet<>(asked.labels()) + " lifetime " + asked.lifetime() + " reach " + asked.reach();
    }

    private static String sorted(Fact<Set<String>> set) {
        return set.isKnown() ? new TreeSet<>(set.value()).toString() : set.toString();
    }

    private String credential(CredentialTest test, Credential presented) {
        StringBuilder text = new StringBuilder(presented.kind().id());
        if (!presented.labels().isEmpty()) {
            text.append(new TreeSet<>(presented.labels()));
        }
        if (!test.age().isNone()) {
            text.append(" age ").append(presented.age(reading.now));
        }
        if (!test.idle().isNone()) {
            text.append(" idle ").append(presented.idle(reading.now));
        }
        if (!test.lifetime().isNone()) {
            text.append(" lifetime ").append(presented.lifetime());
        }
        if (!test.created().isNone()) {
            text.append(" created ").append(presented.created());
        }
        if (!test.reach().isEmpty()) {
            text.append(" reach ").append(presented.reach());
        }
        return text.toString();
    }

    private static String run(Atom.Publisher atom, PublisherRun run) {
        List<String> parts = new ArrayList<>();
        if (!atom.provider().isEmpty()) {
            parts.add("provider " + run.provider());
        }
        if (!atom.event().isEmpty()) {
            parts.add("event " + run.event());
        }
        if (!atom.ref().isEmpty()) {
            parts.add("ref " + run.ref());
        }
        if (!atom.anyFlag().isEmpty() || !atom.allFlags().isEmpty()) {
            parts.add("flags " + sorted(run.flags()));
        }
        return String.join(" ", parts);
    }
}
