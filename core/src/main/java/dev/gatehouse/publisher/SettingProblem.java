package dev.gatehouse.publisher;

import java.util.Objects;

/**
 * One thing that is wrong with what a person typed for a publisher.
 *
 * @param setting the setting's name, or {@code issuer}
 * @param text what is wrong, in PyPI's words where it has some; it holds nothing that was typed
 */
public record SettingProblem(String setting, String text) {
    /** Checks that both are there. */
    public SettingProblem {
        Objects.requireNonNull(setting, "setting");
        Objects.requireNonNull(text, "text");
    }
}
