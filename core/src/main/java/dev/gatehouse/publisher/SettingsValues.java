package dev.gatehouse.publisher;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fills templates from a publisher alone.
 *
 * @param settings its settings
 * @param pins its pinned ids
 */
record SettingsValues(PublisherSettings settings, Map<String, String> pins) implements Template.Values {
    SettingsValues(PublisherSettings settings) {
        this(settings, Map.of());
    }

    @Override
    public String issuer() {
        return settings.issuer();
    }

    @Override
    public @Nullable String setting(String name) {
        return settings.values().get(name);
    }

    @Override
    public @Nullable String claim(String name) {
        return null;
    }

    @Override
    public @Nullable String pin(String name) {
        return pins.get(name);
    }
}
