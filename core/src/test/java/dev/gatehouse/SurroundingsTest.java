package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** A build for another locale or zone must reach the tests' own virtual machine, or it proves nothing. */
class SurroundingsTest {
    @Test
    void defaultLocale_whereALanguageIsExpected_hasThatLanguage() {
        String expected = System.getProperty("expect.language", "");
        assumeTrue(!expected.isEmpty(), "no language expected");

        assertThat(Locale.getDefault().getLanguage()).isEqualTo(expected);
    }

    @Test
    void defaultZone_whereAZoneIsExpected_isThatZone() {
        String expected = System.getProperty("expect.zone", "");
        assumeTrue(!expected.isEmpty(), "no zone expected");

        assertThat(ZoneId.systemDefault()).isEqualTo(ZoneId.of(expected));
    }
}
