package dev.gatehouse.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
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

/**
 * The body of a request to an endpoint: one JSON object in UTF-8, bounded, that names nothing twice at any depth. Immutable.
 *
 * <p>A member is a text, or an object or array as it was written; numbers, {@code true}, {@code false} and {@code null} are as good as absent.
 */
final class EndpointBody {
    /** The largest body, in octets: two times a credential with a long attestation. */
    static final int MAX_OCTETS = 1 << 18;

    private static final int DISCARDED = 1 << 20;
    private static final int DEPTH = 32;
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxStringLength(MAX_OCTETS)
                    .maxNumberLength(100)
                    .build())
            .build();

    /** Why a body was not read. */
    static final class BadBody extends Exception {
        private static final long serialVersionUID = 1;

        private final int status;

        BadBody(int status, String text) {
            super(text);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, String> documents = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    private EndpointBody() {}

    static EndpointBody of(HttpServletRequest request) throws IOException, BadBody {
        InputStream in = request.getInputStream();
        byte[] octets = in.readNBytes(MAX_OCTETS + 1);
        if (octets.length > MAX_OCTETS) {
            discard(in);
            throw new BadBody(413, "The request is too large.");
        }
        return of(octets);
    }

    /** The body with these octets, of whatever length. */
    static EndpointBody of(byte[] octets) throws BadBody {
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString());
        } catch (CharacterCodingException | JacksonException e) {
            throw new BadBody(400, "The request is not a JSON object that names each member once.");
        }
    }

    /** Reads a little further: a client whose connection is closed while it still sends does not see the answer. */
    static void discard(InputStream in) throws IOException {
        byte[] step = new byte[8_192];
        int left = DISCARDED;
        for (int read = in.read(step); read >= 0 && left > 0; read = in.read(step)) {
            left -= read;
        }
    }

    private static EndpointBody parse(String json) throws BadBody {
        EndpointBody body = new EndpointBody();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new BadBody(400, "The request is not a JSON object.");
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                body.names.add(name);
                JsonToken value = parser.nextToken();
                if (value == JsonToken.VALUE_STRING) {
                    String text = parser.getString();
                    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
                        throw new BadBody(400, "The request has half of a character in a text.");
                    }
                    body.texts.put(name, text);
                } else if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
                    int from = (int) parser.currentTokenLocation().getCharOffset();
                    parser.skipChildren();
                    int to = (int) parser.currentLocation().getCharOffset();
                    body.documents.put(name, json.substring(from, to));
                }
            }
            if (parser.nextToken() != null) {
                throw new BadBody(400, "The request has something after its JSON object.");
            }
        }
        return body;
    }

    /** Whether there is a member of this name, of whatever type. */
    boolean has(String name) {
        return names.contains(name);
    }

    /** A text, or {@code null}. */
    @Nullable
    String text(String name) {
        return texts.get(name);
    }

    /** A document as it was written, or as a text that holds it, or an empty text. */
    String document(String name) {
        String written = documents.get(name);
        return written != null ? written : texts.getOrDefault(name, "");
    }

    /** What a person may have entered is not shown. */
    @Override
    public String toString() {
        return "body with " + texts.size() + " texts";
    }
}
