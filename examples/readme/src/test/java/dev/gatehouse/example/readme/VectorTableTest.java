package dev.gatehouse.example.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.Sets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the tests of this build did with each row of the shared vectors: a table in the build's output. Every row of every file has
 * run, or was skipped for a reason; a file without a test fails here.
 *
 * <p>The modules leave records below {@code target/vectors}; those of another build do not count. Where the vectors are missing, or
 * only part of the reactor was built, there is no table to hold.
 */
class VectorTableTest {
    private static final List<Path> MODULES = List.of(Path.of("../../core"), Path.of("../../servlet-adapter"));
    private static final Path TESTS = Path.of("src/test/java/dev/gatehouse/vectors/VectorRows.java");

    @Test
    void rows_ofEveryFile_haveRunOrWereSkippedForAReason() throws IOException {
        Path folder = Path.of(System.getProperty("gatehouse.vectors", "../../../shared/vectors"));
        assumeTrue(Files.isDirectory(folder), "no vectors at " + folder);
        Map<VectorTable.Section, VectorTable.Rows> done = new TreeMap<>();
        for (Path module : MODULES) {
            List<String> records = records(module);
            assumeTrue(!records.isEmpty(), "no records of " + module + ": not built with this module");
            records.forEach(line -> VectorTable.add(done, line));
        }

        Map<VectorTable.Section, Integer> held = VectorTable.count(folder);
        System.out.println(VectorTable.text(held, done));

        assertThat(Sets.difference(held.keySet(), done.keySet())).as("no test").isEmpty();
        assertThat(Sets.difference(done.keySet(), held.keySet())).as("no rows").isEmpty();
        held.forEach((section, count) ->
                assertThat(done.get(section).all()).as("rows of %s", section).isEqualTo(count));
    }

    /** Those of this build. */
    private static List<String> records(Path module) throws IOException {
        Path folder = module.resolve("target/vectors");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        String build = System.getProperty("gatehouse.build", "none") + "\t";
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.toList();
        }
        List<String> lines = new ArrayList<>();
        for (Path file : files) {
            Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(build))
                    .map(line -> line.substring(build.length()))
                    .forEach(lines::add);
        }
        return lines;
    }

    @Test
    void recorder_ofBothModules_isTheSame() throws IOException {
        assertThat(Files.readString(MODULES.get(1).resolve(TESTS)))
                .isEqualTo(Files.readString(MODULES.get(0).resolve(TESTS)));
    }
}
