package dev.gatehouse.example.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.jdbi.v3.core.Jdbi;

/** Browsers in which an account has proven itself before, by a key in a cookie of which only the hash is kept. Thread-safe. */
public final class KnownDevices {
    /** How long a browser is remembered after its last confirmation. */
    public static final Duration LIFETIME = Duration.ofDays(365);

    private final Jdbi jdbi;
    private final SecureRandom random;

    public KnownDevices(Jdbi jdbi, SecureRandom random) {
        this.jdbi = jdbi;
        this.random = random;
    }

    /** Remembers a browser; the key goes into its cookie. */
    public String remember(String account, Instant now) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String key = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        jdbi.useTransaction(h -> {
            h.createUpdate("DELETE FROM known_device WHERE ends <= :now")
                    .bind("now", Accounts.utc(now))
                    .execute();
            h.createUpdate("INSERT INTO known_device (key_hash, account, ends) VALUES (:hash, :account, :ends)")
                    .bind("hash", digest(key))
                    .bind("account", account)
                    .bind("ends", Accounts.utc(now.plus(LIFETIME)))
                    .execute();
        });
        return key;
    }

    /** Whether this browser has proven itself for this account. */
    public boolean isKnown(String account, String key, Instant now) {
        return jdbi.withHandle(h -> h.createQuery("SELECT COUNT(*) FROM known_device WHERE key_hash = :hash"
                                + " AND account = :account AND ends > :now")
                        .bind("hash", digest(key))
                        .bind("account", account)
                        .bind("now", Accounts.utc(now))
                        .mapTo(Integer.class)
                        .one()
                == 1);
    }

    /** Forgets every browser of the account. */
    public void forget(String account) {
        jdbi.useHandle(h -> h.createUpdate("DELETE FROM known_device WHERE account = :account")
                .bind("account", account)
                .execute());
    }

    /** SHA-256 in hexadecimal digits, for keys that are long and random. */
    public static String digest(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
