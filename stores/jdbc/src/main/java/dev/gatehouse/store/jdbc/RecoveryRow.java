package dev.gatehouse.store.jdbc;

import dev.gatehouse.recovery.RecoveryCodeSet;
import dev.gatehouse.secret.Argon2Cost;
import dev.gatehouse.secret.SecretBytes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables of recovery codes; rows that make no valid set fail the reading. */
final class RecoveryRow {
    private record Code(
            String setId,
            String account,
            Instant createdAt,
            SecretBytes salt,
            Argon2Cost cost,
            int place,
            SecretBytes hash,
            @Nullable Instant usedAt) {}

    private RecoveryRow() {}

    /**
     * The set of an account, read in one statement, so that it cannot be replaced between two. The account is compared here again,
     * for a database may compare more loosely.
     */
    static Optional<RecoveryCodeSet> ofAccount(Connection connection, String account) throws SQLException {
        List<Code> codes = Sql.query(
                        connection,
                        "SELECT s.id, s.account, s.created_at, s.salt, s.cost_kibibytes, s.cost_passes, s.cost_lanes,"
                                + " c.place, c.code_hash, c.used_at FROM gatehouse_recovery_set s"
                                + " LEFT JOIN gatehouse_recovery_code c ON c.set_id = s.id"
                                + " WHERE s.account = ? ORDER BY c.place",
                        RecoveryRow::code,
                        account)
                .stream()
                .filter(code -> code.account.equals(account))
                .toList();
        return codes.isEmpty() ? Optional.empty() : Optional.of(set(codes));
    }

    private static RecoveryCodeSet set(List<Code> codes) throws SQLException {
        Code head = codes.get(0);
        List<SecretBytes> hashes = new ArrayList<>();
        for (Code code : codes) {
            if (code.place != hashes.size() || !code.setId.equals(head.setId)) {
                throw new SQLException("a set of recovery codes is not whole");
            }
            hashes.add(code.hash);
        }
        try {
            RecoveryCodeSet set =
                    RecoveryCodeSet.of(head.setId, head.account, head.cost, head.salt, hashes, head.createdAt);
            for (Code code : codes) {
                set = code.usedAt == null ? set : set.used(code.place, code.usedAt);
            }
            return set;
        } catch (IllegalArgumentException e) {
            throw new SQLException("rows hold no recovery codes", e);
        }
    }

    private static Code code(Row row) throws SQLException {
        try {
            return new Code(
                    row.text("id"),
                    row.text("account"),
                    row.time("created_at"),
                    bytes(row.text("salt")),
                    new Argon2Cost(row.small("cost_kibibytes"), row.small("cost_passes"), row.small("cost_lanes")),
                    row.small("place"),
                    bytes(row.text("code_hash")),
                    row.timeOrNull("used_at"));
        } catch (IllegalArgumentException e) {
            throw new SQLException("a row holds no recovery code", e);
        }
    }

    /** Inserts a set whose codes are all unused. */
    static void insert(Connection connection, RecoveryCodeSet set) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO gatehouse_recovery_set (id, account, created_at, salt, cost_kibibytes, cost_passes,"
                        + " cost_lanes) VALUES (?, ?, ?, ?, ?, ?, ?)",
                set.id(),
                set.account(),
                set.createdAt(),
                HexFormat.of().formatHex(set.salt().toByteArray()),
                set.cost().kibibytes(),
                set.cost().passes(),
                set.cost().lanes());
        for (int place = 0; place < RecoveryCodeSet.CODES; place++) {
            Sql.update(
                    connection,
                    "INSERT INTO gatehouse_recovery_code (set_id, place, code_hash) VALUES (?, ?, ?)",
                    set.id(),
                    place,
                    HexFormat.of().formatHex(set.hashes().get(place).toByteArray()));
        }
    }

    /** Whether any account has a set of this id. */
    static boolean isTaken(Connection connection, String id) throws SQLException {
        return Sql.one(connection, "SELECT id FROM gatehouse_recovery_set WHERE id = ?", row -> row.text("id"), id)
                .isPresent();
    }

    static void delete(Connection connection, RecoveryCodeSet set) throws SQLException {
        Sql.update(connection, "DELETE FROM gatehouse_recovery_code WHERE set_id = ?", set.id());
        Sql.update(connection, "DELETE FROM gatehouse_recovery_set WHERE id = ?", set.id());
    }

    static boolean isUsed(Connection connection, String setId, int place, Instant now) throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE gatehouse_recovery_code SET used_at = ?"
                                + " WHERE set_id = ? AND place = ? AND used_at IS NULL",
                        now,
                        setId,
                        place)
                == 1;
    }

    private static SecretBytes bytes(String hex) throws SQLException {
        try {
            return SecretBytes.copyOf(HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException e) {
            // The cause would show the value.
            throw new SQLException("a column holds no bytes");
        }
    }
}
