package dev.gatehouse.store.jdbc;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.publisher.LookupKeys;
import dev.gatehouse.publisher.PublisherRepository;
import dev.gatehouse.publisher.TrustedPublisher;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Trusted publishers in tables; a publisher and its links are read by one statement, and changed under the lock of its row. */
final class JdbcPublishers implements PublisherRepository {
    private static final String KEYS = "gatehouse_publisher_key";
    private static final String WHOLE = "SELECT p.id, p.identity, p.provider, p.issuer, p.settings, p.pins,"
            + " p.organization, p.added_by, p.created_at, l.project_id FROM gatehouse_publisher p"
            + " LEFT JOIN gatehouse_publisher_project l ON l.publisher_id = p.id WHERE p.id IN (";
    private static final Comparator<TrustedPublisher> ORDER =
            Comparator.comparing(TrustedPublisher::created).thenComparing(TrustedPublisher::id);

    private final Transactions transactions;
    private final JdbcAuditLog audit;

    JdbcPublishers(Transactions transactions, JdbcAuditLog audit) {
        this.transactions = transactions;
        this.audit = audit;
    }

    @Override
    public Optional<TrustedPublisher> find(String id) {
        return transactions.run("reading a publisher", connection -> find(connection, id));
    }

    @Override
    public List<TrustedPublisher> withAnyKey(Set<String> keys, int limit) {
        List<Object> arguments = new ArrayList<>(LookupKeys.check(keys));
        arguments.add(LookupKeys.limit(limit));
        return transactions.run("finding publishers", connection -> {
            List<String> ids = Sql.query(
                    connection,
                    "SELECT DISTINCT p.id, p.created_at FROM gatehouse_publisher p JOIN " + KEYS
                            + " k ON k.publisher_id = p.id WHERE k.lookup_key IN ("
                            + PublisherRows.marks(keys.size()) + ") ORDER BY p.created_at, p.id LIMIT ?",
                    row -> row.text("id"),
                    arguments.toArray());
            return read(connection, ids);
        });
    }

    @Override
    public List<TrustedPublisher> ofProject(String projectId) {
        return transactions.run("reading the publishers of a project", connection -> {
            List<String> ids = Sql.query(
                    connection,
                    "SELECT publisher_id FROM gatehouse_publisher_project WHERE project_id = ?",
                    row -> row.text("publisher_id"),
                    projectId);
            // Compared here again, for a database may compare more loosely.
            return read(connection, ids).stream()
                    .filter(publisher -> publisher.projects().contains(projectId))
                    .toList();
        });
    }

    @Override
    public Insertion insert(TrustedPublisher publisher, Set<String> keys, AuditEvent event) {
        Set<String> checked = LookupKeys.check(keys);
        return transactions.run("inserting a publisher", connection -> {
            if (find(connection, publisher.id()).isPresent()) {
                return Insertion.ID_TAKEN;
            }
            boolean isNew = Sql.isInserted(
                    connection,
                    "INSERT INTO gatehouse_publisher (id, identity, provider, issuer, settings, pins, organization,"
                            + " added_by, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    publisher.id(),
                    publisher.identity(),
                    publisher.settings().provider(),
                    publisher.settings().issuer(),
                    AuditForm.text(publisher.settings().values()),
                    AuditForm.text(publisher.pins()),
                    Sql.text(publisher.organization().orElse(null)),
                    Sql.text(publisher.addedBy().orElse(null)),
                    publisher.created());
            if (!isNew) {
                return find(connection, publisher.id()).isPresent() ? Insertion.ID_TAKEN : Insertion.IDENTITY_TAKEN;
            }
            link(connection, publisher);
            PublisherRows.setKeys(connection, KEYS, publisher.id(), checked);
            audit.append(connection, event);
            return Insertion.INSERTED;
        });
    }

    @Override
    public Change replace(TrustedPublisher expected, TrustedPublisher next, Set<String> keys, AuditEvent event) {
        return put(expected, next, LookupKeys.check(keys), event);
    }

    @Override
    public Change relink(TrustedPublisher expected, TrustedPublisher next, AuditEvent event) {
        return put(expected, next, null, event);
    }

