package dev.gatehouse.policy.document;

import dev.gatehouse.internal.Nearest;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys of one table: those that are asked for are known, the rest is reported. */
final class Fields {
    private final Reading reading;
    private final Map<String, Node> entries;
    private final String path;
    private final String where;
    private final Set<String> known = new LinkedHashSet<>();

    private Fields(Reading reading, Map<String, Node> entries, String path, String where) {
        this.reading = reading;
        this.entries = entries;
        this.path = path;
        this.where = where;
    }

    /** The keys of the whole document. */
    static Fields of(Reading reading, Node.Table document) {
        return new Fields(reading, document.entries(), "", "the document");
    }

    /** The keys of the field's table; none, and a P04, if it is no table. */
    static Fields of(Reading reading, @Nullable Field field, String where) {
        if (field == null) {
            return new Fields(reading, Map.of(), "", where);
        }
        if (field.node() instanceof Node.Table table) {
            return new Fields(reading, table.entries(), field.path(), where);
        }
        reading.wrongType(field, "a table");
        return new Fields(reading, Map.of(), field.path(), where);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    Set<String> keys() {
        return entries.keySet();
    }

    /** The value of the key, if it is given; the key is known from now on. */
    @Nullable
    Field take(String key) {
        known.add(key);
        Node node = entries.get(key);
        if (node == null) {
            return null;
        }
        Field field = new Field(key, path.isEmpty() ? key : path + "." + key, node);
        reading.locations().put(field.path(), field.at());
        return field;
    }

    /** Reports each key that nobody asked for. */
    void finish() {
        entries.forEach((key, node) -> {
            if (!known.contains(key) && !reading.problems().isFull()) {
                String near = Nearest.to(key, known)
                        .map(word -> "; did you mean '" + word + "'?")
                        .orElse("");
                String at = path.isEmpty() ? key : path + "." + key;
                reading.problems().error("P03", at, node.at(), "unknown key '" + key + "' in " + where + near);
            }
        });
    }
}
