package dev.gatehouse.oidc;

import java.util.function.Function;

/** The result of verifying an identity token: {@link VerifiedIdentityToken} or {@link RejectedIdentityToken}. */
public sealed interface IdentityTokenVerification permits VerifiedIdentityToken, RejectedIdentityToken {

    /** Applies the function that fits the result. */
    default <T> T fold(
            Function<? super VerifiedIdentityToken, ? extends T> verified,
            Function<? super RejectedIdentityToken, ? extends T> rejected) {
        if (this instanceof VerifiedIdentityToken v) {
            return verified.apply(v);
        }
        return rejected.apply((RejectedIdentityToken) this);
    }
}
