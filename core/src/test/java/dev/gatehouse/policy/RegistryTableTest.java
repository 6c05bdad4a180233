package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.document.Presets;
import dev.gatehouse.policy.rule.Mode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The smaller registries, as their sources and posts have it. */
class RegistryTableTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-08-21        | publish.release  | api-token.scoped  |  | ok
            2026-08-21        | publish.release  | session           |  | publish-needs-token
            2026-08-21        | publish.release  | anonymous         |  | publish-needs-token publish-needs-verified-email
            2026-08-21        | publish.project  | anonymous         |  | publish-needs-token publish-needs-verified-email
            2026-08-21        | publish.release  | api-token.scoped  | unverified | publish-needs-verified-email
            2026-08-21        | publish.release  | trusted-publisher |  | ok
            2026-08-21        | publisher.add    | session           | unverified | publish-needs-verified-email
            2026-08-21        | token.create     | session           |  | ok
            2026-08-21        | token.create     | api-token.scoped  |  | token-never-mints-token
            2026-08-21        | token.create     | anonymous         |  | authentication
            2026-08-21        | project.delete   | api-token.scoped  |  | website-only
            2026-08-21        | member.accept    | api-token         |  | website-only
            2026-08-21        | token.view       | api-token         |  | website-only
            2026-08-21        | account.view     | api-token         |  | website-only
            2026-08-21        | follow.list      | api-token         |  | website-only
            2026-08-21        | docs.rebuild     | api-token         |  | website-only
            2026-08-21        | project.delete   | session           |  | ok
            2026-08-21        | project.delete   | anonymous         |  | authentication website-only
            2026-08-21        | publisher.add    | api-token         |  | no-legacy-token-here
            2026-08-21        | project.settings | api-token         |  | no-legacy-token-here
            2026-08-21        | project.settings | api-token.scoped  |  | ok
            2026-08-21        | project.settings | session           |  | ok
            2026-08-21        | project.settings | anonymous         |  | authentication
            2026-08-21        | release.yank     | api-token         |  | ok
            before 2025-07-11 | publish.project  | trusted-publisher |  | ok
            2025-07-11        | publish.project  | trusted-publisher |  | new-crate-needs-a-person
            2026-08-21        | release.yank     | trusted-publisher |  | publisher-only-publishes
            2026-08-21        | project.settings | trusted-publisher |  | publisher-only-publishes
            2026-08-21        | member.add       | trusted-publisher |  | publisher-only-publishes
            before 2025-10-29 | publish.exchange | trusted-publisher | event=pull_request_target | ok
            2025-10-29        | publish.exchange | trusted-publisher | event=pull_request_target | dangerous-events
            2025-10-29        | publish.exchange | trusted-publisher | event=workflow_run | dangerous-events
            2025-10-29        | publish.exchange | trusted-publisher | event=release | ok
            2025-10-29        | publish.exchange | trusted-publisher | provider=gitlab event=workflow_run | ok
            before 2025-11-19 | publish.release  | api-token         | project+trusted-publishing-only | ok
            2025-11-19        | publish.release  | api-token         | project+trusted-publishing-only | trusted-publishing-only
            2025-11-19        | publish.release  | trusted-publisher | project+trusted-publishing-only | ok
            2025-11-19        | publish.project  | api-token         | project+trusted-publishing-only | ok
            before 2020-07-14 | release.yank     | api-token         | created=2020-07-13 | ok
            2020-07-14        | release.yank     | api-token         | created=2020-07-13 | tokens-of-the-old-format
            2026-08-21        | publish.release  | api-token         | created=2020-07-13 | tokens-of-the-old-format
            2026-08-21        | publish.release  | api-token         | created=2020-07-14 | ok
            """)
    void cratesIo_isAnsweredAsPublished(String at, String action, String credential, String facts, String answer) {
        assertThat(RegistryTable.answer("crates-io", at, action, credential, facts))
                .isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            before 2020-06-01 | publish.release | password  |  | ok
            2020-06-01        | publish.release | password  |  | deploy-needs-token
            2020-06-01        | publish.file    | password  |  | deploy-needs-token
            2020-06-01        | publish.release | api-token |  | ok
            before 2023-08-01 | publish.release | api-token | organization+requires-mfa | ok
            2023-08-01        | publish.release | api-token | organization+requires-mfa | group-requires-mfa
            2023-08-01        | publish.project | api-token | organization+requires-mfa | group-requires-mfa
            2023-08-01        | publish.release | api-token | organization+requires-mfa has=totp | ok
            2023-08-01        | publish.release | password  | organization+requires-mfa | deploy-needs-token group-requires-mfa
            2023-08-01        | token.create    | session   | organization+requires-mfa | ok
            2023-08-01        | publish.release | api-token |  | ok
            2026-08-21        | token.create    | session   | has=totp | sign-in-needs-factor
            2026-08-21        | token.create    | session   | has=totp recovery-code@session | ok
            2026-08-21        | token.create    | session   | new-token=:never | ok
            2026-08-21        | factor.remove   | session   | has=totp totp@session | removal-needs-password
            2026-08-21        | factor.remove   | session   | has=totp totp@session password@request | ok
            """)
    void clojars_isAnsweredAsPublished(String at, String action, String credential, String facts, String answer) {
        assertThat(RegistryTable.answer("clojars", at, action, credential, facts))
                .isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-08-22 | publish.release       | session                     |  | ok
            2026-08-22 | publish.release       | session                     | organization+ci-only | scope-publishes-from-ci
            2026-08-22 | publish.release       | api-token                   | organization+ci-only | scope-publishes-from-ci
            2026-08-22 | publish.release       | trusted-publisher           | organization+ci-only | ok
            2026-08-22 | publish.approve       | session                     | organization+ci-only | ok
            2026-08-22 | publish.release       | trusted-publisher           | organization+verify-actor | actor-is-member
            2026-08-22 | publish.release       | trusted-publisher           | organization+verify-actor publisher+actor-is-member | ok
            2026-08-22 | publish.release       | session                     | organization+verify-actor | ok
            2026-08-22 | publish.approve       | api-token                   |  | approval-is-interactive
            2026-08-22 | publish.approve       | api-token.device            |  | approval-is-interactive
            2026-08-22 | publish.approve       | trusted-publisher           |  | approval-is-interactive
            2026-08-22 | organization.settings | api-token                   |  | ok
            2026-08-22 | organization.settings | api-token.restricted        |  | restricted-token-cannot-administer
            2026-08-22 | organization.settings | api-token.restricted.device |  | restricted-token-cannot-administer
            2026-08-22 | member.add            | api-token.restricted        |  | restricted-token-cannot-administer
            2026-08-22 | publish.release       | api-token.restricted        |  | ok
            2026-08-22 | publish.release       | api-token.device            | age=PT59M59S | ok
            2026-08-22 | publish.release       | api-token.device            | age=PT1H | device-token-is-short
            2026-08-22 | member.accept | api-token |  | approval-is-interactive
            2026-08-22 | project.settings | api-token.restricted |  | restricted-token-cannot-administer
            2026-08-22 | project.delete | api-token.restricted |  | restricted-token-cannot-administer
            2026-08-22 | organization.settings | api-token.device | age=PT1H | device-token-is-short
            2026-08-22 | member.add | api-token.device | age=PT1H | device-token-is-short
            2026-08-22 | project.create | api-token.device | age=PT1H | device-token-is-short
            """)
    void jsr_isAnsweredAsPublished(String at, String action, String credential, String facts, String answer) {
        assertThat(RegistryTable.answer("jsr", at, action, credential, facts)).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            before 2022-03-08 | sign-in.complete | session           |  | ok
            2022-03-08        | sign-in.complete | session           |  | sign-in-needs-2fa
            2022-03-08        | sign-in.complete | session           | has=federated | sign-in-needs-2fa
            2022-03-08        | sign-in.complete | session           | has=federated federated@request | ok
            2022-03-08        | publish.release  | api-token         |  | ok
            2022-03-08        | publish.release  | session           |  | push-needs-key
            2026-08-17        | publish.release  | trusted-publisher |  | ok
            2026-08-17        | token.create     | session           | new-token=:P365D | ok
            2026-08-17        | token.create     | session           | new-token=:P366D | key-lifetime
            2026-08-17        | token.create     | session           | new-token=:never | key-lifetime
            2026-08-17        | token.create     | session           | new-token=:P90D | ok
            """)
    void nuget_isAnsweredAsPublished(String at, String action, String credential, String facts, String answer) {
        assertThat(RegistryTable.answer("nuget", at, action, credential, facts)).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-04-27        | publish.release     | api-token         |  | publisher-agreement
            2026-04-27        | publish.release     | api-token         | account+publisher-agreement | ok
            2026-04-27        | publish.release     | session           | account+publisher-agreement | ok
            2026-04-27        | publish.release     | password          | account+publisher-agreement | publish-needs-credential
            2026-04-27        | publish.exchange    | trusted-publisher |  | ok
            2026-04-27        | organization.create | api-token         |  | ok
            2026-04-27        | organization.create | password          |  | publish-needs-credential
            2026-04-27        | organization.create | api-token         | created=2020-01-01 age=P900D | ok
            before 2026-03-04 | organization.create | api-token         | on=access-token-expiry created=2020-01-01 age=P900D | ok
            2026-05-01        | organization.create | api-token         | on=access-token-expiry created=2020-01-01 age=P900D | ok
            before 2026-05-26 | organization.create | api-token         | on=access-token-expiry created=2020-01-01 age=P900D | ok
            2026-05-26        | organization.create | api-token         | on=access-token-expiry created=2020-01-01 age=P900D | ~token-expires-soon
            before 2026-06-02 | organization.create | api-token         | on=access-token-expiry created=2020-01-01 age=P900D | ~token-expires-soon
            2026-06-02        | organization.create | api-token         | on=access-token-expiry created=2020-01-01 age=P900D | token-expires ~token-expires-soon
            2026-06-02        | admin.change        | api-token         | on=access-token-expiry created=2020-01-01 age=P900D | token-expires
            2026-06-02        | organization.create | api-token         | on=access-token-expiry created=2026-03-04 age=P90D | token-expires ~token-expires-soon
            2026-06-02        | organization.create | session           | on=access-token-expiry age=P900D | ok
            2026-07-01 | publish.release | api-token | on=access-token-expiry account+publisher-agreement age=P82D | ok
            2026-07-01 | publish.release | api-token | on=access-token-expiry account+publisher-agreement age=P83D | ~token-expires-soon
            2026-07-01 | publish.release | api-token | on=access-token-expiry account+publisher-agreement age=P89D | ~token-expires-soon
            """)
    void openVsx_isAnsweredAsPublished(String at, String action, String credential, String facts, String answer) {
        assertThat(RegistryTable.answer("open-vsx", at, action, credential, facts))
                .isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            before 2026-07-01 | organization.settings     | session |  | ok
            2026-07-01        | organization.settings     | session |  | organization-needs-2fa
            2026-07-01        | organization.create       | session |  | organization-needs-2fa
            2026-07-01        | organization.become-owner | session |  | organization-needs-2fa
            2026-07-01        | organization.settings     | session | has=totp totp@session | ok
            2026-07-01        | project.settings          | session |  | ok
            2026-07-01        | project.settings          | session | has=totp | session-needs-factor
            2026-07-01        | project.settings          | session | has=totp recovery-code@session | ok
            2027-07-01        | project.settings          | session |  | ok
            2027-07-01        | publish.approve           | session | project+critical | ok
            """)
    void packagist_isAnsweredAsPublished(String at, String action, String credential, String facts, String answer) {
        assertThat(RegistryTable.answer("packagist", at, action, credential, facts))
                .isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-08-20        | publish.project | api-token.oauth   |  | ok
            2026-08-20        | publish.project | trusted-publisher |  | new-package-needs-a-person
            2026-08-20        | publish.project | service-account   |  | new-package-needs-a-person
            before 2025-10-10 | publish.release | api-token.oauth   | project+manual-publishing-off | ok
            2025-10-10        | publish.release | api-token.oauth   | project+manual-publishing-off | no-manual-publishing
            2025-10-10        | publish.release | api-token.oauth   |  | ok
            2025-10-10        | publish.release | service-account   | project+manual-publishing-off | ok
            2025-10-10        | publish.release | trusted-publisher | project+manual-publishing-off publisher+event-enabled publisher+tag-matches-version publisher+environment-matches | ok
            2025-10-10        | publish.release | trusted-publisher | event=workflow_dispatch publisher+event-enabled publisher+tag-matches-version publisher+environment-matches | ok
            2025-10-10        | publish.release | trusted-publisher | event=release publisher+event-enabled publisher+tag-matches-version publisher+environment-matches | github-event
            2025-10-10        | publish.release | trusted-publisher | publisher+tag-matches-version publisher+environment-matches | github-event
            2025-10-10        | publish.release | trusted-publisher | ref=branch publisher+event-enabled publisher+tag-matches-version publisher+environment-matches | github-tag
            2025-10-10        | publish.release | trusted-publisher | publisher+event-enabled publisher+environment-matches | github-tag-names-version
            2025-10-10        | publish.release | trusted-publisher | publisher+event-enabled publisher+tag-matches-version | github-environment
            2025-10-10        | publish.release | trusted-publisher | provider=google | ok
            2026-08-20 | publish.project | session |  | ok
            """)
    void pubDev_isAnsweredAsPublished(String at, String action, String credential, String facts, String answer) {
        assertThat(RegistryTable.answer("pub-dev", at, action, credential, facts))
                .isEqualTo(answer);
    }

    /** Plans, as if they were decided; undecided they refuse nobody. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            npm       | before 2022-11-01 | member.add | api-token.granular | maintains#weekly-downloads=1000001 | ok
            npm       | 2022-11-01 | member.add | api-token.granular | maintains#weekly-downloads=1000001 | maintainers-need-2fa
            npm       | 2022-11-01 | member.add | api-token.granular | maintains#weekly-downloads=1000000 | ok
            npm       | 2022-11-01 | member.add | api-token.granular | maintains#dependents=501 | maintainers-need-2fa
            npm       | 2022-11-01 | member.add | api-token.granular | maintains#dependents=500 | ok
            npm       | 2022-11-01 | member.add | api-token.granular | account+high-impact | maintainers-need-2fa
            npm       | before 2027-01-01 | publish.release | api-token.granular.write.bypass-2fa |  | ok
            npm       | 2027-01-01 | publish.release | api-token.granular.write.bypass-2fa |  | bypass-cannot-publish
            npm       | 2027-01-01 | publish.project | api-token.granular.write.bypass-2fa |  | bypass-cannot-publish
            npm       | 2027-01-01 | release.edit | api-token.granular.write.bypass-2fa |  | bypass-cannot-publish
            npm       | 2027-01-01 | project.settings | api-token.granular.write.bypass-2fa |  | bypass-cannot-publish
            npm       | 2027-01-01 | publish.stage | api-token.granular.write.bypass-2fa | has=totp | ok
            npm       | 2027-01-01 | read.private | api-token.granular.write.bypass-2fa |  | ok
            npm       | 2027-01-01 | publish.release | api-token.granular.write | has=totp totp@request | ok
            nuget     | 2026-08-17 | token.create | session | new-token=:P1D | ok
            nuget     | 2026-08-17 | token.create | session | new-token=:P8D | ok
            nuget     | 2026-08-17 | token.create | session | new-token=:P30D | ok
            nuget     | 2026-08-17 | token.create | session | new-token=:P90D | key-lifetime-choices
            packagist | 2027-07-01 | project.settings | session |  | maintainers-need-2fa
            packagist | 2027-07-01 | account.view | session |  | ok
            packagist | 2027-07-01 | factor.enrol | session |  | ok
            packagist | 2027-07-01 | publish.approve | session | project+critical has=totp totp@request | critical-releases-are-approved
            packagist | 2027-07-01 | publish.approve | session | project+critical has=webauthn webauthn@request | ok
            packagist | 2027-07-01 | publish.approve | session |  | ok
            """)
    void plan_ifItWereDecided_isAnsweredAsAnnounced(
            String preset, String at, String action, String credential, String facts, String answer) {
        assertThat(RegistryTable.answer(preset + "!", at, action, credential, facts))
                .isEqualTo(answer);
        assertThat(RegistryTable.answer(preset, at, action, credential, facts)).isEqualTo("ok");
    }

    /** What was announced before it held: seen in calendars, told to nobody. */
    @ParameterizedTest
    @CsvSource({
        "npm/1, sign-in-needs-mailed-code, 2021-12-07",
        "npm/1, bypass-cannot-govern, 2026-07-08",
        "open-vsx/1, token-expires, 2026-03-04"
    })
    void announcement_hasItsDay(String preset, String id, LocalDate day) {
        assertThat(Presets.load(preset).requirement(id).orElseThrow().phases())
                .filteredOn(phase -> phase.mode() == Mode.ANNOUNCE)
                .singleElement()
                .satisfies(phase -> assertThat(phase.from())
                        .hasValue(day.atStartOfDay(ZoneOffset.UTC).toInstant()));
    }
}
