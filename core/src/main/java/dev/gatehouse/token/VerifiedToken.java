package dev.gatehouse.token;

import java.time.Instant;
import java.util.List;

/**
 * A token that is genuine, alive and within all its restrictions, for one request about a project that is settled.
 *
 * <p>Only {@link ApiTokens} makes one. What a policy reads is {@link #token}, the server's record; the restrictions are there to
 * be shown. It is not used yet: when the request is permitted, and before anything is done, {@link ApiTokens#recordUse} writes the use
 * and spends a token that is good for one, of which any number can be verified until then. Immutable and thread-safe.
 */
public final class VerifiedToken implements TokenVerification {
    private final ApiToken token;
    private final CheckedCaveats caveats;
    private final Instant at;

    VerifiedToken(ApiToken token, CheckedCaveats caveats, Instant at) {
        this.token = token;
        this.caveats = caveats;
        this.at = at;
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

    List<StandardCaveat.SingleUse> singleUses() {
        return caveats.singleUses();
    }

    @Override
    public String toString() {
        return "VerifiedToken[" + token.id() + "]";
    }
}
