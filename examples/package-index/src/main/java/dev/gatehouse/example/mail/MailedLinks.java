package dev.gatehouse.example.mail;

import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.StateSpace;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Links that prove that somebody reads a mailbox; each works once, for one purpose. Only the hash of a link is kept. Thread-safe. */
public final class MailedLinks {
    /** How long a link works unless its page says otherwise. */
    public static final Duration LIFETIME = Duration.ofHours(6);

    private static final StateSpace SPACE = StateSpace.values("index.mailed-link", 100_000);

    private final EphemeralState state;
    private final SecureRandom random;

    public MailedLinks(EphemeralState state, SecureRandom random) {
        this.state = state;
        this.random = random;
    }

    /** What a link is for; one for something else does not open the page. */
    public enum Kind {
        VERIFY_ADDRESS,
        SET_UP_FACTOR,
        RESET_PASSWORD
    }

    /**
     * What a link stands for.
     *
     * @param stamp of the account when the link was made; with another one the link is void
     */
    public record Purpose(Kind kind, String account, String address, String stamp, Instant until) {
        /** Whether the link is still of this stamp and address. */
        public boolean isOf(String account, String address, String stamp) {
            return this.account.equals(account) && this.address.equals(address) && this.stamp.equals(stamp);
        }
    }

    /** A new link's secret part. */
    public String make(Purpose purpose, Instant now) {
        String secret = secret();
        putBack(secret, purpose, now);
        return secret;
    }

    private String secret() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Makes a link good again that was taken and served for nothing. */
    public void putBack(String secret, Purpose purpose, Instant now) {
        String text =
                purpose.account + " " + purpose.stamp + " " + purpose.until.toEpochMilli() + " " + purpose.address;
        state.put(SPACE, key(purpose.kind, secret), text, purpose.until, now);
    }

    /** What the link stood for; the first caller is told, and nobody after. */
    public Optional<Purpose> take(Kind kind, String secret, Instant now) {
        return state.take(SPACE, key(kind, secret), now).map(text -> {
            String[] part = text.split(" ", 4);
            return new Purpose(kind, part[0], part[3], part[1], Instant.ofEpochMilli(Long.parseLong(part[2])));
        });
    }

    private static String key(Kind kind, String secret) {
        return digest(kind.name().toLowerCase(Locale.ROOT) + " " + secret);
    }

    private static String digest(String secret) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
