package dev.gatehouse.publisher;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A text with places: <code>{owner}</code> is a setting, <code>{claim.repository}</code> a claim, <code>{pin.repository_id}</code>
 * a pinned id, <code>{host}</code> the issuer without its scheme; behind a bar stands {@code last}, the part behind the last slash.
 */
final class Template {
    private record Part(String kind, String name, boolean last) {}

    private final String text;
    private final List<Part> parts = new ArrayList<>();

    private Template(String text) {
        this.text = text;
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            int end = open < 0 ? text.length() : open;
            if (end > at) {
                parts.add(new Part("text", text.substring(at, end), false));
            }
            if (open < 0) {
                break;
            }
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw new IllegalArgumentException("template: '{' without '}' in " + text);
            }
            parts.add(place(text.substring(open + 1, close)));
            at = close + 1;
        }
    }

    static Template of(String text) {
        return new Template(text);
    }

    private static Part place(String place) {
        boolean last = place.endsWith("|last");
        String name = last ? place.substring(0, place.length() - "|last".length()) : place;
        if (name.startsWith("claim.")) {
            return new Part("claim", name.substring("claim.".length()), last);
        }
        if (name.startsWith("pin.")) {
            return new Part("pin", name.substring("pin.".length()), last);
        }
        if (name.equals("host")) {
            return new Part("host", name, last);
        }
        if (!PublisherSettings.WORD.matcher(name).matches()) {
            throw new IllegalArgumentException("template: no setting's name: {" + place + "}");
        }
        return new Part("setting", name, last);
    }

    /** The settings it names. */
    SortedSet<String> settings() {
        TreeSet<String> names = new TreeSet<>();
        for (Part part : parts) {
            if (part.kind().equals("setting")) {
                names.add(part.name());
            }
        }
        return Collections.unmodifiableSortedSet(names);
    }

    /** The text with all places filled, or null if one has no value. */
    @Nullable
    String fill(Values values) {
        StringBuilder out = new StringBuilder();
        for (Part part : parts) {
            String value = value(part, values);
            if (value == null || value.isEmpty()) {
                return null;
            }
            out.append(part.last() ? value.substring(value.lastIndexOf('/') + 1) : value);
        }
        return out.toString();
    }

    private static @Nullable String value(Part part, Values values) {
        return switch (part.kind()) {
            case "text" -> part.name();
            case "claim" -> values.claim(part.name());
            case "pin" -> values.pin(part.name());
            case "host" -> host(values.issuer());
            default -> values.setting(part.name());
        };
    }

    /** The issuer's URL without its scheme: GitLab writes its own so into its claims. */
    private static @Nullable String host(@Nullable String issuer) {
        int scheme = issuer == null ? -1 : issuer.indexOf("://");
        return issuer == null || scheme < 0 ? issuer : issuer.substring(scheme + 3);
    }

    @Override
    public String toString() {
        return text;
    }

    /** What the places are filled with; null where there is none. */
    interface Values {
        @Nullable
        String issuer();

        @Nullable
        String setting(String name);

        @Nullable
        String claim(String name);

        @Nullable
        String pin(String name);
    }
}
