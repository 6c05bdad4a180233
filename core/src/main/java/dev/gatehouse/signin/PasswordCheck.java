package dev.gatehouse.signin;

import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.factor.FactorVerifier;
import dev.gatehouse.factor.RejectionCode;
import dev.gatehouse.factor.Verification;
import java.time.InstantSource;
import java.util.Objects;

/**
 * The host's check of an account's password, for {@link Reauthentication}. Thread-safe; what it throws reaches the caller, and nothing
 * is proven then.
 */
@FunctionalInterface
public interface PasswordCheck {

    /** What a check found; the codes are stable. */
    enum Finding implements RejectionCode {
        RIGHT,
        WRONG;

        @Override
        public String code() {
            return name();
        }
    }

    /**
     * Checks a password.
     *
     * @param account the host's immutable id of the account of the session, whose password it has to be
     * @param password as it was typed; secret
     */
    Finding check(String account, String password);

    /** A verifier of passwords by this check. */
    default FactorVerifier verifier(InstantSource clock) {
        Objects.requireNonNull(clock, "clock");
        return new FactorVerifier() {
            @Override
            public FactorKind kind() {
                return FactorKind.PASSWORD;
            }

            @Override
            public Verification verify(FactorResponse response) {
                // Compared with the one good answer, so that no answer at all is none.
                return check(response.account(), response.text()) == Finding.RIGHT
                        ? new Verification.Verified(Evidence.asserted(
                                response.account(), FactorKind.PASSWORD, clock.instant(), response.carrier(), "host"))
                        : new Verification.Rejected(Finding.WRONG);
            }
        };
    }
}
