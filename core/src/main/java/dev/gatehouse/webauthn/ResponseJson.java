package dev.gatehouse.webauthn;

import dev.gatehouse.internal.Base64Url;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** What a browser's {@code toJSON()} of a credential holds, as far as the ceremonies read it (WebAuthn Level 3, 5.1). */
final class ResponseJson {
    static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Limits.DEPTH)
                    .maxStringLength(Limits.REGISTRATION_TEXT)
                    .maxNumberLength(100)
                    .build())
            .build();

    private static final Set<String> KEPT =
            Set.of("clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle");

    private @Nullable String id;
    private @Nullable String rawId;
    private @Nullable String type;
    private boolean responded;
    private final Map<String, String> members = new HashMap<>();
    private final List<String> transports = new ArrayList<>();

    private ResponseJson() {}

    /** The response, or null if the text is too long or no such document. */
    static @Nullable ResponseJson read(String json, int maxText) {
        if (json.length() > maxText) {
            return null;
        }
        ResponseJson read = new ResponseJson();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                read.take(name, parser.nextToken(), parser);
            }
            if (parser.nextToken() != null) {
                return null;
            }
        } catch (JacksonException e) {
            return null;
        }
        return read.isComplete() ? read : null;
    }

    private void take(String name, JsonToken value, JsonParser parser) {
        switch (name) {
            case "id" -> id = textOf(value, parser);
            case "rawId" -> rawId = textOf(value, parser);
            case "type" -> type = textOf(value, parser);
            case "response" -> takeResponse(value, parser);
            default -> parser.skipChildren();
        }
    }

    private void takeResponse(JsonToken value, JsonParser parser) {
        if (value != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        responded = true;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken member = parser.nextToken();
            if (member == JsonToken.START_ARRAY && name.equals("transports")) {
                takeTransports(parser);
            } else if (member != JsonToken.VALUE_NULL && KEPT.contains(name)) {
                // A wrong type is as good as a text that is no base64url: it fails where the member is needed.
                members.put(name, member == JsonToken.VALUE_STRING ? parser.getString() : "?");
                parser.skipChildren();
            } else {
                parser.skipChildren();
            }
        }
    }

    /** Whatever is not a text is ignored, as is a word that nobody knows. */
    private void takeTransports(JsonParser parser) {
        for (JsonToken word = parser.nextToken(); word != JsonToken.END_ARRAY; word = parser.nextToken()) {
            if (word == JsonToken.VALUE_STRING) {
                transports.add(parser.getString());
            } else {
                parser.skipChildren();
            }
        }
    }

    private static @Nullable String textOf(JsonToken value, JsonParser parser) {
        if (value == JsonToken.VALUE_STRING) {
            return parser.getString();
        }
        parser.skipChildren();
        return null;
    }

    private boolean isComplete() {
        if (id == null || !responded || !"public-key".equals(type) || (rawId != null && !rawId.equals(id))) {
            return false;
        }
        byte[] bytes = Base64Url.decode(id, 0);
        return bytes != null && bytes.length > 0 && bytes.length <= NewCredential.MAX_ID_BYTES;
    }

    /** The credential id in base64url without padding. */
    String id() {
        return id == null ? "" : id;
    }

    /** A text member of {@code response}, or null. */
    @Nullable
    String text(String name) {
        return members.get(name);
    }

    /** A member of {@code response} in base64url, or null if it is not there, is none, or has more bytes than the limit. */
    byte @Nullable [] bytes(String name, int limit) {
        String text = members.get(name);
        if (text == null || text.length() > limit / 3 * 4 + 4) {
            return null;
        }
        byte[] bytes = Base64Url.decode(text, 0);
        return bytes == null || bytes.length > limit ? null : bytes;
    }

    /** The words of {@code transports}, known or not. */
    List<String> transports() {
        return transports;
    }
}
