package dev.gatehouse.store.jdbc;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.publisher.LookupKeys;
import dev.gatehouse.publisher.PendingPublisher;
import dev.gatehouse.publisher.PendingPublisherRepository;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Pending publishers in a table; inserted under the lock of the registrant's account, so that its limit holds. */
final class JdbcPendingPublishers implements PendingPublisherRepository {
    private static final String KEYS = "gatehouse_pending_publisher_key";
    private static final String COLUMNS = "id, identity, provider, issuer, settings, pins, project_name,"
            + " normalized_name, registrant, organization, created_at, expires_at, is_reminded";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM gatehouse_pending_publisher WHERE ";
    private static final Comparator<PendingPublisher> OLDEST =
            Comparator.comparing(PendingPublisher::created).thenComparing(PendingPublisher::id);
    private static final Comparator<PendingPublisher> ENDING =
            Comparator.comparing(PendingPublisher::expires).thenComparing(PendingPublisher::id);

    private final Transactions transactions;
    private final JdbcAuditLog audit;

    JdbcPendingPublishers(Transactions transactions, JdbcAuditLog audit) {
        this.transactions = transactions;
        this.audit = audit;
    }

    @Override
    public Optional<PendingPublisher> find(String id) {
        return transactions.run("reading a pending publisher", connection -> find(connection, id, ""));
    }

    @Override
    public List<PendingPublisher> withAnyKey(Set<String> keys, int limit) {
        List<Object> arguments = new ArrayList<>(LookupKeys.check(keys));
        arguments.add(LookupKeys.limit(limit));
        return read(
                "id IN (SELECT publisher_id FROM " + KEYS + " WHERE lookup_key IN (" + PublisherRows.marks(keys.size())
                        + ")) ORDER BY created_at, id LIMIT ?",
                OLDEST,
                pending -> true,
                arguments.toArray());
    }

    // Texts are compared again behind each query, for a database may compare more loosely.

    @Override
    public List<PendingPublisher> ofRegistrant(String account) {
        return read(
                "registrant = ? AND organization IS NULL",
                OLDEST,
                pending -> pending.registrant().equals(account),
                account);
    }

    @Override
    public List<PendingPublisher> ofOrganization(String organization) {
        return read(
                "organization = ?",
                OLDEST,
                pending -> pending.organization().equals(Optional.of(organization)),
                organization);
    }

    @Override
    public List<PendingPublisher> ofName(String normalizedName, int limit) {
        return read(
                "normalized_name = ? ORDER BY created_at, id LIMIT ?",
                OLDEST,
                pending -> pending.normalizedName().equals(normalizedName),
                normalizedName,
                LookupKeys.limit(limit));
    }

    @Override
    public List<PendingPublisher> ending(Instant by, boolean unremindedOnly, int limit) {
        return read(
                "expires_at <= ?" + (unremindedOnly ? " AND is_reminded = FALSE" : "")
                        + " ORDER BY expires_at, id LIMIT ?",
                ENDING,
                pending -> true,
                by,
                LookupKeys.limit(limit));
    }

    private List<PendingPublisher> read(
            String where,
            Comparator<PendingPublisher> order,
            Predicate<PendingPublisher> isMeant,
            Object... arguments) {
        return transactions
                .run(
                        "reading pending publishers",
                        connection -> Sql.query(connection, SELECT + where, JdbcPendingPublishers::pending, arguments))
                .stream()
                .filter(isMeant)
                .sorted(order)
                .toList();
    }

    @Override
    public Insertion insert(PendingPublisher pending, Set<String> keys, int most, AuditEvent event) {
        LookupKeys.limit(most);
        Set<String> checked = LookupKeys.check(keys);
        return transactions.run("inserting a pending publisher", connection -> {
            Accounts.lock(connection, pending.registrant());
            if (find(connection, pending.id(), "").isPresent()) {
                return Insertion.ID_TAKEN;
            }
            if (isIdentityTaken(connection, pending)) {
                return Insertion.IDENTITY_TAKEN;
            }
            if (pending.organization().isEmpty() && live(connection, pending) >= most) {
                return Insertion.LIMIT;
            }
            if (!isInserted(connection, pending)) {
                // Somebody else's, between the look and the write.
                return find(connection, pending.id(), "").isPresent() ? Insertion.ID_TAKEN : Insertion.IDENTITY_TAKEN;
            }
            PublisherRows.setKeys(connection, KEYS, pending.id(), checked);
            audit.append(connection, event);
            return Insertion.INSERTED;
        });
    }

