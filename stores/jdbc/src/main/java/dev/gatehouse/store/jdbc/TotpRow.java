package dev.gatehouse.store.jdbc;

import dev.gatehouse.secret.SealedSecret;
import dev.gatehouse.secret.UnsealingException;
import dev.gatehouse.totp.TotpCredential;
import dev.gatehouse.totp.TotpParameters;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of TOTP credentials; a row that makes no valid credential fails the reading. */
final class TotpRow {
    private static final String COLUMNS = "id, account, algorithm, digits, period_seconds, secret, secret_key_id,"
            + " created_at, label, last_step, last_used_at";
    private static final Comparator<TotpCredential> OLDEST_FIRST =
            Comparator.comparing(TotpCredential::createdAt).thenComparing(TotpCredential::id);

    private TotpRow() {}

    /** Oldest first; the account is compared here again, for a database may compare more loosely. */
    static List<TotpCredential> ofAccount(Connection connection, String account) throws SQLException {
        return Sql.query(
                        connection,
                        "SELECT " + COLUMNS + " FROM gatehouse_totp WHERE account = ?",
                        TotpRow::read,
                        account)
                .stream()
                .filter(credential -> credential.account().equals(account))
                .sorted(OLDEST_FIRST)
                .toList();
    }

    static Optional<TotpCredential> find(Connection connection, String account, String id) throws SQLException {
        return Sql.one(
                        connection,
                        "SELECT " + COLUMNS + " FROM gatehouse_totp WHERE id = ? AND account = ?",
                        TotpRow::read,
                        id,
                        account)
                .filter(credential ->
                        credential.account().equals(account) && credential.id().equals(id));
    }

    static boolean isInserted(Connection connection, TotpCredential credential) throws SQLException {
        return Sql.isInserted(
                connection,
                "INSERT INTO gatehouse_totp (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                credential.id(),
                credential.account(),
                credential.parameters().algorithm().name(),
                credential.parameters().digits(),
                credential.parameters().period().toSeconds(),
                credential.secret().text(),
                credential.secret().keyId(),
                credential.createdAt(),
                credential.label(),
                credential.lastStep(),
                Sql.time(credential.lastUsedAt().orElse(null)));
    }

    static int delete(Connection connection, String account, String id) throws SQLException {
        return Sql.update(connection, "DELETE FROM gatehouse_totp WHERE id = ? AND account = ?", id, account);
    }

    static SealedSecret secret(Row row) throws SQLException {
        try {
            SealedSecret secret = SealedSecret.parse(row.text("secret"));
            if (!secret.keyId().equals(row.text("secret_key_id"))) {
                throw new SQLException("a sealed value and its key id differ");
            }
            return secret;
        } catch (UnsealingException e) {
            throw new SQLException("a row holds no sealed value", e);
        }
    }

    private static TotpCredential read(Row row) throws SQLException {
        try {
            TotpParameters parameters = TotpParameters.standard()
                    .withAlgorithm(TotpParameters.Algorithm.valueOf(row.text("algorithm")))
                    .withDigits(row.small("digits"))
                    .withPeriod(Duration.ofSeconds(row.small("period_seconds")));
            TotpCredential credential = TotpCredential.of(
                            row.text("id"), row.text("account"), parameters, secret(row), row.time("created_at"))
                    .withLabel(row.text("label"));
            long lastStep = row.whole("last_step");
            @Nullable Instant lastUsedAt = row.timeOrNull("last_used_at");
            if (lastUsedAt == null) {
                if (lastStep != TotpCredential.NO_STEP) {
                    throw new SQLException("a step was accepted at no time");
                }
                return credential;
            }
            return credential.usedAt(lastStep, lastUsedAt);
        } catch (IllegalArgumentException e) {
            throw new SQLException("a row holds no TOTP credential", e);
        }
    }
}
