package dev.gatehouse.store.jdbc;

import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.webauthn.NewCredential;
import dev.gatehouse.webauthn.WebAuthnCredential;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The table of WebAuthn credentials; a row that makes no valid credential fails the reading. */
final class WebAuthnRow {
    private static final String COLUMNS = "id_hash, id, account, user_handle, public_key, aaguid, strength, transports,"
            + " backup_eligible, first_sign_count, first_user_verified, first_backed_up, created_at, label, sign_count,"
            + " user_verified, backed_up, last_used_at";
    private static final Pattern COMMA = Pattern.compile(",");
    private static final Comparator<WebAuthnCredential> OLDEST_FIRST =
            Comparator.comparing(WebAuthnCredential::createdAt).thenComparing(WebAuthnCredential::id);

    private WebAuthnRow() {}

    /** Oldest first; the account is compared here again, for a database may compare more loosely. */
    static List<WebAuthnCredential> ofAccount(Connection connection, String account) throws SQLException {
        return Sql.query(
                        connection,
                        "SELECT " + COLUMNS + " FROM gatehouse_webauthn WHERE account = ?",
                        WebAuthnRow::read,
                        account)
                .stream()
                .filter(credential -> credential.account().equals(account))
                .sorted(OLDEST_FIRST)
                .toList();
    }

    static Optional<WebAuthnCredential> find(Connection connection, String id) throws SQLException {
        return Sql.one(
                        connection,
                        "SELECT " + COLUMNS + " FROM gatehouse_webauthn WHERE id_hash = ?",
                        WebAuthnRow::read,
                        hash(id))
                .filter(credential -> credential.id().equals(id));
    }

    static Optional<WebAuthnCredential> find(Connection connection, String account, String id) throws SQLException {
        return find(connection, id).filter(credential -> credential.account().equals(account));
    }

    static boolean isInserted(Connection connection, WebAuthnCredential credential) throws SQLException {
        NewCredential first = credential.registered();
        return Sql.isInserted(
                connection,
                "INSERT INTO gatehouse_webauthn (" + COLUMNS
                        + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                hash(credential.id()),
                credential.id(),
                credential.account(),
                credential.userHandle(),
                Base64.getUrlEncoder().withoutPadding().encodeToString(first.publicKey()),
                first.aaguid().toString(),
                first.strength().name(),
                String.join(",", first.transports()),
                first.isBackupEligible(),
                first.signCount(),
                first.isUserVerified(),
                first.isBackedUp(),
                credential.createdAt(),
                credential.label(),
                credential.signCount(),
                credential.isUserVerified(),
                credential.isBackedUp(),
                Sql.time(credential.lastUsedAt().orElse(null)));
    }

    static int delete(Connection connection, String account, String id) throws SQLException {
        return Sql.update(
                connection, "DELETE FROM gatehouse_webauthn WHERE id_hash = ? AND account = ?", hash(id), account);
    }

    static int relabel(Connection connection, String account, String id, String label) throws SQLException {
        return Sql.update(
                connection,
                "UPDATE gatehouse_webauthn SET label = ? WHERE id_hash = ? AND account = ?",
                label,
                hash(id),
                account);
    }

    /** Writes what an assertion changed, if the counter is still the expected one. */
    static int use(Connection connection, WebAuthnCredential used, long expectedSignCount) throws SQLException {
        return Sql.update(
                connection,
                "UPDATE gatehouse_webauthn SET sign_count = ?, backed_up = ?, last_used_at = ?"
                        + " WHERE id_hash = ? AND account = ? AND sign_count = ?",
                used.signCount(),
                used.isBackedUp(),
                Sql.time(used.lastUsedAt().orElse(null)),
                hash(used.id()),
                used.account(),
                expectedSignCount);
    }

    private static String hash(String id) {
        return HexFormat.of().formatHex(AuditForm.sha256().digest(id.getBytes(StandardCharsets.UTF_8)));
    }

    /** The decoder takes padding and any bits at the end; what was written has neither. */
    private static byte[] publicKey(String text) {
        byte[] key = Base64.getUrlDecoder().decode(text);
        if (!Base64.getUrlEncoder().withoutPadding().encodeToString(key).equals(text)) {
            throw new IllegalArgumentException("public_key: not canonical");
        }
        return key;
    }

    private static WebAuthnCredential read(Row row) throws SQLException {
        try {
            String id = row.text("id");
            if (!row.text("id_hash").equals(hash(id))) {
                throw new SQLException("an id and its hash differ");
            }
            String transports = row.text("transports");
            NewCredential first = NewCredential.builder(id, publicKey(row.text("public_key")))
                    .aaguid(UUID.fromString(row.text("aaguid")))
                    .strength(FactorClass.valueOf(row.text("strength")))
                    .transports(transports.isEmpty() ? List.of() : List.of(COMMA.split(transports)))
                    .backup(row.is("backup_eligible"), row.is("first_backed_up"))
                    .signCount(row.whole("first_sign_count"))
                    .userVerified(row.is("first_user_verified"))
                    .build();
            WebAuthnCredential credential = WebAuthnCredential.of(
                            row.text("account"), row.text("user_handle"), first, row.time("created_at"))
                    .withLabel(row.text("label"));
            @Nullable Instant lastUsedAt = row.timeOrNull("last_used_at");
            if (lastUsedAt != null) {
                return credential.usedAt(
                        row.whole("sign_count"), row.is("user_verified"), row.is("backed_up"), lastUsedAt);
            }
            if (row.whole("sign_count") != first.signCount()
                    || row.is("user_verified") != first.isUserVerified()
                    || row.is("backed_up") != first.isBackedUp()) {
                throw new SQLException("a credential was used at no time");
            }
            return credential;
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new SQLException("a row holds no WebAuthn credential", e);
        }
    }
}
