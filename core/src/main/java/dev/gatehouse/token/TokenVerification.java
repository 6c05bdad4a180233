package dev.gatehouse.token;

import java.util.function.Function;

/** The result of verifying a token, with the project settled: {@link VerifiedToken} or {@link RejectedToken}. */
public sealed interface TokenVerification permits VerifiedToken, RejectedToken {

    /** Applies the function that fits the result. */
    default <T> T fold(
            Function<? super VerifiedToken, ? extends T> verified,
            Function<? super RejectedToken, ? extends T> rejected) {
        if (this instanceof VerifiedToken v) {
            return verified.apply(v);
        }
        return rejected.apply((RejectedToken) this);
    }
}
