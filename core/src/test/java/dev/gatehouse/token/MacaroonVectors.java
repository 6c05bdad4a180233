package dev.gatehouse.token;

import dev.gatehouse.vectors.VectorRows;
import tools.jackson.databind.JsonNode;

/** The public vectors of macaroons; where they are missing the test reports itself skipped. */
final class MacaroonVectors {
    private MacaroonVectors() {}

    static JsonNode read(String file) {
        return VectorRows.read("macaroons/" + file);
    }

    static VectorRows libmacaroons(String section) {
        return VectorRows.of("macaroons/libmacaroons.json", section);
    }

    static VectorRows pypiStyle(String section) {
        return VectorRows.of("macaroons/pypi-style.json", section);
    }
}
