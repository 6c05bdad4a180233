package dev.gatehouse.webauthn;

import java.util.Objects;

/**
 * What an assertion must fit: a challenge, and one stored credential that the caller found by {@link
 * AssertionResponse#credentialId} and made sure the ceremony allows. Immutable and thread-safe.
 */
public final class AssertionExpectation {
    private final Challenge challenge;
    private final WebAuthnCredential credential;
    private final boolean userIdentified;
    private final boolean userVerification;

    private AssertionExpectation(
            Challenge challenge, WebAuthnCredential credential, boolean userIdentified, boolean userVerification) {
        this.challenge = Objects.requireNonNull(challenge, "challenge");
        this.credential = Objects.requireNonNull(credential, "credential");
        this.userIdentified = userIdentified;
        this.userVerification = userVerification;
    }

    /**
     * An assertion of a user who is known by other means, such as a password, and whose account owns the credential.
     *
     * <p>The response may leave the user handle out; one that is there must be the credential's.
     */
    public static AssertionExpectation ofIdentifiedUser(Challenge challenge, WebAuthnCredential credential) {
        return new AssertionExpectation(challenge, credential, true, false);
    }

    /**
     * An assertion that itself says who the user is: the user handle must be there and be the credential's, and the
     * authenticator must have verified its user, whatever {@link RelyingParty#userVerification} says.
     */
    public static AssertionExpectation ofUnknownUser(Challenge challenge, WebAuthnCredential credential) {
        return new AssertionExpectation(challenge, credential, false, true);
    }

    /** The same, of a user whom the authenticator verified, whatever {@link RelyingParty#userVerification} says. */
    public AssertionExpectation requiringUserVerification() {
        return new AssertionExpectation(challenge, credential, userIdentified, true);
    }

    public Challenge challenge() {
        return challenge;
    }

    /** The stored credential that the response names. */
    public WebAuthnCredential credential() {
        return credential;
    }

    /** Whether the user was known before the ceremony. */
    public boolean isUserIdentified() {
        return userIdentified;
    }

    /** Whether the user must be verified even if the relying party does not require it. */
    public boolean requiresUserVerification() {
        return userVerification;
    }

    @Override
    public String toString() {
        return "AssertionExpectation[" + credential + (userIdentified ? "" : ", user unknown")
                + (userVerification ? ", user verified]" : "]");
    }
}
