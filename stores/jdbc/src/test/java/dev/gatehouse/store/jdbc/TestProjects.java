package dev.gatehouse.store.jdbc;

import dev.gatehouse.publisher.PendingPublisher;
import dev.gatehouse.publisher.ProjectCreation;
import dev.gatehouse.publisher.PublishingProject;
import dev.gatehouse.publisher.PublishingProjects;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;

/** A host's projects in a table of its own, in the transaction that they are given, or each call in one of its own. */
final class TestProjects implements PublishingProjects {
    /** Gives a connection to something. */
    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    private final Function<Work<?>, Object> connections;

    private TestProjects(Function<Work<?>, Object> connections) {
        this.connections = connections;
    }

    static void table(DataSource source) {
        Statements.run(
                source,
                "CREATE TABLE project (id VARCHAR(64) PRIMARY KEY, name VARCHAR(255) NOT NULL,"
                        + " normalized VARCHAR(255) NOT NULL UNIQUE, organization VARCHAR(255))");
    }

    static TestProjects in(Connection connection) {
        return new TestProjects(work -> {
            try {
                return work.in(connection);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    static TestProjects of(DataSource source) {
        return new TestProjects(work -> {
            try (Connection connection = source.getConnection()) {
                return work.in(connection);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @SuppressWarnings("unchecked")
    private <T> T with(Work<T> work) {
        return (T) connections.apply(work);
    }

    private static PublishingProject project(Row row) throws SQLException {
        PublishingProject project = PublishingProject.of(row.text("id"), row.text("name"));
        String organization = row.textOrNull("organization");
        return organization == null ? project : project.inOrganization(organization);
    }

    private Optional<PublishingProject> one(String column, String value) {
        return with(connection -> {
            List<PublishingProject> found = Sql.query(
                    connection,
                    "SELECT id, name, organization FROM project WHERE " + column + " = ?",
                    TestProjects::project,
                    value);
            return found.stream().findFirst();
        });
    }

    @Override
    public Optional<PublishingProject> byId(String id) {
        return one("id", id);
    }

    @Override
    public Optional<PublishingProject> byName(String name) {
        return one("normalized", normalized(name));
    }

    boolean isAdded(PublishingProject project) {
        return with(connection -> {
            boolean auto = connection.getAutoCommit();
            connection.setAutoCommit(false);
            boolean isNew = Sql.isInserted(
                    connection,
                    "INSERT INTO project (id, name, normalized, organization) VALUES (?, ?, ?, ?)",
                    project.id(),
                    project.name(),
                    normalized(project.name()),
                    Sql.text(project.organization().orElse(null)));
            if (auto) {
                connection.commit();
                connection.setAutoCommit(true);
            }
            return isNew;
        });
    }

    @Override
    public ProjectCreation create(PendingPublisher pending) {
        PublishingProject bare = PublishingProject.of(UUID.randomUUID().toString(), pending.projectName());
        PublishingProject project =
                pending.organization().map(bare::inOrganization).orElse(bare);
        return isAdded(project) ? new ProjectCreation.Created(project) : new ProjectCreation.NameTaken();
    }
}
