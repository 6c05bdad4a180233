package dev.gatehouse.policy;

import static dev.gatehouse.policy.Warehouse.person;
import static dev.gatehouse.policy.Warehouse.refusals;
import static dev.gatehouse.policy.Warehouse.with2fa;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.rule.CredentialKind;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * From 2023-06-04 to 2024-08-02 the reference let users without a factor upload with a token: a refactoring had moved the
 * rule to where token uploads did not pass. Here there is one rule for every credential, and no date on which it sleeps.
 */
class TokenUserWithoutFactorRegressionTest {
    @ParameterizedTest
    @CsvSource({
        "pypi, 2023-09-08T04:00:00Z, 2023-08-08T00:00:00Z",
        "pypi, 2023-12-31T23:59:59Z, 2023-08-08T00:00:00Z",
        "pypi, 2024-01-01T05:00:00Z, 2015-01-01T00:00:00Z",
        "pypi, 2024-01-05T00:00:00Z, 2015-01-01T00:00:00Z",
        "pypi, 2024-08-01T00:00:00Z, 2015-01-01T00:00:00Z",
        "pypi, 2026-08-25T00:00:00Z, 2015-01-01T00:00:00Z",
        "testpypi, 2023-12-06T05:00:00Z, 2015-01-01T00:00:00Z",
        "testpypi, 2024-08-01T00:00:00Z, 2015-01-01T00:00:00Z",
        "pypi-strict, 2024-08-01T00:00:00Z, 2015-01-01T00:00:00Z"
    })
    void upload_byTokenOfAUserWithoutFactor_isRefused(String preset, String at, String registered) {
        for (String action : new String[] {"publish.project", "publish.release", "publish.file"}) {
            RequestDraft draft = person(action, CredentialKind.API_TOKEN);
            draft.account.registered = Fact.of(Instant.parse(registered));

            assertThat(refusals(Warehouse.of(preset).ask(draft, at))).containsExactly("upload-needs-2fa");
            assertThat(refusals(Warehouse.of(preset).ask(with2fa(draft), at))).isEmpty();
        }
    }
}
