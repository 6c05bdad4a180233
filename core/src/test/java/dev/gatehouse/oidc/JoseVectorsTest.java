package dev.gatehouse.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.Resources;
import dev.gatehouse.internal.StrictJson;
import dev.gatehouse.vectors.VectorRows;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Every row of the JOSE vectors and of Project Wycheproof's JSON files against what {@link IdentityTokens} takes apart, selects
 * and verifies with: {@link CompactJws}, {@link KeySet} and {@link SignatureKey}.
 *
 * <p>{@code differences.tsv} has every row that its source and we judge differently, and why; a difference that is not explained
 * fails, and so does an explanation of none. Rows 367 and 370 of the signatures, marked invalid though they are the bytes of a
 * valid one, have keys that are not taken, and so agree.
 */
class JoseVectorsTest {
    private static final String ACCEPTED = "accepted";

    /** Row and explanation of one file. */
    private static Map<String, String> explained(String file) throws IOException {
        URL table = Objects.requireNonNull(JoseVectorsTest.class.getResource("differences.tsv"));
        Map<String, String> rows = new TreeMap<>();
        for (String line : Resources.readLines(table, StandardCharsets.UTF_8)) {
            String[] columns = line.split("\t", -1);
            if (columns[0].equals(file)) {
                rows.put(columns[1], columns[2]);
            }
        }
        return rows;
    }

    /** The steps of a verification, in order; the first that fails. */
    private static String ours(String text, JsonNode keyOrSet) {
        CompactJws jws = CompactJws.read(text);
        if (jws == null) {
            return "no compact form";
        }
        if (jws.header().demandsMore()) {
            return "crit";
        }
        SignatureKey key = key(keyOrSet, jws.header().keyId());
        if (key == null) {
            return "no key of use";
        }
        return jws.isSignedBy(key) ? ACCEPTED : "algorithm or signature";
    }

    private static @Nullable SignatureKey key(JsonNode keyOrSet, @Nullable String id) {
        byte[] json = keyOrSet.toString().getBytes(StandardCharsets.UTF_8);
        if (!keyOrSet.has("keys")) {
            Map<String, @Nullable Object> jwk = StrictJson.readObject(json);
            return jwk == null ? null : SignatureKey.of(jwk);
        }
        KeySet set = KeySet.read(json);
        return set == null || id == null ? null : set.find(id);
    }

    @Test
    void verify_everyRowOfTheRfcs_agreesWithItsSourceOrTheDifferenceIsExplained() throws IOException {
        Map<String, String> different = new TreeMap<>();
        Map<String, String> explained = explained("jose");
        VectorRows rows = VectorRows.of("jose/jose-vectors.json", "vectors");
        for (JsonNode row : rows) {
            String ours = ours(row.path("jws").asString(), row.path("jwk"));
            if (ours.equals(ACCEPTED) != row.path("expect").asString().equals("valid")) {
                String name = row.path("name").asString();
                different.put(name, ours);
                rows.explained(explained.getOrDefault(name, "not explained"));
            }
        }

        assertThat(different.values()).doesNotContain(ACCEPTED);
        assertThat(different.keySet()).isEqualTo(explained.keySet());
        rows.passed();
    }

    @Test
    void read_everyKeySet_holdsOnlyWhatMayVerify() {
        VectorRows rows = VectorRows.of("jose/jose-vectors.json", "jwksDocuments");
        for (JsonNode row : rows) {
            KeySet set = KeySet.read(row.path("jwks").toString().getBytes(StandardCharsets.UTF_8));

            assertThat(set != null)
                    .as(row.path("name").asString())
                    .isEqualTo(row.path("expect").asString().startsWith("usable"));
        }

        rows.passed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"signature", "key", "crypto"})
    void verify_everyRowOfWycheproof_agreesWithItsSourceOrTheDifferenceIsExplained(String name) throws IOException {
        Map<String, String> different = new TreeMap<>();
        Map<String, String> explained = explained(name);
        String file = "wycheproof/json_web_" + name + "_test.json";
        VectorRows rows = VectorRows.of(file, "tests");
        for (JsonNode group : VectorRows.read(file).path("testGroups")) {
            // What has no public form is a symmetric key, or a set with one.
            JsonNode key = group.has("public") ? group.path("public") : group.path("private");
            for (JsonNode row : group.path("tests")) {
                String id = row.path("tcId").asString();
                rows.ran(id);
                JsonNode text = row.has("jws") ? row.path("jws") : row.path("jwe");
                String ours = ours(text.isString() ? text.asString() : text.toString(), key);
                if (ours.equals(ACCEPTED) != row.path("result").asString().equals("valid")) {
                    different.put(id, ours);
                    rows.explained(explained.getOrDefault(id, "not explained"));
                }
            }
        }

        assertThat(different.values()).doesNotContain(ACCEPTED);
        assertThat(different.keySet()).isEqualTo(explained.keySet());
        rows.passed();
    }
}
