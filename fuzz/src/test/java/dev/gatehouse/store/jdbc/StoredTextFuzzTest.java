package dev.gatehouse.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.fuzz.FuzzTarget;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeMap;

/** Texts within columns: attributes of the audit, hits of a counter. */
class StoredTextFuzzTest extends FuzzTarget {
    @Override
    protected List<byte[]> seeds() {
        return List.of(
                utf8("factor=totp\nreason=a\\\\b\\nc\n"),
                utf8("1717243200.000000000,1717243200.000000001"),
                utf8("1717243200,1E+3,-1.5"),
                utf8("=\n"),
                utf8("b=1\na=2\na=3\n"));
    }

    @Override
    protected void check(byte[] input) {
        String text = text(input);
        try {
            assertThat(AuditForm.text(new TreeMap<>(AuditForm.attributes(text))))
                    .isEqualTo(text);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).startsWith("attributes: ");
        }
        try {
            assertThat(Hits.read(text).text()).isEqualTo(text);
        } catch (SQLException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }
}
