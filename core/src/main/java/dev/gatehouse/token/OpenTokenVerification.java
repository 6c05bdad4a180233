package dev.gatehouse.token;

import java.util.function.Function;

/** The result of verifying a token before the project is known: {@link OpenToken} or {@link RejectedToken}. */
public sealed interface OpenTokenVerification permits OpenToken, RejectedToken {

    /** Applies the function that fits the result. */
    default <T> T foldOpen(
            Function<? super OpenToken, ? extends T> open, Function<? super RejectedToken, ? extends T> rejected) {
        if (this instanceof OpenToken o) {
            return open.apply(o);
        }
        return rejected.apply((RejectedToken) this);
    }
}
