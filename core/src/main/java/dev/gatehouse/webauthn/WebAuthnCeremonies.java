package dev.gatehouse.webauthn;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.state.EphemeralState;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Objects;

/**
 * The ceremonies of one relying party over one store: {@link #registration} and {@link #authentication}.
 *
 * <p>Immutable and thread-safe.
 */
public final class WebAuthnCeremonies {
    private final RelyingParty relyingParty;
    private final WebAuthnRepository repository;
    private final AuditSink events;
    private final InstantSource clock;
    private final WebAuthnVerifier verifier;
    private final ResidentKey residentKey;
    private final SecureRandom random;
    private final Challenges challenges;

    private WebAuthnCeremonies(Builder b) {
        this.relyingParty = b.relyingParty;
        this.repository = b.repository;
        this.events = b.events;
        this.clock = b.clock;
        this.verifier = b.verifier;
        this.residentKey = b.residentKey;
        this.random = b.random;
        this.challenges = new Challenges(b.state, b.random);
    }

    /**
     * A builder of the ceremonies.
     *
     * @param state keeps the challenges; shared by all nodes that a browser may reach
     * @param events told of signature counters that go back; changes of credentials write their events themselves
     */
    public static Builder builder(
            RelyingParty relyingParty,
            WebAuthnRepository repository,
            EphemeralState state,
            AuditSink events,
            InstantSource clock) {
        return new Builder(relyingParty, repository, state, events, clock);
    }

    /** Registers, removes and relabels credentials. */
    public WebAuthnRegistration registration() {
        return new WebAuthnRegistration(this);
    }

    /** Verifies assertions: of a second factor, and of a passkey that says who its user is. */
    public WebAuthnAuthentication authentication() {
        return new WebAuthnAuthentication(this);
    }

    /** Lists the credentials of accounts. */
    public WebAuthnInventory inventory() {
        return new WebAuthnInventory(repository);
    }

    RelyingParty relyingParty() {
        return relyingParty;
    }

    WebAuthnRepository repository() {
        return repository;
    }

    AuditSink events() {
        return events;
    }

    InstantSource clock() {
        return clock;
    }

    WebAuthnVerifier verifier() {
        return verifier;
    }

    ResidentKey residentKey() {
        return residentKey;
    }

    SecureRandom random() {
        return random;
    }

    Challenges challenges() {
        return challenges;
    }

    /** Builds {@link WebAuthnCeremonies}; not thread-safe, may be reused. */
    public static final class Builder {
        private final RelyingParty relyingParty;
        private final WebAuthnRepository repository;
        private final EphemeralState state;
        private final AuditSink events;
        private final InstantSource clock;
        private WebAuthnVerifier verifier;
        private ResidentKey residentKey = ResidentKey.PREFERRED;
        private SecureRandom random = new SecureRandom();

        private Builder(
                RelyingParty relyingParty,
                WebAuthnRepository repository,
                EphemeralState state,
                AuditSink events,
                InstantSource clock) {
            this.relyingParty = Objects.requireNonNull(relyingParty, "relyingParty");
            this.repository = Objects.requireNonNull(repository, "repository");
            this.state = Objects.requireNonNull(state, "state");
            this.events = Objects.requireNonNull(events, "events");
            this.clock = Objects.requireNonNull(clock, "clock");
            this.verifier = WebAuthnVerifier.of(relyingParty);
        }

        /** Another verifier of the same relying party; {@link WebAuthnVerifier#of} by default. */
        public Builder verifier(WebAuthnVerifier other) {
            this.verifier = Objects.requireNonNull(other, "other");
            return this;
        }

        /** Whether new credentials are to be usable as passkeys; {@link ResidentKey#PREFERRED} by default. */
        public Builder residentKey(ResidentKey other) {
            this.residentKey = Objects.requireNonNull(other, "other");
            return this;
        }

        /** Where challenges and user handles come from, the platform's default by default. */
        public Builder random(SecureRandom other) {
            this.random = Objects.requireNonNull(other, "other");
            return this;
        }

        public WebAuthnCeremonies build() {
            return new WebAuthnCeremonies(this);
        }
    }
}
