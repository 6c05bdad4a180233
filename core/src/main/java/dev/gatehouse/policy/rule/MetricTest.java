package dev.gatehouse.policy.rule;

import java.util.Objects;

/**
 * A bound on one of a thing's numbers.
 *
 * @param metric the declared name
 * @param bounds what the number must keep; never none
 */
public record MetricTest(String metric, Bounds<Double> bounds) {
    public MetricTest {
        Objects.requireNonNull(metric, "metric");
        if (bounds.isNone()) {
            throw new IllegalArgumentException("bounds: a metric is given with a bound");
        }
    }
}
