package dev.gatehouse.example.publishing;

import dev.gatehouse.example.index.Catalogue;
import dev.gatehouse.example.index.Project;
import dev.gatehouse.example.index.ProjectName;
import dev.gatehouse.publisher.PendingPublisher;
import dev.gatehouse.publisher.ProjectCreation;
import dev.gatehouse.publisher.PublishingProject;
import dev.gatehouse.publisher.PublishingProjects;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** The projects of this index within one transaction, for its thread. */
final class CatalogueProjects implements PublishingProjects {
    /** What the database says of a name that somebody else has just taken. */
    private static final String UNIQUE = "23505";

    private final Catalogue catalogue;
    private final Handle handle;
    private final InstantSource clock;

    CatalogueProjects(Catalogue catalogue, Handle handle, InstantSource clock) {
        this.catalogue = catalogue;
        this.handle = handle;
        this.clock = clock;
    }

    @Override
    public Optional<PublishingProject> byId(String id) {
        return catalogue.projectById(handle, id).map(CatalogueProjects::known);
    }

    @Override
    public Optional<PublishingProject> byName(String name) {
        return ProjectName.of(name)
                .flatMap(read -> catalogue.project(handle, read))
                .map(CatalogueProjects::known);
    }

    @Override
    public ProjectCreation create(PendingPublisher pending) {
        Optional<ProjectName> name = ProjectName.of(pending.projectName());
        if (name.isEmpty()) {
            return new ProjectCreation.Refused("The name '" + pending.projectName() + "' isn't allowed.");
        }
        if (catalogue.project(handle, name.get()).isPresent()) {
            return new ProjectCreation.NameTaken();
        }
        try {
            return new ProjectCreation.Created(
                    known(catalogue.createProject(handle, name.get(), pending.registrant(), clock.instant())));
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException cause && UNIQUE.equals(cause.getSQLState())) {
                return new ProjectCreation.NameTaken();
            }
            throw e;
        }
    }

    private static PublishingProject known(Project project) {
        return PublishingProject.of(project.id(), project.name());
    }
}
