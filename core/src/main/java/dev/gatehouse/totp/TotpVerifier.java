package dev.gatehouse.totp;

import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.factor.FactorVerifier;
import dev.gatehouse.factor.Verification;
import dev.gatehouse.secret.Sealer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifies codes of authenticator apps, RFC 6238, and accepts each at most once.
 *
 * <p>Accepted are the codes of the present time step, the one before and the one after. A code uses up its step and all earlier
 * ones of that credential ({@link TotpRepository#useStep}), so that of the same code again, from a neighbouring step, or sent
 * many times at once, exactly one is {@code Verified}. White space is removed first; then only ASCII digits of the exact length
 * are looked at. All candidate steps are computed and compared without a branch on the outcome.
 *
 * <p>An account may have several credentials; a code is tried on each. Where one secret lies in two of them, as an import can
 * make it, a code that one has used up is not accepted by the other.
 *
 * <p>Attempt limits are not kept here: they belong before the call, for this verifier as for every other, and every {@code
 * Rejected} counts. {@link TotpRejection} gives the reasons and their order. What the store answers is distrusted. A store that
 * throws, or a secret that does not open, throws from here; nothing is accepted then.
 *
 * <p>Immutable and thread-safe.
 */
public final class TotpVerifier implements FactorVerifier {
    /** Most credentials of one account. */
    public static final int MAX_CREDENTIALS = 10;

    static final String VERIFIER = "gatehouse.totp";

    private final TotpRepository repository;
    private final Sealer sealer;
    private final InstantSource clock;

    public TotpVerifier(TotpRepository repository, Sealer sealer, InstantSource clock) {
        this.repository = Objects.requireNonNull(repository, "repository");
        this.sealer = Objects.requireNonNull(sealer, "sealer");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public FactorKind kind() {
        return FactorKind.TOTP;
    }

    /**
     * Verifies one code.
     *
     * @return {@code Verified} with evidence of the very credential, or {@code Rejected} with a {@link TotpRejection}
     * @throws dev.gatehouse.secret.UnsealingException if the secret of a credential does not open
     */
    @Override
    public Verification verify(FactorResponse response) {
        Optional<CodeInput> input = CodeInput.read(response.text());
        if (input.isEmpty()) {
            return rejected(TotpRejection.MALFORMED);
        }
        List<TotpCredential> credentials = repository.ofAccount(response.account());
        if (!StoredCredentials.areOf(response.account(), credentials)) {
            return rejected(TotpRejection.STORE_UNTRUSTED);
        }
        if (credentials.isEmpty()) {
            return rejected(TotpRejection.NOT_ENROLLED);
        }
        return verify(response, input.get(), credentials, clock.instant());
    }

    private Verification verify(
            FactorResponse response, CodeInput input, List<TotpCredential> credentials, Instant now) {
        boolean tried = false;
        boolean skewed = false;
        boolean replayed = false;
        for (TotpCredential credential : credentials) {
            if (credential.parameters().digits() != input.length()) {
                continue;
            }
            TotpSecret secret = TotpSecret.of(sealer.open(credential.secret(), credential.placeOfSecret()));
            StepMatch match = StepMatch.find(secret, credential.parameters(), input, now);
            if (match.kind() == StepMatch.Kind.ACCEPTABLE) {
                return use(response, credential, match.step(), now);
            }
            tried = true;
            if (match.kind() == StepMatch.Kind.SKEWED) {
                boolean used = match.step() <= credential.lastStep();
                replayed |= used;
                skewed |= !used;
            }
        }
        if (!tried) {
            return rejected(TotpRejection.MALFORMED);
        }
        if (replayed) {
            return rejected(TotpRejection.REPLAYED);
        }
        return rejected(skewed ? TotpRejection.CLOCK_SKEW : TotpRejection.INVALID);
    }

    /** The code is right; whether it still may be used is for the store to say, once. */
    private Verification use(FactorResponse response, TotpCredential credential, long step, Instant now) {
        if (step <= credential.lastStep()) {
            return rejected(TotpRejection.REPLAYED);
        }
        TotpRepository.@Nullable StepUse use = repository.useStep(credential.account(), credential.id(), step, now);
        if (use == null) {
            return rejected(TotpRejection.STORE_UNTRUSTED);
        }
        return switch (use) {
            case ACCEPTED ->
                new Verification.Verified(
                        Evidence.asserted(response.account(), credential.factor(), now, response.carrier(), VERIFIER));
            case NOT_LATER -> rejected(TotpRejection.REPLAYED);
            case NOT_FOUND -> rejected(TotpRejection.NOT_ENROLLED);
        };
    }

    private static Verification rejected(TotpRejection reason) {
        return new Verification.Rejected(reason);
    }
}
