package dev.gatehouse.policy.document;

import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a definition stand in its documents.
 *
 * <p>A definition sorts what has no order, so that an index in a finding's path may differ from the one in the document;
 * such indexes are translated on the way.
 */
final class Locations {
    private final NavigableMap<String, Position> places = new TreeMap<>();
    private final NavigableMap<String, String> written = new TreeMap<>();

    void put(String path, Position at) {
        places.putIfAbsent(path, at);
    }

    /** Says that the definition's part at the first path was written at the second. */
    void alias(String definitionPath, String documentPath) {
        if (!definitionPath.equals(documentPath)) {
            written.put(definitionPath, documentPath);
        }
    }

    /** Takes over what stands at or below the path in another document. */
    void inherit(Locations parent, String path) {
        inherit(parent.places, places, path);
        inherit(parent.written, written, path);
    }

    private static <T> void inherit(NavigableMap<String, T> from, NavigableMap<String, T> into, String path) {
        for (var entry : from.tailMap(path, true).entrySet()) {
            if (!entry.getKey().startsWith(path)) {
                return;
            }
            if (isAtOrBelow(entry.getKey(), path)) {
                into.putIfAbsent(entry.getKey(), entry.getValue());
            }
        }
    }

    /** The place of the path or of the nearest part around it. */
    Position find(String definitionPath, Position otherwise) {
        String path = documentPath(definitionPath);
        while (!path.isEmpty()) {
            Position at = places.get(path);
            if (at != null) {
                return at;
            }
            path = path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
        }
        return otherwise;
    }

    /** The path as the document has it. */
    String documentPath(String definitionPath) {
        StringBuilder path = new StringBuilder();
        int start = 0;
        while (start < definitionPath.length()) {
            int end = nextBreak(definitionPath, start + 1);
            path.append(definitionPath, start, end);
            @Nullable String real = written.get(path.toString());
            if (real != null) {
                path.replace(0, path.length(), real);
            }
            start = end;
        }
        return path.toString();
    }

    static boolean isAtOrBelow(String path, String above) {
        return path.startsWith(above)
                && (path.length() == above.length()
                        || above.isEmpty()
                        || ".[".indexOf(path.charAt(above.length())) >= 0);
    }

    private static int nextBreak(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
            end++;
        }
        return end;
    }
}
