package dev.gatehouse.policy.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.vectors.VectorRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The documents on which the decision vectors rest are read as they are, those that extend another of them included. */
class VectorDocumentsTest {
    @Test
    void documents_ofTheVectors_readWithoutErrorAndKeepTheirRequirements() throws IOException {
        Path folder = VectorRows.path("policy-decisions/policies");
        assumeTrue(Files.isDirectory(folder), "no vectors at " + folder);
        List<Path> files;
        try (var found = Files.list(folder)) {
            files = found.sorted().toList();
        }
        Set<String> seen = new HashSet<>();
        PolicyDocuments documents = PolicyDocuments.withoutPresets();
        for (Path file : files) {
            documents = documents.and(file.toString(), Files.readString(file));
        }

        for (Path file : files) {
            String text = Files.readString(file);
            LoadedPolicy loaded = documents.read(file);
            seen.add(loaded.definition().name());
            long written = text.lines()
                    .filter(line -> line.startsWith("[requirement."))
                    .count();
            assertThat((long) loaded.definition().requirements().size())
                    .as(file.toString())
                    .isGreaterThanOrEqualTo(written);
            VectorRows rows = VectorRows.of("policy-decisions/policies/" + file.getFileName(), "");
            rows.ran("document");
            rows.passed();
        }

        assertThat(seen).hasSize(files.size());
    }
}
