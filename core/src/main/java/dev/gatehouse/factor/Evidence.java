package dev.gatehouse.factor;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The record that an account proved a factor at an instant, in one session or request, and who says so.
 *
 * <p>Evidence is only worth something for the same account and carrier while the factor is still enrolled; the policy
 * checks that. It has a versioned text form, so that a clustered session keeps only a {@code String}. Immutable and
 * thread-safe.
 */
public final class Evidence {
    private static final String VERSION = "gh1";
    private static final Pattern SEPARATOR = Pattern.compile("\\|");

    private final String account;
    private final EnrolledFactor factor;
    private final Instant at;
    private final Carrier carrier;
    private final String by;

    private Evidence(String account, EnrolledFactor factor, Instant at, Carrier carrier, String by) {
        this.account = Objects.requireNonNull(account, "account");
        this.factor = Objects.requireNonNull(factor, "factor");
        this.at = Objects.requireNonNull(at, "at");
        this.carrier = Objects.requireNonNull(carrier, "carrier");
        this.by = Objects.requireNonNull(by, "by");
    }

    /**
     * Evidence of one particular factor.
     *
     * @param account the host's immutable id of the account
     * @param factor the factor that was proven
     * @param at when the proof was verified
     * @param carrier the session or request that brought it
     * @param by who verified it; shown by explain and audit
     */
    public static Evidence asserted(String account, EnrolledFactor factor, Instant at, Carrier carrier, String by) {
        return new Evidence(account, factor, at, carrier, by);
    }

    /** Evidence of a kind of which an account has at most one, such as a password or an identity provider's assertion. */
    public static Evidence asserted(String account, FactorKind kind, Instant at, Carrier carrier, String by) {
        return new Evidence(account, EnrolledFactor.of(kind), at, carrier, by);
    }

    public String account() {
        return account;
    }

    public EnrolledFactor factor() {
        return factor;
    }

    public FactorKind kind() {
        return factor.kind();
    }

    public Optional<FactorClass> strength() {
        return factor.strength();
    }

    public Instant at() {
        return at;
    }

    public Carrier carrier() {
        return carrier;
    }

    /** Who verified the proof. */
    public String by() {
        return by;
    }

    /** Whether the selector accepts this proof. */
    public boolean isAcceptedBy(FactorSelector selector) {
        return selector.accepts(factor);
    }

    /** The same proof brought by another carrier, as when a login turns a request's proof into a session's. */
    public Evidence carriedBy(Carrier other) {
        return new Evidence(account, factor, at, other, by);
    }

    /** The versioned text form; {@link #parse} reads it. It holds no secret. */
    public String toText() {
        FactorClass strength = factor.strengthOrNull();
        return String.join(
                "|",
                VERSION,
                escape(account),
                factor.kind().id(),
                escape(factor.id()),
                strength == null ? "" : strength.id(),
                kindFlags(factor.kind()),
                at.toString(),
                carrier.kind().name(),
                escape(carrier.id()),
                escape(by));
    }

    /**
     * Reads {@link #toText}, and no other text that would say the same.
     *
     * @throws IllegalArgumentException if the text is not of a version that this class knows
     */
    public static Evidence parse(String text) {
        String[] part = SEPARATOR.split(text, -1);
        if (part.length != 10 || !part[0].equals(VERSION)) {
            throw new IllegalArgumentException("text: not evidence of a known version");
        }
        try {
            EnrolledFactor factor = EnrolledFactor.of(unescape(part[3]), kind(part[2], part[5]));
            if (!part[4].isEmpty()) {
                factor = factor.withStrength(strength(part[4]));
            }
            Evidence read = new Evidence(
                    unescape(part[1]),
                    factor,
                    Instant.parse(part[6]),
                    new Carrier(Carrier.Kind.valueOf(part[7]), unescape(part[8])),
                    unescape(part[9]));
            if (read.toText().equals(text)) {
                return read;
            }
            throw new IllegalArgumentException("text: not in the form in which evidence is written");
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("text: not evidence of a known version", e);
        }
    }

    private static String kindFlags(FactorKind kind) {
        if (kind.bit() >= 0) {
            return "";
        }
        FactorClass weakest = kind.weakestOrNull();
        return weakest != null ? weakest.id() : kind.needsEnrolment() ? "enrolled" : "free";
    }

    private static FactorKind kind(String id, String flags) {
        for (FactorKind kind : FactorKind.builtIn()) {
            if (kind.id().equals(id)) {
                return kind;
            }
        }
        return switch (flags) {
            case "enrolled" -> FactorKind.customOutsideClasses(id, true);
            case "free" -> FactorKind.customOutsideClasses(id, false);
            default -> FactorKind.custom(id, strength(flags));
        };
    }

    private static FactorClass strength(String id) {
        for (FactorClass factorClass : FactorClass.values()) {
            if (factorClass.id().equals(id)) {
                return factorClass;
            }
        }
        throw new IllegalArgumentException("text: not evidence of a known version");
    }

    private static String escape(String value) {
        return value.replace("%", "%25").replace("|", "%7C");
    }

    private static String unescape(String value) {
        return value.replace("%7C", "|").replace("%25", "%");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Evidence that
                && account.equals(that.account)
                && factor.equals(that.factor)
                && at.equals(that.at)
                && carrier.equals(that.carrier)
                && by.equals(that.by);
    }

    @Override
    public int hashCode() {
        return Objects.hash(account, factor, at, carrier, by);
    }

    @Override
    public String toString() {
        return factor.kind() + " at " + at + " with this " + carrier + ", says " + by;
    }
}
