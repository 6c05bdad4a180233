package dev.gatehouse.policy.rule;

import java.util.Objects;

/**
 * Something that is wrong or remarkable about a policy: an error, a warning or a note with a code of the policy model.
 *
 * @param code {@code P01} to {@code P53}
 * @param severity only errors stop a build
 * @param path the key at fault, as {@code requirement.ID.phases[1].when}; empty for the whole policy
 * @param text the model's words, filled in
 */
public record Finding(String code, Severity severity, String path, String text) {

    /** How much a finding weighs. */
    public enum Severity {
        ERROR,
        WARNING,
        NOTE
    }

    public Finding {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(text, "text");
    }

    public static Finding error(String code, String path, String text) {
        return new Finding(code, Severity.ERROR, path, text);
    }

    public static Finding warning(String code, String path, String text) {
        return new Finding(code, Severity.WARNING, path, text);
    }

    public static Finding note(String code, String path, String text) {
        return new Finding(code, Severity.NOTE, path, text);
    }

    @Override
    public String toString() {
        return code + " " + path + ": " + text;
    }
}
