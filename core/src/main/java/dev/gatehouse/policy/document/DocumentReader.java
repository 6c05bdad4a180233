package dev.gatehouse.policy.document;

import dev.gatehouse.policy.rule.Finding;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one document, after the documents it extends. */
final class DocumentReader {
    static final int FORMAT = 1;
    private static final String FORMAT_KEY = "gatehouse-policy";
    private static final String DOCUMENT = "the document";

    private final PolicyDocuments documents;
    private final String file;
    private final List<String> chain;
    private final Reading reading;

    DocumentReader(PolicyDocuments documents, String file) {
        this(documents, file, List.of());
    }

    private DocumentReader(PolicyDocuments documents, String file, List<String> chain) {
        this.documents = documents;
        this.file = file;
        this.chain = chain;
        this.reading = new Reading(documents.kinds());
    }

    static InvalidDocumentException notToml(String text, Position at) {
        return only("P01", "not TOML: " + text, at);
    }

    private static InvalidDocumentException only(String code, String text, Position at) {
        return new InvalidDocumentException(
                List.of(new DocumentFinding(Finding.error(code, "", text), at.file(), at.line(), at.column())));
    }

    /** The name and revision of a document, read from it without looking at the rest. */
    String reference(String text) {
        Fields fields = Fields.of(reading, parse(text));
        String reference = identity(fields).reference();
        if (reference == null) {
            throw new InvalidDocumentException(reading.problems().sorted(file));
        }
        return reference;
    }

    /** The name and revision, each as far as it could be read. */
    private record Identity(@Nullable String name, @Nullable Integer revision) {
        @Nullable
        String reference() {
            return name == null || revision == null ? null : name + "/" + revision;
        }
    }

    private Identity identity(Fields fields) {
        return new Identity(reading.string(needed(fields, "name")), revision(needed(fields, "revision")));
    }

    private @Nullable Integer revision(@Nullable Field field) {
        Long number = reading.scalar(field, Long.class, "a whole number");
        if (field == null || number == null) {
            return null;
        }
        if (number < Integer.MIN_VALUE || number > Integer.MAX_VALUE) {
            reading.wrongValue(field, "a whole number above zero", number);
            return null;
        }
        return number.intValue();
    }

    private @Nullable Field needed(Fields fields, String key) {
        Field field = fields.take(key);
        if (field == null) {
            reading.problems().error("P05", key, Position.start(file), "'" + key + "' is missing from " + DOCUMENT);
        }
        return field;
    }

    LoadedPolicy read(String text) {
        return read(new PolicyDocuments.Source(file, text, false));
    }

    LoadedPolicy read(PolicyDocuments.Source source) {
        Node.Table tree = parse(source.text());
        Fields fields = Fields.of(reading, tree);
        format(needed(fields, FORMAT_KEY));
        Identity identity = identity(fields);
        Field reviewed = fields.take("reviewed");
        reading.dates().zone(fields.take("zone"));
        Field extendsField = fields.take("extends");
        LoadedPolicy parent = parent(extendsField, identity.reference());
        boolean orphan = extendsField != null && parent == null;

        PolicyDefinition.Builder builder = start(identity, parent);
        LocalDate day = reading.scalar(reviewed, LocalDate.class, "a date");
        builder = day == null ? builder : builder.reviewed(day);
        Field ungated = fields.take("ungated");
        if (ungated != null || parent == null) {
            builder.ungated(reading.strings(ungated));
        } else {
            reading.locations().inherit(parent.locations(), "ungated");
        }
        Field lineage = fields.take("lineage");
        Field drop = fields.take("drop");
        lineage(builder, lineage, extendsField, parent);
        Set<String> dropped = drop(drop, lineage, parent, orphan);
        builder.dropped(join(parent == null ? List.of() : parent.definition().dropped(), reading.strings(drop)));
        builder.vocabulary(new Words(reading, parent).read(fields.take("vocabulary")));
        Map<String, Requirement> requirements = requirements(fields.take("requirement"), parent, orphan, dropped);
        builder.requirements(requirements.values()).shipped(shipped(requirements, source, parent));
        fields.finish();

        PolicyDefinition definition = builder.build();
        if (!orphan) {
            check(definition);
        }
        List<DocumentFinding> findings = reading.problems().sorted(file);
        if (reading.problems().hasErrors()) {
            throw new InvalidDocumentException(findings);
        }
        return new LoadedPolicy(file, definition, reading.locations(), findings);
    }

    private Node.Table parse(String text) {
        try {
            Node.Table tree = Tree.parse(file, text);
            refuseNewer(tree.entries().get(FORMAT_KEY));
            return tree;
        } catch (Tree.NotToml e) {
            refuseNewer(e.format());
            throw notToml(String.valueOf(e.getMessage()), e.at());
        }
    }

    private static void refuseNewer(@Nullable Node format) {
        if (format instanceof Node.Scalar scalar && scalar.value() instanceof Long number && number > FORMAT) {
            throw only("P02", "this reader knows format " + FORMAT + "; the document is format " + number, format.at());
        }
    }

