package dev.gatehouse.internal;

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
 * Reads any JSON text, strictly: valid UTF-8, no duplicate keys, eight levels at most, nothing behind it.
 *
 * <p>The work grows with the length of the text and no faster; how long it may be is the caller's to bound.
 */
public final class StrictJson {
    /** The answer to what is no such text. */
    public static final Object MALFORMED = new Object();

    /** Stands for a number that is no whole one of 64 bits, which nobody here has a use for. */
    public static final Object OTHER_NUMBER = new Object();

    private static final int MAX_DEPTH = 8;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private StrictJson() {}

    /**
     * A {@code Long}, {@code String}, {@code Boolean}, {@code List}, {@code Map}, null, or a stand-in for another number; or
     * {@link #MALFORMED}.
     */
    public static @Nullable Object read(byte[] bytes, int from, int to) {
        String text;
        try {
            // A new decoder reports what is not UTF-8; Jackson would take some of it, and guess other encodings.
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            return MALFORMED;
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return MALFORMED;
            }
            Object value = value(parser, first);
            return parser.nextToken() == null ? value : MALFORMED;
        } catch (JacksonException e) {
            return MALFORMED;
        }
    }

    /** The members of a text that is one object, or null if it is none; of what {@link #read} makes of them. */
    @SuppressWarnings("unchecked") // object() makes no other map.
    public static @Nullable Map<String, @Nullable Object> readObject(byte[] bytes) {
        return read(bytes, 0, bytes.length) instanceof Map<?, ?> members
                ? (Map<String, @Nullable Object>) members
                : null;
    }

    private static @Nullable Object value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_ARRAY -> array(parser);
            case START_OBJECT -> object(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> OTHER_NUMBER;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IllegalStateException("token: " + token);
        };
    }

    private static Object integer(JsonParser parser) {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? OTHER_NUMBER
                : (Object) parser.getLongValue();
    }

    private static List<@Nullable Object> array(JsonParser parser) {
        List<@Nullable Object> values = new ArrayList<>();
        for (JsonToken token = next(parser); token != JsonToken.END_ARRAY; token = next(parser)) {
            values.add(value(parser, token));
        }
        return values;
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (JsonToken token = next(parser); token != JsonToken.END_OBJECT; token = next(parser)) {
            String name = parser.currentName();
            values.put(name, value(parser, next(parser)));
        }
        return values;
    }

    /** The next token; Jackson itself throws where a text ends too early. */
    private static JsonToken next(JsonParser parser) {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new IllegalStateException("token: none");
        }
        return token;
    }
}
