package dev.gatehouse.example.account;

import dev.gatehouse.secret.Argon2Cost;
import dev.gatehouse.secret.Argon2Gate;
import dev.gatehouse.secret.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;

/**
 * Hashes with Argon2id, version 1.3: 19 MiB, 2 passes, 1 lane, through the gate that recovery codes pass too. When it is full
 * the caller is told to come again, and nothing of their budget is spent. Thread-safe.
 */
public final class Passwords {
    /** The shortest password. */
    public static final int SHORTEST = 10;

    /** The longest password in UTF-16 units. */
    public static final int LONGEST = 200;

    private static final Argon2Cost COST = new Argon2Cost(19_456, 2, 1);
    private static final int SALT_BYTES = 16;
    private static final String PREFIX = "$argon2id$v=19$m=" + COST.kibibytes() + ",t=" + COST.passes() + ",p=1$";

    private final SecureRandom random;
    private final Argon2Gate gate;
    private final String nobody;

    /** Passwords whose hashes are made behind this gate. */
    public Passwords(SecureRandom random, Argon2Gate gate) {
        this.random = random;
        this.gate = gate;
        this.nobody = text(SecretBytes.random(SALT_BYTES, random), SecretBytes.copyOf(new byte[Argon2Gate.HASH_BYTES]));
    }

    /** Thrown when as many hashes are being made as may be; the answer is 429. */
    public static final class BusyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** A hash that was not made. */
        public BusyException() {
            super("too many password checks at once");
        }
    }

    /**
     * Hashes a new password.
     *
     * @throws BusyException if there is no place now
     */
    public String hash(String password) {
        SecretBytes salt = SecretBytes.random(SALT_BYTES, random);
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
            hash(normal("x"), SecretBytes.copyOf(new byte[SALT_BYTES]));
            return false;
        }
        SecretBytes salt = SecretBytes.copyOf(Base64.getDecoder().decode(part[4]));
        SecretBytes known = SecretBytes.copyOf(Base64.getDecoder().decode(part[5]));
        return known.equals(hash(normal(password), salt));
    }

    /** As much work as a check, for a name that nobody has, so that the time does not tell. */
    public boolean matchesNobody(String password) {
        matches(password, nobody);
        return false;
    }

    private SecretBytes hash(SecretBytes password, SecretBytes salt) {
        return gate.hash(password, salt, COST).fold(Argon2Gate.Passed::value, full -> {
            throw new BusyException();
        });
    }

    private static SecretBytes normal(String password) {
        return SecretBytes.copyOf(
                Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8));
    }

    private static String text(SecretBytes salt, SecretBytes hash) {
        Base64.Encoder base64 = Base64.getEncoder();
        return PREFIX + base64.encodeToString(salt.toByteArray()) + "$" + base64.encodeToString(hash.toByteArray());
    }
}
