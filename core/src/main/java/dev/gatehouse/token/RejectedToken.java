package dev.gatehouse.token;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A token that is refused, and why.
 *
 * <p>All of this is for log and audit. A bearer of a token that is {@code MALFORMED} or {@code NOT_GENUINE} has to get the same
 * answer, and no other. Immutable and thread-safe.
 */
public final class RejectedToken implements TokenVerification, OpenTokenVerification {
    private final TokenRejection code;
    private final @Nullable ApiToken token;
    private final List<UnmetCaveat> unmet;

    private RejectedToken(TokenRejection code, @Nullable ApiToken token, List<UnmetCaveat> unmet) {
        this.code = code;
        this.token = token;
        this.unmet = List.copyOf(unmet);
    }

    static RejectedToken unproven(TokenRejection code) {
        return new RejectedToken(code, null, List.of());
    }

    static RejectedToken of(TokenRejection code, ApiToken token) {
        return new RejectedToken(code, token, List.of());
    }

    static RejectedToken unmet(ApiToken token, List<UnmetCaveat> unmet) {
        return new RejectedToken(TokenRejection.CAVEATS, token, unmet);
    }

    /** The first cause. */
    public TokenRejection code() {
        return code;
    }

    /** The server's record, if the signature holds. */
    public Optional<ApiToken> token() {
        return Optional.ofNullable(token);
    }

    /** Every restriction that is not met, in the token's order, then the server's; empty unless the code is {@code CAVEATS}. */
    public List<UnmetCaveat> unmet() {
        return unmet;
    }

    /** The cause as one text: those of all unmet restrictions joined by commas, or that of the code. */
    public String text() {
        return unmet.isEmpty()
                ? code.text()
                : unmet.stream().map(UnmetCaveat::text).collect(Collectors.joining(", "));
    }

    /** Equal where a caller could not tell the two apart. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RejectedToken that
                && code == that.code
                && Objects.equals(token, that.token)
                && unmet.equals(that.unmet);
    }

    @Override
    public int hashCode() {
        return Objects.hash(code, token, unmet);
    }

    @Override
    public String toString() {
        return "RejectedToken[" + code + (token == null ? "" : ", " + token.id()) + ", " + unmet.size() + " unmet]";
    }
}
