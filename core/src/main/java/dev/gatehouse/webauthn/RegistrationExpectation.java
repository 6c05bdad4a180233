package dev.gatehouse.webauthn;

import java.time.Instant;
import java.util.Objects;

/** What a response to a registration ceremony must fit. Immutable and thread-safe. */
public final class RegistrationExpectation {
    private final Challenge challenge;
    private final Instant now;
    private final boolean userVerification;

    private RegistrationExpectation(Challenge challenge, Instant now, boolean userVerification) {
        this.challenge = challenge;
        this.now = now;
        this.userVerification = userVerification;
    }

    /**
     * A registration that the given challenge was made for.
     *
     * @param now the instant at which certificates of an attestation must be valid
     */
    public static RegistrationExpectation of(Challenge challenge, Instant now) {
        return new RegistrationExpectation(
                Objects.requireNonNull(challenge, "challenge"), Objects.requireNonNull(now, "now"), false);
    }

    /** The same, of a user whom the authenticator verified, whatever {@link RelyingParty#userVerification} says. */
    public RegistrationExpectation requiringUserVerification() {
        return new RegistrationExpectation(challenge, now, true);
    }

    public Challenge challenge() {
        return challenge;
    }

    /** The instant at which certificates of an attestation must be valid. */
    public Instant now() {
        return now;
    }

    /** Whether the user must be verified even if the relying party does not require it. */
    public boolean requiresUserVerification() {
        return userVerification;
    }

    @Override
    public String toString() {
        return "RegistrationExpectation[" + now + (userVerification ? ", user verified]" : "]");
    }
}
