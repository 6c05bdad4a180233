package dev.gatehouse.example.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Eight codes of 64 bits for the day on which the second factor is lost, each good once.
 *
 * <p>They are shown once and kept as Argon2id hashes with one salt for the set, so that a try costs one hash. One is to be used
 * before the first factor: it shows that its owner wrote them down. Thread-safe.
 */
public final class RecoveryCodes {
    private static final int CODES = 8;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{16}");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final Jdbi jdbi;
    private final Passwords passwords;
    private final SecureRandom random;

    public RecoveryCodes(Jdbi jdbi, Passwords passwords, SecureRandom random) {
        this.jdbi = jdbi;
        this.passwords = passwords;
        this.random = random;
    }

    /** What an account has. */
    public record Status(int unused, int used) {
        /** Whether the owner has shown that they hold the codes. */
        public boolean isSaved() {
            return used > 0;
        }

        public boolean isGenerated() {
            return used + unused > 0;
        }
    }

    /** The answer to a code; only {@code ACCEPTED} gives an attempt back. */
    public enum Use {
        ACCEPTED,
        WRONG,
        /** The code was used before. */
        USED_BEFORE
    }

    public Status status(String account) {
        return jdbi.withHandle(h -> h.createQuery("SELECT COUNT(*) AS total, COUNT(burned) AS used FROM recovery_code"
                        + " WHERE account = :account")
                .bind("account", account)
                .map((rs, c) -> new Status(rs.getInt("total") - rs.getInt("used"), rs.getInt("used")))
                .one());
    }

    /** Makes a new set; every older code is void. */
    public List<String> generate(String account, Instant now) {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        List<String> codes = new ArrayList<>();
        List<String> hashes = new ArrayList<>();
        for (int i = 0; i < CODES; i++) {
            byte[] code = new byte[8];
            random.nextBytes(code);
            codes.add(HexFormat.of().formatHex(code));
            hashes.add(hash(codes.get(i), salt));
        }
        jdbi.useTransaction(h -> {
            delete(h, account);
            h.createUpdate("INSERT INTO recovery_set (account, salt, made) VALUES (:account, :salt, :at)")
                    .bind("account", account)
                    .bind("salt", HexFormat.of().formatHex(salt))
                    .bind("at", Accounts.utc(now))
                    .execute();
            for (int i = 0; i < CODES; i++) {
                h.createUpdate("INSERT INTO recovery_code (account, place, hash) VALUES (:account, :place, :hash)")
                        .bind("account", account)
                        .bind("place", i)
                        .bind("hash", hashes.get(i))
                        .execute();
            }
        });
        return List.copyOf(codes);
    }

    /** Removes all codes of an account. */
    public void delete(Handle handle, String account) {
        handle.createUpdate("DELETE FROM recovery_set WHERE account = :account")
                .bind("account", account)
                .execute();
    }

    private record Row(int place, String hash, boolean used) {}

    /** Uses a code up; of several callers with the same code one is told that it is accepted. */
    public Use use(String account, String text, Instant now) {
        String code = SPACE.matcher(text).replaceAll("");
        Optional<String> salt =
                jdbi.withHandle(h -> h.createQuery("SELECT salt FROM recovery_set WHERE account = :account")
                        .bind("account", account)
                        .mapTo(String.class)
                        .findOne());
        if (salt.isEmpty() || !FORM.matcher(code).matches()) {
            return Use.WRONG;
        }
        byte[] tried = hash(code, HexFormat.of().parseHex(salt.get())).getBytes(StandardCharsets.US_ASCII);
        List<Row> rows = jdbi.withHandle(h -> h.createQuery(
                        "SELECT c.place, c.hash, c.burned FROM recovery_code c JOIN recovery_set s"
                                + " ON s.account = c.account WHERE c.account = :account AND s.salt = :salt")
                .bind("account", account)
                .bind("salt", salt.get())
                .map((rs, c) -> new Row(
                        rs.getInt("place"), rs.getString("hash"), rs.getObject("burned", OffsetDateTime.class) != null))
                .list());
        Row found = null;
        for (Row row : rows) {
            if (MessageDigest.isEqual(tried, row.hash.getBytes(StandardCharsets.US_ASCII))) {
                found = row;
            }
        }
        if (found == null) {
            return Use.WRONG;
        }
        Row used = found;
        int burned =
                jdbi.withHandle(h -> h.createUpdate("UPDATE recovery_code SET burned = :at WHERE account = :account"
                                + " AND place = :place AND hash = :hash AND burned IS NULL")
                        .bind("at", Accounts.utc(now))
                        .bind("account", account)
                        .bind("place", used.place)
                        .bind("hash", used.hash)
                        .execute());
        return burned == 1 ? Use.ACCEPTED : Use.USED_BEFORE;
    }

    private String hash(String code, byte[] salt) {
        return HexFormat.of().formatHex(passwords.hash(code.getBytes(StandardCharsets.US_ASCII), salt));
    }
}
