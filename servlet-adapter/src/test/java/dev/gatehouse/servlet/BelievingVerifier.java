package dev.gatehouse.servlet;

import dev.gatehouse.webauthn.AssertionExpectation;
import dev.gatehouse.webauthn.AssertionResponse;
import dev.gatehouse.webauthn.AssertionVerification;
import dev.gatehouse.webauthn.NewCredential;
import dev.gatehouse.webauthn.RegistrationExpectation;
import dev.gatehouse.webauthn.RegistrationVerification;
import dev.gatehouse.webauthn.WebAuthnRejection;
import dev.gatehouse.webauthn.WebAuthnVerifier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Believes every answer that does not say {@code spoilt}: the endpoints are looked at here, not signatures. */
final class BelievingVerifier implements WebAuthnVerifier {
    @Override
    public RegistrationVerification verifyRegistration(RegistrationExpectation expected, String responseJson) {
        try {
            String id = JsonMapper.shared().readTree(responseJson).get("id").asString();
            return responseJson.contains("spoilt")
                    ? new RegistrationVerification.Refused(WebAuthnRejection.ORIGIN_NOT_ALLOWED)
                    : new RegistrationVerification.Registered(
                            NewCredential.builder(id, new byte[] {1}).build());
        } catch (JacksonException e) {
            return new RegistrationVerification.Refused(WebAuthnRejection.MALFORMED);
        }
    }

    @Override
    public AssertionVerification verifyAssertion(AssertionExpectation expected, AssertionResponse response) {
        return new AssertionVerification.Asserted(0, false, true, false);
    }
}
