package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.document.Presets;
import dev.gatehouse.policy.rule.Requirement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts that a registry is known to answer with, as its preset has them. */
class RegistryMessagesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            rubygems/1 | mfa-required | [ERROR] For protection of your account and your gems, you are required to set up multi-factor authentication at {link}.
            rubygems/1 | gem-requires-mfa | Rubygem requires owners to enable MFA. You must enable MFA before pushing new version.
            rubygems/1 | gem-requires-mfa-by-api | Gem requires MFA enabled; You do not have MFA enabled yet.
            rubygems/1 | gem-requires-mfa-on-pages | The gem has MFA requirement enabled, please setup MFA on your account.
            rubygems/1 | code-on-api-write | You have enabled multifactor authentication but no OTP code provided. Please fill it and retry.
            rubygems/1 | code-on-key-creation | You have enabled multifactor authentication but no OTP code provided. Please fill it and retry.
            rubygems/1 | push-needs-key | Access Denied. Please sign up for an account at https://rubygems.org
            rubygems/1 | owners-need-key | Access Denied. Please sign up for an account at https://rubygems.org
            rubygems/1 | publisher-only-pushes | The API key doesn't have access
            npm/1 | publish-needs-2fa | OTP required for authentication
            npm/1 | account-challenges-writes | OTP required for authentication
            npm/1 | package-needs-2fa-or-token | OTP required for authentication
            hex/1 | oauth-write-needs-2fa | Two-factor authentication must be enabled for API write access
            hex/1 | oauth-write-needs-code | Two-factor authentication required. Include X-Hex-OTP header with your TOTP code.
            hex/1 | basic-is-off | Basic authentication is disabled. Update your client to use OAuth or an API key.
            crates-io/1 | authentication | this action requires authentication
            crates-io/1 | publish-needs-token | this action requires authentication
            crates-io/1 | token-never-mints-token | cannot use an API token to create a new API token
            crates-io/1 | website-only | this action can only be performed on the crates.io website
            crates-io/1 | no-legacy-token-here | This endpoint cannot be used with legacy API tokens. Use a scoped API token instead.
            crates-io/1 | publisher-only-publishes | this token does not have the required permissions to perform this action
            crates-io/1 | new-crate-needs-a-person | Trusted Publishing tokens do not support creating new crates. Publish the crate manually, first
            crates-io/1 | trusted-publishing-only | New versions of this crate can only be published using Trusted Publishing (see https://crates.io/docs/trusted-publishing).
            clojars/1 | deploy-needs-token | a deploy token is required to deploy. See https://bit.ly/3LmCclv
            clojars/1 | group-requires-mfa | The group '{organization}' requires you to have two-factor auth enabled to deploy. See https://bit.ly/45qrtA8
            jsr/1 | scope-publishes-from-ci | This scope requires that all packages must be published from CI.
            open-vsx/1 | publish-needs-credential | Invalid access token.
            open-vsx/1 | token-expires | Invalid access token.
            packagist/1 | organization-needs-2fa | Two-factor authentication is required to manage an organization.
            pub-dev/1 | new-package-needs-a-person | Only users are allowed to upload new packages.
            """)
    void message_ofARequirement_isTheRegistrysOwn(String preset, String id, String text) {
        assertThat(requirement(preset, id).message()).hasValue(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            rubygems/1 | mfa-level-strong | you are required to change your MFA level to 'UI and gem signin' or 'UI and API'
            pub-dev/1 | no-manual-publishing | Manual publishing has been disabled.
            """)
    void message_thatIsKnownInPart_hasThatPart(String preset, String id, String text) {
        assertThat(requirement(preset, id).message().orElseThrow()).contains(text);
    }

    @ParameterizedTest
    @CsvSource(
            "rubygems/1, mfa-recommended, '[WARNING] For protection of your account and gems, we encourage you to set up"
                    + " multi-factor authentication'")
    void notice_ofARequirement_isTheRegistrysOwn(String preset, String id, String text) {
        assertThat(requirement(preset, id).notice().orElseThrow()).startsWith(text);
    }

    private static Requirement requirement(String preset, String id) {
        return Presets.load(preset).requirement(id).orElseThrow();
    }
}
