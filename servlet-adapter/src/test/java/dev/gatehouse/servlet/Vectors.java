package dev.gatehouse.servlet;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The shared vectors; a test whose file is not there is skipped. */
final class Vectors {
    private Vectors() {}

    static JsonNode read(String file) {
        Path path = Path.of(System.getProperty("gatehouse.vectors", "../../shared/vectors"), file);
        assumeTrue(Files.exists(path), "no vectors at " + path);
        return JsonMapper.shared().readTree(path.toFile());
    }
}
