package dev.gatehouse.testkit.policy;

import java.util.Objects;

/**
 * The text of a policy document, as a parameter that jqwik fills: {@code @ForAll PolicyText document}.
 *
 * @param toml the whole document
 */
public record PolicyText(String toml) {
    public PolicyText {
        Objects.requireNonNull(toml, "toml");
    }

    /** The document itself. */
    @Override
    public String toString() {
        return toml;
    }
}
