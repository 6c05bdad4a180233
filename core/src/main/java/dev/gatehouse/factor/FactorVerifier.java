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

    /**
     * Uses up what a proof of this verifier rests on, now that the login or change which it serves completes.
     *
     * <p>Called once, last, after every other proof that the login needs is there and the policy has permitted it: a proof that
     * is good once (a recovery code) is not lost with a login that ends before. Of any number of callers with one proof one is
     * told {@code Verified}. By default there is nothing left to use up.
     *
     * @param proof what {@link #verify} gave
     * @return {@code Verified} with the proof, or {@code Rejected} if it was used up meanwhile
     */
    default Verification settle(Evidence proof) {
        return new Verification.Verified(proof);
    }
}
