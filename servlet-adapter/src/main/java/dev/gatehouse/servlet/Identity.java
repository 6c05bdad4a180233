package dev.gatehouse.servlet;

import dev.gatehouse.policy.rule.CredentialKind;
import java.security.Principal;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whom the filter let through: the account or run that the one credential of the route proved.
 *
 * <p>It is the request's {@code getUserPrincipal()}. Immutable and thread-safe; equal by content.
 */
public final class Identity implements Principal {
    private final CredentialKind kind;
    private final @Nullable String accountId;
    private final String name;
    private final @Nullable String tokenId;

    private Identity(CredentialKind kind, @Nullable String accountId, String name, @Nullable String tokenId) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.accountId = accountId;
        this.name = Objects.requireNonNull(name, "name");
        this.tokenId = tokenId;
    }

    /** An account, by the host's immutable id and its name. */
    public static Identity account(CredentialKind kind, String accountId, String name) {
        return new Identity(kind, Objects.requireNonNull(accountId, "accountId"), name, null);
    }

    /** A run, a service account or another caller without an account. */
    public static Identity withoutAccount(CredentialKind kind, String name) {
        return new Identity(kind, null, name, null);
    }

    /** The same identity, proven by the token with this id. */
    public Identity byToken(String id) {
        return new Identity(kind, accountId, name, Objects.requireNonNull(id, "id"));
    }

    /** What proved it. */
    public CredentialKind kind() {
        return kind;
    }

    /** The host's immutable id of the account, if there is one. */
    public Optional<String> accountId() {
        return Optional.ofNullable(accountId);
    }

    /** The id of the token that proved it, if one did. */
    public Optional<String> tokenId() {
        return Optional.ofNullable(tokenId);
    }

    /** The account's name, or what the host calls a caller without an account. */
    @Override
    public String getName() {
        return name;
    }

    @Nullable
    String accountIdOrNull() {
        return accountId;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Identity that
                && kind == that.kind
                && Objects.equals(accountId, that.accountId)
                && name.equals(that.name)
                && Objects.equals(tokenId, that.tokenId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, accountId, name, tokenId);
    }

    @Override
    public String toString() {
        return name + " by " + kind.id();
    }
}
