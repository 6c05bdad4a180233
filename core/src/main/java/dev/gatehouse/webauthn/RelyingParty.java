package dev.gatehouse.webauthn;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The site that credentials are made for, and what it asks of them.
 *
 * <p>Origins and the relying party id are checked when it is built: one that no browser could use fails here, not at the
 * first enrolment. Immutable and thread-safe.
 */
public final class RelyingParty {
    /** How long a challenge may be answered. */
    public static final Duration CHALLENGE_LIFETIME = Duration.ofMinutes(5);

    /** Longest name in UTF-16 units; authenticators cut names at 64 bytes. */
    public static final int MAX_NAME = 64;

    private static final ImmutableList<CoseAlgorithm> DEFAULT_ALGORITHMS = ImmutableList.of(
            CoseAlgorithm.ES256,
            CoseAlgorithm.EDDSA,
            CoseAlgorithm.ES384,
            CoseAlgorithm.ES512,
            CoseAlgorithm.PS256,
            CoseAlgorithm.RS256,
            CoseAlgorithm.ML_DSA_44,
            CoseAlgorithm.ML_DSA_65,
            CoseAlgorithm.ML_DSA_87);

    private final String id;
    private final String name;
    private final ImmutableSet<String> origins;
    private final ImmutableSet<String> topOrigins;
    private final ImmutableList<CoseAlgorithm> algorithms;
    private final UserVerification userVerification;
    private final CounterPolicy counters;
    private final AttestationPolicy attestation;

    private RelyingParty(Builder from) {
        this.id = from.id;
        this.name = from.name;
        this.origins = ImmutableSet.<String>builder()
                .addAll(from.origins)
                .addAll(from.appOrigins)
                .build();
        this.topOrigins = from.topOrigins;
        this.algorithms = from.algorithms;
        this.userVerification = from.userVerification;
        this.counters = from.counters;
        this.attestation = from.attestation;
    }

    /**
     * Starts a relying party.
     *
     * @param id the domain that credentials are bound to, such as {@code example.org}: in lower case, the host of every
     *     origin or a suffix of it. Refused: an IP address, {@code https://example.org}, {@code example.org:8443}, and a
     *     public suffix, such as {@code co.uk}. {@code localhost} is accepted, for trying things out
     * @param name what a person reads on the authenticator, 1 to {@value #MAX_NAME} characters
     * @param origins where the pages with the ceremonies are, exactly as a browser writes it: {@code https://example.org} or
     *     {@code https://example.org:8443}. Refused: a path or a slash at the end, the default port, a host outside {@code
     *     id}, and {@code http} unless the host is {@code localhost} or below it
     * @throws IllegalArgumentException if one of them is refused
     */
    public static Builder builder(String id, String name, Set<String> origins) {
        return new Builder(id, name, origins);
    }

    /** The domain that credentials are bound to. */
    public String id() {
        return id;
    }

    /** What a person reads on the authenticator. */
    public String name() {
        return name;
    }

    /** Every origin that is accepted, those of apps among them. */
    public Set<String> origins() {
        return origins;
    }

    /** The sites whose frames may hold a ceremony; empty if none may. */
    public Set<String> topOrigins() {
        return topOrigins;
    }

    /** The algorithms that new credentials may have, the best first. */
    public List<CoseAlgorithm> algorithms() {
        return algorithms;
    }

    /** Whether the authenticator is to make sure who uses it. */
    public UserVerification userVerification() {
        return userVerification;
    }

    /** What to do if a signature counter does not go up. */
    public CounterPolicy counters() {
        return counters;
    }

    /** What is made of attestation. */
    public AttestationPolicy attestation() {
        return attestation;
    }

    @Override
    public String toString() {
        return "RelyingParty[" + id + ", " + origins + ", user verification " + userVerification.id() + ", "
                + attestation
                + (counters == CounterPolicy.REPORT ? ", counters reported only" : "")
                + (topOrigins.isEmpty() ? "]" : ", allows cross-origin from " + topOrigins + "]");
    }

