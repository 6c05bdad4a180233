package dev.gatehouse.webauthn;

/**
 * The verification of WebAuthn responses against what was expected of them, for one relying party.
 *
 * <p>Implementations are thread-safe and keep no state but caches. They are total: for any text and any bytes there is a
 * result, never an exception. They do not remember challenges, do not know accounts, and write nothing: that each
 * challenge is taken once, that the credential may take part, and that its counter moves by compare-and-set is for the
 * ceremonies around them.
 */
public interface WebAuthnVerifier {

    /** The default: the ceremonies of WebAuthn Level 3, sections 7.1 and 7.2. */
    static WebAuthnVerifier of(RelyingParty relyingParty) {
        return new StandardVerifier(relyingParty);
    }

    /**
     * Verifies the response to a registration ceremony.
     *
     * @param responseJson the {@code RegistrationResponseJSON} that the browser's {@code toJSON()} gives (5.1)
     */
    RegistrationVerification verifyRegistration(RegistrationExpectation expected, String responseJson);

    /** Verifies the response to an authentication ceremony. */
    AssertionVerification verifyAssertion(AssertionExpectation expected, AssertionResponse response);
}
