package dev.gatehouse.publisher;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.token.ApiTokenRepository;
import dev.gatehouse.token.InMemoryApiTokenRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishers, pending publishers, tokens and projects in the memory of one process, for tests and demonstrations: they die with the
 * process.
 *
 * <p>Its parts can be used alone, each change then being a transaction of its own. Thread-safe; one lock for everything.
 */
public final class InMemoryPublishingStore implements PublishingStore {
    private final AuditSink audit;
    private final InMemoryApiTokenRepository tokens;
    private final InMemoryPublishers publishers;
    private final InMemoryPendingPublishers pending;
    private final InMemoryProjects projects;
    private final Unit unit;

    /** The events of the transaction that runs; null if none does. Guarded by the lock of {@code tokens}. */
    private volatile @Nullable List<AuditEvent> events;

    private InMemoryPublishingStore(AuditSink audit) {
        this.audit = Objects.requireNonNull(audit, "audit");
        this.tokens = InMemoryApiTokenRepository.create(this::record);
        this.publishers = new InMemoryPublishers(this);
        this.pending = new InMemoryPendingPublishers(this);
        this.projects = new InMemoryProjects(this);
        this.unit = new Parts();
    }

    /** An empty store whose events go to this sink when a transaction ends; if the sink throws, nothing is changed. */
    public static InMemoryPublishingStore create(AuditSink audit) {
        return new InMemoryPublishingStore(audit);
    }

    public PublisherRepository publishers() {
        return publishers;
    }

    public PendingPublisherRepository pending() {
        return pending;
    }

    public ApiTokenRepository tokens() {
        return tokens;
    }

    public PublishingProjects projects() {
        return projects;
    }

    /**
     * Adds a project as the host would, outside of an exchange.
     *
     * @throws IllegalArgumentException if its id or name is taken
     */
    public void addProject(PublishingProject project) {
        together(() -> projects.add(project));
    }

    /** Deletes a project as the host would; its publishers stay linked to an id that is gone. */
    public void deleteProject(String id) {
        together(() -> projects.delete(id));
    }

    @Override
    public <T> T inTransaction(Function<? super Unit, ? extends T> work) {
        return together(() -> work.apply(unit));
    }

    /** Does all of it or nothing, at one point in time; within a transaction, as a part of it. */
    <T> T together(Supplier<? extends T> work) {
        return tokens.together(() -> events != null ? work.get() : begun(work));
    }

    private <T> T begun(Supplier<? extends T> work) {
        Runnable publishersBefore = publishers.snapshot();
        Runnable pendingBefore = pending.snapshot();
        Runnable projectsBefore = projects.snapshot();
        List<AuditEvent> recorded = new ArrayList<>();
        boolean isDone = false;
        events = recorded;
        try {
            T answer = work.get();
            recorded.forEach(audit::record);
            isDone = true;
            return answer;
        } finally {
            events = null;
            if (!isDone) {
                publishersBefore.run();
                pendingBefore.run();
                projectsBefore.run();
            }
        }
    }

    void record(AuditEvent event) {
        List<AuditEvent> running = events;
        if (running != null) {
            running.add(Objects.requireNonNull(event, "event"));
        } else {
            audit.record(event);
        }
    }

    private final class Parts implements Unit {
        @Override
        public PublisherRepository publishers() {
            return publishers;
        }

        @Override
        public PendingPublisherRepository pending() {
            return pending;
        }

        @Override
        public ApiTokenRepository tokens() {
            return tokens;
        }

        @Override
        public PublishingProjects projects() {
            return projects;
        }

        @Override
        public AuditSink audit() {
            return InMemoryPublishingStore.this::record;
        }
    }

    /** Projects by their names in the spelling in which they compete. */
    private static final class InMemoryProjects implements PublishingProjects {
        private final InMemoryPublishingStore store;
        private List<PublishingProject> projects = new ArrayList<>();
        private long made;

        InMemoryProjects(InMemoryPublishingStore store) {
            this.store = store;
        }

        Runnable snapshot() {
            List<PublishingProject> before = new ArrayList<>(projects);
            return () -> projects = before;
        }

        boolean add(PublishingProject project) {
            if (byId(project.id()).isPresent() || byName(project.name()).isPresent()) {
                throw new IllegalArgumentException("project: id or name is taken");
            }
            return projects.add(project);
        }

        boolean delete(String id) {
            return projects.removeIf(project -> project.id().equals(id));
        }

        @Override
        public Optional<PublishingProject> byId(String id) {
            return store.together(() ->
                    projects.stream().filter(project -> project.id().equals(id)).findFirst());
        }

        @Override
        public Optional<PublishingProject> byName(String name) {
            String normalized = normalized(name);
            return store.together(() -> projects.stream()
                    .filter(project -> normalized(project.name()).equals(normalized))
                    .findFirst());
        }

        @Override
        public ProjectCreation create(PendingPublisher pending) {
            return store.together(() -> {
                if (byName(pending.projectName()).isPresent()) {
                    return new ProjectCreation.NameTaken();
                }
                made++;
                PublishingProject project = PublishingProject.of("project-" + made, pending.projectName());
                if (pending.organization().isPresent()) {
                    project = project.inOrganization(pending.organization().get());
                }
                add(project);
                return new ProjectCreation.Created(project);
            });
        }
    }
}
