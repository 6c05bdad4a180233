package dev.gatehouse.example.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.PolicyControls;
import dev.gatehouse.policy.Supplied;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.document.LoadedPolicy;
import dev.gatehouse.policy.document.PolicyDocuments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the README to what the build has seen: each Java block is a region of a file of this module, and the decision table
 * is the preset's own answer. Run with {@code -Dreadme.update=true} to write both into the README.
 */
class ReadmeTest {
    private static final Path README = Path.of("../../README.md");
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern REGION = Pattern.compile("(?ms)^ *// region ([a-z-]+)\n(.*?)^ *// endregion$");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^<!-- region ([a-z-]+) -->\n```java\n(.*?)```$");
    private static final Pattern JAVA = Pattern.compile("(?m)^```java$");
    private static final Pattern TABLE =
            Pattern.compile("(?ms)^<!-- decision-table ([a-z/0-9-]+) -->\n(.*?)^<!-- end -->$");

    @Test
    void javaBlocks_areRegionsThatTheBuildCompilesAndRuns() throws IOException {
        Map<String, String> regions = regions();
        String readme = readme(text -> BLOCK.matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement("<!-- region " + m.group(1) + " -->\n```java\n"
                        + regions.getOrDefault(m.group(1), "no such region\n") + "```")));

        List<String> named = new ArrayList<>();
        Matcher block = BLOCK.matcher(readme);
        while (block.find()) {
            named.add(block.group(1));
            assertThat(block.group(2)).as("README, region %s", block.group(1)).isEqualTo(regions.get(block.group(1)));
        }
        assertThat(named).as("every region is shown once").containsExactlyInAnyOrderElementsOf(regions.keySet());
        assertThat(JAVA.matcher(readme).results().count())
                .as("no Java block outside a region")
                .isEqualTo(named.size());
    }

    @Test
    void decisionTables_areWhatThePresetsDecide() throws IOException {
        String readme = readme(text -> TABLE.matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement("<!-- decision-table " + m.group(1) + " -->\n"
                        + DecisionTable.of(m.group(1)) + "<!-- end -->")));

        Matcher table = TABLE.matcher(readme);
        assertThat(table.find()).as("the README has the table").isTrue();
        assertThat(table.group(2)).isEqualTo(DecisionTable.of(table.group(1)));
    }

    @Test
    void tomlBlock_isAPolicyThatBuilds() throws IOException {
        Matcher block =
                Pattern.compile("(?ms)^```toml\n(.*?)```$").matcher(Files.readString(README, StandardCharsets.UTF_8));
        assertThat(block.find()).isTrue();

        LoadedPolicy loaded = PolicyDocuments.standard().read("README.md", block.group(1));
        TwoFactorPolicy policy = TwoFactorPolicy.builder(loaded.definition())
                .supplies(Supplied.everything(loaded.definition().vocabulary()))
                .controls(PolicyControls.of(
                        Map.of("project-requirement", false, "mandate-available", false, "mandate-enabled", false)))
                .build();

        assertThat(loaded.warnings()).isEmpty();
        assertThat(policy.definition().requirement("critical-needs-a-key")).isPresent();
    }

    @Test
    void quickStart_holdsExactlyTwoCommands() throws IOException {
        String readme = Files.readString(README, StandardCharsets.UTF_8);
        String quickStart = readme.substring(readme.indexOf("## Quick start"));
        Matcher shell = Pattern.compile("(?ms)^```sh\n(.*?)```$").matcher(quickStart);

        assertThat(shell.find()).isTrue();
        assertThat(shell.group(1).lines().toList())
                .containsExactly("mvn -q compile exec:java -pl examples/package-index -am", "mvn -B verify");
    }

    private interface Update {
        String apply(String text);
    }

    private static String readme(Update update) throws IOException {
        String text = Files.readString(README, StandardCharsets.UTF_8);
        if (Boolean.getBoolean("readme.update")) {
            text = update.apply(text);
            Files.writeString(README, text, StandardCharsets.UTF_8);
        }
        return text;
    }

    private static Map<String, String> regions() throws IOException {
        Map<String, String> regions = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                Matcher region = REGION.matcher(Files.readString(file, StandardCharsets.UTF_8));
                while (region.find()) {
                    regions.put(region.group(1), region.group(2).stripIndent());
                }
            }
        }
        return regions;
    }
}
