package dev.gatehouse.secret;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * The one place through which all Argon2id work of a process goes: that on recovery codes and that on the host's passwords. Only so
 * much of it runs at a time, so that guesses can fill neither the processors nor the memory.
 *
 * <p>Nobody waits: who finds no place is told {@link Full} at once, and is answered 429 with {@code Retry-After}, with nothing of
 * their attempts spent. So nobody is overtaken either: a place that is free goes to the next who asks. The work is done by the
 * calling thread. A host makes one gate and gives it to all.
 *
 * <p>Thread-safe.
 */
public final class Argon2Gate {
    /** Bytes of a hash. */
    public static final int HASH_BYTES = 32;

    /** Fewest bytes of a salt. */
    public static final int MIN_SALT_BYTES = 8;

    /** When to come again: a hash is done in less. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private static final int MAX_PLACES = 256;

    private final Semaphore places;

    private Argon2Gate(int places) {
        this.places = new Semaphore(places, true);
    }

    /**
     * A gate with so many places. As many as there are processors is enough; each takes the memory of the largest cost.
     *
     * @param places 1 to 256
     * @throws IllegalArgumentException if out of bounds
     */
    public static Argon2Gate of(int places) {
        if (places < 1 || places > MAX_PLACES) {
            throw new IllegalArgumentException("places: 1 to " + MAX_PLACES + ", not " + places);
        }
        return new Argon2Gate(places);
    }

    /**
     * What became of the work.
     *
     * @param <T> what it gives
     */
    public sealed interface Passage<T> {
        /** Applies the function that fits. */
        default <R> R fold(
                Function<? super Passed<T>, ? extends R> passed, Function<? super Full<T>, ? extends R> full) {
            if (this instanceof Passed<T> p) {
                return passed.apply(p);
            }
            return full.apply((Full<T>) this);
        }
    }

    /**
     * The work is done.
     *
     * @param value what it gave
     */
    public record Passed<T>(T value) implements Passage<T> {
        public Passed {
            Objects.requireNonNull(value, "value");
        }

        /** Without the value, which may be secret. */
        @Override
        public String toString() {
            return "Passed";
        }
    }

    /**
     * Nothing was done, for every place is taken.
     *
     * @param retryAfter when to come again
     */
    public record Full<T>(Duration retryAfter) implements Passage<T> {
        public Full {
            Objects.requireNonNull(retryAfter, "retryAfter");
        }
    }

    /**
     * Does other work under this gate, such as that of a host's own password hashing. What it throws reaches the caller; its place is
     * free again then. Work within work takes a second place.
     */
    public <T> Passage<T> run(Supplier<? extends T> work) {
        Objects.requireNonNull(work, "work");
        if (!places.tryAcquire()) {
            return new Full<>(RETRY_AFTER);
        }
        try {
            return new Passed<>(work.get());
        } finally {
            places.release();
        }
    }

    /**
     * Hashes something that must be slow to guess; {@link SecretBytes#equals} compares hashes in constant time.
     *
     * @param salt at least {@link #MIN_SALT_BYTES}
     * @return {@link #HASH_BYTES} bytes
     * @throws IllegalArgumentException if the salt is too short
     */
    public Passage<SecretBytes> hash(SecretBytes secret, SecretBytes salt, Argon2Cost cost) {
        checkSalt(salt);
        return run(() -> hashed(secret, salt, cost));
    }

    /**
     * Hashes several under one salt, one after another in one place.
     *
     * @throws IllegalArgumentException if the salt is too short
     * @see #hash
     */
    public Passage<List<SecretBytes>> hashAll(List<SecretBytes> secrets, SecretBytes salt, Argon2Cost cost) {
        checkSalt(salt);
        return run(() -> {
            List<SecretBytes> hashes = new ArrayList<>();
            for (SecretBytes secret : secrets) {
                hashes.add(hashed(secret, salt, cost));
            }
            return List.copyOf(hashes);
        });
    }

    private static void checkSalt(SecretBytes salt) {
        if (salt.size() < MIN_SALT_BYTES) {
            throw new IllegalArgumentException("salt: at least " + MIN_SALT_BYTES + " bytes, not " + salt.size());
        }
    }

    private static SecretBytes hashed(SecretBytes secret, SecretBytes salt, Argon2Cost cost) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.kibibytes())
                .withIterations(cost.passes())
                .withParallelism(cost.lanes())
                .withSalt(salt.toByteArray())
                .build());
        byte[] hash = new byte[HASH_BYTES];
        generator.generateBytes(secret.toByteArray(), hash);
        return SecretBytes.copyOf(hash);
    }

    /** Without its state, which changes. */
    @Override
    public String toString() {
        return "Argon2Gate";
    }
}
