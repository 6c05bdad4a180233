package dev.gatehouse.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.audit.AuditTag;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditFormTest {
    @Provide
    Arbitrary<Map<String, String>> attributes() {
        Arbitrary<String> values = Arbitraries.strings()
                .withChars('\\', 'n', 'r', '\n', '\r', '=', 'a', '\u20ac', '\u2028')
                .ofMaxLength(12);
        return Arbitraries.maps(Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(3), values)
                .ofMaxSize(4);
    }

    @Property
    void attributes_ofTheirText_areThemselves(@ForAll("attributes") Map<String, String> attributes) {
        String text = AuditForm.text(new TreeMap<>(attributes));

        assertThat(AuditForm.attributes(text)).isEqualTo(attributes);
    }

    @Property
    void text_ofDifferentAttributes_differs(
            @ForAll("attributes") Map<String, String> one, @ForAll("attributes") Map<String, String> other) {
        assertThat(AuditForm.text(new TreeMap<>(one)).equals(AuditForm.text(new TreeMap<>(other))))
                .isEqualTo(one.equals(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a=b", "=\n=\nx\n", "a=\\x\n", "a=\\\n", "b=1\na=2\n", "a=1\na=1\n", "a=\r\n"})
    void attributes_ofAnotherForm_areRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> AuditForm.attributes(text));
    }

    /** An event would mend them, and say another thing than the row. */
    @ParameterizedTest
    @ValueSource(strings = {"a=\0\n", "a=\ud800\n"})
    void event_ofAttributesThatNoEventHas_isRefused(String text) throws SQLException {
        assertThat(row("a=b\n").event().attributes()).containsExactly(Map.entry("a", "b"));
        assertThatThrownBy(row(text)::event)
                .isInstanceOf(SQLException.class)
                .hasMessage("audit entry 7 cannot be read");
    }

    private static AuditRow row(String attributes) {
        return new AuditRow(7, Samples.T0, AuditTag.FACTOR_REMOVED.text(), "alice", null, null, null, attributes);
    }

    /** What moves from one column into the next, or is there and empty instead of missing, gives another hash. */
    @Example
    void hash_ofRowsThatReadAlike_differs() {
        Instant at = Samples.T0;
        Set<String> hashes = new HashSet<>();
        hashes.add(AuditForm.hash("00", new AuditRow(1, at, "t", "ab", "c", null, null, "")));
        hashes.add(AuditForm.hash("00", new AuditRow(1, at, "t", "a", "bc", null, null, "")));
        hashes.add(AuditForm.hash("00", new AuditRow(1, at, "t", null, "abc", null, null, "")));
        hashes.add(AuditForm.hash("00", new AuditRow(1, at, "t", "", "abc", null, null, "")));
        hashes.add(AuditForm.hash("00", new AuditRow(1, at, "t", "", "abc", null, "", "")));
        hashes.add(AuditForm.hash("00", new AuditRow(2, at, "t", "ab", "c", null, null, "")));
        hashes.add(AuditForm.hash("01", new AuditRow(1, at, "t", "ab", "c", null, null, "")));
        hashes.add(AuditForm.hash("00", new AuditRow(1, at.plusNanos(1), "t", "ab", "c", null, null, "")));

        assertThat(hashes).hasSize(8);
    }
}
