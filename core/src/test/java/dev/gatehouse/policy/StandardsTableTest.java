package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What standards ask of an index, as far as it is a decision. */
class StandardsTableTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-08-22 | project.settings      | session           |  | two-factors again-after-12-hours
            2026-08-22 | project.settings      | session           | password@session | two-factors
            2026-08-22 | project.settings      | session           | has=totp password@session | two-factors
            2026-08-22 | project.settings      | session           | has=totp totp@session | ok
            2026-08-22 | project.settings      | session           | has=totp recovery-code@session password@session | two-factors
            2026-08-22 | project.settings      | session           | has=totp totp@session:PT11H59M | ok
            2026-08-22 | project.settings      | session           | has=totp totp@session:PT12H | again-after-12-hours
            2026-08-22 | project.settings      | session           | has=totp totp@session:PT12H password@session | ok
            2026-08-22 | project.settings      | session           | has=totp totp@session idle=PT29M59S | ok
            2026-08-22 | project.settings      | session           | has=totp totp@session idle=PT30M | again-after-12-hours
            2026-08-22 | publish.release       | api-token         |  | ok
            2026-08-22 | publish.release       | trusted-publisher |  | ok
            2026-08-22 | factor.enrol          | session           | password@session | ok
            2026-08-22 | factor.enrol          | session           | password@session new-factor=email | mail-is-no-factor
            2026-08-22 | factor.enrol          | session           | has=totp totp@session:PT4M59S | ok
            2026-08-22 | factor.remove         | session           | has=totp totp@session:PT5M | step-up-before-binding
            2026-08-22 | factor.recovery-codes | session           | has=totp totp@session:PT5M | step-up-before-binding
            2026-08-22 | publish.release | session |  | two-factors again-after-12-hours
            2026-08-22 | account.verify-email | session |  | ok
            2026-08-22 | factor.enrol | session | has=totp totp@session:PT5M | step-up-before-binding
            """)
    void nistAal2_isAnsweredAsWritten(String at, String action, String credential, String facts, String answer) {
        assertThat(RegistryTable.answer("nist-aal2", at, action, credential, facts))
                .isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2025-11-13 | publish.release      | api-token         |  | ok
            2025-11-13 | publish.release      | api-token         | unverified | verified-email
            2025-11-13 | project.settings     | session           | unverified | verified-email
            2025-11-13 | account.verify-email | session           | unverified | ok
            2025-11-13 | publish.release      | trusted-publisher |  | ok
            2025-11-13 | project.settings     | session           | has=totp | enrolled-means-asked
            2025-11-13 | project.settings     | session           | has=totp totp@session | ok
            2025-11-13 | project.settings     | session           | has=totp email@session | enrolled-means-asked
            2025-11-13 | project.settings | session | has=totp recovery-code@session | ok
            """)
    void openssf1_isAnsweredAsWritten(String at, String action, String credential, String facts, String answer) {
        assertThat(RegistryTable.answer("openssf-level-1", at, action, credential, facts))
                .isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2025-11-13 | publish.release | api-token         | maintains#downloads-percentile=99 | critical-needs-2fa
            2025-11-13 | publish.release | api-token         | maintains#downloads-percentile=98.9 | ok
            2025-11-13 | publish.release | api-token         | maintains#downloads-percentile=99 has=totp | ok
            2025-11-13 | publish.release | api-token         | maintains#downloads-percentile=99 unverified | verified-email critical-needs-2fa
            2025-11-13 | publish.release | trusted-publisher |  | ok
            2025-11-13 | factor.enrol    | session           | maintains#downloads-percentile=99 | ok
            """)
    void openssf2_isAnsweredAsWritten(String at, String action, String credential, String facts, String answer) {
        assertThat(RegistryTable.answer("openssf-level-2", at, action, credential, facts))
                .isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2025-11-13 | publish.release  | api-token |  | everyone-needs-2fa
            2025-11-13 | publish.release  | api-token | has=totp | ok
            2025-11-13 | publish.release  | api-token | maintains#downloads-percentile=99 has=totp | critical-needs-2fa
            2025-11-13 | publish.release  | api-token | maintains#downloads-percentile=99 has=webauthn | ok
            2025-11-13 | project.settings | session   | maintains#downloads-percentile=99 has=webauthn+totp totp@session | critical-means-asked
            2025-11-13 | project.settings | session   | maintains#downloads-percentile=99 has=webauthn+totp webauthn@session | ok
            2025-11-13 | project.settings | session   | maintains#downloads-percentile=98 has=webauthn+totp totp@session | ok
            2025-11-13 | project.settings | session | maintains#downloads-percentile=99 has=webauthn recovery-code@session | ok
            2025-11-13 | factor.enrol | session |  | ok
            2025-11-13 | account.verify-email | session | unverified | ok
            2025-11-13 | publish.release | trusted-publisher |  | ok
            """)
    void openssf3_isAnsweredAsWritten(String at, String action, String credential, String facts, String answer) {
        assertThat(RegistryTable.answer("openssf-level-3", at, action, credential, facts))
                .isEqualTo(answer);
    }
}
