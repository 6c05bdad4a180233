package dev.gatehouse.webauthn;

import com.google.common.base.Utf8;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * What the browser says it did (WebAuthn Level 3, 5.8.1).
 *
 * <p>Only what is compared is read; other members, token binding among them, are walked over. Origins are texts, never
 * taken apart.
 */
final class ClientData {
    private @Nullable String type;
    private @Nullable String challenge;
    private @Nullable String origin;
    private @Nullable String topOrigin;
    private boolean crossOrigin;

    private ClientData() {}

    /** The client data, or null if it is not one JSON object that has what it must, each member once and of its type. */
    static @Nullable ClientData read(byte[] json) {
        // A decoder would replace what is not UTF-8, and two texts of bytes would read as one.
        if (!Utf8.isWellFormed(json)) {
            return null;
        }
        ClientData read = new ClientData();
        String text = new String(json, StandardCharsets.UTF_8);
        try (JsonParser parser = ResponseJson.JSON.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                if (!read.take(name, parser.nextToken(), parser)) {
                    return null;
                }
            }
            if (parser.nextToken() != null) {
                return null;
            }
        } catch (JacksonException e) {
            return null;
        }
        return read.type == null || read.challenge == null || read.origin == null ? null : read;
    }

    private boolean take(String name, JsonToken value, JsonParser parser) {
        switch (name) {
            case "type" -> type = parser.getString();
            case "challenge" -> challenge = parser.getString();
            case "origin" -> origin = parser.getString();
            case "topOrigin" -> topOrigin = parser.getString();
            case "crossOrigin" -> {
                crossOrigin = value == JsonToken.VALUE_TRUE;
                return crossOrigin || value == JsonToken.VALUE_FALSE;
            }
            default -> {
                parser.skipChildren();
                return true;
            }
        }
        return value == JsonToken.VALUE_STRING;
    }

    /** The first cause for which it is not that of the ceremony: steps 7 to 11 of section 7.1, 10 to 14 of section 7.2. */
    @Nullable
    WebAuthnRejection mismatch(String ceremony, Challenge expected, RelyingParty relyingParty) {
        if (!ceremony.equals(type)) {
            return WebAuthnRejection.WRONG_TYPE;
        }
        if (challenge == null || !expected.hasText(challenge)) {
            return WebAuthnRejection.CHALLENGE_MISMATCH;
        }
        if (!relyingParty.origins().contains(origin)) {
            return WebAuthnRejection.ORIGIN_NOT_ALLOWED;
        }
        if (crossOrigin && relyingParty.topOrigins().isEmpty()) {
            return WebAuthnRejection.CROSS_ORIGIN;
        }
        if (topOrigin != null && !relyingParty.topOrigins().contains(topOrigin)) {
            return WebAuthnRejection.CROSS_ORIGIN;
        }
        return null;
    }
}