    /** Collects the options of a relying party. */
    public static final class Builder {
        private final String id;
        private final String name;
        private final ImmutableSet<String> origins;
        private ImmutableSet<String> appOrigins = ImmutableSet.of();
        private ImmutableSet<String> topOrigins = ImmutableSet.of();
        private ImmutableList<CoseAlgorithm> algorithms = DEFAULT_ALGORITHMS;
        private UserVerification userVerification = UserVerification.PREFERRED;
        private CounterPolicy counters = CounterPolicy.REFUSE;
        private AttestationPolicy attestation = AttestationPolicy.none();

        private Builder(String id, String name, Set<String> origins) {
            this.id = SiteNames.checkedId(id);
            if (name.isBlank() || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("name: 1 to " + MAX_NAME + " characters, none of them control");
            }
            this.name = name;
            if (origins.isEmpty()) {
                throw new IllegalArgumentException("origins: none");
            }
            origins.forEach(origin -> SiteNames.checkOrigin(origin, id));
            this.origins = ImmutableSet.copyOf(origins);
        }

        /**
         * Origins of the site's own apps, compared as they stand; default none.
         *
         * @param appOrigins such as {@code android:apk-key-hash:} with the hash of the signing certificate. Refused: one that
         *     starts with {@code http:} or {@code https:}, or holds white space or control characters
         * @throws IllegalArgumentException if one is refused
         */
        public Builder appOrigins(Set<String> appOrigins) {
            appOrigins.forEach(SiteNames::checkAppOrigin);
            this.appOrigins = ImmutableSet.copyOf(appOrigins);
            return this;
        }

        /**
         * Accepts ceremonies in a frame that these sites show; by default none are accepted in any frame of another site.
         *
         * <p>A site that can frame the ceremony can trick people into it. The list is compared with what the browser says;
         * browsers that do not say it yet are accepted from any site.
         *
         * @param topOrigins origins as a browser writes them, such as {@code https://shop.example}
         * @throws IllegalArgumentException if there are none or one is malformed
         */
        public Builder allowCrossOriginFrom(Set<String> topOrigins) {
            if (topOrigins.isEmpty()) {
                throw new IllegalArgumentException("topOrigins: none");
            }
            topOrigins.forEach(SiteNames::checkTopOrigin);
            this.topOrigins = ImmutableSet.copyOf(topOrigins);
            return this;
        }

        /**
         * The algorithms that new credentials may have, the best first. Default: ES256, EdDSA, ES384, ES512, PS256, RS256
         * and the three of ML-DSA. Credentials that exist keep theirs.
         *
         * @throws IllegalArgumentException if there are none, or one is there twice
         */
        public Builder algorithms(Collection<CoseAlgorithm> algorithms) {
            if (algorithms.isEmpty() || ImmutableSet.copyOf(algorithms).size() != algorithms.size()) {
                throw new IllegalArgumentException("algorithms: none, or one twice");
            }
            this.algorithms = ImmutableList.copyOf(algorithms);
            return this;
        }

        /** Whether the authenticator is to make sure who uses it; default {@code PREFERRED}. */
        public Builder userVerification(UserVerification userVerification) {
            this.userVerification = Objects.requireNonNull(userVerification, "userVerification");
            return this;
        }

        /** What to do if a signature counter does not go up; default {@code REFUSE}. */
        public Builder counters(CounterPolicy counters) {
            this.counters = Objects.requireNonNull(counters, "counters");
            return this;
        }

        /** What is made of attestation; default {@link AttestationPolicy#none}. */
        public Builder attestation(AttestationPolicy attestation) {
            this.attestation = Objects.requireNonNull(attestation, "attestation");
            return this;
        }

        /** The relying party. */
        public RelyingParty build() {
            return new RelyingParty(this);
        }
    }
}
