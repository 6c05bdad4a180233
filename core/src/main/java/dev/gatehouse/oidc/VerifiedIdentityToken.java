package dev.gatehouse.oidc;

import java.time.Instant;
import java.util.List;

/**
 * An identity token that an issuer on the list has signed for this index, and that is good now.
 *
 * <p>Only {@link IdentityTokens} makes one. It says nothing yet: whom its claims speak for is the business of the claim table of
 * the issuer's provider. Nor has it been used: whoever takes it claims all of {@link #replayKeys} first, and takes it only if
 * every one of them was free. Immutable and thread-safe.
 */
public final class VerifiedIdentityToken implements IdentityTokenVerification {
    private final Issuer issuer;
    private final IdentityClaims claims;
    private final Instant expires;
    private final Instant claimUntil;
    private final List<String> replayKeys;

    VerifiedIdentityToken(
            Issuer issuer, IdentityClaims claims, Instant expires, Instant claimUntil, List<String> replayKeys) {
        this.issuer = issuer;
        this.claims = claims;
        this.expires = expires;
        this.claimUntil = claimUntil;
        this.replayKeys = List.copyOf(replayKeys);
    }

    /** Who signed it. */
    public Issuer issuer() {
        return issuer;
    }

    /** What was signed. */
    public IdentityClaims claims() {
        return claims;
    }

    /** Its {@code exp} claim; the token is taken for the leeway longer. */
    public Instant expires() {
        return expires;
    }

    /**
     * What is to be claimed before the token is used: one hash of the issuer and what was signed, and, where the token has a
     * {@code jti}, one of the issuer and that. The signature is not part of them.
     *
     * @return 1 or 2 keys of visible ASCII, 64 characters at most, the same on every node
     */
    public List<String> replayKeys() {
        return replayKeys;
    }

    /** Until when they are to be claimed: {@code exp}, the leeway and the permitted difference between the clocks of nodes. */
    public Instant claimUntil() {
        return claimUntil;
    }

    @Override
    public String toString() {
        return "VerifiedIdentityToken[" + issuer.url() + ", until " + expires + "]";
    }
}
