package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RubyGems.org, as its source and posts have it: thresholds, levels, keys and what a gem asks for. */
class RubygemsTableTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            before 2022-06-13 | publish.release      | api-token         | maintains#total-downloads=165000001 | ok
            2022-06-13        | publish.release      | api-token         | maintains#total-downloads=165000001 | ~mfa-recommended
            2022-06-13        | publish.release      | api-token         | maintains#total-downloads=165000000 | ok
            2022-06-13        | publish.release      | api-token         | maintains#total-downloads=180000001 | ~mfa-recommended
            before 2022-08-15 | publish.release      | api-token         | maintains#total-downloads=180000001 | ~mfa-recommended
            2022-08-15        | publish.release      | api-token         | maintains#total-downloads=180000001 | mfa-required
            2022-08-15        | publish.release      | api-token         | maintains#total-downloads=180000000 | ~mfa-recommended
            2022-08-15        | publish.release      | api-token         | maintains#total-downloads=165000000 | ok
            2022-08-15        | publish.release      | api-token         | maintains#total-downloads=165000001 has=totp | ~mfa-recommended
            2022-08-15        | publish.release      | api-token         | maintains#total-downloads=165000001 has=totp account+mfa-ui-and-gem-signin | ok
            2022-08-15        | publish.release      | api-token         | maintains#total-downloads=180000001 has=totp | mfa-level-strong
            2022-08-15        | publish.release      | api-token         | maintains#total-downloads=180000001 has=totp account+mfa-ui-and-gem-signin | ok
            2022-08-15        | publish.release      | api-token         | maintains#total-downloads=180000001 has=webauthn account+mfa-ui-and-gem-signin | ok
            2022-08-15        | publish.release      | trusted-publisher |  | ok
            2022-08-15        | sign-in.complete     | session           | maintains#total-downloads=165000001 | ~mfa-recommended
            2022-08-15        | sign-in.complete     | session           | maintains#total-downloads=180000001 | ok
            2022-08-15        | token.create         | password          | maintains#total-downloads=180000001 | mfa-required
            2022-08-15        | token.update         | password          | maintains#total-downloads=180000001 | mfa-required
            2022-08-15        | token.create         | password          | maintains#total-downloads=180000001 has=totp | mfa-level-strong
            2022-08-15        | token.create         | password          | maintains#total-downloads=180000001 unverified | email-confirmed mfa-required
            2022-08-15        | release.yank         | api-token         | maintains#total-downloads=180000001 | mfa-required
            2022-08-15        | member.add           | api-token         | maintains#total-downloads=180000001 | mfa-required
            2022-08-15        | member.role          | api-token         | maintains#total-downloads=180000001 | mfa-required
            2022-08-15        | member.remove        | api-token         | maintains#total-downloads=180000001 | mfa-required
            2022-08-15        | publisher.add        | api-token         | maintains#total-downloads=180000001 | mfa-required
            2022-08-15        | dashboard.view       | session           | maintains#total-downloads=180000001 | mfa-required
            2022-08-15        | account.profile      | session           | maintains#total-downloads=180000001 | mfa-required
            2022-08-15        | account.email        | session           | maintains#total-downloads=180000001 | mfa-required
            2022-08-15        | organization.view    | session           | maintains#total-downloads=180000001 | mfa-required
            2022-08-15        | token.view           | session           | maintains#total-downloads=180000001 password@session | mfa-required
            2022-08-15        | account.view         | session           | maintains#total-downloads=180000001 | ~mfa-required-said-in-settings
            2022-08-15        | factor.enrol         | session           | maintains#total-downloads=180000001 | ok
            2022-08-15        | account.verify-email | session           | maintains#total-downloads=180000001 | ok
            2022-08-15        | account.password     | session           | maintains#total-downloads=180000001 | ok
            2022-08-15        | webhook.manage       | api-token         | maintains#total-downloads=180000001 | ok
            2022-08-15        | read.private         | api-token         | maintains#total-downloads=180000001 | ok
            2026-08-22        | publish.release      | api-token         | maintains#total-downloads=165000001 | ~mfa-recommended
            2026-08-22        | publish.release      | api-token         | maintains#total-downloads=180000001 | mfa-required
            2022-08-15 | account.view | session | maintains#total-downloads=165000001 | ok
            2022-08-15 | webhook.manage | api-token | maintains#total-downloads=165000001 | ok
            2022-08-15 | account.view | session | maintains#total-downloads=180000001 has=totp totp@session | ok
            2022-08-15 | webhook.manage | api-token | maintains#total-downloads=180000001 has=totp | ok
            2022-08-15 | account.view | session |  | ok
            """)
    void required_byDownloads_isAnsweredAsPublished(
            String at, String action, String credential, String facts, String answer) {
        assertThat(RegistryTable.answer("rubygems", at, action, credential, facts))
                .isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            before 2020-02-01 | publish.release | api-token         | project+mfa-required | ok
            2020-02-01        | publish.release | api-token         | project+mfa-required | gem-requires-mfa
            2026-08-22        | publish.project | api-token         | project+mfa-required | gem-requires-mfa
            2026-08-22        | publish.release | api-token         | project+mfa-required has=totp | ok
            2026-08-22        | publish.release | trusted-publisher | project+mfa-required | ok
            2026-08-22        | release.yank    | api-token         | project+mfa-required | gem-requires-mfa-by-api
            2026-08-22        | member.add      | api-token         | project+mfa-required | gem-requires-mfa-by-api
            2026-08-22        | publisher.add   | api-token         | project+mfa-required | gem-requires-mfa-by-api
            2026-08-22        | member.add      | session           | project+mfa-required | gem-requires-mfa-on-pages
            2026-08-22        | member.add      | session           | project+mfa-required has=totp totp@session | ok
            2026-08-22 | publish.file | api-token | project+mfa-required | gem-requires-mfa
            before 2020-02-01 | release.yank | api-token | project+mfa-required | ok
            2020-02-01 | release.yank | api-token | project+mfa-required | gem-requires-mfa-by-api
            before 2020-02-01 | publisher.add | session | project+mfa-required | ok
            2020-02-01 | publisher.add | session | project+mfa-required | gem-requires-mfa-on-pages
            """)
    void gem_thatAsksForMfa_isAnsweredAsPublished(
            String at, String action, String credential, String facts, String answer) {
        assertThat(RegistryTable.answer("rubygems", at, action, credential, facts))
                .isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2024-01-01        | publish.release | api-token      | has=totp account+mfa-ui-and-api | code-on-api-write
            2024-01-01        | publish.project | api-token      | has=totp account+mfa-ui-and-api | code-on-api-write
            2024-01-01        | release.yank    | api-token      | has=totp account+mfa-ui-and-api | code-on-api-write
            2024-01-01        | member.add      | api-token      | has=totp account+mfa-ui-and-api | code-on-api-write
            2024-01-01        | publisher.view  | api-token      | has=totp account+mfa-ui-and-api | code-on-api-write
            2024-01-01        | publish.release | api-token      | has=totp account+mfa-ui-and-api totp@request | ok
            2024-01-01        | publish.release | api-token      | has=totp account+mfa-ui-and-api webauthn@request | code-on-api-write
            2024-01-01        | publish.release | api-token      | has=totp account+mfa-ui-and-api recovery-code@request | ok
            2024-01-01        | publish.release | api-token      | has=totp account+mfa-ui-and-api totp@session | code-on-api-write
            2024-01-01        | webhook.manage  | api-token      | has=totp account+mfa-ui-and-api | ok
            2024-01-01        | read.private    | api-token      | has=totp account+mfa-ui-and-api | ok
            2024-01-01        | publish.release | api-token      | has=totp account+mfa-ui-and-gem-signin | ok
            2024-01-01        | publish.release | api-token.mfa  | has=totp account+mfa-ui-and-gem-signin | code-on-api-write
            2024-01-01        | publish.release | api-token.mfa  | has=totp | code-on-api-write
            2024-01-01        | publish.release | api-token      | has=totp | ok
            2024-01-01        | publish.release | api-token.mfa  |  | ok
            2024-01-01        | publish.release | api-token.role | has=totp account+mfa-ui-and-api | ok
            before 2024-05-08 | publish.release | api-token      | has=totp account+mfa-ui-and-api lifetime=PT14M59S | code-on-api-write
            2024-05-08        | publish.release | api-token      | has=totp account+mfa-ui-and-api lifetime=PT14M59S | ok
            2024-05-08        | publish.release | api-token      | has=totp account+mfa-ui-and-api lifetime=PT15M | code-on-api-write
            2024-05-08        | publish.release | api-token      | has=totp account+mfa-ui-and-api | code-on-api-write
            2024-05-08        | publish.release | password       | has=totp account+mfa-ui-and-api | push-needs-key
            2024-05-08        | release.yank    | session        | has=totp account+mfa-ui-and-api totp@session | push-needs-key
            2024-05-08        | member.add      | password       | has=totp account+mfa-ui-and-api | owners-need-key
            2024-05-08        | token.create    | password       | has=totp account+mfa-ui-and-api | code-on-key-creation
            2024-05-08        | token.update    | password       | has=totp account+mfa-ui-and-gem-signin | code-on-key-creation
            2024-05-08        | token.create    | password       | has=totp account+mfa-ui-and-gem-signin totp@request | ok
            2024-05-08        | token.create    | password       | has=totp | ok
            2024-05-08        | token.create    | password       |  | ok
            2024-05-08        | token.create    | password       | new-token=:PT59S | key-lives-a-minute
            2024-05-08        | token.create    | password       | new-token=:PT1M | ok
            2024-05-08        | token.create    | password       | new-token=:never | ok
            2024-01-01 | publish.file | api-token | has=totp account+mfa-ui-and-api | code-on-api-write
            2024-01-01 | member.role | api-token | has=totp account+mfa-ui-and-api | code-on-api-write
            2024-01-01 | member.remove | api-token | has=totp account+mfa-ui-and-api | code-on-api-write
            2024-01-01 | publisher.add | password |  | owners-need-key
            2024-01-01 | publisher.add | trusted-publisher |  | publisher-only-pushes
            2024-01-01 | token.create | password | has=totp account+mfa-ui-and-api recovery-code@request | ok
            """)
    void code_onTheApi_isAnsweredAsPublished(String at, String action, String credential, String facts, String answer) {
        assertThat(RegistryTable.answer("rubygems", at, action, credential, facts))
                .isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-08-22 | project.view    | session           | has=totp | login-needs-factor
            2026-08-22 | project.view    | session           | has=totp totp@session:P13D | ok
            2026-08-22 | project.view    | session           | has=totp recovery-code@session | ok
            2026-08-22 | project.view    | session           |  | ok
            2026-08-22 | token.view      | session           |  | key-pages-need-proof
            2026-08-22 | token.view      | session           | password@session:PT9M59.999999999S | ok
            2026-08-22 | token.view      | session           | password@session:PT10M | key-pages-need-proof
            2026-08-22 | token.view      | session           | has=webauthn webauthn@session:PT9M | ok
            2026-08-22 | token.view      | session           | has=totp totp@session:PT9M | key-pages-need-proof
            2026-08-22 | publish.release | api-token         | unverified | email-confirmed
            2026-08-22 | publish.release | trusted-publisher | unverified | ok
            2026-08-22 | publish.project | trusted-publisher |  | ok
            2026-08-22 | release.yank    | trusted-publisher |  | publisher-only-pushes
            2026-08-22 | factor.settings | session           | has=totp account+mfa-ui-and-gem-signin totp@session | level-change-needs-proof
            2026-08-22 | factor.settings | session           | has=totp account+mfa-ui-and-gem-signin totp@session totp@request | ok
            2026-08-22 | sign-in.recover | anonymous         |  | reset-needs-factor
            2026-08-22 | sign-in.recover | password          | has=totp account+mfa-ui-and-gem-signin | reset-needs-factor
            2026-08-22 | sign-in.recover | password          | has=totp account+mfa-ui-and-gem-signin totp@request | ok
            2026-08-22 | sign-in.recover | password          | has=totp account+mfa-ui-and-gem-signin account+reset-forced | ok
            2026-08-22 | sign-in.recover | password          |  | ok
            2026-08-22 | release.yank    | api-token         | release-age=P30D release#downloads=100000 | ok
            2026-08-22 | release.yank    | api-token         | release-age=P30DT0.000000001S | yank-of-old-version
            2026-08-22 | release.yank    | api-token         | release#downloads=100001 | yank-of-old-version
            2026-08-22 | token.update | password | unverified | email-confirmed
            2026-08-22 | release.yank | api-token | unverified | email-confirmed
            2026-08-22 | member.add | api-token | unverified | email-confirmed
            2026-08-22 | publisher.add | api-token | unverified | email-confirmed
            2026-08-22 | factor.settings | session | has=totp totp@session recovery-code@request | ok
            2026-08-22 | sign-in.recover | password | has=totp recovery-code@request | ok
            """)
    void rest_isAnsweredAsPublished(String at, String action, String credential, String facts, String answer) {
        assertThat(RegistryTable.answer("rubygems", at, action, credential, facts))
                .isEqualTo(answer);
    }
}
