package dev.gatehouse.oidc;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An identity token that is refused, and why.
 *
 * <p>All of this is for log and audit: whoever holds the token is told less. Immutable and thread-safe.
 */
public final class RejectedIdentityToken implements IdentityTokenVerification {
    private final IdentityTokenRejection code;
    private final String detail;
    private final @Nullable Issuer issuer;

    private RejectedIdentityToken(IdentityTokenRejection code, String detail, @Nullable Issuer issuer) {
        this.code = code;
        this.detail = detail;
        this.issuer = issuer;
    }

    static RejectedIdentityToken of(IdentityTokenRejection code, @Nullable Issuer issuer) {
        return new RejectedIdentityToken(code, code.text(), issuer);
    }

    static RejectedIdentityToken of(IdentityTokenRejection code, @Nullable Issuer issuer, String what) {
        return new RejectedIdentityToken(code, code.text() + ": " + what, issuer);
    }

    /** The first cause. */
    public IdentityTokenRejection code() {
        return code;
    }

    /**
     * The cause in English with what it was about, such as the name of a claim; one line, what others wrote in it escaped and
     * cut. Nothing of the token's text, and no claim of an unverified one but {@code iss}, {@code kid} and {@code alg}.
     */
    public String detail() {
        return detail;
    }

    /** Whose token it says it is, from the step on at which the issuer was found on the list; nothing proves it. */
    public Optional<Issuer> issuer() {
        return Optional.ofNullable(issuer);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RejectedIdentityToken that
                && code == that.code
                && detail.equals(that.detail)
                && Objects.equals(issuer, that.issuer);
    }

    @Override
    public int hashCode() {
        return Objects.hash(code, detail, issuer);
    }

    @Override
    public String toString() {
        return "RejectedIdentityToken[" + code + ", " + detail + "]";
    }
}
