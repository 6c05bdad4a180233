package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hex.pm, as its source has it: codes on OAuth writes, fresh proofs, and the end of Basic. */
class HexTableTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            before 2025-10-07 | publish.release   | api-token.oauth        |  | ok
            2025-10-07        | publish.release   | api-token.oauth        |  | oauth-write-needs-2fa oauth-write-needs-code
            2025-10-07        | publish.release   | api-token.oauth        | has=totp | oauth-write-needs-code
            2025-10-07        | publish.release   | api-token.oauth        | has=totp totp@request | ok
            2025-10-07        | publish.release   | api-token.oauth        | has=totp totp@session | oauth-write-needs-code
            2025-10-07        | publish.release   | api-token.oauth        | has=totp recovery-code@request | oauth-write-needs-code
            2025-10-07        | publish.release   | api-token.oauth        | has=totp unverified | write-needs-verified-email oauth-write-needs-code
            2025-10-07        | member.add        | api-token.oauth        | has=totp | oauth-write-needs-code
            2025-10-07        | token.revoke      | api-token.oauth        | has=totp | oauth-write-needs-code
            2025-10-07        | token.view        | api-token.oauth        |  | ok
            2025-10-07        | organization.view | api-token.oauth        |  | ok
            2025-10-07        | read.private      | api-token.oauth        |  | ok
            2025-10-07        | publish.release   | api-token              |  | ok
            2025-10-07        | publish.release   | api-token              | unverified | write-needs-verified-email
            2025-10-07        | publish.release   | api-token.organization | unverified | ok
            2025-10-07        | token.create      | session                | has=totp | key-creation-needs-2fa
            2025-10-07        | token.create      | session                | has=totp totp@session | ok
            2025-10-07        | token.create      | api-token              | has=totp | key-creation-needs-2fa
            2025-10-07        | token.create      | api-token.oauth        | has=totp totp@request | ok
            2026-02-01        | account.email     | session                |  | ok
            2026-03-01        | account.email     | session                |  | sensitive-needs-sudo
            2026-03-01        | account.email     | session                | password@session:PT59M59S | ok
            2026-03-01        | account.email     | session                | password@session:PT1H | sensitive-needs-sudo
            2026-03-01        | member.add        | session                |  | sensitive-needs-sudo
            2026-03-01        | device.grant      | session                |  | sensitive-needs-sudo
            2026-03-01        | account.delete    | session                | password@session:PT31S | deletion-needs-sudo-now
            2026-03-01        | account.delete    | session                | password@session:PT29S | ok
            2025-10-07 | release.delete | api-token.oauth | unverified | write-needs-verified-email oauth-write-needs-2fa oauth-write-needs-code
            2025-10-07 | member.add | api-token.oauth | unverified | write-needs-verified-email oauth-write-needs-2fa oauth-write-needs-code
            2025-10-07 | token.view | api-token.oauth | unverified | ok
            2025-10-07 | token.create | session | has=totp recovery-code@session | ok
            2026-03-01 | token.view | session |  | sensitive-needs-sudo
            2026-03-01 | account.primary-email | session |  | sensitive-needs-sudo
            2026-03-01 | account.password | session |  | sensitive-needs-sudo
            2026-03-01 | factor.view | session |  | sensitive-needs-sudo
            2026-03-01 | organization.view | session |  | sensitive-needs-sudo
            2026-03-01 | account.email | api-token |  | ok
            2026-03-01 | account.email | session | has=totp totp@session:PT59M | ok
            2026-03-01 | account.delete | session | password@session:PT30S | deletion-needs-sudo-now
            2026-03-01 | account.delete | session | has=totp totp@session:PT29S | ok
            """)
    void write_isAnsweredAsPublished(String at, String action, String credential, String facts, String answer) {
        assertThat(RegistryTable.answer("hex", at, action, credential, facts)).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            before 2026-10-01              | publish.release  | password  | on=basic-schedule | ok
            2026-10-01                     | publish.release  | password  | on=basic-schedule | basic-is-off
            2026-10-01T00:59:59.999999999Z | publish.release  | password  | on=basic-schedule | basic-is-off
            2026-10-01T01:00:00Z           | publish.release  | password  | on=basic-schedule | ok
            2026-10-01T12:00:00Z           | publish.release  | password  | on=basic-schedule | basic-is-off
            2026-10-08T01:59:59Z           | publish.release  | password  | on=basic-schedule | basic-is-off
            2026-10-08T02:00:00Z           | publish.release  | password  | on=basic-schedule | ok
            2026-10-10T23:59:59Z           | publish.release  | password  | on=basic-schedule | basic-is-off
            2026-10-11                     | publish.release  | password  | on=basic-schedule | ok
            2026-10-15T03:59:59Z           | publish.release  | password  | on=basic-schedule | basic-is-off
            2026-10-15T04:00:00Z           | publish.release  | password  | on=basic-schedule | ok
            2026-10-22T07:59:59Z           | publish.release  | password  | on=basic-schedule | basic-is-off
            2026-10-22T08:00:00Z           | publish.release  | password  | on=basic-schedule | ok
            2026-10-29T09:59:59Z           | publish.release  | password  | on=basic-schedule | basic-is-off
            2026-10-29T10:00:00Z           | publish.release  | password  | on=basic-schedule | ok
            2026-10-31T22:59:59Z           | publish.release  | password  | on=basic-schedule | basic-is-off
            2026-10-31T23:00:00Z           | publish.release  | password  | on=basic-schedule | ok
            before 2026-11-01              | publish.release  | password  | on=basic-schedule | ok
            2026-11-01                     | publish.release  | password  | on=basic-schedule | basic-is-off
            2027-06-01                     | publish.release  | password  | on=basic-schedule | basic-is-off
            2027-06-01                     | publish.release  | password  |  | ok
            2027-06-01                     | read.private     | password  | on=basic-schedule | basic-is-off
            2027-06-01                     | publish.release  | api-token | on=basic-schedule | ok
            2027-06-01                     | sign-in.complete | password  | on=basic-schedule | ok
            """)
    void basic_bySchedule_isAnsweredAsPublished(
            String at, String action, String credential, String facts, String answer) {
        assertThat(RegistryTable.answer("hex", at, action, credential, facts)).isEqualTo(answer);
    }

    /** Two windows on each day of October 2026, of 1, 2, 4, 8 and 10 hours. */
    @ParameterizedTest
    @CsvSource({"1, 7, 2", "8, 14, 4", "15, 21, 8", "22, 28, 16", "29, 31, 20"})
    void basic_onEachDayOfOctober_isOffForTheHoursOfItsWeek(int first, int last, int hours) {
        for (int day = first; day <= last; day++) {
            Instant midnight = Instant.parse("2026-10-01T00:00:00Z").plus(Duration.ofDays(day - 1));
            long off = IntStream.range(0, 24)
                    .mapToObj(hour -> midnight.plus(Duration.ofHours(hour)).toString())
                    .filter(at -> RegistryTable.answer("hex", at, "publish.release", "password", "on=basic-schedule")
                            .equals("basic-is-off"))
                    .count();
            assertThat(off).as("day %s", day).isEqualTo(hours);
        }
    }
}
