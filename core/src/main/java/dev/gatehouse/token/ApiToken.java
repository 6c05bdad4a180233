package dev.gatehouse.token;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The server's record of a token: what was said when it was minted, and what became of it since.
 *
 * <p>This, and nothing that the bearer presents, is what a policy reads: whatever caveats a token carries, these values stay.
 * It holds no secret. Instants are kept to the microsecond. Immutable and thread-safe.
 */
public final class ApiToken {
    /** Longest name in UTF-16 units, as on PyPI. */
    public static final int MAX_NAME = 100;

    /** The most restrictions on record. */
    public static final int MAX_RESTRICTIONS = 64;

    /** Longest restriction in characters. */
    public static final int MAX_RESTRICTION = 8_000;

    /** Longest lifetime and idle timeout. */
    public static final Duration MAX_LIFETIME = Duration.ofDays(36_500);

    private static final int MAX_ENTRIES = 16;
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,64}");
    private static final Pattern WORD = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    private final String id;
    private final TokenOwner owner;
    private final Instant created;
    private final TokenReach reach;
    private final @Nullable String name;
    private final @Nullable Duration lifetime;
    private final @Nullable Duration idleTimeout;
    private final SortedSet<String> labels;
    private final boolean madeWithTwoFactor;
    private final List<String> restrictions;
    private final SortedMap<String, String> run;
    private final @Nullable Instant lastUsed;
    private final @Nullable Instant revoked;

    private ApiToken(Builder b) {
        this.id = b.id;
        this.owner = b.owner;
        this.created = b.created;
        this.reach = b.reach;
        this.name = b.name;
        this.lifetime = b.lifetime;
        this.idleTimeout = b.idleTimeout;
        this.labels = b.labels;
        this.madeWithTwoFactor = b.madeWithTwoFactor;
        this.restrictions = b.restrictions;
        this.run = b.run;
        this.lastUsed = b.lastUsed;
        this.revoked = b.revoked;
    }

    /**
     * A builder with what every record has.
     *
     * @param id 1 to 64 visible ASCII characters
     * @throws IllegalArgumentException if the id is malformed
     */
    public static Builder builder(String id, TokenOwner owner, TokenReach reach, Instant created) {
        return new Builder(id, owner, reach, created);
    }

    /** A builder that begins with the values of this record. */
    public Builder toBuilder() {
        Builder b = new Builder(id, owner, reach, created);
        b.name = name;
        b.lifetime = lifetime;
        b.idleTimeout = idleTimeout;
        b.labels = labels;
        b.madeWithTwoFactor = madeWithTwoFactor;
        b.restrictions = restrictions;
        b.run = run;
        b.lastUsed = lastUsed;
        b.revoked = revoked;
        return b;
    }

    /** The id, which the token carries in the clear; no secret. */
    public String id() {
        return id;
    }

    public TokenOwner owner() {
        return owner;
    }

    public Instant created() {
        return created;
    }

    /** How far it reached when it was made; later restrictions do not change it. */
    public TokenReach reach() {
        return reach;
    }

    /** The name its owner gave it, unique among the owner's tokens that are not revoked. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** How long it lives from its making; empty if without end. */
    public Optional<Duration> lifetime() {
        return Optional.ofNullable(lifetime);
    }

    /** The first instant at which it is expired; empty if never. */
    public Optional<Instant> expires() {
        return lifetime().map(created::plus);
    }

    /** After how long without use it dies; empty if never. */
    public Optional<Duration> idleTimeout() {
        return Optional.ofNullable(idleTimeout);
    }

    /** The first instant at which it has been idle for too long; empty if never. */
    public Optional<Instant> idleFrom() {
        Instant since = lastUsed != null ? lastUsed : created;
        return idleTimeout().map(since::plus);
    }

    /** The labels given at minting, without the prefix of the credential's kind; unmodifiable. */
    public SortedSet<String> labels() {
        return labels;
    }

    /** Whether the owner had proven a second factor when it was made. */
    public boolean madeWithTwoFactor() {
        return madeWithTwoFactor;
    }

    /** The restrictions that the server holds, as the JSON texts of caveats, in order; checked beside those in the token. */
    public List<String> restrictions() {
        return restrictions;
    }

    /** What the server recorded of the publisher's run, such as {@code ref} and {@code sha}; unmodifiable. */
    public SortedMap<String, String> run() {
        return run;
    }

    /** The last permitted use. */
    public Optional<Instant> lastUsed() {
        return Optional.ofNullable(lastUsed);
    }

    /** When it was revoked; empty while it is not. */
    public Optional<Instant> revoked() {
        return Optional.ofNullable(revoked);
    }

    /** Whether it died before an instant: revoked, expired, or idle for too long. */
    public boolean isDeadBefore(Instant instant) {
        return Stream.of(revoked(), expires(), idleFrom())
                .anyMatch(end -> end.isPresent() && end.get().isBefore(instant));
    }

    private List<@Nullable Object> values() {
        return java.util.Arrays.asList(
                id,
                owner,
                created,
                reach,
                name,
                lifetime,
                idleTimeout,
                labels,
                madeWithTwoFactor,
                restrictions,
                run,
                lastUsed,
                revoked);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ApiToken that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "ApiToken[" + id + ", " + reach.id() + (revoked == null ? "" : ", revoked") + "]";
    }

    /** Builds an {@link ApiToken}; not thread-safe, may be reused. */
    public static final class Builder {
        private final String id;
        private final TokenOwner owner;
        private final TokenReach reach;
        private final Instant created;
        private @Nullable String name;
        private @Nullable Duration lifetime;
        private @Nullable Duration idleTimeout;
        private SortedSet<String> labels = Collections.emptySortedSet();
        private boolean madeWithTwoFactor;
        private List<String> restrictions = List.of();
        private SortedMap<String, String> run = Collections.emptySortedMap();
        private @Nullable Instant lastUsed;
        private @Nullable Instant revoked;

        private Builder(String id, TokenOwner owner, TokenReach reach, Instant created) {
            check(ID.matcher(id).matches(), "id: 1 to 64 visible ASCII characters");
            this.id = id;
            this.owner = Objects.requireNonNull(owner, "owner");
            this.reach = Objects.requireNonNull(reach, "reach");
            this.created = created.truncatedTo(ChronoUnit.MICROS);
        }

        /**
         * The name.
         *
         * @throws IllegalArgumentException if blank or longer than {@value ApiToken#MAX_NAME}, or with a NUL, which no database takes
         */
        public Builder name(String text) {
            check(
                    !text.isBlank() && text.length() <= MAX_NAME && text.indexOf('\0') < 0,
                    "name: blank, over " + MAX_NAME + " characters or with a NUL");
            this.name = text;
            return this;
        }

        /** The lifetime, in whole seconds, at least one, {@link ApiToken#MAX_LIFETIME} at most. */
        public Builder lifetime(Duration known) {
            this.lifetime = checkSpan(known, "lifetime");
            return this;
        }

        /** The idle timeout, in whole seconds, at least one, {@link ApiToken#MAX_LIFETIME} at most. */
        public Builder idleTimeout(Duration known) {
            this.idleTimeout = checkSpan(known, "idleTimeout");
            return this;
        }

        /** The labels: 16 lower-case words of 64 characters at most. */
        public Builder labels(Set<String> all) {
            check(
                    all.size() <= MAX_ENTRIES
                            && all.stream()
                                    .allMatch(label -> WORD.matcher(label).matches()),
                    "labels: " + MAX_ENTRIES + " lower-case words of 64 characters at most");
            this.labels = Collections.unmodifiableSortedSet(new TreeSet<>(all));
            return this;
        }

        public Builder madeWithTwoFactor(boolean known) {
            this.madeWithTwoFactor = known;
            return this;
        }

        /** The restrictions: {@value ApiToken#MAX_RESTRICTIONS} texts without control characters at most. */
        public Builder restrictions(List<String> all) {
            check(all.size() <= MAX_RESTRICTIONS, "restrictions: more than " + MAX_RESTRICTIONS);
            for (String each : all) {
                check(
                        !each.isEmpty()
                                && each.length() <= MAX_RESTRICTION
                                && each.chars().noneMatch(c -> c < ' '),
                        "restrictions: 1 to " + MAX_RESTRICTION + " characters without controls each");
            }
            this.restrictions = List.copyOf(all);
            return this;
        }

        /** What is known of the run: 16 entries at most, the names lower-case words, the values 255 characters at most. */
        public Builder run(Map<String, String> all) {
            check(all.size() <= MAX_ENTRIES, "run: more than " + MAX_ENTRIES);
            all.forEach((key, value) -> check(
                    WORD.matcher(key).matches() && value.length() <= 255 && value.indexOf('\0') < 0,
                    "run: lower-case words with values of 255 characters at most"));
            this.run = Collections.unmodifiableSortedMap(new TreeMap<>(all));
            return this;
        }

        public Builder lastUsed(Instant instant) {
            this.lastUsed = instant.truncatedTo(ChronoUnit.MICROS);
            return this;
        }

        public Builder revoked(Instant instant) {
            this.revoked = instant.truncatedTo(ChronoUnit.MICROS);
            return this;
        }

        public ApiToken build() {
            return new ApiToken(this);
        }

        private static Duration checkSpan(Duration span, String parameter) {
            check(
                    span.toSeconds() >= 1 && span.toNanosPart() == 0 && span.compareTo(MAX_LIFETIME) <= 0,
                    parameter + ": whole seconds, 1 to " + MAX_LIFETIME.toSeconds());
            return span;
        }

        private static void check(boolean holds, String message) {
            if (!holds) {
                throw new IllegalArgumentException(message);
            }
        }
    }
}
