package dev.gatehouse.policy.rule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of one account, project, organization or release: everything that is given, for the same object.
 * Immutable and thread-safe; equal by content.
 */
public final class ThingTest {
    private static final ThingTest ANY =
            new ThingTest(InstantBounds.none(), InstantBounds.none(), Bounds.none(), List.of(), List.of(), List.of());

    private final InstantBounds registered;
    private final InstantBounds created;
    private final Bounds<Duration> age;
    private final List<String> anyFlag;
    private final List<String> allFlags;
    private final List<MetricTest> metrics;

    private ThingTest(
            InstantBounds registered,
            InstantBounds created,
            Bounds<Duration> age,
            List<String> anyFlag,
            List<String> allFlags,
            List<MetricTest> metrics) {
        this.registered = registered;
        this.created = created;
        this.age = age;
        this.anyFlag = anyFlag;
        this.allFlags = allFlags;
        this.metrics = metrics;
    }

    /** A test to which nothing has been added yet. */
    public static ThingTest any() {
        return ANY;
    }

    /** One of these flags is set. */
    public static ThingTest flag(String... oneOf) {
        return ANY.andAnyFlag(Set.of(oneOf));
    }

    /** One number keeps the bounds. */
    public static ThingTest metric(String name, Bounds<Double> bounds) {
        return ANY.andMetric(new MetricTest(name, bounds));
    }

    /** The account was registered in this span. */
    public static ThingTest registered(InstantBounds span) {
        return ANY.andRegistered(span);
    }

    public ThingTest andRegistered(InstantBounds span) {
        return new ThingTest(span, created, age, anyFlag, allFlags, metrics);
    }

    public ThingTest andCreated(InstantBounds span) {
        return new ThingTest(registered, span, age, anyFlag, allFlags, metrics);
    }

    public ThingTest andAge(Bounds<Duration> bounds) {
        return new ThingTest(registered, created, bounds, anyFlag, allFlags, metrics);
    }

    /** Also one of these flags is set; replaces an earlier list. */
    public ThingTest andAnyFlag(Collection<String> oneOf) {
        return new ThingTest(registered, created, age, List.copyOf(new TreeSet<>(oneOf)), allFlags, metrics);
    }

    /** Also all of these flags are set; replaces an earlier list. */
    public ThingTest andAllFlags(Collection<String> all) {
        return new ThingTest(registered, created, age, anyFlag, List.copyOf(new TreeSet<>(all)), metrics);
    }

    public ThingTest andMetric(MetricTest test) {
        return andMetrics(List.of(test));
    }

    /** Also all of these bounds on numbers. */
    public ThingTest andMetrics(Collection<MetricTest> tests) {
        Set<MetricTest> all = new LinkedHashSet<>(metrics);
        all.addAll(tests);
        List<MetricTest> more = new ArrayList<>(all);
        more.sort(Comparator.comparing(MetricTest::metric)
                .thenComparing(t -> t.bounds().toString()));
        return new ThingTest(registered, created, age, anyFlag, allFlags, List.copyOf(more));
    }

    /** Span of the account's registration; only for accounts. */
    public InstantBounds registered() {
        return registered;
    }

    public InstantBounds created() {
        return created;
    }

    public Bounds<Duration> age() {
        return age;
    }

    /** Flags of which one must be set; empty if not asked. Sorted. */
    public List<String> anyFlag() {
        return anyFlag;
    }

    /** Flags that must all be set. Sorted. */
    public List<String> allFlags() {
        return allFlags;
    }

    public List<MetricTest> metrics() {
        return metrics;
    }

    /** Whether nothing is asked. */
    public boolean isAny() {
        return equals(ANY);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ThingTest that
                && registered.equals(that.registered)
                && created.equals(that.created)
                && age.equals(that.age)
                && anyFlag.equals(that.anyFlag)
                && allFlags.equals(that.allFlags)
                && metrics.equals(that.metrics);
    }

    @Override
    public int hashCode() {
        return Objects.hash(registered, created, age, anyFlag, allFlags, metrics);
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        add(parts, "registered", registered, registered.isNone());
        add(parts, "created", created, created.isNone());
        add(parts, "age", age, age.isNone());
        add(parts, "flag", anyFlag, anyFlag.isEmpty());
        add(parts, "flags", allFlags, allFlags.isEmpty());
        for (MetricTest test : metrics) {
            add(parts, test.metric(), test.bounds(), false);
        }
        return parts.toString();
    }

    private static void add(List<String> parts, String word, Object value, boolean none) {
        if (!none) {
            parts.add(word + " " + value);
        }
    }
}
