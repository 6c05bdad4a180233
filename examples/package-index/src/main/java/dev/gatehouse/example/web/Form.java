package dev.gatehouse.example.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What somebody has typed into a form, and what is wrong with it, by field; for the page that shows it again. */
public final class Form {
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> errors = new LinkedHashMap<>();

    /** A form with nothing in it. */
    public static Form empty() {
        return new Form();
    }

    Form value(String field, String value) {
        values.put(field, value);
        return this;
    }

    /** Notes what is wrong with a field; the first word on it stays. */
    Form error(String field, String text) {
        errors.putIfAbsent(field, text);
        return this;
    }

    public String value(String field) {
        return values.getOrDefault(field, "");
    }

    public @Nullable String error(String field) {
        return errors.get(field);
    }

    /** What is wrong, by field, in the order of the form. */
    public Map<String, String> errors() {
        return errors;
    }

    public boolean hasErrors() {
        return !errors.isEmpty();
    }
}
