package dev.gatehouse.token;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The public vectors of macaroons; where they are missing the test reports itself skipped. */
final class MacaroonVectors {
    private MacaroonVectors() {}

    static JsonNode read(String file) {
        Path path = Path.of(System.getProperty("gatehouse.vectors", "../shared/vectors"), "macaroons", file);
        assumeTrue(Files.isRegularFile(path), "no vectors at " + path);
        return new ObjectMapper().readTree(path.toFile());
    }
}
