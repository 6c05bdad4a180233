package dev.gatehouse.oidc;

import dev.gatehouse.internal.ClaimText;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The claims that every identity token has (RFC 7519, 4.1), of one whose signature holds. */
final class RegisteredClaims {
    /** The last second of the year 9999: an instant beyond it cannot be calculated with everywhere. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private final Map<String, @Nullable Object> claims;

    RegisteredClaims(Map<String, @Nullable Object> claims) {
        this.claims = claims;
    }

    /** What is wrong with them, or null. */
    @Nullable
    RejectedIdentityToken problem(Issuer issuer, String audience, Duration leeway, Duration maxLifetime, Instant now) {
        for (String required : new String[] {"iat", "exp", "aud"}) {
            if (claims.get(required) == null) {
                return RejectedIdentityToken.of(IdentityTokenRejection.MISSING_CLAIM, issuer, required);
            }
        }
        for (String time : new String[] {"iat", "exp", "nbf"}) {
            if (claims.containsKey(time) && !isTime(claims.get(time))) {
                return RejectedIdentityToken.of(IdentityTokenRejection.CLAIM_TYPE, issuer, time);
            }
        }
        if (claims.containsKey("jti") && !(claims.get("jti") instanceof String)) {
            return RejectedIdentityToken.of(IdentityTokenRejection.CLAIM_TYPE, issuer, "jti");
        }
        if (!(claims.get("aud") instanceof String text)) {
            return RejectedIdentityToken.of(IdentityTokenRejection.AUDIENCE, issuer, "not one text");
        }
        if (!text.equals(audience)) {
            return RejectedIdentityToken.of(IdentityTokenRejection.AUDIENCE, issuer, ClaimText.of(text));
        }
        return untimely(issuer, leeway, maxLifetime, now);
    }

    private @Nullable RejectedIdentityToken untimely(
            Issuer issuer, Duration leeway, Duration maxLifetime, Instant now) {
        Instant issued = time("iat");
        Instant expires = expires();
        // RFC 7519, 4.1.4: not on or after; 4.1.5: on or after.
        if (!now.isBefore(expires.plus(leeway))) {
            return RejectedIdentityToken.of(IdentityTokenRejection.EXPIRED, issuer, "exp " + expires);
        }
        if (now.isBefore(issued.minus(leeway))) {
            return RejectedIdentityToken.of(IdentityTokenRejection.NOT_YET_VALID, issuer, "iat " + issued);
        }
        if (claims.containsKey("nbf") && now.isBefore(time("nbf").minus(leeway))) {
            return RejectedIdentityToken.of(IdentityTokenRejection.NOT_YET_VALID, issuer, "nbf " + time("nbf"));
        }
        Duration lifetime = Duration.between(issued, expires);
        return lifetime.compareTo(Duration.ZERO) <= 0 || lifetime.compareTo(maxLifetime) > 0
                ? RejectedIdentityToken.of(IdentityTokenRejection.LIFETIME, issuer, lifetime.toString())
                : null;
    }

    private static boolean isTime(@Nullable Object value) {
        return value instanceof Long seconds && seconds >= 0 && seconds <= LAST_SECOND;
    }

    private Instant time(String name) {
        if (claims.get(name) instanceof Long seconds) {
            return Instant.ofEpochSecond(seconds);
        }
        throw new IllegalStateException("time: not checked before");
    }

    /** The end of the token, once there is no problem. */
    Instant expires() {
        return time("exp");
    }

    /** The token's id, if it has one. */
    @Nullable
    String id() {
        return claims.get("jti") instanceof String id ? id : null;
    }
}
