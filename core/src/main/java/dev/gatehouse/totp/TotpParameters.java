package dev.gatehouse.totp;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How codes are made from a secret: hash, number of digits, length of a time step.
 *
 * <p>The default is {@link #standard}: SHA-1, 6 digits, 30 seconds, with a secret of 160 bits. Many authenticator apps
 * silently ignore the other settings of a provisioning URI and then show codes that never fit, so anything else must be
 * chosen by its own method, by somebody who knows the apps in use. SHA-1 as HMAC is not weakened by collisions.
 *
 * <p>Bounds are checked here: 6 to 8 digits (RFC 4226, 5.3), a period of 15 to 120 whole seconds (RFC 6238, 5.2: with one
 * step each side a code lives three periods). Immutable and thread-safe; equal by content.
 */
public final class TotpParameters {
    /** The hash of RFC 6238, 1.2. */
    public enum Algorithm {
        SHA1("HmacSHA1", 20),
        SHA256("HmacSHA256", 32),
        SHA512("HmacSHA512", 64);

        private final String hmac;
        private final int bytes;

        Algorithm(String hmac, int bytes) {
            this.hmac = hmac;
            this.bytes = bytes;
        }

        String hmac() {
            return hmac;
        }

        int bytes() {
            return bytes;
        }
    }

    private static final TotpParameters STANDARD = new TotpParameters(Algorithm.SHA1, 6, 30);
    private static final int MIN_DIGITS = 6;
    private static final int MAX_DIGITS = 8;
    private static final long MIN_PERIOD = 15;
    private static final long MAX_PERIOD = 120;

    private final Algorithm algorithm;
    private final int digits;
    private final long seconds;

    private TotpParameters(Algorithm algorithm, int digits, long seconds) {
        this.algorithm = algorithm;
        this.digits = digits;
        this.seconds = seconds;
    }

    /** SHA-1, 6 digits, 30 seconds: what every authenticator app does. */
    public static TotpParameters standard() {
        return STANDARD;
    }

    /** The same with another hash; several widespread apps ignore it. */
    public TotpParameters withAlgorithm(Algorithm other) {
        return new TotpParameters(Objects.requireNonNull(other, "other"), digits, seconds);
    }

    /**
     * The same with another number of digits; several widespread apps ignore it.
     *
     * @throws IllegalArgumentException unless 6, 7 or 8
     */
    public TotpParameters withDigits(int other) {
        if (other < MIN_DIGITS || other > MAX_DIGITS) {
            throw new IllegalArgumentException("other: " + MIN_DIGITS + " to " + MAX_DIGITS + " digits, not " + other);
        }
        return new TotpParameters(algorithm, other, seconds);
    }

    /**
     * The same with another length of a time step; several widespread apps ignore it.
     *
     * @throws IllegalArgumentException unless whole seconds from 15 to 120
     */
    public TotpParameters withPeriod(Duration other) {
        long whole = other.getSeconds();
        if (other.getNano() != 0 || whole < MIN_PERIOD || whole > MAX_PERIOD) {
            throw new IllegalArgumentException(
                    "other: whole seconds from " + MIN_PERIOD + " to " + MAX_PERIOD + ", not " + other);
        }
        return new TotpParameters(algorithm, digits, whole);
    }

    public Algorithm algorithm() {
        return algorithm;
    }

    public int digits() {
        return digits;
    }

    /** Length of a time step. */
    public Duration period() {
        return Duration.ofSeconds(seconds);
    }

    /** Size of a new secret: the output of the hash (RFC 6238, 5.1), 20 bytes by default. */
    public int secretBytes() {
        return algorithm.bytes();
    }

    /** The number of the time step that an instant lies in; step 0 begins at the epoch, earlier ones are negative. */
    public long stepAt(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond(), seconds);
    }

    int modulus() {
        int modulus = 1;
        for (int i = 0; i < digits; i++) {
            modulus *= 10;
        }
        return modulus;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TotpParameters that
                && algorithm == that.algorithm
                && digits == that.digits
                && seconds == that.seconds;
    }

    @Override
    public int hashCode() {
        return Objects.hash(algorithm, digits, seconds);
    }

    @Override
    public String toString() {
        return algorithm + ", " + digits + " digits, " + seconds + " s";
    }
}
