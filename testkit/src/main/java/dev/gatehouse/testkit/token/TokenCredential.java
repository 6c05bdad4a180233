package dev.gatehouse.testkit.token;

import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.Lifetime;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.Reach;
import dev.gatehouse.token.ApiToken;
import dev.gatehouse.token.TokenOwner;

/** The credential that a record stands for. */
final class TokenCredential {
    private TokenCredential() {}

    static Credential of(ApiToken token) {
        boolean publisher = token.owner() instanceof TokenOwner.Publisher;
        Credential.Builder credential = Credential.builder(
                        publisher ? CredentialKind.TRUSTED_PUBLISHER : CredentialKind.API_TOKEN)
                .labels(token.labels())
                .created(token.created())
                .lastUsed(token.lastUsed().orElse(token.created()))
                .lifetime(token.lifetime().map(Lifetime::of).orElseGet(Lifetime::endless));
        Reach.of(token.reach().id()).ifPresent(credential::reach);
        return (token.owner() instanceof TokenOwner.Organization ? credential.withoutOwner() : credential).build();
    }
}
