package dev.gatehouse.webauthn;

import java.util.Objects;

/** The ceremonies of WebAuthn Level 3, sections 7.1 and 7.2. */
final class StandardVerifier implements WebAuthnVerifier {
    private final RelyingParty relyingParty;

    StandardVerifier(RelyingParty relyingParty) {
        this.relyingParty = Objects.requireNonNull(relyingParty, "relyingParty");
    }

    @Override
    public RegistrationVerification verifyRegistration(RegistrationExpectation expected, String responseJson) {
        throw new UnsupportedOperationException("registration at " + relyingParty);
    }

    @Override
    public AssertionVerification verifyAssertion(AssertionExpectation expected, AssertionResponse response) {
        throw new UnsupportedOperationException("assertion at " + relyingParty);
    }
}
