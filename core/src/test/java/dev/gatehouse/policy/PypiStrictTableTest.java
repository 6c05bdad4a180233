package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code pypi-strict} adds against a dormant account that somebody has the password of (security requirement 21). */
class PypiStrictTableTest {
    /** The token of these rows has no reach that is said, so that another requirement stays. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        factor.enrol          | password@session |                                                    | first-factor-needs-address-proof
        factor.enrol          | password@session | email@session                                      | first-factor-needs-address-proof
        factor.enrol          | password@session | email@request                                      | ok
        token.create          | totp@session password@session | has=totp happened=first-factor-enrolled:PT23H59M   | token-never-mints-token cool-down-after-first-factor
        token.create          | totp@session password@session | has=totp happened=first-factor-enrolled:PT24H      | token-never-mints-token
        publisher.add         | totp@session password@session | has=totp happened=first-factor-enrolled:PT23H59M   | cool-down-after-first-factor
        publisher.add         | totp@session password@session | has=totp happened=first-factor-enrolled:PT24H      | ok
        account.primary-email | totp@session password@session | has=totp happened=first-factor-enrolled:PT23H59M   | cool-down-after-first-factor
        account.primary-email | totp@session password@session | has=totp happened=first-factor-enrolled:PT24H      | ok
        """)
    void session_ofAnAccountWithItsFirstFactor_waits(String action, String proof, String words, String answer) {
        String token = action.equals("token.create") ? " new-token=:P90D" : "";
        String factor = action.equals("factor.enrol") ? " new-factor=totp" : "";

        assertThat(RegistryTable.answer(
                        "pypi-strict", "2026-08-22", action, "session", join(proof, words) + token + factor))
                .isEqualTo(answer);
    }

    private static String join(String proof, String words) {
        return words == null ? proof : proof + " " + words;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        password  | has=totp                       | recovery-needs-factor
        password  | has=totp totp@session          | recovery-needs-factor
        password  | has=totp totp@request          | ok
        password  | has=totp email@request         | recovery-needs-factor
        password  | has=totp recovery-code@request | ok
        password  |                                | ok
        """)
    void recovery_ofAnEnrolledAccount_needsAFactorOrARecoveryCode(String credential, String words, String answer) {
        assertThat(RegistryTable.answer("pypi-strict", "2026-08-22", "sign-in.recover", credential, words))
                .isEqualTo(answer);
    }
}