    private Change put(TrustedPublisher expected, TrustedPublisher next, @Nullable Set<String> keys, AuditEvent event) {
        if (!expected.id().equals(next.id())) {
            throw new IllegalArgumentException("next: another id");
        }
        return transactions.run("replacing a publisher", connection -> {
            if (!isStill(connection, expected)) {
                return Change.CONFLICT;
            }
            boolean isWritten = Sql.isDone(
                    connection,
                    "UPDATE gatehouse_publisher SET identity = ?, provider = ?, issuer = ?, settings = ?, pins = ?,"
                            + " organization = ?, added_by = ?, created_at = ? WHERE id = ?",
                    next.identity(),
                    next.settings().provider(),
                    next.settings().issuer(),
                    AuditForm.text(next.settings().values()),
                    AuditForm.text(next.pins()),
                    Sql.text(next.organization().orElse(null)),
                    Sql.text(next.addedBy().orElse(null)),
                    next.created(),
                    next.id());
            if (!isWritten) {
                return Change.IDENTITY_TAKEN;
            }
            unlink(connection, next.id());
            link(connection, next);
            if (keys != null) {
                PublisherRows.setKeys(connection, KEYS, next.id(), keys);
            }
            audit.append(connection, event);
            return Change.CHANGED;
        });
    }

    @Override
    public Change remove(TrustedPublisher expected, AuditEvent event) {
        return transactions.run("removing a publisher", connection -> {
            if (!isStill(connection, expected)) {
                return Change.CONFLICT;
            }
            unlink(connection, expected.id());
            PublisherRows.deleteKeys(connection, KEYS, expected.id());
            Sql.update(connection, "DELETE FROM gatehouse_publisher WHERE id = ?", expected.id());
            audit.append(connection, event);
            return Change.CHANGED;
        });
    }

    /** Locks the row first and reads it after: what is read then is what the last holder of the lock left. */
    private static boolean isStill(Connection connection, TrustedPublisher expected) throws SQLException {
        Sql.query(
                connection,
                "SELECT id FROM gatehouse_publisher WHERE id = ? FOR UPDATE",
                row -> row.text("id"),
                expected.id());
        return find(connection, expected.id()).equals(Optional.of(expected));
    }

    private static void link(Connection connection, TrustedPublisher publisher) throws SQLException {
        for (String project : publisher.projects()) {
            Sql.update(
                    connection,
                    "INSERT INTO gatehouse_publisher_project (publisher_id, project_id) VALUES (?, ?)",
                    publisher.id(),
                    project);
        }
    }

    private static void unlink(Connection connection, String id) throws SQLException {
        Sql.update(connection, "DELETE FROM gatehouse_publisher_project WHERE publisher_id = ?", id);
    }

    private static Optional<TrustedPublisher> find(Connection connection, String id) throws SQLException {
        return read(connection, List.of(id)).stream()
                .filter(publisher -> publisher.id().equals(id))
                .findFirst();
    }

    private static List<TrustedPublisher> read(Connection connection, List<String> ids) throws SQLException {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<String, TrustedPublisher> found = new LinkedHashMap<>();
        Map<String, Set<String>> projects = new LinkedHashMap<>();
        Sql.query(
                connection,
                WHOLE + PublisherRows.marks(ids.size()) + ")",
                row -> {
                    TrustedPublisher publisher = publisher(row);
                    found.put(publisher.id(), publisher);
                    Set<String> links = projects.computeIfAbsent(publisher.id(), id -> new TreeSet<>());
                    String project = row.textOrNull("project_id");
                    return project == null || links.add(project);
                },
                ids.toArray());
        List<TrustedPublisher> whole = new ArrayList<>();
        for (TrustedPublisher publisher : found.values()) {
            whole.add(linked(publisher, projects.getOrDefault(publisher.id(), Set.of())));
        }
        whole.sort(ORDER);
        return List.copyOf(whole);
    }

    private static TrustedPublisher linked(TrustedPublisher publisher, Set<String> projects) throws SQLException {
        try {
            return publisher.toBuilder().projects(projects).build();
        } catch (IllegalArgumentException e) {
            throw new SQLException("rows hold no links", e);
        }
    }

    private static TrustedPublisher publisher(Row row) throws SQLException {
        try {
            TrustedPublisher.Builder builder = TrustedPublisher.builder(
                            row.text("id"), PublisherRows.settings(row), row.time("created_at"))
                    .pins(PublisherRows.pins(row));
            String organization = row.textOrNull("organization");
            if (organization != null) {
                builder.organization(organization);
            }
            String addedBy = row.textOrNull("added_by");
            if (addedBy != null) {
                builder.addedBy(addedBy);
            }
            TrustedPublisher publisher = builder.build();
            if (!publisher.identity().equals(row.text("identity"))) {
                throw new SQLException("a publisher has another's identity");
            }
            return publisher;
        } catch (IllegalArgumentException e) {
            throw new SQLException("a row holds no publisher", e);
        }
    }
}
