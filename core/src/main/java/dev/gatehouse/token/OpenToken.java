package dev.gatehouse.token;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A token that is genuine, alive and within those of its restrictions that can be told before the project is known.
 *
 * <p>It is no {@link VerifiedToken}: that comes from {@link #complete} with the project that is really written, or from
 * {@link #completeWithoutProject}, which check every restriction and the end of the token's life anew. Whether it was revoked or
 * spent since is seen by {@link ApiTokens#recordUse}. A transaction that is tried again completes it again: what a use of it has spent
 * for a project it need not spend again for the same one. For one request; thread-safe.
 */
public final class OpenToken implements OpenTokenVerification {
    private final TokenVerifier verifier;
    private final StoredToken stored;
    private final TokenContext request;
    private final CheckedCaveats caveats;
    private final Map<String, Set<String>> spentByProject = new ConcurrentHashMap<>();

    OpenToken(TokenVerifier verifier, StoredToken stored, TokenContext request, CheckedCaveats caveats) {
        this.verifier = verifier;
        this.stored = stored;
        this.request = request;
        this.caveats = caveats;
    }

    /** The server's record: what a policy may read already. */
    public ApiToken token() {
        return stored.token();
    }

    /** Whether a restriction waits for the project. */
    public boolean waitsForProject() {
        return caveats.waitsForProject();
    }

    /** Verifies the token for this project. */
    public TokenVerification complete(TokenProject project) {
        return verifier.finish(
                stored, caveats, request.withProject(project), spent("project " + verifier.normalized(project.name())));
    }

    /** Verifies the token for a request that turned out to be about no project. */
    public TokenVerification completeWithoutProject() {
        return verifier.finish(stored, caveats, request, spent("no project"));
    }

    private Set<String> spent(String about) {
        return spentByProject.computeIfAbsent(about, any -> ConcurrentHashMap.newKeySet());
    }

    @Override
    public String toString() {
        return "OpenToken[" + token().id() + "]";
    }
}
