package dev.gatehouse.webauthn;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * The challenge that a response claims to answer, by which the one that was made is found. Nothing follows from the claim: the
 * verifier compares what was made with what is signed.
 */
final class ClientDataChallenge {
    private ClientDataChallenge() {}

    /** The claim of a response to a registration, or empty if it cannot be read. */
    static Optional<Challenge> ofRegistration(String responseJson) {
        ResponseJson response = ResponseJson.read(responseJson, Limits.REGISTRATION_TEXT);
        if (response == null) {
            return Optional.empty();
        }
        byte[] clientData = response.bytes("clientDataJSON", Limits.CLIENT_DATA);
        return clientData == null ? Optional.empty() : of(clientData);
    }

    /** The claim of client data, or empty if it cannot be read. */
    static Optional<Challenge> of(byte[] clientData) {
        String text = new String(clientData, StandardCharsets.UTF_8);
        try (JsonParser parser = ResponseJson.JSON.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("challenge")) {
                    return value == JsonToken.VALUE_STRING ? Challenge.read(parser.getString()) : Optional.empty();
                }
                parser.skipChildren();
            }
            return Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