    private void format(@Nullable Field field) {
        Long number = reading.scalar(field, Long.class, "a whole number");
        if (field != null && number != null && number < 1) {
            reading.wrongValue(field, "a whole number above zero", number);
        }
    }

    private static PolicyDefinition.Builder start(Identity identity, @Nullable LoadedPolicy parent) {
        String name = Objects.requireNonNullElse(identity.name(), "unnamed");
        int revision = Objects.requireNonNullElse(identity.revision(), 1);
        PolicyDefinition.Builder builder = PolicyDefinition.builder(name, revision);
        return parent == null ? builder : builder.ungated(parent.definition().ungated());
    }

    private @Nullable LoadedPolicy parent(@Nullable Field field, @Nullable String reference) {
        String wanted = reading.string(field);
        if (field == null || wanted == null) {
            return null;
        }
        List<String> longer = new ArrayList<>(chain);
        longer.add(reference == null ? file : reference);
        int again = longer.indexOf(wanted);
        if (again >= 0) {
            List<String> circle = new ArrayList<>(longer.subList(again, longer.size()));
            circle.add(wanted);
            reading.error("P50", field, "cycle: " + String.join(" -> ", circle));
            return null;
        }
        Optional<PolicyDocuments.Source> source = documents.source(wanted);
        if (source.isEmpty()) {
            reading.error("P50", field, "no such preset or revision '" + wanted + "'");
            return null;
        }
        try {
            return new DocumentReader(documents, source.get().file(), longer).read(source.get());
        } catch (InvalidDocumentException e) {
            e.findings()
                    .forEach(f -> reading.problems().add(f.finding(), new Position(f.file(), f.line(), f.column())));
            return null;
        }
    }

    private void lineage(
            PolicyDefinition.Builder builder,
            @Nullable Field lineage,
            @Nullable Field extendsField,
            @Nullable LoadedPolicy parent) {
        if (lineage != null && extendsField != null) {
            reading.wrongValue(lineage, "a document without 'extends'", "'extends'");
        }
        List<String> written = reading.strings(lineage);
        builder.lineage(
                parent == null
                        ? written
                        : join(List.of(parent.reference()), parent.definition().lineage()));
    }

    private static List<String> join(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /** The ids taken out of the parent; an effective document only records what was dropped on the way to it. */
    private Set<String> drop(
            @Nullable Field field, @Nullable Field lineage, @Nullable LoadedPolicy parent, boolean orphan) {
        Set<String> dropped = new HashSet<>();
        if (lineage != null || orphan) {
            return dropped;
        }
        for (Field item : reading.items(field, "an array of strings")) {
            if (!(item.node() instanceof Node.Scalar scalar) || !(scalar.value() instanceof String id)) {
                continue;
            }
            if (parent == null || parent.definition().requirement(id).isEmpty()) {
                reading.error("P51", item, "drop: '" + id + "' is not in the parent");
            }
            dropped.add(id);
        }
        return dropped;
    }

    /** What a preset says, as long as nobody has said otherwise. */
    private static Set<String> shipped(
            Map<String, Requirement> all, PolicyDocuments.Source source, @Nullable LoadedPolicy parent) {
        if (source.shipped()) {
            return all.keySet();
        }
        Set<String> unchanged = new HashSet<>();
        if (parent != null) {
            for (String id : parent.definition().shipped()) {
                if (parent.definition().requirement(id).equals(Optional.ofNullable(all.get(id)))) {
                    unchanged.add(id);
                }
            }
        }
        return unchanged;
    }

    private Map<String, Requirement> requirements(
            @Nullable Field field, @Nullable LoadedPolicy parent, boolean orphan, Set<String> dropped) {
        Map<String, Requirement> all = new LinkedHashMap<>();
        if (parent != null) {
            for (Requirement requirement : parent.definition().requirements()) {
                if (!dropped.contains(requirement.id())) {
                    all.put(requirement.id(), requirement);
                }
            }
        }
        Fields ids = Fields.of(reading, field, "'requirement'");
        Requirements reader = new Requirements(reading, parent, parent != null || orphan);
        for (String id : ids.keys()) {
            Field one = ids.take(id);
            if (one != null) {
                all.put(id, reader.read(one, Optional.ofNullable(all.get(id))));
            }
        }
        if (parent != null) {
            all.keySet().stream()
                    .filter(id -> !ids.keys().contains(id))
                    .forEach(id -> reading.locations().inherit(parent.locations(), "requirement." + id));
        }
        return all;
    }

    private void check(PolicyDefinition definition) {
        for (Finding finding : definition.findings()) {
            if (reading.problems().isFull()) {
                return;
            }
            String path = reading.locations().documentPath(finding.path());
            if (!Echoes.isEcho(finding, path, reading.problems())) {
                reading.problems().add(finding, reading.locations().find(finding.path(), Position.start(file)));
            }
        }
    }
}
