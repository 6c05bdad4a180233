package dev.gatehouse.totp;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.secret.Sealer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Sets authenticator apps up and removes them: {@link #begin} makes a secret, {@link #confirm} stores it once the app has shown
 * that it knows it.
 *
 * <p>Whether the account may do so (a fresh proof, a verified address, the last factor) is the policy's to decide before each
 * call; the version of the account that the decision rested on goes into the write. Every change is written together with its
 * audit event, to which the host adds who and from where.
 *
 * <p>Immutable and thread-safe.
 */
public final class TotpEnrolment {
    private static final int ID_BYTES = 16;
    private static final Duration MIN_LIFETIME = Duration.ofMinutes(1);
    private static final Duration MAX_LIFETIME = Duration.ofHours(24);

    private final TotpRepository repository;
    private final Sealer sealer;
    private final InstantSource clock;
    private final String issuer;
    private final TotpParameters parameters;
    private final Duration lifetime;
    private final SecureRandom random;

    private TotpEnrolment(Builder b) {
        this.repository = b.repository;
        this.sealer = b.sealer;
        this.clock = b.clock;
        this.issuer = b.issuer;
        this.parameters = b.parameters;
        this.lifetime = b.lifetime;
        this.random = b.random;
    }

    /**
     * A builder with the standard parameters.
     *
     * @param issuer the site as its users know it, shown by the app; see {@link OtpauthUri#of}
     */
    public static Builder builder(TotpRepository repository, Sealer sealer, InstantSource clock, String issuer) {
        return new Builder(repository, sealer, clock, issuer);
    }

    /**
     * Makes a fresh secret for an account. Nothing is stored: see {@link PendingTotp}.
     *
     * @param account the host's immutable id of the account
     * @param accountName the account as its user knows it, shown by the app
     * @throws IllegalArgumentException if a name does not fit into an {@link OtpauthUri}
     */
    public PendingTotp begin(String account, String accountName) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        TotpSecret secret = TotpSecret.generate(parameters, random);
        PendingTotp.Opened opened = new PendingTotp.Opened(
                Base64.getUrlEncoder().withoutPadding().encodeToString(id),
                clock.instant().plus(lifetime).truncatedTo(ChronoUnit.MILLIS),
                parameters,
                secret);
        return PendingTotp.create(sealer, account, opened, OtpauthUri.of(issuer, accountName, secret, parameters));
    }

    /**
     * Stores a pending credential, if this is a code of it. The code is used up: it does not log in afterwards.
     *
     * @param response the account, the session or request, and the code
     * @param pending {@link PendingTotp#text} as the session kept it
     * @param origin adds actor and address to the audit events
     */
    public EnrolmentResult confirm(
            FactorResponse response,
            String pending,
            TotpPlacement placement,
            UnaryOperator<AuditEvent.Builder> origin) {
        Instant now = clock.instant();
        Optional<PendingTotp.Opened> opened = PendingTotp.open(sealer, response.account(), pending);
        if (opened.isEmpty()) {
            return not(EnrolmentRejection.PENDING_INVALID);
        }
        PendingTotp.Opened offer = opened.get();
        if (!now.isBefore(offer.expiresAt())) {
            return not(EnrolmentRejection.PENDING_EXPIRED);
        }
        Optional<CodeInput> input = CodeInput.read(response.text());
        if (input.isEmpty() || input.get().length() != offer.parameters().digits()) {
            return not(EnrolmentRejection.MALFORMED);
        }
        StepMatch match = StepMatch.find(offer.secret(), offer.parameters(), input.get(), now);
        return switch (match.kind()) {
            case SKEWED -> not(EnrolmentRejection.CLOCK_SKEW);
            case NONE -> not(EnrolmentRejection.INVALID);
            case ACCEPTABLE -> store(response, offer, match.step(), now, placement, origin);
        };
    }

    private EnrolmentResult store(
            FactorResponse response,
            PendingTotp.Opened offer,
            long step,
            Instant now,
            TotpPlacement placement,
            UnaryOperator<AuditEvent.Builder> origin) {
        String account = response.account();
        // What is counted here still holds at the write, if the version does.
        if (placement.replaced().isEmpty()
                && StoredCredentials.of(repository, account).size() >= TotpVerifier.MAX_CREDENTIALS) {
            return not(EnrolmentRejection.TOO_MANY);
        }
        TotpCredential credential = TotpCredential.of(
                        offer.id(),
                        account,
                        offer.parameters(),
                        sealer.seal(offer.secret().bytes(), TotpCredential.placeOfSecret(account, offer.id())),
                        now)
                .withLabel(placement.label())
                .usedAt(step, now);
        AuditEvent added = event(AuditTag.FACTOR_ADDED, account, offer.id(), now, origin);
        TotpRepository.Change change = placement
                .replaced()
                .map(old -> repository.replace(
                        old,
                        credential,
                        placement.version(),
                        event(AuditTag.FACTOR_REMOVED, account, old, now, origin),
                        added))
                .orElseGet(() -> repository.add(credential, placement.version(), added));
        // Compared with the one good answer, so that no answer at all is none.
        if (change != TotpRepository.Change.DONE) {
            return not(EnrolmentRejection.CONFLICT);
        }
        return new EnrolmentResult.Enrolled(
                credential,
                Evidence.asserted(account, credential.factor(), now, response.carrier(), TotpVerifier.VERIFIER));
    }

    /**
     * Removes a credential, if the account still has this version.
     *
     * @param version the account's version, read before the facts that the decision rested on
     */
    public TotpRepository.Removal remove(
            String account, String id, long version, UnaryOperator<AuditEvent.Builder> origin) {
        return repository.remove(
                account, id, version, event(AuditTag.FACTOR_REMOVED, account, id, clock.instant(), origin));
    }

    private static AuditEvent event(
            AuditTag tag, String account, String id, Instant now, UnaryOperator<AuditEvent.Builder> origin) {
        return origin.apply(AuditEvent.of(tag, now).actor(account))
                .account(account)
                .subject(id)
                .attribute("method", "totp")
                .build();
    }

    private static EnrolmentResult not(EnrolmentRejection reason) {
        return new EnrolmentResult.NotEnrolled(reason);
    }

    /** Builds a {@link TotpEnrolment}; not thread-safe, may be reused. */
    public static final class Builder {
        private final TotpRepository repository;
        private final Sealer sealer;
        private final InstantSource clock;
        private final String issuer;
        private TotpParameters parameters = TotpParameters.standard();
        private Duration lifetime = Duration.ofMinutes(30);
        private SecureRandom random = new SecureRandom();

        private Builder(TotpRepository repository, Sealer sealer, InstantSource clock, String issuer) {
            this.repository = Objects.requireNonNull(repository, "repository");
            this.sealer = Objects.requireNonNull(sealer, "sealer");
            this.clock = Objects.requireNonNull(clock, "clock");
            OtpauthUri.checkIssuer(issuer);
            this.issuer = issuer;
        }

        /** Parameters of new credentials, {@link TotpParameters#standard} by default; read the warning there. */
        public Builder parameters(TotpParameters other) {
            this.parameters = Objects.requireNonNull(other, "other");
            return this;
        }

        /**
         * How long a pending credential can be confirmed, 30 minutes by default.
         *
         * @throws IllegalArgumentException unless from one minute to 24 hours
         */
        public Builder lifetime(Duration other) {
            if (other.compareTo(MIN_LIFETIME) < 0 || other.compareTo(MAX_LIFETIME) > 0) {
                throw new IllegalArgumentException("other: " + MIN_LIFETIME + " to " + MAX_LIFETIME + ", not " + other);
            }
            this.lifetime = other;
            return this;
        }

        /** Where ids and secrets come from, the platform's default by default. */
        public Builder random(SecureRandom other) {
            this.random = Objects.requireNonNull(other, "other");
            return this;
        }

        public TotpEnrolment build() {
            return new TotpEnrolment(this);
        }
    }
}
