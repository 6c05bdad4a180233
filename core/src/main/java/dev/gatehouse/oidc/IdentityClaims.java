package dev.gatehouse.oidc;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an identity token says, each claim with the type it has in JSON: the text {@code "true"} is no flag, the number 12 no text.
 *
 * <p>It says nothing of a signature; only claims of a verified token may decide anything. A claim that is null counts as missing.
 * Texts are told; of an object, an array of anything but texts and a number that is no integer only the presence is. Immutable and
 * thread-safe; {@code toString} holds no value.
 */
public final class IdentityClaims {
    private enum Other {
        NUMBER,
        LIST,
        OBJECT
    }

    private final Map<String, Object> values;

    private IdentityClaims(Map<String, Object> values) {
        this.values = values;
    }

    /**
     * The claims with these values, as a JSON reader gives them: {@code String}, {@code Boolean}, {@code Number}, {@code List},
     * {@code Map} or null. Whatever else there is counts as an object.
     */
    public static IdentityClaims of(Map<String, ? extends @Nullable Object> claims) {
        TreeMap<String, Object> values = new TreeMap<>();
        claims.forEach((name, value) -> {
            if (value != null) {
                values.put(name, known(value));
            }
        });
        return new IdentityClaims(values);
    }

    private static Object known(Object value) {
        if (value instanceof String || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Number number) {
            return integer(number);
        }
        if (value instanceof List<?> list) {
            for (Object each : list) {
                if (!(each instanceof String)) {
                    return Other.LIST;
                }
            }
            return List.copyOf(list);
        }
        return Other.OBJECT;
    }

    private static Object integer(Number number) {
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return number.longValue();
        }
        try {
            return new BigDecimal(number.toString()).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            return Other.NUMBER;
        }
    }

    /** Whether the claim is there and not null. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** The claim, if it is a text. */
    public Optional<String> text(String name) {
        return values.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** The claim, if it is true or false. */
    public Optional<Boolean> flag(String name) {
        return values.get(name) instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
    }

    /** The claim, if it is an integer of at most 64 bits. */
    public OptionalLong number(String name) {
        return values.get(name) instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
    }

    /** The claim, if it is an array of texts; unmodifiable. */
    public Optional<List<String>> texts(String name) {
        if (!(values.get(name) instanceof List<?> list)) {
            return Optional.empty();
        }
        return Optional.of(list.stream().map(String.class::cast).toList());
    }

    /** The names of all claims that are not null, known ones or not; unmodifiable. */
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(values.keySet()));
    }

    /** The type of the claim in words, for a message. */
    public String kind(String name) {
        Object value = values.get(name);
        if (value == null) {
            return "missing";
        }
        if (value instanceof String) {
            return "a text";
        }
        if (value instanceof Boolean flag) {
            return flag.toString();
        }
        if (value instanceof Long || value == Other.NUMBER) {
            return "a number";
        }
        return value == Other.OBJECT ? "an object" : "an array";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IdentityClaims that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return "IdentityClaims[" + values.size() + "]";
    }
}
