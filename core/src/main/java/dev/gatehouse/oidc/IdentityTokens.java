package dev.gatehouse.oidc;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.gatehouse.fetch.DocumentFetch;
import dev.gatehouse.internal.ClaimText;
import dev.gatehouse.internal.StrictJson;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Verifies identity tokens: JSON Web Tokens that a CI service signs for one run (RFC 7519; RFC 8725; OpenSSF, TP1 to TP6).
 *
 * <p>The order is: form; issuer, by its exact text, on the list; header; key; signature; audience, times, lifetime. Of what is not
 * verified only the issuer's text is read, to find its keys, and nothing is fetched for one that is not on the list. The first
 * cause is the answer. A token that verifies has still to be claimed, and its claims to be matched.
 *
 * <p><b>What is taken.</b> Compact form of 16,384 characters at most, each part canonical base64url, header and payload strict JSON
 * without duplicate members. RS256 with 2048 bits or more, and ES256; the key is named by {@code kid}, its use, operations and
 * algorithm hold if stated. A header with {@code crit} or {@code b64}, or with a {@code typ} other than {@code JWT}, is refused;
 * keys and addresses of keys in it are never looked at. {@code aud} is one text, the index's own; {@code iat} and {@code exp} are
 * there and whole numbers, {@code exp} later than {@code iat} by no more than the longest lifetime. Unknown claims change nothing.
 *
 * <p><b>When.</b> At {@code now} a token is good while {@code iat - leeway <= now}, {@code nbf - leeway <= now} if it has one, and
 * {@code now < exp + leeway}.
 *
 * <p><b>Keys.</b> They come from the issuer's stated hosts in the thread that needs them, are renewed when they are too old or lack
 * an id, no more often than the cool-down allows, and serve on through an outage for as long as is allowed.
 *
 * <p>Thread-safe; starts no thread. What the directory throws reaches the caller, and nothing is then verified; what the fetch
 * throws is {@link IdentityTokenRejection#KEYS_UNAVAILABLE} unless keys are left.
 */
public final class IdentityTokens {
    /** The longest text of a token, in characters. */
    public static final int MAX_TOKEN = 16_384;

    private static final int MAX_ISSUERS = 1_000;

    private final String audience;
    private final IssuerDirectory directory;
    private final InstantSource clock;
    private final Duration leeway;
    private final Duration nodeDifference;
    private final Duration maxLifetime;
    private final LoadingCache<Issuer, KeySource> sources;

    /** The header of the latest token whose signature held: the next one of that key begins with the same text. */
    private volatile @Nullable JwsHeader latest;

    private IdentityTokens(Builder b) {
        this.audience = b.audience;
        this.directory = b.directory;
        this.clock = b.clock;
        this.leeway = b.leeway;
        this.nodeDifference = b.nodeDifference;
        this.maxLifetime = b.maxLifetime;
        DocumentFetch fetch = b.fetch;
        KeyTimes times = new KeyTimes(b.coolDown, b.maxAge, b.outage);
        this.sources = Caffeine.newBuilder()
                .maximumSize(MAX_ISSUERS)
                .executor(Runnable::run)
                .build(issuer -> new KeySource(issuer, fetch, times));
    }

    /**
     * Starts the set-up.
     *
     * @param audience the {@code aud} of a token for this index, such as {@code pypi}: 1 to 255 characters
     * @param directory the list of issuers
     * @param fetch gets their keys
     */
    public static Builder builder(String audience, IssuerDirectory directory, DocumentFetch fetch) {
        return new Builder(audience, directory, fetch);
    }

    /** Verifies a token now. */
    public IdentityTokenVerification verify(String token) {
        return verify(token, issuer -> true);
    }

    /**
     * Verifies a token now, if its issuer is enabled.
     *
     * @param enabled asked once the issuer was found on the list and before anything else is done; a false one is
     *     {@link IdentityTokenRejection#NOT_ENABLED}
     */
    public IdentityTokenVerification verify(String token, Predicate<? super Issuer> enabled) {
        CompactJws jws = token.length() > MAX_TOKEN ? null : CompactJws.read(token, latest);
        if (jws == null) {
            return RejectedIdentityToken.of(IdentityTokenRejection.MALFORMED, null);
        }
        Map<String, @Nullable Object> claims = StrictJson.readObject(jws.payload());
        if (claims == null) {
            return RejectedIdentityToken.of(IdentityTokenRejection.MALFORMED, null);
        }
        if (!(claims.get("iss") instanceof String url) || url.isEmpty()) {
            return RejectedIdentityToken.of(IdentityTokenRejection.NO_ISSUER, null);
        }
        Issuer issuer = url.length() > Issuer.MAX_URL ? null : listed(url);
        if (issuer == null) {
            return RejectedIdentityToken.of(IdentityTokenRejection.UNKNOWN_ISSUER, null, ClaimText.of(url));
        }
        if (!enabled.test(issuer)) {
            return RejectedIdentityToken.of(IdentityTokenRejection.NOT_ENABLED, issuer);
        }
        Instant now = clock.instant();
        RejectedIdentityToken unproven = unproven(jws, issuer, now);
        return unproven == null ? judged(jws, claims, issuer, now) : unproven;
    }

    /** The result for a token whose signature holds. */
    private IdentityTokenVerification judged(
            CompactJws jws, Map<String, @Nullable Object> claims, Issuer issuer, Instant now) {
        latest = jws.header();
        RegisteredClaims registered = new RegisteredClaims(claims);
        RejectedIdentityToken problem = registered.problem(issuer, audience, leeway, maxLifetime, now);
        if (problem != null) {
            return problem;
        }
        Instant expires = registered.expires();
        return new VerifiedIdentityToken(
                issuer,
                IdentityClaims.of(claims),
                expires,
                expires.plus(leeway).plus(nodeDifference),
                ReplayKeys.of(issuer, jws.signed(), registered.id()));
    }

    private @Nullable Issuer listed(String url) {
        Issuer issuer = directory.find(url).orElse(null);
        if (issuer != null && !issuer.url().equals(url)) {
            throw new IllegalStateException("directory: answered with another issuer than was asked for");
        }
        return issuer;
    }

    /** Why the signature is not one of a key of the issuer, or null if it is. */
    private @Nullable RejectedIdentityToken unproven(CompactJws jws, Issuer issuer, Instant now) {
        JwsHeader header = jws.header();
        if (header.demandsMore()) {
            return RejectedIdentityToken.of(IdentityTokenRejection.HEADER, issuer, "crit or b64");
        }
        if (!header.isOfAnyToken()) {
            return RejectedIdentityToken.of(IdentityTokenRejection.HEADER, issuer, "typ");
        }
        SignatureAlgorithm algorithm = header.algorithm();
        if (algorithm == null) {
            return RejectedIdentityToken.of(IdentityTokenRejection.ALGORITHM, issuer, header.algorithmText());
        }
        String id = header.keyId();
        if (id == null) {
            return RejectedIdentityToken.of(IdentityTokenRejection.NO_KEY_ID, issuer);
        }
        // An id that no set can have is not worth an attempt.
        KeySource.Answer answer =
                KeySet.isId(id) ? sources.get(issuer).find(id, now) : new KeySource.Answer(null, true);
        SignatureKey key = answer.key();
        if (key == null) {
            return RejectedIdentityToken.of(
                    answer.current() ? IdentityTokenRejection.UNKNOWN_KEY : IdentityTokenRejection.KEYS_UNAVAILABLE,
                    issuer,
                    ClaimText.of(id));
        }
        if (key.algorithm() != algorithm) {
            return RejectedIdentityToken.of(
                    IdentityTokenRejection.ALGORITHM, issuer, algorithm + " with a key of " + key.algorithm());
        }
        return jws.isSignedBy(key)
                ? null
                : RejectedIdentityToken.of(IdentityTokenRejection.SIGNATURE, issuer, ClaimText.of(id));
    }

    /** Sets up {@link IdentityTokens}; not thread-safe, may be reused. */
    public static final class Builder {
        private static final Duration MOST_LEEWAY = Duration.ofMinutes(10);

        private final String audience;
        private final IssuerDirectory directory;
        private final DocumentFetch fetch;
        private InstantSource clock = InstantSource.system();
        private Duration leeway = Duration.ofSeconds(30);
        private Duration nodeDifference = Duration.ofMinutes(1);
        private Duration maxLifetime = Duration.ofHours(6);
        private Duration coolDown = KeyTimes.STANDARD.coolDown();
        private Duration maxAge = KeyTimes.STANDARD.maxAge();
        private Duration outage = KeyTimes.STANDARD.outage();

        private Builder(String audience, IssuerDirectory directory, DocumentFetch fetch) {
            if (audience.isEmpty() || audience.length() > 255) {
                throw new IllegalArgumentException("audience: 1 to 255 characters");
            }
            this.audience = audience;
            this.directory = Objects.requireNonNull(directory, "directory");
            this.fetch = Objects.requireNonNull(fetch, "fetch");
        }

        /** The clock; the system's by default. */
        public Builder clock(InstantSource source) {
            this.clock = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * How far an issuer's clock may differ from this one; 30 seconds by default, as PyPI has it.
         *
         * @throws IllegalArgumentException if it is not 0 to 10 minutes
         */
        public Builder leeway(Duration most) {
            this.leeway = within(most, Duration.ZERO, MOST_LEEWAY, "most");
            return this;
        }

        /**
         * How far the clocks of nodes that share one state may differ, by which a used token is remembered longer; 1 minute by
         * default. It is the one that the state permits.
         *
         * @throws IllegalArgumentException if it is not 0 to 10 minutes
         */
        public Builder nodeDifference(Duration most) {
            this.nodeDifference = within(most, Duration.ZERO, MOST_LEEWAY, "most");
            return this;
        }

        /**
         * The longest {@code exp - iat}; 6 hours by default. GitHub's tokens live 5 minutes and Google's an hour; GitLab's live as
         * long as their job may, so that an instance with longer jobs needs more.
         *
         * @throws IllegalArgumentException if it is not 1 minute to 1 day
         */
        public Builder maxLifetime(Duration longest) {
            this.maxLifetime = within(longest, Duration.ofMinutes(1), Duration.ofDays(1), "longest");
            return this;
        }

        /**
         * How long an issuer is left alone after its keys were asked for; 60 seconds by default. So long at most a new key is not
         * taken.
         *
         * @throws IllegalArgumentException if it is not 1 second to 1 hour
         */
        public Builder keyCoolDown(Duration shortest) {
            this.coolDown = within(shortest, Duration.ofSeconds(1), Duration.ofHours(1), "shortest");
            return this;
        }

        /**
         * How long keys are taken before their issuer is asked again; 1 hour by default. So long at most a withdrawn key is taken
         * of an issuer that answers.
         *
         * @throws IllegalArgumentException if it is not 1 minute to 1 day
         */
        public Builder keyMaxAge(Duration longest) {
            this.maxAge = within(longest, Duration.ofMinutes(1), Duration.ofDays(1), "longest");
            return this;
        }

        /**
         * How long keys are taken while their issuer does not answer; 1 day by default.
         *
         * @throws IllegalArgumentException if it is not 1 minute to 7 days
         */
        public Builder keyOutage(Duration longest) {
            this.outage = within(longest, Duration.ofMinutes(1), Duration.ofDays(7), "longest");
            return this;
        }

        /**
         * The verifier.
         *
         * @throws IllegalStateException if keys would be given up in an outage before they are too old
         */
        public IdentityTokens build() {
            if (outage.compareTo(maxAge) < 0) {
                throw new IllegalStateException("keyOutage and keyMaxAge: the first is the longer one");
            }
            return new IdentityTokens(this);
        }

        private static Duration within(Duration value, Duration least, Duration most, String name) {
            if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
                throw new IllegalArgumentException(name + ": " + least + " to " + most);
            }
            return value;
        }
    }
}
