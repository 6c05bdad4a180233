package dev.gatehouse.example.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes with Argon2id, version 1.3: 19 MiB, 2 passes, 1 lane. Only so many run at a time; when all places are taken the caller
 * is told to come again, and nothing of their budget is spent. Thread-safe.
 */
public final class Passwords {
    /** The shortest password. */
    public static final int SHORTEST = 10;

    /** The longest password in UTF-16 units. */
    public static final int LONGEST = 200;

    private static final int KIBIBYTES = 19_456;
    private static final int PASSES = 2;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;
    private static final String PREFIX = "$argon2id$v=19$m=" + KIBIBYTES + ",t=" + PASSES + ",p=1$";

    private final SecureRandom random;
    private final Semaphore places;
    private final String nobody;

    /** Hashing in this many threads at a time. */
    public Passwords(SecureRandom random, int places) {
        this.random = random;
        this.places = new Semaphore(places);
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        this.nobody = text(salt, new byte[HASH_BYTES]);
    }

    /** Thrown when as many hashes are being made as may be; the answer is 429. */
    public static final class BusyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BusyException() {
            super("too many password checks at once");
        }
    }

    /**
     * Hashes a new password.
     *
     * @throws BusyException if there is no place now
     */
    public String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return text(salt, hash(normal(password), salt));
    }

    /**
     * Whether the password is the hashed one.
     *
     * @throws BusyException if there is no place now
     */
    public boolean matches(String password, String hashed) {
        String[] part = hashed.split("\\$", -1);
        if (part.length != 6 || !hashed.startsWith(PREFIX) || password.length() > LONGEST) {
            hash(normal("x"), new byte[SALT_BYTES]);
            return false;
        }
        byte[] salt = Base64.getDecoder().decode(part[4]);
        return MessageDigest.isEqual(
                hash(normal(password), salt), Base64.getDecoder().decode(part[5]));
    }

    /** As much work as a check, for a name that nobody has, so that the time does not tell. */
    public boolean matchesNobody(String password) {
        matches(password, nobody);
        return false;
    }

    /**
     * The hash of something else that must be slow to guess.
     *
     * @throws BusyException if there is no place now
     */
    byte[] hash(byte[] secret, byte[] salt) {
        if (!places.tryAcquire()) {
            throw new BusyException();
        }
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(KIBIBYTES)
                    .withIterations(PASSES)
                    .withParallelism(1)
                    .withSalt(salt)
                    .build());
            byte[] out = new byte[HASH_BYTES];
            generator.generateBytes(secret, out);
            return out;
        } finally {
            places.release();
        }
    }

    private static byte[] normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] salt, byte[] hash) {
        Base64.Encoder base64 = Base64.getEncoder();
        return PREFIX + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }
}
