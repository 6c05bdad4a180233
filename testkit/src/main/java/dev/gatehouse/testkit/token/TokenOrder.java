package dev.gatehouse.testkit.token;

import dev.gatehouse.token.TokenOwner;
import dev.gatehouse.token.TokenProject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A token that a law asks for. Immutable and thread-safe.
 *
 * @param owner whose it is
 * @param projects the only ones it is for; none for all that the owner has, which a publisher's token never is
 * @param lifetime how long it lives, in whole seconds; empty for one without end
 * @param madeWithTwoFactor whether the owner has proven a second factor
 */
public record TokenOrder(
        TokenOwner owner, List<TokenProject> projects, Optional<Duration> lifetime, boolean madeWithTwoFactor) {
    /** Checks that nothing is missing. */
    public TokenOrder {
        Objects.requireNonNull(owner, "owner");
        projects = List.copyOf(projects);
        Objects.requireNonNull(lifetime, "lifetime");
    }

    /** A token without end of an account, for all its projects. */
    public static TokenOrder ofAccount(String id) {
        return new TokenOrder(TokenOwner.account(id), List.of(), Optional.empty(), false);
    }

    /** The same with this lifetime. */
    public TokenOrder living(Duration span) {
        return new TokenOrder(owner, projects, Optional.of(span), madeWithTwoFactor);
    }
}
