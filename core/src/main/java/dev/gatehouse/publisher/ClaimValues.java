package dev.gatehouse.publisher;

import dev.gatehouse.oidc.IdentityClaims;
import org.jspecify.annotations.Nullable;

/**
 * Fills templates from claims alone; those over the limit of length are none.
 *
 * @param claims the claims
 */
record ClaimValues(IdentityClaims claims) implements Template.Values {
    @Override
    public @Nullable String issuer() {
        return claim("iss");
    }

    @Override
    public @Nullable String setting(String name) {
        return null;
    }

    @Override
    public @Nullable String claim(String name) {
        return claims.text(name)
                .filter(text -> text.length() <= Matching.MAX_CLAIM)
                .orElse(null);
    }

    @Override
    public @Nullable String pin(String name) {
        return null;
    }
}
