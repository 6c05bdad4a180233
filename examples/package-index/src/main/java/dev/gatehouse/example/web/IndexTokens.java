package dev.gatehouse.example.web;

import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.Accounts;
import dev.gatehouse.example.index.Catalogue;
import dev.gatehouse.example.index.Project;
import dev.gatehouse.example.index.ProjectName;
import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.Lifetime;
import dev.gatehouse.policy.PublisherRun;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.Reach;
import dev.gatehouse.servlet.Identity;
import dev.gatehouse.servlet.TokenUse;
import dev.gatehouse.servlet.TokenVerifier;
import dev.gatehouse.token.ApiToken;
import dev.gatehouse.token.ApiTokens;
import dev.gatehouse.token.RejectedToken;
import dev.gatehouse.token.TokenContext;
import dev.gatehouse.token.TokenOwner;
import dev.gatehouse.token.TokenProject;
import dev.gatehouse.token.TokenRejection;
import dev.gatehouse.token.VerifiedToken;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Verifies the tokens in {@code Authorization}, as the filter asks. Thread-safe. */
final class IndexTokens implements TokenVerifier {
    private static final int REMEMBERED = 10_000;

    private final ApiTokens tokens;
    private final Accounts accounts;
    private final Catalogue catalogue;

    /** The last verification of each token, until its use is written down. */
    private final Map<String, VerifiedToken> verified = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, VerifiedToken> eldest) {
            return size() > REMEMBERED;
        }
    };

    IndexTokens(ApiTokens tokens, Accounts accounts, Catalogue catalogue) {
        this.tokens = tokens;
        this.accounts = accounts;
        this.catalogue = catalogue;
    }

    @Override
    public Answer verify(String secret, TokenUse use) {
        TokenContext context = TokenContext.withoutProject().from(address(use.address()));
        if (use.open()) {
            return tokens.open(secret, context).foldOpen(open -> accepted(open.token()), IndexTokens::rejected);
        }
        TokenContext about =
                use.project().map(name -> context.withProject(project(name))).orElse(context);
        return tokens.verify(secret, about)
                .fold(
                        known -> {
                            synchronized (verified) {
                                verified.put(known.token().id(), known);
                            }
                            return accepted(known.token());
                        },
                        IndexTokens::rejected);
    }

    /** Writes down that a permitted request has used the token; the answer says why it must not be used after all. */
    Optional<String> recordUse(Identity identity) {
        Optional<String> id = identity.tokenId();
        if (id.isEmpty()) {
            return Optional.empty();
        }
        VerifiedToken known;
        synchronized (verified) {
            known = verified.get(id.get());
        }
        if (known == null) {
            return Optional.of("it was not verified");
        }
        return tokens.recordUse(known).fold(used -> Optional.empty(), rejected -> Optional.of(rejected.text()));
    }

    private TokenProject project(String name) {
        TokenProject named = TokenProject.of(name);
        return ProjectName.of(name)
                .flatMap(catalogue::project)
                .map(Project::id)
                .map(named::withId)
                .orElse(named);
    }

    private Answer accepted(ApiToken token) {
        Optional<Account> owner =
                token.owner() instanceof TokenOwner.Account account ? accounts.byId(account.id()) : Optional.empty();
        if (owner.isEmpty()) {
            return new Rejected(TokenRejection.OWNER_FROZEN.name(), "Invalid API Token: the owner is gone");
        }
        Credential.Builder credential = Credential.apiToken()
                .labels(token.labels())
                .created(token.created())
                .lifetime(token.lifetime().map(Lifetime::of).orElseGet(Lifetime::endless))
                .reach(Reach.of(token.reach().id()).orElseThrow());
        credential.lastUsed(token.lastUsed().orElse(token.created()));
        Identity identity = Identity.account(
                        CredentialKind.API_TOKEN, owner.get().id(), owner.get().name())
                .byToken(token.id());
        return new Accepted(credential.build(), identity, PublisherRun.absent());
    }

    /** A bearer of a token that is not genuine gets one answer, whatever is wrong with it. */
    private static Answer rejected(RejectedToken token) {
        TokenRejection code = token.code();
        boolean unproven = code == TokenRejection.MALFORMED || code == TokenRejection.NOT_GENUINE;
        return new Rejected(
                code.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                unproven
                        ? "Invalid or non-existent authentication information."
                        : "Invalid API Token: " + token.text());
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("the container names no address", e);
        }
    }
}
