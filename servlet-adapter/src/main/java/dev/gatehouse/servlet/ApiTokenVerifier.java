package dev.gatehouse.servlet;

import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.Lifetime;
import dev.gatehouse.policy.PublisherRun;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.Reach;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Verifies Gatehouse's own API tokens, and tells the policy what the server's record of each says.
 *
 * <p>A bearer of a token that is not genuine is told nothing but that it is invalid. Thread-safe, as far as the directory is.
 */
public final class ApiTokenVerifier implements TokenVerifier {
    private static final Pattern LITERAL = Pattern.compile("[0-9a-fA-F:.]+(%[0-9A-Za-z_.-]+)?");

    private final ApiTokens tokens;
    private final Directory directory;

    /** What a token's record does not hold and the host knows. Thread-safe; an exception is answered 503. */
    public interface Directory {
        /** The name of an account; empty if there is no such account any more, whose tokens are then refused. */
        Optional<String> accountName(String accountId);

        /** The project with this name, with its id and the publishers linked to it, if it exists. */
        TokenProject project(String name);

        /**
         * The flags of the host's own that are set for a publisher, such as npm's {@code may-publish}; none by default. They are
         * joined to those recorded of the run ({@code environment}, {@code ref-protected}, {@code reusable-workflow}, {@code
         * self-hosted-runner}); of what the host says it supplies, everything else is false.
         */
        default Set<String> publisherFlags(String publisherId) {
            return Set.of();
        }
    }

    private ApiTokenVerifier(ApiTokens tokens, Directory directory) {
        this.tokens = Objects.requireNonNull(tokens, "tokens");
        this.directory = Objects.requireNonNull(directory, "directory");
    }

    /** A verifier of these tokens. */
    public static ApiTokenVerifier of(ApiTokens tokens, Directory directory) {
        return new ApiTokenVerifier(tokens, directory);
    }

    @Override
    public Answer verify(String secret, TokenUse use) {
        InetAddress address = address(use.address());
        TokenContext bare = TokenContext.withoutProject();
        TokenContext context = address == null ? bare : bare.from(address);
        if (use.open()) {
            return tokens.open(secret, context)
                    .foldOpen(
                            open -> opened(
                                    accepted(open.token(), Optional::empty),
                                    named -> named.map(name -> open.complete(directory.project(name)))
                                            .orElseGet(open::completeWithoutProject)
                                            .fold(this::verified, ApiTokenVerifier::rejected)),
                            ApiTokenVerifier::rejected);
        }
        TokenContext about = use.project()
                .map(name -> context.withProject(directory.project(name)))
                .orElse(context);
        return tokens.verify(secret, about).fold(this::verified, ApiTokenVerifier::rejected);
    }

    private static Answer opened(Answer soFar, java.util.function.Function<Optional<String>, Answer> completion) {
        return soFar instanceof Accepted accepted ? new Open(accepted, completion) : soFar;
    }

    private Answer verified(VerifiedToken token) {
        return accepted(
                token.token(),
                () -> tokens.recordUse(token).fold(used -> Optional.empty(), late -> Optional.of(rejected(late))));
    }

    private Answer accepted(ApiToken token, Supplier<Optional<Rejected>> use) {
        TokenOwner owner = token.owner();
        if (owner instanceof TokenOwner.Account) {
            Optional<String> name = directory.accountName(owner.id());
            return name.<Answer>map(known -> accepted(
                            token,
                            Identity.account(CredentialKind.API_TOKEN, owner.id(), known),
                            credential(token, CredentialKind.API_TOKEN).build(),
                            PublisherRun.absent(),
                            use))
                    .orElseGet(() -> rejected(TokenRejection.OWNER_FROZEN, TokenRejection.OWNER_FROZEN.text()));
        }
        if (owner instanceof TokenOwner.Publisher) {
            return accepted(
                    token,
                    Identity.withoutAccount(CredentialKind.TRUSTED_PUBLISHER, owner.text()),
                    credential(token, CredentialKind.TRUSTED_PUBLISHER).build(),
                    RecordedRun.of(token.run(), directory.publisherFlags(owner.id())),
                    use);
        }
        return accepted(
                token,
                Identity.withoutAccount(CredentialKind.API_TOKEN, owner.text()),
                credential(token, CredentialKind.API_TOKEN).withoutOwner().build(),
                PublisherRun.absent(),
                use);
    }

    private static Accepted accepted(
            ApiToken token,
            Identity identity,
            Credential credential,
            PublisherRun run,
            Supplier<Optional<Rejected>> use) {
        return new Accepted(credential, identity.byToken(token.id()), run, use);
    }

    private static Credential.Builder credential(ApiToken token, CredentialKind kind) {
        Credential.Builder credential = Credential.builder(kind)
                .labels(token.labels())
                .created(token.created())
                .lastUsed(token.lastUsed().orElse(token.created()))
                .lifetime(token.lifetime().map(Lifetime::of).orElseGet(Lifetime::endless));
        Reach.of(token.reach().id()).ifPresent(credential::reach);
        return credential;
    }

    private static Rejected rejected(RejectedToken token) {
        return rejected(token.code(), token.text());
    }

    private static Rejected rejected(TokenRejection code, String text) {
        boolean unproven = code == TokenRejection.MALFORMED || code == TokenRejection.NOT_GENUINE;
        return new Rejected(
                unproven ? "INVALID_TOKEN" : code.name(),
                unproven ? "Invalid or non-existent authentication information." : "Invalid API Token: " + text);
    }

    /** The address if it is written as one; a name is never looked up. */
    private static @Nullable InetAddress address(String text) {
        if (!LITERAL.matcher(text).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
