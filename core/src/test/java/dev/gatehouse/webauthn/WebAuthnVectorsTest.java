package dev.gatehouse.webauthn;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.Resources;
import dev.gatehouse.vectors.VectorRows;
import dev.gatehouse.webauthn.VectorRow.Verdict;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every row of the W3C's, Yubico's, py_webauthn's and our own vectors: against what its source says, against webauthn4j's
 * own verification, and against Yubico's library.
 *
 * <p>{@code refusals.tsv} has the code of every refused row. {@code differences.tsv} says who differs from us at which row,
 * and why; a difference that is not explained fails, and so does an explanation of none.
 */
class WebAuthnVectorsTest {
    private static final int ROWS = 30 + 40 + 29 + 89;
    private static final String SOURCE = "source";

    private static List<List<String>> table(String name) throws IOException {
        // Asked for here and not in Guava: the package is not open to other modules.
        URL table = Objects.requireNonNull(WebAuthnVectorsTest.class.getResource(name), name);
        return Resources.readLines(table, StandardCharsets.UTF_8).stream()
                .map(line -> List.of(line.split("\t")))
                .toList();
    }

    /** Row and explanation of one party. */
    private static Map<String, String> explained(String who) throws IOException {
        Map<String, String> rows = new TreeMap<>();
        for (List<String> line : table("differences.tsv")) {
            String party = line.get(0);
            boolean applies = party.equals(who)
                    || (party.equals(who + " before Java 24")
                            && Runtime.version().feature() < 24);
            if (applies) {
                rows.put(line.get(1), line.get(2));
            }
        }
        return rows;
    }

    @Test
    void rows_ofAllFiles_areReadAndNamedOnce() {
        List<VectorRow> rows = VectorFiles.all();

        assertThat(rows).hasSize(ROWS);
        assertThat(rows.stream().map(VectorRow::name)).doesNotHaveDuplicates();
    }

    @Test
    void verify_everyRow_hasTheCodeOfTheTable() throws IOException {
        Map<String, String> refusals = new LinkedHashMap<>();
        for (List<String> line : table("refusals.tsv")) {
            refusals.put(line.get(0), line.get(1));
        }
        List<VectorRow> rows = VectorFiles.all();

        for (VectorRow row : rows) {
            assertThat(Verdicts.ours(row))
                    .as(row.name())
                    .isEqualTo(refusals.getOrDefault(row.name(), Verdicts.ACCEPTED));
        }
        assertThat(refusals.keySet())
                .isSubsetOf(rows.stream().map(VectorRow::name).toList());
    }

    @Test
    void verify_everyRow_agreesWithItsSourceOrTheDifferenceIsExplained() throws IOException {
        List<String> different = new ArrayList<>();
        Map<String, String> explained = explained(SOURCE);
        Map<String, VectorRows> files = new TreeMap<>();
        for (VectorRow row : VectorFiles.all()) {
            boolean accepted = Verdicts.ours(row).equals(Verdicts.ACCEPTED);
            VectorRows file = files.computeIfAbsent(section(row), WebAuthnVectorsTest::rows);
            String id = id(row);
            file.ran(id);
            if (row.verdict() == Verdict.POLICY) {
                file.explained(id, "documented and stable");
            } else if (accepted != (row.verdict() == Verdict.ACCEPT)) {
                different.add(row.name());
                file.explained(id, explained.getOrDefault(row.name(), "not explained"));
            }
        }

        assertThat(new TreeSet<>(different)).isEqualTo(new TreeSet<>(explained.keySet()));
        files.values().forEach(VectorRows::passed);
    }

    /** Registration and assertion of a pair are one row of its file. */
    private static String id(VectorRow row) {
        return row.name().replaceAll("^(w3c|yubico) | (registration|assertion)$", "");
    }

    private static String section(VectorRow row) {
        return row.name().startsWith("own ")
                ? row.isRegistration() ? "registrations" : "assertions"
                : row.name().replaceAll(" .*", "");
    }

    private static VectorRows rows(String section) {
        return switch (section) {
            case "w3c" -> VectorRows.of("w3c-webauthn-l3/webauthn-l3-test-vectors.json", "vectors");
            case "yubico" -> VectorRows.of("yubico-java-webauthn-server/real-examples.json", "vectors");
            case "py_webauthn" -> VectorRows.of("py_webauthn/py_webauthn-responses.json", "vectors");
            default -> VectorRows.of("webauthn-own/webauthn-policy-cases.json", section);
        };
    }

    @Test
    @Tag("unmutated")
    void verify_everyRow_agreesWithWebauthn4jOrTheDifferenceIsExplained() throws IOException {
        assertThat(different(new Webauthn4jOpinion()))
                .isEqualTo(new TreeSet<>(explained("webauthn4j").keySet()));
    }

    @Test
    @Tag("unmutated")
    void verify_everyRow_agreesWithYubicoOrTheDifferenceIsExplained() throws IOException {
        assertThat(different(new YubicoOpinion()))
                .isEqualTo(new TreeSet<>(explained("yubico").keySet()));
    }

    private static Set<String> different(Opinion opinion) {
        Set<String> different = new TreeSet<>();
        for (VectorRow row : VectorFiles.all()) {
            boolean accepted = Verdicts.ours(row).equals(Verdicts.ACCEPTED);
            if (accepted != opinion.of(row).equals(Verdicts.ACCEPTED)) {
                different.add(row.name());
            }
        }
        return different;
    }
}
