package dev.gatehouse.token;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a caveat behind its tag, strictly typed: a number is never a text, and {@code true} is never a number.
 *
 * <p>A field that is missing or of another type throws an {@code IllegalArgumentException}; a {@link CaveatKind} lets it pass,
 * and the token is refused. Immutable and thread-safe.
 */
public final class CaveatFields {
    /** The tag, then the fields. */
    private final List<? extends @Nullable Object> array;

    CaveatFields(List<? extends @Nullable Object> array) {
        this.array = array;
    }

    /** How many fields there are. */
    public int size() {
        return array.size() - 1;
    }

    /** A whole number. */
    public long integer(int index) {
        if (get(index) instanceof Long number) {
            return number;
        }
        throw Invalid.wrongType();
    }

    /** A text. */
    public String text(int index) {
        if (get(index) instanceof String text) {
            return text;
        }
        throw Invalid.wrongType();
    }

    /** A list of texts, possibly empty. */
    public List<String> texts(int index) {
        return List.copyOf(texts(get(index)));
    }

    @SuppressWarnings("unchecked") // each element is looked at
    static List<String> texts(@Nullable Object value) {
        if (!(value instanceof List<?> list)) {
            throw Invalid.wrongType();
        }
        for (Object each : list) {
            if (!(each instanceof String)) {
                throw Invalid.wrongType();
            }
        }
        return (List<String>) list;
    }

    /** Holds that a field, if it is there, is an object or null. */
    void optionalObject(int index) {
        if (index < size() && get(index) != null && !(get(index) instanceof java.util.Map)) {
            throw Invalid.wrongType();
        }
    }

    private @Nullable Object get(int index) {
        if (index < 0) {
            throw new IndexOutOfBoundsException("index: negative");
        }
        if (index >= size()) {
            throw Invalid.missing();
        }
        return array.get(index + 1);
    }

    /** Thrown without a stack: a bearer can cause as many as a token has caveats. */
    static final class Invalid extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private final boolean missing;

        private Invalid(String text, boolean missing) {
            super(text);
            this.missing = missing;
        }

        static Invalid missing() {
            return new Invalid("Not enough values", true);
        }

        static Invalid wrongType() {
            return new Invalid("invalid values for fields", false);
        }

        boolean isMissing() {
            return missing;
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
