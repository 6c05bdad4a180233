package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.policy.document.Presets;
import dev.gatehouse.policy.rule.PolicyDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a project says about its publishing, against each kind of credential: the whole table that npm and RubyGems once left undefined
 * (npm/cli#8869 and #9268, rubygems/rubygems.org#4264), and the modes of crates.io and PyPI.
 */
class ProjectModesTableTest {
    /** {none, mfa, mfa-or-automation} x {session, user token, automation token, trusted publisher}, with and without a proof. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            session              |                                                                 | ok
            session              | has=totp totp@request                                           | ok
            api-token            |                                                                 | ok
            api-token            | has=totp totp@request                                           | ok
            api-token.automation |                                                                 | ok
            trusted-publisher    |                                                                 | ok
            session              | project+disallow-tokens                                         | tokens-are-disallowed
            session              | project+disallow-tokens has=totp                                | tokens-are-disallowed
            session              | project+disallow-tokens has=totp totp@session                   | tokens-are-disallowed
            session              | project+disallow-tokens has=totp totp@request                   | ok
            session              | project+disallow-tokens has=totp recovery-code@request          | ok
            session              | project+disallow-tokens email@request                           | tokens-are-disallowed
            api-token            | project+disallow-tokens                                         | tokens-are-disallowed
            api-token            | project+disallow-tokens has=totp totp@request                   | tokens-are-disallowed
            api-token.automation | project+disallow-tokens                                         | tokens-are-disallowed
            api-token.automation | project+disallow-tokens has=webauthn webauthn@request           | tokens-are-disallowed
            trusted-publisher    | project+disallow-tokens                                         | ok
            session              | project+require-2fa-or-automation                               | second-factor-or-automation
            session              | project+require-2fa-or-automation has=totp                      | second-factor-or-automation
            session              | project+require-2fa-or-automation has=totp totp@request         | ok
            api-token            | project+require-2fa-or-automation                               | second-factor-or-automation
            api-token            | project+require-2fa-or-automation has=totp                      | second-factor-or-automation
            api-token            | project+require-2fa-or-automation has=totp totp@request         | ok
            api-token.automation | project+require-2fa-or-automation                               | ok
            api-token.automation | project+require-2fa-or-automation unverified                    | ok
            trusted-publisher    | project+require-2fa-or-automation                               | ok
            api-token.automation | project+disallow-tokens project+require-2fa-or-automation       | tokens-are-disallowed
            session              | project+disallow-tokens project+require-2fa-or-automation has=totp totp@request | ok
            trusted-publisher    | project+disallow-tokens project+require-2fa-or-automation       | ok
            """)
    void publishing_inEachMode_isAnsweredByTheCredential(String credential, String facts, String answer) {
        assertThat(modes("publish.release", credential, facts)).isEqualTo(answer);
        assertThat(modes("publish.file", credential, facts)).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            publish.release  | session              | project+trusted-publishing-only has=totp totp@request | trusted-publishing-only
            publish.release  | api-token            | project+trusted-publishing-only has=totp totp@request | trusted-publishing-only
            publish.release  | api-token.automation | project+trusted-publishing-only                       | trusted-publishing-only
            publish.release  | service-account      | project+trusted-publishing-only                       | trusted-publishing-only
            publish.release  | password             | project+trusted-publishing-only                       | trusted-publishing-only
            publish.release  | anonymous            | project+trusted-publishing-only                       | trusted-publishing-only
            publish.release  | trusted-publisher    | project+trusted-publishing-only                       | ok
            publish.file     | api-token            | project+trusted-publishing-only                       | trusted-publishing-only
            publish.stage    | api-token            | project+trusted-publishing-only                       | trusted-publishing-only
            publish.project  | api-token            | project+trusted-publishing-only                       | ok
            publish.approve  | session              | project+trusted-publishing-only                       | ok
            release.yank     | session              | project+trusted-publishing-only                       | ok
            release.yank     | session              | project+disallow-tokens                               | tokens-are-disallowed
            release.yank     | api-token            | project+disallow-tokens has=totp totp@request         | tokens-are-disallowed
            release.yank     | session              | project+disallow-tokens has=totp totp@request         | ok
            release.yank     | api-token.automation | project+require-2fa-or-automation                     | ok
            project.settings | api-token.automation | project+require-2fa-or-automation                     | modes-are-changed-by-a-person
            project.settings | api-token            | project+disallow-tokens                               | modes-are-changed-by-a-person
            project.settings | trusted-publisher    | project+trusted-publishing-only                       | modes-are-changed-by-a-person
            publisher.add    | api-token            | project+trusted-publishing-only                       | modes-are-changed-by-a-person
            publisher.remove | api-token            | project+trusted-publishing-only                       | modes-are-changed-by-a-person
            publisher.view   | api-token            | project+trusted-publishing-only                       | ok
            project.settings | session              | project+trusted-publishing-only                       | ok
            project.settings | api-token            |                                                       | ok
            """)
    void trustedPublishingOnly_andTheWayOutOfAMode_areHeld(
            String action, String credential, String facts, String answer) {
        assertThat(modes(action, credential, facts)).isEqualTo(answer);
    }

    /** PyPI's table of the warning about tokens: only by API token, only where there is a publisher; the once is the host's. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            project-modes | 2026-08-25 | publish.release | api-token         | project+has-publisher          | ~token-beside-a-publisher
            project-modes | 2026-08-25 | publish.file    | api-token         | project+has-publisher          | ~token-beside-a-publisher
            project-modes | 2026-08-25 | publish.project | api-token         | project+has-publisher          | ok
            project-modes | 2026-08-25 | publish.release | trusted-publisher | project+has-publisher          | ok
            project-modes | 2026-08-25 | publish.release | session           | project+has-publisher          | ok
            project-modes | 2026-08-25 | publish.release | api-token         |                                | ok
            pypi          | 2024-03-20T04:00:00Z | publish.release | api-token | project+has-publisher has=totp | ~token-beside-a-publisher
            pypi          | before 2024-03-20T04:00:00Z | publish.release | api-token | project+has-publisher has=totp | ok
            pypi          | 2026-08-25 | publish.file    | api-token         | project+has-publisher has=totp release-age=P1D | ~token-beside-a-publisher
            pypi          | 2026-08-25 | publish.release | trusted-publisher | project+has-publisher          | ok
            pypi          | 2026-08-25 | publish.release | api-token         | has=totp                       | ok
            pypi          | 2026-08-25 | publish.release | api-token         | project+has-publisher          | upload-needs-2fa ~token-beside-a-publisher
            pypi          | 2026-08-25 | publish.release | password          | project+has-publisher has=totp | upload-needs-token
            pypi-strict   | 2026-08-25 | publish.release | api-token         | project+has-publisher has=totp | ~token-beside-a-publisher
            testpypi      | 2026-08-25 | publish.release | api-token         | project+has-publisher has=totp | ~token-beside-a-publisher
            """)
    void token_besideAPublisher_isToldAndNotRefused(
            String preset, String at, String action, String credential, String facts, String answer) {
        assertThat(RegistryTable.answer(preset, at, action, credential, facts)).isEqualTo(answer);
    }

    /** The same two modes on npm's own preset, before two-factor authentication was everybody's and after. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2025-10-01 | session                             | has=totp totp@session                                                   | ok
            2025-10-01 | api-token.granular.write            |                                                                         | ok
            2025-10-01 | api-token.granular.write.bypass-2fa |                                                                         | ok
            2025-10-01 | trusted-publisher                   |                                                                         | ok
            2025-10-01 | session                             | project+disallow-tokens has=totp totp@session                           | package-disallows-tokens
            2025-10-01 | session                             | project+disallow-tokens has=totp totp@session totp@request              | ok
            2025-10-01 | api-token.granular.write            | project+disallow-tokens has=totp totp@request                           | package-disallows-tokens
            2025-10-01 | api-token.granular.write.bypass-2fa | project+disallow-tokens                                                 | package-disallows-tokens
            2025-10-01 | trusted-publisher                   | project+disallow-tokens                                                 | ok
            2025-10-01 | session                             | project+require-2fa-or-token has=totp totp@session                      | package-needs-2fa-or-token
            2025-10-01 | session                             | project+require-2fa-or-token has=totp totp@session totp@request         | ok
            2025-10-01 | api-token.granular.write            | project+require-2fa-or-token has=totp                                   | package-needs-2fa-or-token
            2025-10-01 | api-token.granular.write            | project+require-2fa-or-token has=totp totp@request                      | ok
            2025-10-01 | api-token.granular.write.bypass-2fa | project+require-2fa-or-token                                            | ok
            2025-10-01 | trusted-publisher                   | project+require-2fa-or-token                                            | ok
            2026-06-01 | session                             | has=totp totp@session                                                   | publish-needs-2fa
            2026-06-01 | session                             | has=totp totp@session totp@request                                      | ok
            2026-06-01 | api-token.granular.write            |                                                                         | publish-needs-2fa
            2026-06-01 | api-token.granular.write.bypass-2fa |                                                                         | ok
            2026-06-01 | trusted-publisher                   | publisher+may-publish                                                   | ok
            2026-06-01 | api-token.granular.write.bypass-2fa | project+disallow-tokens                                                 | package-disallows-tokens
            2026-06-01 | trusted-publisher                   | project+disallow-tokens publisher+may-publish                           | ok
            2026-06-01 | api-token.granular.write.bypass-2fa | project+require-2fa-or-token                                            | ok
            """)
    void npm_inEachMode_isAnsweredByTheCredential(String at, String credential, String facts, String answer) {
        assertThat(RegistryTable.answer("npm", at, "publish.release", credential, facts))
                .isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            before 2025-11-19 | publish.release | api-token         | ok
            2025-11-19        | publish.release | api-token         | trusted-publishing-only
            2025-11-19        | publish.release | api-token.scoped  | trusted-publishing-only
            2025-11-19        | publish.release | trusted-publisher | ok
            2025-11-19        | publish.project | api-token         | ok
            2025-11-19        | release.yank    | api-token         | ok
            """)
    void cratesIo_withTrustedPublishingOnly_isAnsweredAsPublished(
            String at, String action, String credential, String answer) {
        assertThat(RegistryTable.answer("crates-io", at, action, credential, "project+trusted-publishing-only"))
                .isEqualTo(answer);
    }

    private static String modes(String action, String credential, String facts) {
        return RegistryTable.answer("project-modes", "2026-08-25", action, credential, facts);
    }

    /** Taken over into a document that extends PyPI's rules, the modes stand on their own. */
    @Test
    void modes_besidePypisRules_buildAndBind() {
        String text = Presets.text("project-modes/1");
        String own = """
                gatehouse-policy = 1
                name = "mine"
                revision = 1
                extends = "pypi-strict/1"
                """ + text.substring(text.indexOf("[vocabulary.flags]"));
        PolicyDefinition definition =
                PolicyDocuments.standard().read("mine.toml", own).definition();
        Warehouse index = Warehouse.of(definition);

        assertThat(definition.requirements())
                .hasSize(Presets.load("pypi-strict/1").requirements().size() + 4);
        RequestDraft upload = Warehouse.with2fa(
                Warehouse.person("publish.release", dev.gatehouse.policy.rule.CredentialKind.API_TOKEN));
        upload.project.flags = Fact.of(java.util.Set.of("trusted-publishing-only"));
        assertThat(Warehouse.refusals(index.decide(upload, Warehouse.TODAY)))
                .containsExactly("trusted-publishing-only");
        assertThat(Warehouse.headline(index.decide(upload, Warehouse.TODAY))).contains("trusted publishers only");
        RequestDraft run = Warehouse.run("publish.release", "release");
        run.project.flags = Fact.of(java.util.Set.of("trusted-publishing-only", "disallow-tokens"));
        assertThat(Warehouse.refusals(index.decide(run, Warehouse.TODAY))).isEmpty();
    }

    /** A host that does not know the project's mode keeps everybody out whom some mode would. */
    @Test
    void mode_thatIsUnknown_binds() {
        RequestDraft upload = Warehouse.with2fa(
                Warehouse.person("publish.release", dev.gatehouse.policy.rule.CredentialKind.API_TOKEN));
        upload.project.flags = Fact.unknown();

        assertThat(Warehouse.refusals(Warehouse.of("project-modes").decide(upload, Warehouse.TODAY)))
                .containsExactlyInAnyOrder(
                        "trusted-publishing-only", "tokens-are-disallowed", "second-factor-or-automation");
    }
}
