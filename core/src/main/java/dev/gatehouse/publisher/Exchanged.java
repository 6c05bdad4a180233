package dev.gatehouse.publisher;

import dev.gatehouse.token.ApiToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A token was minted for a run. Immutable and thread-safe; {@code toString} holds no secret. */
public final class Exchanged implements Exchange {
    private final ApiToken token;
    private final String secret;
    private final Instant expires;
    private final TrustedPublisher publisher;
    private final List<PublishingProject> projects;
    private final @Nullable PublishingProject made;
    private final RunRemarks remarks;

    Exchanged(
            ApiToken token,
            String secret,
            Instant expires,
            TrustedPublisher publisher,
            List<PublishingProject> projects,
            @Nullable PublishingProject made,
            RunRemarks remarks) {
        this.token = token;
        this.secret = secret;
        this.expires = expires;
        this.publisher = publisher;
        this.projects = List.copyOf(projects);
        this.made = made;
        this.remarks = remarks;
    }

    /** The record of the token. */
    public ApiToken token() {
        return token;
    }

    /** The token itself, for the client alone. */
    public String secret() {
        return secret;
    }

    /** The first instant at which the token is expired, a whole second. */
    public Instant expires() {
        return expires;
    }

    /** The publisher as it is after the exchange. */
    public TrustedPublisher publisher() {
        return publisher;
    }

    /** The projects that the token is for, while they are linked to the publisher. */
    public List<PublishingProject> projects() {
        return projects;
    }

    /** The project that was made, if the publisher was pending. */
    public Optional<PublishingProject> made() {
        return Optional.ofNullable(made);
    }

    /**
     * The environment of the run, if the publisher has a setting for one, none is set, and it has one project: its owners are better
     * off with a constraint, and PyPI mails them so.
     */
    public Optional<String> ignoredEnvironment() {
        return Optional.ofNullable(remarks.ignoredEnvironment());
    }

    /** Whether the run's own workflow called the one that matched. */
    public boolean isReusableWorkflow() {
        return remarks.isReusableWorkflow();
    }

    /** What was renamed at the provider since the publisher was registered. */
    public Optional<String> renamed() {
        return Optional.ofNullable(remarks.renamed());
    }

    @Override
    public String toString() {
        return "Exchanged[" + token + ", " + publisher + "]";
    }
}
