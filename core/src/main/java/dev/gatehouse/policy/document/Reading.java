package dev.gatehouse.policy.document;

import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One document being read: turns values into what a definition is made of, and keeps what is wrong with them. */
final class Reading {
    private static final double LARGEST = 0x1p53;

    private final Problems problems = new Problems();
    private final Locations locations = new Locations();
    private final Map<String, FactorKind> kinds;
    private final Dates dates;

    Reading(Map<String, FactorKind> kinds) {
        this.kinds = kinds;
        this.dates = new Dates(this);
    }

    Problems problems() {
        return problems;
    }

    Locations locations() {
        return locations;
    }

    Dates dates() {
        return dates;
    }

    void error(String code, Field field, String text) {
        problems.error(code, field.path(), field.at(), text);
    }

    /** P04: the value is of another type than the key needs. */
    void wrongType(Field field, String needed) {
        error(
                "P04",
                field,
                "'" + field.key() + "' needs " + needed + ", found "
                        + field.node().type());
    }

    /** P04: the value is of the right type, and none of those that the key takes. */
    void wrongValue(Field field, String needed, Object found) {
        error("P04", field, "'" + field.key() + "' needs " + needed + ", found " + found);
    }

    @Nullable
    String string(@Nullable Field field) {
        return scalar(field, String.class, "a string");
    }

    /** The value if it is of this type, otherwise a P04 that names the type. */
    <T> @Nullable T scalar(@Nullable Field field, Class<T> type, String words) {
        if (field == null) {
            return null;
        }
        if (field.node() instanceof Node.Scalar scalar && type.isInstance(scalar.value())) {
            return type.cast(scalar.value());
        }
        wrongType(field, words);
        return null;
    }

    boolean isTrue(Field field) {
        Boolean value = scalar(field, Boolean.class, "true");
        if (value != null && !value) {
            wrongValue(field, "true", "false");
        }
        return value != null && value;
    }

    @Nullable
    Double number(Field field) {
        Object value = field.node() instanceof Node.Scalar scalar ? scalar.value() : null;
        if (value instanceof Long whole) {
            if (Math.abs((double) whole) > LARGEST || Math.abs(whole) > (long) LARGEST) {
                wrongValue(field, "a number of at most 9007199254740992", whole);
                return null;
            }
            return whole.doubleValue();
        }
        if (value instanceof Double number) {
            if (number.isNaN() || number.isInfinite()) {
                wrongValue(field, "a number", number.isNaN() ? "nan" : number > 0 ? "inf" : "-inf");
                return null;
            }
            return number;
        }
        wrongType(field, "a number");
        return null;
    }

    /** The elements of an array; nothing if the value is none. */
    List<Field> items(@Nullable Field field, String words) {
        List<Field> items = new ArrayList<>();
        if (field == null) {
            return items;
        }
        if (!(field.node() instanceof Node.Items array)) {
            wrongType(field, words);
            return items;
        }
        for (int i = 0; i < array.items().size(); i++) {
            items.add(field.item(i, array.items().get(i)));
        }
        return items;
    }

    /** The strings of an array. */
    List<String> strings(@Nullable Field field) {
        return each(items(field, "an array of strings"), this::string);
    }

    /** The strings of an array, or the one string that stands for an array of itself. */
    List<String> oneOrMore(@Nullable Field field) {
        return oneOrMore(field, this::string);
    }

    <T> List<T> oneOrMore(@Nullable Field field, Function<Field, @Nullable T> read) {
        if (field == null) {
            return List.of();
        }
        if (!(field.node() instanceof Node.Items array)) {
            if (field.node() instanceof Node.Table) {
                wrongType(field, "a string or an array of strings");
                return List.of();
            }
            return each(List.of(field), read);
        }
        if (array.items().isEmpty()) {
            wrongValue(field, "a string or an array of strings", "an empty array");
        }
        return each(items(field, ""), read);
    }

    private static <T> List<T> each(List<Field> fields, Function<Field, @Nullable T> read) {
        List<T> values = new ArrayList<>();
        for (Field field : fields) {
            T value = read.apply(field);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /** A word of a closed list, otherwise a P04 that names the list. */
    <T> @Nullable T word(Field field, Function<String, Optional<T>> known, String words) {
        String text = string(field);
        if (text == null) {
            return null;
        }
        Optional<T> value = known.apply(text);
        if (value.isEmpty()) {
            wrongValue(field, words, "'" + text + "'");
        }
        return value.orElse(null);
    }

    /** Classes and kinds of factors, as one word or an array of them. */
    @Nullable
    FactorSelector factors(@Nullable Field field) {
        List<FactorClass> classes = new ArrayList<>();
        List<FactorKind> named = new ArrayList<>();
        List<Object> found = oneOrMore(field, item -> factor(item));
        for (Object one : found) {
            if (one instanceof FactorClass factorClass) {
                classes.add(factorClass);
            } else if (one instanceof FactorKind kind) {
                named.add(kind);
            }
        }
        return found.isEmpty() ? null : FactorSelector.of(classes, named);
    }

    private @Nullable Object factor(Field item) {
        String word = string(item);
        if (word == null) {
            return null;
        }
        for (FactorClass factorClass : FactorClass.values()) {
            if (factorClass.id().equals(word)) {
                return factorClass;
            }
        }
        FactorKind kind = kinds.get(word);
        if (kind == null) {
            error("P27", item, "unknown factor '" + word + "'");
        }
        return kind;
    }
}
