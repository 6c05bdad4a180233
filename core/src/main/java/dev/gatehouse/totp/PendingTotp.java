package dev.gatehouse.totp;

import dev.gatehouse.secret.SealContext;
import dev.gatehouse.secret.SealedSecret;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.UnsealingException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A credential that was offered and not yet confirmed: what the set-up page shows, and what the session keeps meanwhile.
 *
 * <p>Nothing of it is in the repository. The host keeps {@link #text} in the session of that account, shows {@link #uri} as a QR
 * code and {@link #secret} in Base32, and hands the text back with the first code. It removes the text from the session when
 * the enrolment is done or begun anew. Immutable and thread-safe.
 */
public final class PendingTotp {
    private static final String VERSION = "gp1";
    private static final String PURPOSE = "totp-pending";
    private static final Pattern SEPARATOR = Pattern.compile("\\|");
    private static final int PARTS = 7;
    private static final int MAX_TEXT = SealedSecret.MAX_TEXT + 200;

    private final String id;
    private final Instant expiresAt;
    private final TotpParameters parameters;
    private final TotpSecret secret;
    private final OtpauthUri uri;
    private final String text;

    private PendingTotp(
            String id, Instant expiresAt, TotpParameters parameters, TotpSecret secret, OtpauthUri uri, String text) {
        this.id = id;
        this.expiresAt = expiresAt;
        this.parameters = parameters;
        this.secret = secret;
        this.uri = uri;
        this.text = text;
    }

    /** What is needed of a pending credential when its code arrives. */
    record Opened(String id, Instant expiresAt, TotpParameters parameters, TotpSecret secret) {}

    static PendingTotp create(Sealer sealer, String account, Opened opened, OtpauthUri uri) {
        String head = head(opened.id(), opened.expiresAt(), opened.parameters());
        SealedSecret sealed = sealer.seal(opened.secret().bytes(), new SealContext(PURPOSE, account, head));
        return new PendingTotp(
                opened.id(), opened.expiresAt(), opened.parameters(), opened.secret(), uri, head + "|" + sealed.text());
    }

    /** Reads the text that the session kept; empty if it is none, was altered, or is another account's. */
    static Optional<Opened> open(Sealer sealer, String account, String text) {
        String[] part = text.length() > MAX_TEXT ? new String[0] : SEPARATOR.split(text, -1);
        if (part.length != PARTS || !part[0].equals(VERSION)) {
            return Optional.empty();
        }
        try {
            // Opening comes first: the rest is believed only because it is associated data of the secret.
            String head = text.substring(0, text.lastIndexOf('|'));
            TotpSecret secret = TotpSecret.of(
                    sealer.open(SealedSecret.parse(part[PARTS - 1]), new SealContext(PURPOSE, account, head)));
            TotpParameters parameters = TotpParameters.standard()
                    .withAlgorithm(TotpParameters.Algorithm.valueOf(part[3]))
                    .withDigits(Integer.parseInt(part[4]))
                    .withPeriod(Duration.ofSeconds(Long.parseLong(part[5])));
            return Optional.of(new Opened(part[1], Instant.ofEpochMilli(Long.parseLong(part[2])), parameters, secret));
        } catch (UnsealingException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String head(String id, Instant expiresAt, TotpParameters parameters) {
        return String.format(
                Locale.ROOT,
                "%s|%s|%d|%s|%d|%d",
                VERSION,
                id,
                expiresAt.toEpochMilli(),
                parameters.algorithm().name(),
                parameters.digits(),
                parameters.period().toSeconds());
    }

    /** The id that the credential will have. */
    public String id() {
        return id;
    }

    /** From this instant on it can no longer be confirmed. */
    public Instant expiresAt() {
        return expiresAt;
    }

    public TotpParameters parameters() {
        return parameters;
    }

    /** The secret, for those who cannot scan. */
    public TotpSecret secret() {
        return secret;
    }

    /** The URI to show as a QR code; see {@link QrSvg}. */
    public OtpauthUri uri() {
        return uri;
    }

    /**
     * The text for the host's session: visible ASCII of at most 1,700 characters, the secret in it sealed for the account.
     *
     * <p>It may lie in a session store that others read, but not in the browser: there it could be brought back later.
     */
    public String text() {
        return text;
    }

    @Override
    public String toString() {
        return "PendingTotp[" + id + ", until " + expiresAt + "]";
    }
}
