package dev.gatehouse.factor;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One factor that an account has set up: its id within the account, its kind and its strength.
 *
 * <p>The id is the host's (or the verifier's) stable name of the credential, never a secret. Immutable and thread-safe.
 */
public final class EnrolledFactor {
    private final String id;
    private final FactorKind kind;
    private final @Nullable FactorClass strength;
    private final long bits;

    private EnrolledFactor(String id, FactorKind kind, @Nullable FactorClass strength) {
        this.id = Objects.requireNonNull(id, "id");
        this.kind = Objects.requireNonNull(kind, "kind");
        this.strength = strength;
        this.bits = FactorSelector.bitsOf(kind, strength);
    }

    /** A factor of the kind's weakest strength, for accounts that have at most one of the kind. */
    public static EnrolledFactor of(FactorKind kind) {
        return of(kind.id(), kind);
    }

    /** A factor of the kind's weakest strength. */
    public static EnrolledFactor of(String id, FactorKind kind) {
        return new EnrolledFactor(id, kind, kind.weakestOrNull());
    }

    /**
     * The same factor with an asserted strength, such as a WebAuthn key whose attestation was verified.
     *
     * @throws IllegalArgumentException if the kind belongs to no class, or the strength is below its weakest
     */
    public EnrolledFactor withStrength(FactorClass asserted) {
        FactorClass weakest = kind.weakestOrNull();
        if (weakest == null || !weakest.contains(asserted)) {
            throw new IllegalArgumentException("asserted: " + kind + " cannot be " + asserted.id());
        }
        return new EnrolledFactor(id, kind, asserted);
    }

    public String id() {
        return id;
    }

    public FactorKind kind() {
        return kind;
    }

    /** The strongest class this factor belongs to, or empty if its kind counts only where it is named. */
    public Optional<FactorClass> strength() {
        return Optional.ofNullable(strength);
    }

    /** Its kind and every class it belongs to, as {@link FactorSelector} counts them. */
    long bits() {
        return bits;
    }

    @Nullable
    FactorClass strengthOrNull() {
        return strength;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EnrolledFactor that
                && id.equals(that.id)
                && kind.equals(that.kind)
                && strength == that.strength;
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, kind, strength);
    }

    @Override
    public String toString() {
        return kind + "(" + id + ")";
    }
}
