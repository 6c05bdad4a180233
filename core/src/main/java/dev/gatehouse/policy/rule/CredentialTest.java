package dev.gatehouse.policy.rule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of the presented credential: one of the patterns (any, if none is given) and every bound. Immutable and
 * thread-safe; equal by content.
 */
public final class CredentialTest {
    private static final CredentialTest ANY =
            new CredentialTest(List.of(), Bounds.none(), Bounds.none(), Bounds.none(), InstantBounds.none(), List.of());

    private final List<Pattern> oneOf;
    private final Bounds<Duration> age;
    private final Bounds<Duration> idle;
    private final Bounds<Duration> lifetime;
    private final InstantBounds created;
    private final List<Reach> reach;

    private CredentialTest(
            List<Pattern> oneOf,
            Bounds<Duration> age,
            Bounds<Duration> idle,
            Bounds<Duration> lifetime,
            InstantBounds created,
            List<Reach> reach) {
        this.oneOf = oneOf;
        this.age = age;
        this.idle = idle;
        this.lifetime = lifetime;
        this.created = created;
        this.reach = reach;
    }

    /**
     * A kind with all these labels, as {@code api-token.granular.write}.
     *
     * @param kind the kind
     * @param labels declared labels, sorted; all must be on the credential
     */
    public record Pattern(CredentialKind kind, List<String> labels) {
        public Pattern {
            Objects.requireNonNull(kind, "kind");
            labels = List.copyOf(new TreeSet<>(labels));
        }

        /** The pattern as the policy language writes it. */
        @Override
        public String toString() {
            return labels.isEmpty() ? kind.id() : kind.id() + "." + String.join(".", labels);
        }
    }

    /** A test to which nothing has been added yet. */
    public static CredentialTest any() {
        return ANY;
    }

    /** One of these kinds, whatever its labels. */
    public static CredentialTest kinds(CredentialKind... kinds) {
        List<Pattern> patterns = new ArrayList<>();
        for (CredentialKind kind : kinds) {
            patterns.add(new Pattern(kind, List.of()));
        }
        return ANY.andOneOf(patterns);
    }

    /** This kind with all these labels. */
    public static CredentialTest labelled(CredentialKind kind, String... labels) {
        return ANY.andOneOf(List.of(new Pattern(kind, List.of(labels))));
    }

    /** One of these patterns; replaces earlier ones. */
    public CredentialTest andOneOf(Collection<Pattern> patterns) {
        List<Pattern> sorted = patterns.stream()
                .distinct()
                .sorted(java.util.Comparator.comparing(Pattern::toString))
                .toList();
        return new CredentialTest(sorted, age, idle, lifetime, created, reach);
    }

    public CredentialTest andAge(Bounds<Duration> bounds) {
        return new CredentialTest(oneOf, bounds, idle, lifetime, created, reach);
    }

    public CredentialTest andIdle(Bounds<Duration> bounds) {
        return new CredentialTest(oneOf, age, bounds, lifetime, created, reach);
    }

    public CredentialTest andLifetime(Bounds<Duration> bounds) {
        return new CredentialTest(oneOf, age, idle, bounds, created, reach);
    }

    public CredentialTest andCreated(InstantBounds span) {
        return new CredentialTest(oneOf, age, idle, lifetime, span, reach);
    }

    public CredentialTest andReach(Collection<Reach> oneOfReach) {
        return new CredentialTest(oneOf, age, idle, lifetime, created, List.copyOf(new TreeSet<>(oneOfReach)));
    }

    /** The patterns of which one must fit; empty means any credential. */
    public List<Pattern> oneOf() {
        return oneOf;
    }

    public Bounds<Duration> age() {
        return age;
    }

    public Bounds<Duration> idle() {
        return idle;
    }

    public Bounds<Duration> lifetime() {
        return lifetime;
    }

    public InstantBounds created() {
        return created;
    }

    /** The reaches of which one must fit; empty means any. */
    public List<Reach> reach() {
        return reach;
    }

    /** Whether only kinds and labels are read, so that the outcome is known from the credential alone. */
    public boolean isPatternOnly() {
        return age.isNone() && idle.isNone() && lifetime.isNone() && created.isNone() && reach.isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CredentialTest that
                && oneOf.equals(that.oneOf)
                && age.equals(that.age)
                && idle.equals(that.idle)
                && lifetime.equals(that.lifetime)
                && created.equals(that.created)
                && reach.equals(that.reach);
    }

    @Override
    public int hashCode() {
        return Objects.hash(oneOf, age, idle, lifetime, created, reach);
    }

    @Override
    public String toString() {
        return "credential " + oneOf
                + (isPatternOnly()
                        ? ""
                        : " age " + age + " idle " + idle + " lifetime " + lifetime + " created " + created + " reach "
                                + reach);
    }
}
