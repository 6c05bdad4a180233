package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Bounds;
import dev.gatehouse.policy.rule.MetricTest;
import dev.gatehouse.policy.rule.ThingTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Values at and beside the constants of a policy. */
final class NearBounds {
    private NearBounds() {}

    /** Each bound and its neighbours. */
    static Set<Double> around(Bounds<Double> bounds) {
        Set<Double> values = new TreeSet<>();
        for (Double edge : edges(bounds)) {
            values.add(Math.nextDown(edge));
            values.add(edge);
            values.add(Math.nextUp(edge));
        }
        return values;
    }

    /** Each bound and its neighbours, not below zero. */
    static Set<Duration> lengths(Bounds<Duration> bounds) {
        Set<Duration> values = new TreeSet<>();
        for (Duration edge : edges(bounds)) {
            values.add(edge.minusNanos(1));
            values.add(edge);
            values.add(edge.plusNanos(1));
        }
        return values;
    }

    private static <T extends Comparable<T>> Set<T> edges(Bounds<T> bounds) {
        Set<T> edges = new TreeSet<>(bounds.oneOf());
        bounds.over().ifPresent(edges::add);
        bounds.atLeast().ifPresent(edges::add);
        bounds.below().ifPresent(edges::add);
        bounds.atMost().ifPresent(edges::add);
        return edges;
    }

    /** A thing that passes the test, if any does. */
    static ThingFacts passing(ThingTest test) {
        Set<String> flags = new TreeSet<>(test.allFlags());
        test.anyFlag().stream().limit(1).forEach(flags::add);
        Instant created = test.created()
                .since()
                .orElseGet(() -> test.created()
                        .before()
                        .map(before -> before.minusNanos(1))
                        .orElse(Instant.EPOCH));
        ThingValues.Builder thing =
                ThingValues.builder("thing", "thing").flags(flags).created(created);
        Set<String> names = test.metrics().stream().map(MetricTest::metric).collect(Collectors.toSet());
        for (String name : names) {
            List<Bounds<Double>> bounds = test.metrics().stream()
                    .filter(metric -> metric.metric().equals(name))
                    .map(MetricTest::bounds)
                    .toList();
            bounds.stream()
                    .flatMap(one -> around(one).stream())
                    .filter(value -> bounds.stream().allMatch(one -> one.admits(value)))
                    .min(Double::compare)
                    .ifPresent(value -> thing.metric(name, value));
        }
        lengths(test.age()).stream().filter(test.age()::admits).findFirst().ifPresent(thing::age);
        return thing.build();
    }
}
