package dev.gatehouse.factor;

/**
 * A verifier of one kind of factor, as the login ceremonies see it.
 *
 * <p>Implementations are thread-safe and make acceptance atomic: of two equal responses at most one is verified. An
 * unreachable store is an unchecked exception, never {@link Verification.Verified}.
 */
public interface FactorVerifier {
    /** The kind whose responses this verifier takes. */
    FactorKind kind();

    /** Verifies one response. */
    Verification verify(FactorResponse response);
}
