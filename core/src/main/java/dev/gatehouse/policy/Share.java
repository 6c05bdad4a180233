package dev.gatehouse.policy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Who is inside the share of a phase: those whose hash of requirement and account, read as a fraction of one, is below it.
 * A bigger share keeps everybody of the smaller. Immutable and thread-safe.
 */
final class Share {
    private static final BigInteger WHOLE = BigInteger.ONE.shiftLeft(64);

    private final byte @Nullable [] salt;

    Share(byte @Nullable [] salt) {
        this.salt = salt == null ? null : salt.clone();
    }

    /** The first hash outside, as ceil(percent x 2^64 / 100); {@code null} for everybody. */
    static @Nullable Long limit(BigDecimal percent) {
        BigInteger limit = percent.multiply(new BigDecimal(WHOLE))
                .divide(BigDecimal.valueOf(100))
                .setScale(0, RoundingMode.CEILING)
                .toBigInteger();
        return limit.compareTo(WHOLE) >= 0 ? null : limit.longValue();
    }

    /**
     * A share of one requirement.
     *
     * @param requirement whose id is hashed with that of the account
     * @param limit the first hash outside; {@code null} if everybody is inside
     */
    record Part(String requirement, @Nullable Long limit) {
        static Part of(String requirement, BigDecimal percent) {
            return new Part(requirement, Share.limit(percent));
        }
    }

    boolean isInside(Part part, String account) {
        Long limit = part.limit();
        return limit == null || Long.compareUnsigned(hash(part.requirement(), account), limit) < 0;
    }

    private long hash(String requirement, String account) {
        byte[] text = (requirement + "\0" + account).getBytes(StandardCharsets.UTF_8);
        byte[] digest = digest(text);
        long first = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            first = (first << 8) | (digest[i] & 0xff);
        }
        return first;
    }

    private byte[] digest(byte[] text) {
        try {
            byte[] secret = salt;
            if (secret == null) {
                return MessageDigest.getInstance("SHA-256").digest(text);
            }
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Share that && Arrays.equals(salt, that.salt);
    }

    @Override
    public int hashCode() {
        return salt == null ? 0 : 1;
    }

    @Override
    public String toString() {
        return salt == null ? "by id" : "by id and a secret";
    }
}
