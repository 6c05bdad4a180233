package dev.gatehouse.token;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token that is genuine, alive and within all its restrictions, for one request about a project that is settled.
 *
 * <p>Only {@link ApiTokens} makes one. What a policy reads is {@link #token}, the server's record; the restrictions are there to
 * be shown. It is not used yet: when the request is permitted, and before anything is done, {@link ApiTokens#recordUse} writes the use
 * and spends a token that is good for one, of which any number can be verified until then. Thread-safe.
 */
public final class VerifiedToken implements TokenVerification {
    private final ApiToken token;
    private final CheckedCaveats caveats;
    private final Instant at;
    private final @Nullable Set<String> spent;

    /**
     * A token.
     *
     * @param spent the nonces that the same request has spent for the same project; null if each use is to be one of its own
     */
    VerifiedToken(ApiToken token, CheckedCaveats caveats, Instant at, @Nullable Set<String> spent) {
        this.token = token;
        this.caveats = caveats;
        this.at = at;
        this.spent = spent;
    }

    /** The server's record, as it was at the verification. */
    public ApiToken token() {
        return token;
    }

    /** When it was verified. */
    public Instant at() {
        return at;
    }

    /** Every restriction that was checked: those in the token, in order, then those that only the server holds. */
    public List<Caveat> restrictions() {
        return caveats.all();
    }

    /**
     * The names of the restrictions that a bearer added: those in the token that are not on the server's record, each as often as
     * it is there more often.
     */
    public List<String> addedByBearer() {
        return caveats.addedByBearer(token);
    }

    List<CheckedCaveats.Use> singleUses() {
        return caveats.singleUses();
    }

    boolean isSpentHere(StandardCaveat.SingleUse use) {
        return spent != null && spent.contains(use.nonce());
    }

    void spentHere(StandardCaveat.SingleUse use) {
        if (spent != null) {
            spent.add(use.nonce());
        }
    }

    @Override
    public String toString() {
        return "VerifiedToken[" + token.id() + "]";
    }
}
