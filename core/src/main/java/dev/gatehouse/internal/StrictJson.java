package dev.gatehouse.internal;

import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads any JSON text, strictly: valid UTF-8, no half of a character in an escape, no duplicate keys, eight levels and 4,000 members
 * at most, nothing behind it.
 *
 * <p>The work grows with the length of the text and no faster; how long it may be is the caller's to bound.
 */
public final class StrictJson {
    /** The answer to what is no such text. */
    public static final Object MALFORMED = new Object();

    /** Stands for a number that is no whole one of 64 bits, which nobody here has a use for. */
    public static final Object OTHER_NUMBER = new Object();

    private static final int MAX_DEPTH = 8;

    /** Jackson's table of names grows with the square of names that are made to collide in it. */
    private static final int MAX_MEMBERS = 4_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private final JsonParser parser;
    private int members;

    private StrictJson(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * A {@code Long}, {@code String}, {@code Boolean}, {@code List}, {@code Map}, null, or a stand-in for another number; or
     * {@link #MALFORMED}.
     */
    public static @Nullable Object read(byte[] bytes, int from, int to) {
        try (JsonParser parser = parser(bytes, from, to)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return MALFORMED;
            }
            Object value = new StrictJson(parser).value(first);
            return parser.nextToken() == null ? value : MALFORMED;
        } catch (CharacterCodingException | JacksonException | NotStrictException e) {
            return MALFORMED;
        }
    }

    private static JsonParser parser(byte[] bytes, int from, int to) throws CharacterCodingException {
        int at = from;
        while (at < to && bytes[at] > 0) {
            at++;
        }
        if (at == to) {
            // ASCII without NUL can be nothing else: from other bytes Jackson would guess at encodings, and take some
            // broken ones.
            return FACTORY.createParser(ObjectReadContext.empty(), bytes, from, to - from);
        }
        // A new decoder reports what is not UTF-8.
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes, from, to - from))
                .toString();
        return FACTORY.createParser(ObjectReadContext.empty(), text);
    }

    /** Thrown and caught here. */
    private static final class NotStrictException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        NotStrictException() {
            super(null, null, false, false);
        }
    }

    /** The members of a text that is one object, or null if it is none; of what {@link #read} makes of them. */
    @SuppressWarnings("unchecked") // object() makes no other map.
    public static @Nullable Map<String, @Nullable Object> readObject(byte[] bytes) {
        return read(bytes, 0, bytes.length) instanceof Map<?, ?> members
                ? (Map<String, @Nullable Object>) members
                : null;
    }

    private @Nullable Object value(JsonToken token) {
        return switch (token) {
            case START_ARRAY -> array();
            case START_OBJECT -> object();
            case VALUE_STRING -> text();
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> OTHER_NUMBER;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IllegalStateException("token: " + token);
        };
    }

    /** Jackson refuses half of a character in a name, and takes it in a value, where it has no UTF-8 and no column takes it. */
    private String text() {
        String text = parser.getString();
        if (!WholeText.isWhole(text)) {
            throw new NotStrictException();
        }
        return text;
    }

    private Object integer() {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? OTHER_NUMBER
                : (Object) parser.getLongValue();
    }

    private List<@Nullable Object> array() {
        List<@Nullable Object> values = new ArrayList<>();
        for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
            values.add(value(token));
        }
        return values;
    }

    private Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (JsonToken token = next(); token != JsonToken.END_OBJECT; token = next()) {
            String name = parser.currentName();
            if (++members > MAX_MEMBERS || values.containsKey(name)) {
                throw new NotStrictException();
            }
            values.put(name, value(next()));
        }
        return values;
    }

    /** The next token; Jackson itself throws where a text ends too early. */
    private JsonToken next() {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new IllegalStateException("token: none");
        }
        return token;
    }
}
