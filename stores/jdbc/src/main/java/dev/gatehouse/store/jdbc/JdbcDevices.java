package dev.gatehouse.store.jdbc;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.signin.DeviceRepository;
import dev.gatehouse.signin.KnownDevice;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Known devices in a table; the list of an account is changed under the account's lock. */
final class JdbcDevices implements DeviceRepository {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private static final Comparator<Stored> NEWEST = Comparator.<Stored, Instant>comparing(
                    stored -> stored.device().since())
            .reversed()
            .thenComparing(stored -> stored.device().id());

    private final Transactions transactions;
    private final JdbcAuditLog audit;

    JdbcDevices(Transactions transactions, JdbcAuditLog audit) {
        this.transactions = transactions;
        this.audit = audit;
    }

    @Override
    public List<Stored> ofAccount(String account) {
        return transactions.run("reading devices", connection -> ofAccount(connection, account));
    }

    private static List<Stored> ofAccount(Connection connection, String account) throws SQLException {
        // In the order of the contract, whatever the database's own order of texts is.
        return Sql.query(
                        connection,
                        "SELECT id, account, secret_hash, version_no, trust, label, created_at, last_used_at, ends_at"
                                + " FROM gatehouse_device WHERE account = ?",
                        JdbcDevices::read,
                        account)
                .stream()
                .sorted(NEWEST)
                .toList();
    }

    private static Stored read(Row row) throws SQLException {
        String hash = row.text("secret_hash");
        if (!HASH.matcher(hash).matches()) {
            throw new SQLException("a device has no hash");
        }
        try {
            KnownDevice device = new KnownDevice(
                    row.text("id"),
                    row.text("account"),
                    row.whole("version_no"),
                    KnownDevice.Trust.valueOf(row.text("trust")),
                    row.text("label"),
                    row.time("created_at"),
                    row.time("last_used_at"),
                    row.time("ends_at"));
            return new Stored(device, hash);
        } catch (IllegalArgumentException e) {
            throw new SQLException("a row is no device", e);
        }
    }

    @Override
    public void add(Stored stored, int most, AuditEvent remembered) {
        KnownDevice device = stored.device();
        transactions.run("adding a device", connection -> {
            Accounts.lock(connection, device.account());
            int added = Sql.update(
                    connection,
                    "INSERT INTO gatehouse_device"
                            + " (id, account, secret_hash, version_no, trust, label, created_at, last_used_at, ends_at)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    device.id(),
                    device.account(),
                    stored.secretHash(),
                    device.version(),
                    device.trust().name(),
                    device.label(),
                    device.since(),
                    device.lastUsedAt(),
                    device.until());
            List<Stored> all = ofAccount(connection, device.account());
            for (Stored old : all.subList(Math.min(most, all.size()), all.size())) {
                delete(connection, device.account(), old.device().id());
            }
            audit.append(connection, remembered);
            return added;
        });
    }

    @Override
    public void used(String account, String id, Instant now) {
        transactions.run(
                "noting the use of a device",
                connection -> Sql.update(
                        connection,
                        "UPDATE gatehouse_device SET last_used_at = ? WHERE account = ? AND id = ? AND last_used_at < ?",
                        now,
                        account,
                        id,
                        now));
    }

    @Override
    public Removal remove(String account, String id, AuditEvent forgotten) {
        return transactions.run("removing a device", connection -> {
            if (delete(connection, account, id) == 0) {
                return Removal.NOT_FOUND;
            }
            audit.append(connection, forgotten);
            return Removal.REMOVED;
        });
    }

    @Override
    public void removeAll(String account, AuditEvent forgotten) {
        transactions.run("removing devices", connection -> {
            int removed = Sql.update(connection, "DELETE FROM gatehouse_device WHERE account = ?", account);
            if (removed > 0) {
                audit.append(connection, forgotten);
            }
            return removed;
        });
    }

    private static int delete(Connection connection, String account, String id) throws SQLException {
        return Sql.update(connection, "DELETE FROM gatehouse_device WHERE account = ? AND id = ?", account, id);
    }
}
