package dev.gatehouse.store.jdbc;

import dev.gatehouse.secret.SealedSecret;
import dev.gatehouse.secret.UnsealingException;
import dev.gatehouse.token.ApiToken;
import dev.gatehouse.token.OwnerState;
import dev.gatehouse.token.StoredToken;
import dev.gatehouse.token.TokenOwner;
import dev.gatehouse.token.TokenReach;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables of API tokens; rows that make no valid token fail the reading.
 *
 * <p>A token, its restrictions and its owner's state are read by one statement, so that they belong together.
 */
final class TokenRows {
    private static final String COLUMNS = "id, owner, created_at, reach, name, lifetime_seconds, idle_seconds, labels,"
            + " made_with_two_factor, run, root_key, root_key_id, last_used_at, revoked_at";
    private static final String WHOLE = "SELECT t.id, t.owner, t.created_at, t.reach, t.name, t.lifetime_seconds,"
            + " t.idle_seconds, t.labels, t.made_with_two_factor, t.run, t.root_key, t.root_key_id, t.last_used_at,"
            + " t.revoked_at, o.version_no, o.is_suspended, r.place, r.caveat FROM gatehouse_token t"
            + " LEFT JOIN gatehouse_token_owner o ON o.owner = t.owner"
            + " LEFT JOIN gatehouse_token_restriction r ON r.token_id = t.id";

    private TokenRows() {}

    static Optional<StoredToken> find(Connection connection, String id) throws SQLException {
        return read(connection, WHOLE + " WHERE t.id = ? ORDER BY t.id, r.place", id).stream()
                .filter(stored -> stored.token().id().equals(id))
                .findFirst();
    }

    static List<ApiToken> live(Connection connection, TokenOwner owner) throws SQLException {
        return read(
                        connection,
                        WHOLE + " WHERE t.owner = ? AND t.revoked_at IS NULL ORDER BY t.id, r.place",
                        owner.text())
                .stream()
                .map(StoredToken::token)
                .filter(token -> token.owner().equals(owner))
                .toList();
    }

    /** Compared here again, for a database may compare more loosely. */
    static boolean isNameInUse(Connection connection, TokenOwner owner, String name) throws SQLException {
        return Sql.query(
                        connection,
                        "SELECT owner, name FROM gatehouse_token WHERE owner = ? AND name = ? AND revoked_at IS NULL",
                        row -> row.text("owner").equals(owner.text())
                                && row.text("name").equals(name),
                        owner.text(),
                        name)
                .contains(true);
    }

    static boolean isInserted(Connection connection, ApiToken token, SealedSecret rootKey) throws SQLException {
        boolean isNew = Sql.isInserted(
                connection,
                "INSERT INTO gatehouse_token (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                token.id(),
                token.owner().text(),
                token.created(),
                token.reach().id(),
                Sql.text(token.name().orElse(null)),
                Sql.whole(token.lifetime().map(Duration::toSeconds).orElse(null)),
                Sql.whole(token.idleTimeout().map(Duration::toSeconds).orElse(null)),
                String.join(" ", token.labels()),
                token.madeWithTwoFactor(),
                AuditForm.text(token.run()),
                rootKey.text(),
                rootKey.keyId(),
                Sql.time(token.lastUsed().orElse(null)),
                Sql.time(token.revoked().orElse(null)));
        if (isNew) {
            for (int place = 0; place < token.restrictions().size(); place++) {
                addRestriction(
                        connection, token.id(), place, token.restrictions().get(place));
            }
        }
        return isNew;
    }

