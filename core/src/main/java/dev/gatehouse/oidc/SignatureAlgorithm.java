package dev.gatehouse.oidc;

import org.jspecify.annotations.Nullable;

/** The algorithms that identity tokens are signed with (RFC 7518, 3.1); there are no others. */
enum SignatureAlgorithm {
    RS256,
    ES256;

    /** The algorithm of this name, exactly, or null. */
    static @Nullable SignatureAlgorithm named(@Nullable Object name) {
        if ("RS256".equals(name)) {
            return RS256;
        }
        return "ES256".equals(name) ? ES256 : null;
    }
}
