package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** npm, as its documentation has it: sign-in, cohorts, publishing access, tokens and cool-down, by date. */
class NpmTableTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            before 2022-01-04 | sign-in.complete | session                      | account+publishes | ok
            2022-01-04        | sign-in.complete | session                      | account+publishes | sign-in-needs-mailed-code
            2022-01-04        | sign-in.complete | session                      | account+publishes email@request | ok
            2022-01-04        | sign-in.complete | session                      |  | ok
            before 2022-02-16 | sign-in.complete | session                      |  | ok
            2022-02-16        | sign-in.complete | session                      |  | sign-in-needs-mailed-code
            before 2022-02-17 | sign-in.complete | session                      |  | sign-in-needs-mailed-code
            2022-02-17        | sign-in.complete | session                      |  | ok
            2022-02-23        | sign-in.complete | session                      |  | sign-in-needs-mailed-code
            2022-02-24        | sign-in.complete | session                      |  | ok
            before 2022-03-01 | sign-in.complete | session                      |  | ok
            2022-03-01        | sign-in.complete | session                      |  | sign-in-needs-mailed-code
            2022-03-01        | sign-in.complete | session                      | email@request | ok
            2022-03-01        | sign-in.complete | session                      | has=totp | ok
            2022-03-01        | project.view     | session                      | has=totp | sign-in-needs-factor
            2022-03-01        | project.view     | session                      | has=totp totp@session | ok
            2022-03-01        | token.create     | session                      | has=totp totp@session | account-change-needs-code
            2022-03-01        | token.create     | session                      | has=totp totp@session totp@request | ok
            2022-03-01        | token.create     | session                      | has=totp totp@session recovery-code@request | ok
            2022-03-01        | token.revoke     | api-token.granular.write     | has=totp | account-change-needs-code
            2022-03-01        | token.create     | session                      |  | ok
            2022-03-01        | account.password | session                      | has=totp totp@session | account-change-needs-code
            2022-03-01        | factor.remove    | session                      | has=totp totp@session | account-change-needs-code
            2022-03-01        | account.view     | session                      | has=totp totp@session | ok
            2022-03-01        | publish.release  | api-token.classic            | has=totp | ok
            2022-03-01        | publish.release  | api-token.classic            | has=totp account+challenge-writes | account-challenges-writes
            2022-03-01        | release.edit     | api-token.classic            | has=totp account+challenge-writes | account-challenges-writes
            2022-03-01        | member.add       | api-token.classic            | has=totp account+challenge-writes | account-challenges-writes
            2022-03-01        | project.settings | api-token.classic            | has=totp account+challenge-writes | account-challenges-writes
            2022-03-01        | publish.release  | api-token.classic            | has=totp account+challenge-writes totp@request | ok
            2022-03-01        | publish.release  | api-token.classic.bypass-2fa | has=totp account+challenge-writes | ok
            2022-03-01 | publish.release | session | has=totp | sign-in-needs-factor
            2022-03-01 | project.view | session | has=totp recovery-code@session | ok
            2022-03-01 | publish.project | api-token.classic | has=totp account+challenge-writes | account-challenges-writes
            """)
    void signIn_andAccountModes_areAnsweredAsPublished(
            String at, String action, String credential, String facts, String answer) {
        assertThat(RegistryTable.answer("npm", at, action, credential, facts)).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            before 2022-02-01 | member.add      | api-token.classic | maintains#dependents-rank=100 | ok
            2022-02-01        | member.add      | api-token.classic | maintains#dependents-rank=100 | maintainers-need-2fa
            2022-02-01        | account.email   | session           | maintains#dependents-rank=100 | maintainers-need-2fa
            2022-02-01        | member.add      | api-token.classic | maintains#dependents-rank=100 has=totp | ok
            2022-02-01        | member.add      | api-token.classic | maintains#dependents-rank=101 | ok
            2022-02-01        | factor.enrol    | session           | maintains#dependents-rank=100 new-factor=webauthn | ok
            before 2022-05-31 | member.add      | api-token.classic | maintains#dependents-rank=500 | ok
            2022-05-31        | member.add      | api-token.classic | maintains#dependents-rank=500 | maintainers-need-2fa
            2022-05-31        | member.add      | api-token.classic | maintains#dependents-rank=501 | ok
            2022-11-01        | member.add      | api-token.classic | maintains#weekly-downloads=1000001 | ok
            2022-11-01        | member.add      | api-token.classic | maintains#dependents=501 | ok
            2022-11-01        | member.add      | api-token.classic | account+high-impact | ok
            2022-11-01        | publish.release | api-token.classic | maintains#dependents-rank=100 | ok
            2022-02-01 | project.create | session | maintains#dependents-rank=100 | maintainers-need-2fa
            2022-02-01 | organization.settings | session | maintains#dependents-rank=100 | maintainers-need-2fa
            2022-02-01 | account.view | session | maintains#dependents-rank=100 | ok
            2022-02-01 | account.verify-email | session | maintains#dependents-rank=100 | ok
            """)
    void cohort_of2022_isAnsweredAsPublished(String at, String action, String credential, String facts, String answer) {
        assertThat(RegistryTable.answer("npm", at, action, credential, facts)).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            before 2025-12-16 | publish.release  | api-token.granular.write            |  | ok
            2025-12-16        | publish.release  | api-token.granular.write            |  | publish-needs-2fa
            2025-12-16        | publish.project  | api-token.granular.write            |  | publish-needs-2fa
            2025-12-16        | project.settings | api-token.granular.write            |  | publish-needs-2fa
            2025-12-16        | publish.release  | api-token.granular.write            | has=totp | publish-needs-2fa
            2025-12-16        | publish.release  | api-token.granular.write            | has=totp totp@request | ok
            2025-12-16        | publish.release  | api-token.granular.write.bypass-2fa |  | ok
            2025-12-16        | publish.release  | trusted-publisher                   |  | ok
            2025-12-16        | publish.project  | trusted-publisher                   |  | new-package-needs-a-person
            2025-12-16        | project.settings | trusted-publisher                   |  | publisher-only-publishes
            before 2025-12-09 | publish.release  | api-token.cli-session               | has=totp | ok
            2025-12-09        | publish.release  | api-token.cli-session               | has=totp | publish-needs-2fa
            2025-12-09        | publish.release  | api-token.cli-session               | has=totp totp@request | ok
            2025-10-01        | publish.release  | api-token.granular.write            | project+require-2fa-or-token | package-needs-2fa-or-token
            2025-10-01        | publish.release  | api-token.granular.write.bypass-2fa | project+require-2fa-or-token | ok
            2025-10-01        | publish.release  | api-token.classic.bypass-2fa        | project+require-2fa-or-token | ok
            2025-10-01        | publish.release  | trusted-publisher                   | project+require-2fa-or-token | ok
            2026-06-01        | publish.release  | api-token.granular.write.bypass-2fa | project+disallow-tokens | package-disallows-tokens
            2026-06-01        | publish.release  | api-token.granular.write            | project+disallow-tokens has=totp totp@request | package-disallows-tokens
            2026-06-01        | publish.release  | api-token.cli-session               | project+disallow-tokens has=totp totp@request | ok
            2026-06-01        | publish.release  | trusted-publisher                   | project+disallow-tokens publisher+may-publish | ok
            2026-06-01        | publish.release  | trusted-publisher                   |  | run-may-publish
            before 2026-05-20 | publish.release  | trusted-publisher                   |  | ok
            2026-06-01        | publish.stage    | trusted-publisher                   | publisher+may-publish | run-may-stage
            2026-06-01        | publish.stage    | trusted-publisher                   | publisher+may-stage | ok
            2026-06-01        | publish.stage    | api-token.granular.write.bypass-2fa |  | staging-needs-enrolled-account
            2026-06-01        | publish.stage    | api-token.granular.write.bypass-2fa | has=totp | ok
            2026-06-01        | publish.stage    | api-token.granular.write            | has=totp | ok
            2026-06-01        | publish.stage    | api-token.cli-session               | has=totp | ok
            2026-06-01        | publish.approve  | api-token.granular.write.bypass-2fa | has=totp totp@request | approval-not-by-bypass
            2026-06-01        | publish.approve  | api-token.granular.write            | has=totp | approval-needs-person
            2026-06-01        | publish.approve  | api-token.granular.write            | has=totp totp@request | ok
            2026-06-01        | publish.approve  | api-token.cli-session               | has=totp totp@request | ok
            2026-06-01        | publish.approve  | trusted-publisher                   | publisher+may-stage | approval-needs-person
            2027-06-01        | publish.release  | api-token.granular.write.bypass-2fa |  | ok
            2025-12-16 | release.edit | api-token.granular.write |  | publish-needs-2fa
            2025-10-01 | release.edit | api-token.granular.write | project+require-2fa-or-token | package-needs-2fa-or-token
            2025-10-01 | publish.release | api-token.granular.write | project+require-2fa-or-token has=totp totp@request | ok
            2026-06-01 | publish.release | api-token.granular.write | account+challenge-writes project+require-2fa-or-token has=totp recovery-code@request | ok
            2026-06-01 | release.delete | api-token.granular.write.bypass-2fa | project+disallow-tokens | package-disallows-tokens
            2026-06-01 | publish.release | api-token.cli-session | project+disallow-tokens has=totp recovery-code@request | ok
            2026-06-01 | publish.project | password | has=totp totp@request | ok
            2026-05-20 | publish.release | trusted-publisher |  | run-may-publish
            before 2026-05-20 | publish.stage | trusted-publisher |  | ok
            2026-05-20 | publish.stage | trusted-publisher |  | run-may-stage
            before 2026-05-20 | publish.stage | api-token.granular.write |  | ok
            2026-05-20 | publish.stage | api-token.granular.write |  | staging-needs-enrolled-account
            before 2026-05-20 | publish.approve | api-token.granular.write.bypass-2fa | has=totp | ok
            2026-05-20 | publish.approve | api-token.granular.write.bypass-2fa | has=totp | approval-not-by-bypass approval-needs-person
            2026-06-01 | publish.approve | api-token.granular.write | has=totp recovery-code@request | ok
            """)
    void publish_byEachCredential_isAnsweredAsPublished(
            String at, String action, String credential, String facts, String answer) {
        assertThat(RegistryTable.answer("npm", at, action, credential, facts)).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            before 2025-10-13 | token.create             | session                             | new-token=granular+write:P91D | ok
            2025-10-13        | token.create             | session                             | new-token=granular+write:P91D | write-token-lifetime
            2025-10-13        | token.create             | session                             | new-token=granular+write:P90D | ok
            2025-10-13        | token.create             | session                             | new-token=granular+write:never | write-token-lifetime
            2025-10-13        | token.create             | session                             | new-token=granular:never | ok
            2025-10-13        | token.create             | session                             | new-token=classic+write:never | ok
            before 2025-11-05 | token.create             | session                             | new-token=classic:never | ok
            2025-11-05        | token.create             | session                             | new-token=classic:never | no-new-classic-token
            before 2025-12-09 | read.private             | api-token.classic                   |  | ok
            2025-12-09        | read.private             | api-token.classic                   |  | classic-tokens-are-revoked
            before 2026-02-03 | read.private             | api-token.granular.write            | created=2025-11-04 | ok
            2026-02-03        | read.private             | api-token.granular.write            | created=2025-11-04 | old-write-tokens-expire
            2026-02-03        | read.private             | api-token.granular.write            | created=2025-11-05 | ok
            2026-02-03        | read.private             | api-token.granular                  | created=2025-11-04 | ok
            2025-12-09        | read.private             | api-token.cli-session               | age=PT1H59M59S | ok
            2025-12-09        | read.private             | api-token.cli-session               | age=PT2H | session-token-is-short
            before 2025-10-13 | factor.enrol             | session                             | new-factor=totp | ok
            2025-10-13        | factor.enrol             | session                             | new-factor=totp | no-new-totp
            2025-10-13        | factor.enrol             | session                             | new-factor=webauthn | ok
            before 2026-06-25 | publish.stage            | api-token.cli-session               | has=totp account+high-impact happened=email-changed:PT1H | ok
            2026-06-25        | publish.stage            | api-token.cli-session               | has=totp account+high-impact happened=email-changed:PT1H | cool-down
            2026-06-25        | publish.stage            | api-token.cli-session               | has=totp account+high-impact happened=recovery-code-used:PT71H59M | cool-down
            2026-06-25        | publish.stage            | api-token.cli-session               | has=totp account+high-impact happened=recovery-code-used:PT72H | ok
            2026-06-25        | publish.stage            | api-token.cli-session               | has=totp happened=email-changed:PT1H | ok
            2026-06-25        | read.private             | api-token.cli-session               | account+high-impact happened=email-changed:PT1H | ok
            before 2026-07-31 | token.create             | api-token.granular.write.bypass-2fa | has=totp | ok
            2026-07-31        | token.create             | api-token.granular.write.bypass-2fa | has=totp | bypass-cannot-govern
            2026-07-31        | account.email            | api-token.granular.write.bypass-2fa |  | bypass-cannot-govern
            2026-07-31        | member.add               | api-token.granular.write.bypass-2fa |  | bypass-cannot-govern
            2026-07-31        | organization.settings    | api-token.granular.write.bypass-2fa |  | bypass-cannot-govern
            2026-07-31        | member.add               | api-token.granular.write            |  | ok
            2026-07-31        | publisher.add            | api-token.granular.write            | has=totp | trust-needs-factor
            2026-07-31        | publisher.add            | api-token.granular.write            | has=totp totp@request | ok
            2026-07-31        | publisher.add            | session                             | has=totp totp@session:PT4M59S | ok
            2026-07-31        | publisher.add            | session                             | has=totp totp@session:PT5M | trust-needs-factor
            2026-07-31        | publisher.add            | password                            | has=totp totp@request | trust-needs-factor
            2026-07-31        | publisher.add            | api-token.granular.write.bypass-2fa | has=totp totp@request | bypass-cannot-govern
            2026-01-01        | project.settings         | session                             | organization+requires-2fa | organization-requires-2fa publish-needs-2fa
            2026-01-01        | publish.release          | api-token.granular.write.bypass-2fa | organization+requires-2fa | organization-requires-2fa
            2026-01-01        | publish.release          | api-token.granular.write.bypass-2fa | organization+requires-2fa has=totp | ok
            2026-01-01        | organization.enforce-2fa | session                             |  | enforcement-begins-with-the-owner
            2026-01-01        | factor.remove            | session                             | has=totp totp@session totp@request member-of+requires-2fa left=none | enforced-member-keeps-2fa
            2026-01-01        | factor.remove            | session                             | has=totp totp@session totp@request member-of+requires-2fa left=webauthn | ok
            2025-12-09 | read.public | api-token.cli-session | age=PT3H | ok
            2026-06-25 | account.verify-email | session | account+high-impact happened=email-changed:PT1H | ok
            2026-07-31 | factor.remove | api-token.granular.write.bypass-2fa |  | bypass-cannot-govern
            2026-07-31 | account.view | api-token.granular.write.bypass-2fa |  | ok
            before 2025-07-31 | publisher.add | api-token.granular.write | has=totp | ok
            2025-07-31 | publisher.add | api-token.granular.write | has=totp | trust-needs-factor
            2025-07-31 | publisher.add | api-token.granular.write | has=totp recovery-code@request | ok
            2025-07-31 | publisher.add | trusted-publisher |  | publisher-only-publishes
            2026-01-01 | release.delete | api-token.granular.write.bypass-2fa | organization+requires-2fa | organization-requires-2fa
            2026-01-01 | member.add | api-token.granular.write | organization+requires-2fa | organization-requires-2fa
            2026-01-01 | organization.settings | session | organization+requires-2fa | organization-requires-2fa
            2026-01-01 | publish.release | trusted-publisher | organization+requires-2fa | ok
            2026-01-01 | factor.remove | session | has=totp totp@session totp@request left=none | ok
            """)
    void tokens_andAccounts_areAnsweredAsPublished(
            String at, String action, String credential, String facts, String answer) {
        assertThat(RegistryTable.answer("npm", at, action, credential, facts)).isEqualTo(answer);
    }
}