    static void addRestriction(Connection connection, String id, int place, String caveat) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO gatehouse_token_restriction (token_id, place, caveat) VALUES (?, ?, ?)",
                id,
                place,
                caveat);
    }

    static List<String> deadBefore(Connection connection, Instant instant, int limit) throws SQLException {
        return Sql.query(
                connection,
                "SELECT id FROM gatehouse_token WHERE revoked_at < ? OR created_at + lifetime_seconds < ?"
                        + " OR COALESCE(last_used_at, created_at) + idle_seconds < ? ORDER BY id LIMIT ?",
                row -> row.text("id"),
                instant,
                instant,
                instant,
                limit);
    }

    static void delete(Connection connection, String id) throws SQLException {
        Sql.update(connection, "DELETE FROM gatehouse_token_restriction WHERE token_id = ?", id);
        Sql.update(connection, "DELETE FROM gatehouse_token WHERE id = ?", id);
    }

    static SealedSecret rootKey(Row row) throws SQLException {
        try {
            SealedSecret rootKey = SealedSecret.parse(row.text("root_key"));
            if (!rootKey.keyId().equals(row.text("root_key_id"))) {
                throw new SQLException("a sealed value and its key id differ");
            }
            return rootKey;
        } catch (UnsealingException e) {
            throw new SQLException("a row holds no sealed value", e);
        }
    }

    /** The rows of one token follow each other, one for each restriction, in order. */
    private static List<StoredToken> read(Connection connection, String sql, String argument) throws SQLException {
        Map<String, StoredToken> found = new LinkedHashMap<>();
        Map<String, List<String>> restrictions = new LinkedHashMap<>();
        Sql.query(
                connection,
                sql,
                row -> {
                    String id = row.text("id");
                    if (!found.containsKey(id)) {
                        found.put(id, new StoredToken(token(row), rootKey(row), state(row)));
                        restrictions.put(id, new ArrayList<>());
                    }
                    String caveat = row.textOrNull("caveat");
                    if (caveat != null) {
                        List<String> before = restrictions.getOrDefault(id, List.of());
                        if (row.small("place") != before.size()) {
                            throw new SQLException("a restriction is missing");
                        }
                        before.add(caveat);
                    }
                    return id;
                },
                argument);
        List<StoredToken> whole = new ArrayList<>();
        for (StoredToken stored : found.values()) {
            List<String> texts = restrictions.getOrDefault(stored.token().id(), List.of());
            whole.add(new StoredToken(restricted(stored.token(), texts), stored.rootKey(), stored.ownerState()));
        }
        return whole;
    }

    private static ApiToken restricted(ApiToken token, List<String> restrictions) throws SQLException {
        try {
            return token.toBuilder().restrictions(restrictions).build();
        } catch (IllegalArgumentException e) {
            throw new SQLException("rows hold no restrictions", e);
        }
    }

    private static OwnerState state(Row row) throws SQLException {
        Long version = row.wholeOrNull("version_no");
        return version == null ? OwnerState.INITIAL : owner(row, version);
    }

    static OwnerState owner(Row row, long version) throws SQLException {
        if (version < 0) {
            throw new SQLException("an owner's version is negative");
        }
        return new OwnerState(version, row.is("is_suspended"));
    }

    private static ApiToken token(Row row) throws SQLException {
        try {
            TokenReach reach =
                    TokenReach.of(row.text("reach")).orElseThrow(() -> new IllegalArgumentException("reach: unknown"));
            ApiToken.Builder token = ApiToken.builder(
                            row.text("id"), TokenOwner.parse(row.text("owner")), reach, row.time("created_at"))
                    .labels(labels(row.text("labels")))
                    .madeWithTwoFactor(row.is("made_with_two_factor"))
                    .run(AuditForm.attributes(row.text("run")));
            @Nullable String name = row.textOrNull("name");
            if (name != null) {
                token.name(name);
            }
            Long lifetime = row.wholeOrNull("lifetime_seconds");
            if (lifetime != null) {
                token.lifetime(Duration.ofSeconds(lifetime));
            }
            Long idle = row.wholeOrNull("idle_seconds");
            if (idle != null) {
                token.idleTimeout(Duration.ofSeconds(idle));
            }
            Optional.ofNullable(row.timeOrNull("last_used_at")).ifPresent(token::lastUsed);
            Optional.ofNullable(row.timeOrNull("revoked_at")).ifPresent(token::revoked);
            return token.build();
        } catch (IllegalArgumentException e) {
            throw new SQLException("a row holds no token", e);
        }
    }

    private static Set<String> labels(String text) {
        return text.isEmpty() ? Set.of() : Set.of(text.split(" ", -1));
    }
}
