package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Bounds;
import dev.gatehouse.policy.rule.InstantBounds;
import dev.gatehouse.policy.rule.MetricTest;
import dev.gatehouse.policy.rule.ThingTest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether one test of a thing can only be true, or unknown, where another of the same thing is. */
final class ThingImplication {
    private ThingImplication() {}

    static boolean implies(Atom a, Atom b) {
        if (a instanceof Atom.Account one && b instanceof Atom.Account other) {
            return implies(one.test(), other.test());
        } else if (a instanceof Atom.Project one && b instanceof Atom.Project other) {
            return implies(one.test(), other.test());
        } else if (a instanceof Atom.Organization one && b instanceof Atom.Organization other) {
            return implies(one.test(), other.test());
        } else if (a instanceof Atom.Release one && b instanceof Atom.Release other) {
            return implies(one.test(), other.test());
        } else if (a instanceof Atom.Maintains one && b instanceof Atom.Maintains other) {
            return implies(one.test(), other.test());
        }
        return a instanceof Atom.MemberOf one && b instanceof Atom.MemberOf other && implies(one.test(), other.test());
    }

    private static boolean implies(ThingTest a, ThingTest b) {
        return isWithin(a.registered(), b.registered())
                && isWithin(a.created(), b.created())
                && isWithin(a.age(), b.age())
                && a.allFlags().containsAll(b.allFlags())
                && hasOneOf(a, b.anyFlag())
                && b.metrics().stream()
                        .allMatch(wanted -> a.metrics().stream().anyMatch(given -> isWithin(given, wanted)));
    }

    private static boolean hasOneOf(ThingTest a, List<String> any) {
        return any.isEmpty()
                || (!a.anyFlag().isEmpty() && any.containsAll(a.anyFlag()))
                || a.allFlags().stream().anyMatch(any::contains);
    }

    private static boolean isWithin(MetricTest a, MetricTest b) {
        return a.metric().equals(b.metric()) && isWithin(a.bounds(), b.bounds());
    }

    private static boolean isWithin(InstantBounds a, InstantBounds b) {
        return b.isNone()
                || (!a.isNone()
                        && !a.since().orElse(Instant.MIN).isBefore(b.since().orElse(Instant.MIN))
                        && !a.before().orElse(Instant.MAX).isAfter(b.before().orElse(Instant.MAX)));
    }

    private static <T extends Comparable<T>> boolean isWithin(Bounds<T> a, Bounds<T> b) {
        if (b.isNone() || a.equals(b)) {
            return true;
        }
        if (!a.oneOf().isEmpty()) {
            return a.oneOf().stream().filter(a::admits).allMatch(b::admits);
        }
        return b.oneOf().isEmpty() && isLowerWithin(a, b) && isUpperWithin(a, b);
    }

    /** Whether all that is above a's lower ends is above b's. */
    private static <T extends Comparable<T>> boolean isLowerWithin(Bounds<T> a, Bounds<T> b) {
        return isAbove(a, b.over(), true) && isAbove(a, b.atLeast(), false);
    }

    private static <T extends Comparable<T>> boolean isAbove(Bounds<T> a, Optional<T> bound, boolean strictly) {
        if (bound.isEmpty()) {
            return true;
        }
        T end = bound.get();
        return a.over().filter(over -> over.compareTo(end) >= 0).isPresent()
                || a.atLeast()
                        .filter(least -> strictly ? least.compareTo(end) > 0 : least.compareTo(end) >= 0)
                        .isPresent();
    }

    private static <T extends Comparable<T>> boolean isUpperWithin(Bounds<T> a, Bounds<T> b) {
        return isBelow(a, b.below(), true) && isBelow(a, b.atMost(), false);
    }

    private static <T extends Comparable<T>> boolean isBelow(Bounds<T> a, Optional<T> bound, boolean strictly) {
        if (bound.isEmpty()) {
            return true;
        }
        T end = bound.get();
        return a.below().filter(below -> below.compareTo(end) <= 0).isPresent()
                || a.atMost()
                        .filter(most -> strictly ? most.compareTo(end) < 0 : most.compareTo(end) <= 0)
                        .isPresent();
    }
}
