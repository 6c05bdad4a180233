package dev.gatehouse.policy;

import dev.gatehouse.policy.Explanation.Truth;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Bounds;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.CredentialTest;
import dev.gatehouse.policy.rule.MetricTest;
import dev.gatehouse.policy.rule.ThingTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How single truths come about and join. */
final class Truths {
    private Truths() {}

    static Truth thing(ThingTest test, ThingFacts thing, String owner, Setting setting, Instant now) {
        Truth truth = Truth.TRUE;
        if (!test.created().isNone()) {
            truth = both(truth, test(thing.created(), test.created()::admits));
        }
        if (!test.age().isNone()) {
            truth = both(truth, test(thing.age(now), test.age()::admits));
        }
        if (!test.anyFlag().isEmpty() || !test.allFlags().isEmpty()) {
            truth = both(truth, flags(test.anyFlag(), test.allFlags(), thing.flags(), owner, setting));
        }
        for (MetricTest metric : test.metrics()) {
            Fact<Double> number = thing.metric(metric.metric());
            boolean supplied = setting.hasMetric(owner, metric.metric());
            truth = both(truth, supplied ? test(number, metric.bounds()::admits) : unsupplied(number));
        }
        return truth;
    }

    static Truth flags(List<String> any, List<String> all, Fact<Set<String>> flags, String owner, Setting setting) {
        if (!flags.isKnown()) {
            return missing(flags);
        }
        Set<String> set = flags.value();
        Truth truth = Truth.TRUE;
        for (String flag : all) {
            truth = both(truth, setting.hasFlag(owner, flag) ? truth(set.contains(flag)) : Truth.UNKNOWN);
        }
        if (any.isEmpty()) {
            return truth;
        }
        Truth one = Truth.FALSE;
        for (String flag : any) {
            one = either(one, setting.hasFlag(owner, flag) ? truth(set.contains(flag)) : Truth.UNKNOWN);
        }
        return both(truth, one);
    }

    /** Age, idle time, lifetime, creation and reach of a credential, whatever its kind and labels. */
    static Truth attributes(CredentialTest test, Credential presented, Instant now) {
        Truth truth = Truth.TRUE;
        if (!test.age().isNone()) {
            truth = both(truth, test(presented.age(now), test.age()::admits));
        }
        if (!test.idle().isNone()) {
            truth = both(truth, test(presented.idle(now), test.idle()::admits));
        }
        if (!test.lifetime().isNone()) {
            truth = both(truth, test(presented.lifetime(), lifetime -> admits(test.lifetime(), lifetime)));
        }
        if (!test.created().isNone()) {
            truth = both(truth, test(presented.created(), test.created()::admits));
        }
        if (!test.reach().isEmpty()) {
            truth = both(truth, test(presented.reach(), test.reach()::contains));
        }
        return truth;
    }

    static Truth newToken(Atom.NewToken atom, Fact<NewToken> asked, Setting setting) {
        if (!asked.isKnown()) {
            return missing(asked);
        }
        NewToken token = asked.value();
        Truth truth = Truth.TRUE;
        if (!atom.label().isEmpty()) {
            truth = Truth.FALSE;
            for (String label : atom.label()) {
                truth = either(
                        truth,
                        setting.hasLabel(CredentialKind.API_TOKEN.id(), label)
                                ? truth(token.labels().contains(label))
                                : Truth.UNKNOWN);
            }
        }
        if (!atom.lifetime().isNone()) {
            truth = both(truth, truth(admits(atom.lifetime(), token.lifetime())));
        }
        if (!atom.reach().isEmpty()) {
            truth = both(truth, truth(atom.reach().contains(token.reach())));
        }
        return truth;
    }

    static boolean admits(Bounds<Duration> bounds, Lifetime lifetime) {
        Duration duration = lifetime.durationOrNull();
        return duration == null ? bounds.admitsEndless() : bounds.admits(duration);
    }

    /** What the custom condition with this id says, asked again only of a request that keeps no answers. */
    static Truth host(String id, Setting setting, AccessRequest request) {
        HostAnswers kept = request.hostAnswers();
        CustomCondition condition = setting.condition(id);
        return kept == null ? host(condition, request) : kept.of(id, condition, request);
    }

    /** What a custom condition says; without one nobody knows. */
    static Truth host(@Nullable CustomCondition condition, AccessRequest request) {
        return condition == null ? Truth.UNKNOWN : truth(Fact.read(condition.holds(request), false));
    }

    /** A name that the host does not supply is unknown, unless there is nothing to know. */
    static Truth unsupplied(Fact<?> fact) {
        return fact.isAbsent() ? Truth.ABSENT : Truth.UNKNOWN;
    }

    static <T> Truth test(Fact<T> fact, Predicate<T> admits) {
        return fact.isKnown() ? truth(admits.test(fact.value())) : missing(fact);
    }

    static Truth truth(Fact<Boolean> fact) {
        return fact.isKnown() ? truth(fact.value().booleanValue()) : missing(fact);
    }

    static Truth truth(boolean value) {
        return value ? Truth.TRUE : Truth.FALSE;
    }

    static Truth missing(Fact<?> fact) {
        return fact.isAbsent() ? Truth.ABSENT : Truth.UNKNOWN;
    }

    /** Of things that must all hold, false wins, then absent, then unknown. */
    static Truth both(Truth a, Truth b) {
        return rank(a) <= rank(b) ? a : b;
    }

    static int rank(Truth truth) {
        return switch (truth) {
            case FALSE -> 0;
            case ABSENT -> 1;
            case UNKNOWN -> 2;
            case TRUE -> 3;
        };
    }

    /** Of things of which one must hold, true wins, then unknown. */
    static Truth either(Truth a, Truth b) {
        if (a == Truth.TRUE || b == Truth.TRUE) {
            return Truth.TRUE;
        }
        return a == Truth.UNKNOWN || b == Truth.UNKNOWN ? Truth.UNKNOWN : Truth.FALSE;
    }
}
