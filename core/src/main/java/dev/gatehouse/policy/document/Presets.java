package dev.gatehouse.policy.document;

import dev.gatehouse.policy.rule.PolicyDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The policies that ship with the library: what registries demand of their users, and what standards ask.
 *
 * <p>A preset is named with its revision, as {@code pypi/1}. Every revision ever released ships for good and never changes,
 * so that an upgrade of the library never changes a policy silently.
 */
public final class Presets {
    private static final List<String> NAMES = List.of(
            "clojars/1",
            "crates-io/1",
            "hex/1",
            "jsr/1",
            "nist-aal2/1",
            "npm/1",
            "nuget/1",
            "open-vsx/1",
            "openssf-level-1/1",
            "openssf-level-2/1",
            "openssf-level-3/1",
            "packagist/1",
            "project-modes/1",
            "pub-dev/1",
            "pypi/1",
            "pypi-by-hand/1",
            "pypi-strict/1",
            "rubygems/1",
            "testpypi/1");

    private Presets() {}

    /** All presets, as {@code name/revision}. */
    public static List<String> names() {
        return NAMES;
    }

    /** The highest revision of the preset with this name. */
    public static Optional<String> newest(String name) {
        return NAMES.stream()
                .filter(preset -> preset.startsWith(name + "/"))
                .max(Comparator.comparing(preset -> Integer.valueOf(preset.substring(name.length() + 1))));
    }

    /**
     * The definition of a preset.
     *
     * @param name name and revision, as {@code pypi/1}
     * @throws IllegalArgumentException if there is no such preset or revision
     */
    public static PolicyDefinition load(String name) {
        return PolicyDocuments.standard().preset(name).definition();
    }

    /**
     * The text of a preset's document, to be read or to start from.
     *
     * @throws IllegalArgumentException if there is no such preset or revision
     */
    public static String text(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("name: no such preset or revision '" + name + "'");
        }
        String resource = "presets/" + name.replace('/', '-') + ".toml";
        try (InputStream in = Presets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the library lacks its preset " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
