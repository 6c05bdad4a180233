package dev.gatehouse.example.readme;

import com.google.common.collect.Sets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rows of the shared vectors: counted from the files, and from what the tests say of them. */
final class VectorTable {
    private VectorTable() {}

    /** An array of a file, or the file. */
    record Section(String file, String name) implements Comparable<Section> {
        @Override
        public int compareTo(Section other) {
            return Comparator.comparing(Section::file)
                    .thenComparing(Section::name)
                    .compare(this, other);
        }
    }

    /** The rows of a section that ran without a failure, and the reasons of those that ran or were skipped with one; by name. */
    record Rows(Set<String> ran, Map<String, String> explained, Map<String, String> skipped) {
        int all() {
            return Sets.union(ran, skipped.keySet()).size();
        }
    }

    /** Takes a line of a record: file, section, row, what was done, and why. */
    static void add(Map<Section, Rows> done, String line) {
        String[] columns = line.split("\t", -1);
        Rows rows = done.computeIfAbsent(
                new Section(columns[0], columns[1]),
                section -> new Rows(new TreeSet<>(), new TreeMap<>(), new TreeMap<>()));
        switch (columns[3]) {
            case "passed" -> rows.ran().add(columns[2]);
            case "explained" -> rows.explained().put(columns[2], columns[4]);
            case "skipped" -> rows.skipped().put(columns[2], columns[4]);
            default -> throw new IllegalArgumentException(line);
        }
    }

    /** How many rows each section of each file has; licences and the description have none. */
    static Map<Section, Integer> count(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder)) {
            files = found.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().matches("LICENSE.*|README.*"))
                    .toList();
        }
        TreeMap<Section, Integer> counted = new TreeMap<>();
        for (Path file : files) {
            String name = folder.relativize(file).toString().replace('\\', '/');
            if (name.endsWith(".json")) {
                JsonNode root = JsonMapper.shared().readTree(file.toFile());
                if (root.has("testGroups")) {
                    int tests = 0;
                    for (JsonNode group : root.path("testGroups")) {
                        tests += group.path("tests").size();
                    }
                    counted.put(new Section(name, "tests"), tests);
                } else {
                    count(counted, name, "", root);
                }
            } else if (name.endsWith(".jsonl")) {
                try (Stream<String> lines = Files.lines(file)) {
                    counted.put(new Section(name, ""), (int) lines.count());
                }
            } else {
                counted.put(new Section(name, ""), 1);
            }
        }
        return counted;
    }

    /** An array is a section of its own, and so is an object of values alone below the first level. */
    private static void count(Map<Section, Integer> counted, String file, String path, JsonNode node) {
        if (node.isArray()) {
            counted.put(new Section(file, path), node.size());
        } else if (!path.isEmpty() && node.valueStream().noneMatch(JsonNode::isContainer)) {
            counted.put(new Section(file, path), 1);
        } else {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                if (member.getValue().isContainer()) {
                    count(
                            counted,
                            file,
                            path.isEmpty() ? member.getKey() : path + "/" + member.getKey(),
                            member.getValue());
                }
            }
        }
    }

    /** What a reader of the build sees: a row that ran passed as its source has it, or otherwise and explained. */
    static String text(Map<Section, Integer> held, Map<Section, Rows> done) {
        List<String> lines = new ArrayList<>();
        lines.add(line("source", "rows", "ran", "passed", "explained", "skipped", "why"));
        int[] sums = new int[5];
        held.forEach((section, count) -> {
            Rows rows = done.getOrDefault(section, new Rows(Set.of(), Map.of(), Map.of()));
            int explained = rows.explained().size();
            int[] row = {
                count,
                rows.ran().size(),
                rows.ran().size() - explained,
                explained,
                rows.skipped().size()
            };
            for (int i = 0; i < row.length; i++) {
                sums[i] += row[i];
            }
            lines.add(line(section.file() + " " + section.name(), row, why(rows)));
        });
        lines.add(line("in all", sums, ""));
        return String.join(System.lineSeparator(), lines);
    }

    /** Each reason, and for how many rows. */
    private static String why(Rows rows) {
        Map<String, Integer> reasons = new TreeMap<>();
        rows.explained().values().forEach(why -> reasons.merge(why, 1, Integer::sum));
        rows.skipped().values().forEach(why -> reasons.merge("skipped: " + why, 1, Integer::sum));
        List<String> texts = new ArrayList<>();
        reasons.forEach((why, count) -> texts.add(count + " " + why));
        return String.join("; ", texts);
    }

    private static String line(String source, int[] counts, String why) {
        return line(source, "" + counts[0], "" + counts[1], "" + counts[2], "" + counts[3], "" + counts[4], why);
    }

    private static String line(
            String source, String rows, String ran, String passed, String explained, String skipped, String why) {
        return String.format(
                        Locale.ROOT,
                        "%-78s %5s %5s %6s %9s %7s  %s",
                        source,
                        rows,
                        ran,
                        passed,
                        explained,
                        skipped,
                        why)
                .stripTrailing();
    }
}
