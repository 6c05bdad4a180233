package dev.gatehouse.token;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a caveat is checked against. Immutable and thread-safe. */
public final class CaveatContext {
    private final ApiToken token;
    private final TokenContext request;
    private final Instant now;
    private final boolean projectOpen;
    private final UnaryOperator<String> names;
    /** The project's name in its one spelling: many caveats may compare with it. */
    private final @Nullable String projectName;

    private CaveatContext(
            ApiToken token, TokenContext request, Instant now, boolean projectOpen, UnaryOperator<String> names) {
        this.token = Objects.requireNonNull(token, "token");
        this.request = Objects.requireNonNull(request, "request");
        this.now = Objects.requireNonNull(now, "now");
        this.projectOpen = projectOpen;
        this.names = Objects.requireNonNull(names, "names");
        this.projectName =
                request.project().map(TokenProject::name).map(this::normalized).orElse(null);
    }

    /**
     * A context in which it is settled whether there is a project and which.
     *
     * @param names how names of projects are normalised before they are compared
     */
    public static CaveatContext of(ApiToken token, TokenContext request, Instant now, UnaryOperator<String> names) {
        return new CaveatContext(token, request, now, false, names);
    }

    /**
     * A context in which the project is not known yet.
     *
     * @throws IllegalArgumentException if the request names a project
     */
    public static CaveatContext open(ApiToken token, TokenContext request, Instant now, UnaryOperator<String> names) {
        if (request.project().isPresent()) {
            throw new IllegalArgumentException("request: names a project");
        }
        return new CaveatContext(token, request, now, true, names);
    }

    /** The server's record of the token. */
    public ApiToken token() {
        return token;
    }

    /** What is known of the request. */
    public TokenContext request() {
        return request;
    }

    /** The instant of the verification. */
    public Instant now() {
        return now;
    }

    /** The project that the request is about; empty if there is none or it is not known yet. */
    public Optional<TokenProject> project() {
        return request.project();
    }

    @Nullable
    String normalizedProject() {
        return projectName;
    }

    /** Whether the project is not known yet, so that a caveat that depends on it has to wait. */
    public boolean isProjectOpen() {
        return projectOpen;
    }

    /** A name of a project in the one spelling in which names are compared. */
    public String normalized(String projectName) {
        return Objects.requireNonNull(names.apply(projectName), "names");
    }
}
