package dev.gatehouse.example.mail;

import dev.gatehouse.example.account.KnownDevices;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.StateSpace;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** Links that prove that somebody reads a mailbox; each works once. Only the hash of a link is kept. Thread-safe. */
public final class MailedLinks {
    /** How long the link to verify an address works. */
    public static final Duration LIFETIME = Duration.ofHours(6);

    private static final StateSpace SPACE = StateSpace.values("index.mailed-link", 100_000);

    private final EphemeralState state;
    private final SecureRandom random;

    public MailedLinks(EphemeralState state, SecureRandom random) {
        this.state = state;
        this.random = random;
    }

    /** What a link stands for. */
    public record Purpose(String account, String address) {}

    /** A new link's secret part. */
    public String make(Purpose purpose, Duration lifetime, Instant now) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        state.put(SPACE, digest(secret), purpose.account + " " + purpose.address, now.plus(lifetime), now);
        return secret;
    }

    /** What the link stood for; the first caller is told, and nobody after. */
    public Optional<Purpose> take(String secret, Instant now) {
        return state.take(SPACE, digest(secret), now).map(text -> {
            int space = text.indexOf(' ');
            return new Purpose(text.substring(0, space), text.substring(space + 1));
        });
    }

    /** What a session keeps to recognise the link. */
    public static String digest(String secret) {
        return KnownDevices.digest("link " + secret);
    }
}
