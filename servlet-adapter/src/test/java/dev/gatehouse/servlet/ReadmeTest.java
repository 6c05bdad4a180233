package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The code in the README is the code that is compiled beside this test. */
class ReadmeTest {
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void everyJavaBlock_ofTheReadme_isCompiled() throws IOException {
        String compiled = Files.readString(Path.of("src/test/java/dev/gatehouse/servlet/ReadmeExamples.java"));
        String readme = Files.readString(Path.of("README.md"));

        List<String> blocks =
                BLOCK.matcher(readme).results().map(match -> match.group(1)).toList();
        assertThat(blocks).hasSize(7);
        assertThat(blocks).allSatisfy(block -> assertThat(compiled).contains(block.indent(4)));
    }
}
