package dev.gatehouse.publisher;

import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A run that wants a token for a project, as a permit is asked about it. Immutable and thread-safe. */
public final class ExchangeAttempt {
    private final PublisherSettings settings;
    private final SortedMap<String, String> run;
    private final String address;
    private final @Nullable String publisher;
    private final @Nullable PublishingProject project;
    private final @Nullable PendingPublisher pending;

    private ExchangeAttempt(
            PublisherSettings settings,
            SortedMap<String, String> run,
            String address,
            @Nullable String publisher,
            @Nullable PublishingProject project,
            @Nullable PendingPublisher pending) {
        this.settings = settings;
        this.run = run;
        this.address = address;
        this.publisher = publisher;
        this.project = project;
        this.pending = pending;
    }

    static ExchangeAttempt of(
            TrustedPublisher publisher, PublishingProject project, SortedMap<String, String> run, String address) {
        return new ExchangeAttempt(
                publisher.settings(), run, address, publisher.id(), Objects.requireNonNull(project, "project"), null);
    }

    static ExchangeAttempt of(PendingPublisher pending, SortedMap<String, String> run, String address) {
        return new ExchangeAttempt(pending.settings(), run, address, null, null, pending);
    }

    /** The settings of the publisher that matched: provider, issuer, constraints. */
    public PublisherSettings settings() {
        return settings;
    }

    /** What will be recorded of the run: {@link PublisherProvider#run}; unmodifiable. */
    public SortedMap<String, String> run() {
        return run;
    }

    /** The network address as the host told it. */
    public String address() {
        return address;
    }

    /** The publisher; empty if it is pending. */
    public Optional<String> publisher() {
        return Optional.ofNullable(publisher);
    }

    /** The project; empty if it is still to be made. */
    public Optional<PublishingProject> project() {
        return Optional.ofNullable(project);
    }

    /** The pending publisher that will make its project; empty if the project is there. */
    public Optional<PendingPublisher> pending() {
        return Optional.ofNullable(pending);
    }

    /** The project's name, there or to be made. */
    public String projectName() {
        return project != null
                ? project.name()
                : Objects.requireNonNull(pending).projectName();
    }

    /** The organisation that the project belongs to, or will. */
    public Optional<String> organization() {
        return project != null
                ? project.organization()
                : Objects.requireNonNull(pending).organization();
    }

    @Override
    public String toString() {
        return "ExchangeAttempt[" + settings.provider() + "]";
    }
}
