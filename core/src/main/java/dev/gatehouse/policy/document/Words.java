package dev.gatehouse.policy.document;

import dev.gatehouse.policy.rule.Vocabulary;
import dev.gatehouse.policy.rule.Vocabulary.Section;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the vocabulary of a document and joins it with that of its parent. */
final class Words {
    private final Reading reading;
    private final @Nullable LoadedPolicy parent;
    private final Vocabulary inherited;
    private final Map<Section, Map<String, String>> own = new EnumMap<>(Section.class);

    Words(Reading reading, @Nullable LoadedPolicy parent) {
        this.reading = reading;
        this.parent = parent;
        this.inherited =
                parent == null ? Vocabulary.empty() : parent.definition().vocabulary();
    }

    Vocabulary read(@Nullable Field field) {
        Fields sections = Fields.of(reading, field, "vocabulary");
        for (Section section : Section.values()) {
            Field names = sections.take(section.key());
            if (names == null) {
                continue;
            }
            if (names.node() instanceof Node.Table table) {
                collect(section, names.path(), "", table);
            } else {
                reading.wrongType(names, "a table");
            }
        }
        sections.finish();
        if (parent != null) {
            reading.locations().inherit(parent.locations(), "vocabulary");
        }
        return inherited.with(own);
    }

    private void collect(Section section, String path, String prefix, Node.Table table) {
        for (Map.Entry<String, Node> entry : table.entries().entrySet()) {
            String name = prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey();
            Field field = new Field(name, path + "." + entry.getKey(), entry.getValue());
            if (entry.getValue() instanceof Node.Table inner && !inner.entries().isEmpty()) {
                collect(section, field.path(), name, inner);
                continue;
            }
            reading.locations().put(field.path(), field.at());
            String meaning = reading.string(field);
            declare(section, field, meaning == null ? "" : meaning);
        }
    }

    private void declare(Section section, Field field, String meaning) {
        String known = inherited.of(section).get(field.key());
        if (known == null) {
            own.computeIfAbsent(section, s -> new HashMap<>()).put(field.key(), meaning);
        } else if (parent != null
                && !known.equals(meaning)
                && !reading.problems().isBroken(field.path())) {
            reading.error(
                    "P52", field, "'" + field.key() + "' is declared with another meaning in " + parent.reference());
        }
    }
}
