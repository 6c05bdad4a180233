package dev.gatehouse.policy.document;

import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Bounds;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.CredentialTest;
import dev.gatehouse.policy.rule.InstantBounds;
import dev.gatehouse.policy.rule.MetricTest;
import dev.gatehouse.policy.rule.Reach;
import dev.gatehouse.policy.rule.ThingTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Writes conditions as tables in one line. */
final class ConditionText {
    private ConditionText() {}

    static String of(Condition condition) {
        TomlText.Inline table = new TomlText.Inline();
        for (Atom atom : condition.atoms()) {
            table.add(atom.key(), value(atom));
        }
        if (!condition.anyOf().isEmpty()) {
            table.add("any-of", TomlText.array(condition.anyOf(), ConditionText::of));
        }
        return table.toString();
    }

    private static String value(Atom atom) {
        if (atom instanceof Atom.Credential a) {
            return credential(a.test());
        } else if (atom instanceof Atom.Enrolled a) {
            return factors(a.factor());
        } else if (atom instanceof Atom.Proven a) {
            String within = a.within()
                    .duration()
                    .map(TomlText::duration)
                    .orElseGet(() -> TomlText.string(a.within().toString()));
            return new TomlText.Inline()
                    .add("factor", factors(a.factor()))
                    .add("within", within)
                    .toString();
        } else if (atom instanceof Atom.FactorsLeft a) {
            return factors(a.factor());
        } else if (atom instanceof Atom.NewFactor a) {
            return factors(a.factor());
        } else if (atom instanceof Atom.Account a) {
            return thing(a.test());
        } else if (atom instanceof Atom.Maintains a) {
            return thing(a.test());
        } else if (atom instanceof Atom.MemberOf a) {
            return thing(a.test());
        } else if (atom instanceof Atom.Project a) {
            return thing(a.test());
        } else if (atom instanceof Atom.Organization a) {
            return thing(a.test());
        } else if (atom instanceof Atom.Release a) {
            return thing(a.test());
        } else if (atom instanceof Atom.Publisher a) {
            TomlText.Inline table = new TomlText.Inline();
            list(table, "provider", a.provider());
            list(table, "event", a.event());
            list(table, "ref", a.ref());
            list(table, "flag", a.anyFlag());
            list(table, "flags", a.allFlags());
            return table.toString();
        } else if (atom instanceof Atom.NewToken a) {
            TomlText.Inline table = new TomlText.Inline();
            list(table, "label", a.label());
            durations(table, "lifetime", a.lifetime());
            list(table, "reach", a.reach().stream().map(Reach::id).toList());
            return table.toString();
        } else if (atom instanceof Atom.Elapsed a) {
            return new TomlText.Inline()
                    .add("since", TomlText.strings(a.since()))
                    .add("at-least", TomlText.duration(a.atLeast()))
                    .toString();
        } else if (atom instanceof Atom.Host a) {
            return new TomlText.Inline()
                    .add("flag", TomlText.oneOrMore(a.anyOf()))
                    .toString();
        }
        return "true"; // email-verified, recovery-codes-saved, closed
    }

    private static String factors(FactorSelector selector) {
        List<String> words = new ArrayList<>();
        selector.classes().forEach(one -> words.add(one.id()));
        selector.kinds().forEach(kind -> words.add(kind.id()));
        return TomlText.oneOrMore(words);
    }

    private static String credential(CredentialTest test) {
        List<String> kinds =
                test.oneOf().stream().map(CredentialTest.Pattern::toString).toList();
        if (test.isPatternOnly()) {
            return TomlText.oneOrMore(kinds);
        }
        TomlText.Inline table = new TomlText.Inline();
        list(table, "kind", kinds);
        durations(table, "age", test.age());
        durations(table, "idle", test.idle());
        durations(table, "lifetime", test.lifetime());
        instants(table, "created", test.created());
        list(table, "reach", test.reach().stream().map(Reach::id).toList());
        return table.toString();
    }

    private static String thing(ThingTest test) {
        TomlText.Inline table = new TomlText.Inline();
        instants(table, "registered", test.registered());
        instants(table, "created", test.created());
        durations(table, "age", test.age());
        list(table, "flag", test.anyFlag());
        list(table, "flags", test.allFlags());
        if (test.metrics().size() == 1) {
            metric(table, test.metrics().get(0));
        } else if (!test.metrics().isEmpty()) {
            table.add("metrics", TomlText.array(test.metrics(), metric -> {
                TomlText.Inline one = new TomlText.Inline();
                metric(one, metric);
                return one.toString();
            }));
        }
        return table.toString();
    }

    private static void metric(TomlText.Inline table, MetricTest metric) {
        table.add("metric", TomlText.string(metric.metric()));
        bounds(table, metric.bounds(), TomlText::number);
    }

    private static void list(TomlText.Inline table, String key, List<String> values) {
        if (!values.isEmpty()) {
            table.add(key, TomlText.oneOrMore(values));
        }
    }

    private static void durations(TomlText.Inline table, String key, Bounds<Duration> bounds) {
        if (!bounds.isNone()) {
            TomlText.Inline inner = new TomlText.Inline();
            bounds(inner, bounds, TomlText::duration);
            if (!bounds.oneOf().isEmpty()) {
                inner.add("one-of", TomlText.array(bounds.oneOf(), TomlText::duration));
            }
            table.add(key, inner.toString());
        }
    }

    private static <T extends Comparable<T>> void bounds(
            TomlText.Inline table, Bounds<T> bounds, Function<T, String> write) {
        bounds.over().ifPresent(v -> table.add("over", write.apply(v)));
        bounds.atLeast().ifPresent(v -> table.add("at-least", write.apply(v)));
        bounds.below().ifPresent(v -> table.add("below", write.apply(v)));
        bounds.atMost().ifPresent(v -> table.add("at-most", write.apply(v)));
    }

    private static void instants(TomlText.Inline table, String key, InstantBounds bounds) {
        if (!bounds.isNone()) {
            TomlText.Inline inner = new TomlText.Inline();
            bounds.since().ifPresent(v -> inner.add("since", TomlText.instant(v)));
            bounds.before().ifPresent(v -> inner.add("before", TomlText.instant(v)));
            table.add(key, inner.toString());
        }
    }
}
