package dev.gatehouse.testkit.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The code in the README is in a class of this package, and runs. */
class ReadmeTest {
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void everyJavaBlock_ofTheReadme_isCompiled() throws IOException {
        StringBuilder compiled = new StringBuilder();
        try (Stream<Path> files = Files.list(Path.of("src/test/java/dev/gatehouse/testkit/readme"))) {
            for (Path file : files.toList()) {
                compiled.append(Files.readString(file));
            }
        }

        List<String> blocks = BLOCK.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(blocks).isNotEmpty();
        assertThat(blocks)
                .allSatisfy(block -> assertThat(unindented(compiled.toString())).contains(unindented(block)));
    }

    private static String unindented(String code) {
        return code.lines().map(String::strip).collect(Collectors.joining("\n"));
    }
}
