package dev.gatehouse.example.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the table of security requirements to the sources: each row names tests, and each of them is there. */
class SecurityTableTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\| .* \\| (.*) \\|$");
    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");

    /** The text of each source that may hold tests, by the name of its class. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        List<Path> files;
        try (Stream<Path> found = Files.walk(ROOT)) {
            files = found.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().replace('\\', '/').matches(".*/(src/test|testkit/src/main)/.*"))
                    .toList();
        }
        for (Path file : files) {
            sources.merge(file.getFileName().toString().replace(".java", ""), Files.readString(file), String::concat);
        }
        return sources;
    }

    @Test
    void rows_always_nameTestsThatAreThere() throws IOException {
        Map<String, String> sources = sources();
        List<Integer> rows = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        Matcher row = ROW.matcher(Files.readString(ROOT.resolve("SECURITY.md")));
        while (row.find()) {
            rows.add(Integer.valueOf(row.group(1)));
            Matcher test = TEST.matcher(row.group(2));
            int named = 0;
            while (test.find()) {
                named++;
                String source = sources.getOrDefault(test.group(1), "");
                if (!source.contains(" " + test.group(2) + "(")) {
                    missing.add(test.group());
                }
            }
            assertThat(named).as("tests of row %s", row.group(1)).isPositive();
        }

        assertThat(rows).isEqualTo(IntStream.rangeClosed(1, 26).boxed().toList());
        assertThat(missing).isEmpty();
    }
}
