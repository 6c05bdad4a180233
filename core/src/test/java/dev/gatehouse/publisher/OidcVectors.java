package dev.gatehouse.publisher;

import dev.gatehouse.vectors.VectorRows;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The public vectors of claims of identity tokens; where they are missing the test reports itself skipped. */
final class OidcVectors {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE = "oidc-claims/oidc-claims.json";

    private OidcVectors() {}

    /** The part at a JSON pointer. */
    static JsonNode at(String pointer) {
        return VectorRows.read(FILE).at(pointer);
    }

    /** The rows of an array. */
    static VectorRows rows(String section) {
        return VectorRows.of(FILE, section);
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
