package dev.gatehouse.webauthn;

import java.io.StringWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Writes the options of ceremonies as the parsers of browsers take them (WebAuthn Level 3, 5.1.8 and 5.1.9). */
final class CeremonyOptions {
    private CeremonyOptions() {}

    /** Who a new credential is for, as the authenticator keeps and shows it. */
    record User(String handle, String name, String displayName) {}

    static String creation(
            RelyingParty relyingParty,
            Challenge challenge,
            User user,
            List<WebAuthnCredential> present,
            ResidentKey residentKey) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = ResponseJson.JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeName("rp");
            json.writeStartObject();
            text(json, "id", relyingParty.id());
            text(json, "name", relyingParty.name());
            json.writeEndObject();
            json.writeName("user");
            json.writeStartObject();
            text(json, "id", user.handle());
            text(json, "name", user.name());
            text(json, "displayName", user.displayName());
            json.writeEndObject();
            text(json, "challenge", challenge.text());
            json.writeName("pubKeyCredParams");
            json.writeStartArray();
            for (CoseAlgorithm algorithm : relyingParty.algorithms()) {
                json.writeStartObject();
                text(json, "type", "public-key");
                json.writeName("alg");
                json.writeNumber(algorithm.id());
                json.writeEndObject();
            }
            json.writeEndArray();
            timeout(json);
            descriptors(json, "excludeCredentials", present);
            json.writeName("authenticatorSelection");
            json.writeStartObject();
            text(json, "residentKey", residentKey.id());
            json.writeName("requireResidentKey");
            json.writeBoolean(residentKey == ResidentKey.REQUIRED);
            text(json, "userVerification", relyingParty.userVerification().id());
            json.writeEndObject();
            text(json, "attestation", relyingParty.attestation().conveyance());
            json.writeEndObject();
        }
        return out.toString();
    }

    static String request(
            RelyingParty relyingParty,
            Challenge challenge,
            List<WebAuthnCredential> allowed,
            UserVerification userVerification) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = ResponseJson.JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            text(json, "challenge", challenge.text());
            timeout(json);
            text(json, "rpId", relyingParty.id());
            descriptors(json, "allowCredentials", allowed);
            text(json, "userVerification", userVerification.id());
            json.writeEndObject();
        }
        return out.toString();
    }

    private static void descriptors(JsonGenerator json, String name, List<WebAuthnCredential> credentials) {
        json.writeName(name);
        json.writeStartArray();
        for (WebAuthnCredential credential : credentials) {
            json.writeStartObject();
            text(json, "type", "public-key");
            text(json, "id", credential.id());
            if (!credential.transports().isEmpty()) {
                json.writeName("transports");
                json.writeStartArray();
                credential.transports().forEach(json::writeString);
                json.writeEndArray();
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void timeout(JsonGenerator json) {
        json.writeName("timeout");
        json.writeNumber(RelyingParty.CHALLENGE_LIFETIME.toMillis());
    }

    private static void text(JsonGenerator json, String name, String value) {
        json.writeName(name);
        json.writeString(value);
    }
}
