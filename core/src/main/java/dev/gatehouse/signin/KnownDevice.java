package dev.gatehouse.signin;

import java.time.Instant;
import java.util.Objects;

/**
 * A browser from which an account has logged in before, as its owner sees it in a list. Immutable and thread-safe.
 *
 * @param id random, for revoking; no secret
 * @param account the host's immutable id of the account
 * @param version the account's version at which it was remembered; at any other it is void
 * @param trust what it is good for
 * @param label what the host calls it, such as browser and system; 100 characters at most
 * @param since when it was remembered
 * @param lastUsedAt when it was last recognised in a login
 * @param until the first instant at which it is void
 */
public record KnownDevice(
        String id,
        String account,
        long version,
        Trust trust,
        String label,
        Instant since,
        Instant lastUsedAt,
        Instant until) {
    /** The longest label. */
    public static final int MAX_LABEL_LENGTH = 100;

    private static final int MAX_ID_LENGTH = 64;

    /** What a device is good for. */
    public enum Trust {
        /** It is known: the policy sees the label {@code session.known-device}, and may ask for no confirmation by mail. */
        KNOWN,
        /**
         * It is known, and stands for the second factor: the policy sees {@code session.remembered-device} as well. Only where
         * {@link SignIn.Builder#allowRememberedDevices} says so.
         */
        REMEMBERED
    }

    /** Checks the bounds. */
    public KnownDevice {
        Objects.requireNonNull(trust, "trust");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(lastUsedAt, "lastUsedAt");
        if (id.isEmpty() || id.length() > MAX_ID_LENGTH || account.isBlank() || version < 0) {
            throw new IllegalArgumentException("id, account or version: out of bounds");
        }
        if (label.length() > MAX_LABEL_LENGTH || label.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("label: over " + MAX_LABEL_LENGTH + " characters or with a NUL");
        }
        if (!until.isAfter(since)) {
            throw new IllegalArgumentException("until: not after since");
        }
    }

    KnownDevice usedAt(Instant now) {
        Instant latest = now.isAfter(lastUsedAt) ? now : lastUsedAt;
        return new KnownDevice(id, account, version, trust, label, since, latest, until);
    }

    boolean isGood(long presentVersion, Instant now) {
        return version == presentVersion && now.isBefore(until);
    }
}
