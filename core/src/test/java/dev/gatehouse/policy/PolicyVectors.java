package dev.gatehouse.policy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.vectors.VectorRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.ObjectMapper;

/** The pinned decisions and documents of the shared vectors; where they are missing the test reports itself skipped. */
final class PolicyVectors {
    private static final Pattern NAME = Pattern.compile("(?m)^name = \"([a-z0-9-]+)\"");
    private static final Pattern EXTENDS = Pattern.compile("(?m)^extends = \"([a-z0-9-]+)/");

    private PolicyVectors() {}

    private static Path folder() {
        Path folder = VectorRows.path("policy-decisions");
        assumeTrue(Files.isDirectory(folder), "no vectors at " + folder);
        return folder;
    }

    static List<VectorRow> rows() {
        ObjectMapper mapper = new ObjectMapper();
        List<VectorRow> rows = new ArrayList<>();
        try (Stream<String> lines = Files.lines(folder().resolve("decisions.jsonl"))) {
            lines.forEach(text -> rows.add(VectorRow.of(rows.size() + 1, mapper.readTree(text))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    /** The documents by name. They are named apart, since presets of the same names may have moved on. */
    static Map<String, PolicyDefinition> definitions() {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder().resolve("policies"))) {
            for (Path file : files.sorted().toList()) {
                String text = Files.readString(file);
                text = NAME.matcher(text).replaceAll("name = \"pinned-$1\"");
                text = EXTENDS.matcher(text).replaceAll("extends = \"pinned-$1/");
                texts.put(file.getFileName().toString().replace(".toml", ""), text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PolicyDocuments documents = PolicyDocuments.standard();
        for (Map.Entry<String, String> entry : texts.entrySet()) {
            documents = documents.and(entry.getKey() + ".toml", entry.getValue());
        }
        Map<String, PolicyDefinition> definitions = new TreeMap<>();
        for (String name : texts.keySet()) {
            definitions.put(name, documents.preset("pinned-" + name + "/1").definition());
        }
        return definitions;
    }
}
