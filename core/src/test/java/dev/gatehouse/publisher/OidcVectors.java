package dev.gatehouse.publisher;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The public vectors of claims of identity tokens; where they are missing the test reports itself skipped. */
final class OidcVectors {
    private static final ObjectMapper JSON = new ObjectMapper();

    private OidcVectors() {}

    /** The part at a JSON pointer. */
    static JsonNode at(String pointer) {
        Path path =
                Path.of(System.getProperty("gatehouse.vectors", "../shared/vectors"), "oidc-claims/oidc-claims.json");
        assumeTrue(Files.isRegularFile(path), "no vectors at " + path);
        return JSON.readTree(path.toFile()).at(pointer);
    }

    /** An object as a reader of JSON gives it: with nulls, numbers and all. */
    static Map<String, @Nullable Object> map(JsonNode object) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        object.propertyStream()
                .forEach(entry -> map.put(entry.getKey(), JSON.convertValue(entry.getValue(), Object.class)));
        return map;
    }

    static @Nullable String text(JsonNode node) {
        return node.isNull() || node.isMissingNode() ? null : node.asString();
    }
}