    private static boolean isIdentityTaken(Connection connection, PendingPublisher pending) throws SQLException {
        return Sql.one(
                        connection,
                        "SELECT id FROM gatehouse_pending_publisher WHERE identity = ?",
                        row -> row.text("id"),
                        pending.identity())
                .isPresent();
    }

    private static long live(Connection connection, PendingPublisher pending) throws SQLException {
        return Sql.query(
                        connection,
                        "SELECT registrant FROM gatehouse_pending_publisher"
                                + " WHERE registrant = ? AND organization IS NULL AND expires_at > ?",
                        row -> row.text("registrant"),
                        pending.registrant(),
                        pending.created())
                .stream()
                .filter(pending.registrant()::equals)
                .count();
    }

    private static boolean isInserted(Connection connection, PendingPublisher pending) throws SQLException {
        return Sql.isInserted(
                connection,
                "INSERT INTO gatehouse_pending_publisher (" + COLUMNS
                        + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                pending.id(),
                pending.identity(),
                pending.settings().provider(),
                pending.settings().issuer(),
                AuditForm.text(pending.settings().values()),
                AuditForm.text(pending.pins()),
                pending.projectName(),
                pending.normalizedName(),
                pending.registrant(),
                Sql.text(pending.organization().orElse(null)),
                pending.created(),
                pending.expires(),
                pending.reminded());
    }

    @Override
    public Change remind(PendingPublisher expected, AuditEvent event) {
        return transactions.run("reminding of a pending publisher", connection -> {
            if (expected.reminded() || !isStill(connection, expected)) {
                return Change.CONFLICT;
            }
            Sql.update(
                    connection,
                    "UPDATE gatehouse_pending_publisher SET is_reminded = ? WHERE id = ?",
                    true,
                    expected.id());
            audit.append(connection, event);
            return Change.CHANGED;
        });
    }

    @Override
    public Change remove(PendingPublisher expected, AuditEvent event) {
        return transactions.run("removing a pending publisher", connection -> {
            if (!isStill(connection, expected)) {
                return Change.CONFLICT;
            }
            PublisherRows.deleteKeys(connection, KEYS, expected.id());
            Sql.update(connection, "DELETE FROM gatehouse_pending_publisher WHERE id = ?", expected.id());
            audit.append(connection, event);
            return Change.CHANGED;
        });
    }

    private static boolean isStill(Connection connection, PendingPublisher expected) throws SQLException {
        return find(connection, expected.id(), " FOR UPDATE").equals(Optional.of(expected));
    }

    private static Optional<PendingPublisher> find(Connection connection, String id, String lock) throws SQLException {
        return Sql.one(connection, SELECT + "id = ?" + lock, JdbcPendingPublishers::pending, id)
                .filter(pending -> pending.id().equals(id));
    }

    private static PendingPublisher pending(Row row) throws SQLException {
        try {
            PendingPublisher.Builder builder = PendingPublisher.builder(
                            row.text("id"),
                            PublisherRows.settings(row),
                            row.text("project_name"),
                            row.text("normalized_name"),
                            row.text("registrant"),
                            row.time("created_at"))
                    .expires(row.time("expires_at"))
                    .pins(PublisherRows.pins(row))
                    .reminded(row.is("is_reminded"));
            String organization = row.textOrNull("organization");
            if (organization != null) {
                builder.organization(organization);
            }
            PendingPublisher pending = builder.build();
            if (!pending.identity().equals(row.text("identity"))) {
                throw new SQLException("a pending publisher has another's identity");
            }
            return pending;
        } catch (IllegalArgumentException e) {
            throw new SQLException("a row holds no pending publisher", e);
        }
    }
}
