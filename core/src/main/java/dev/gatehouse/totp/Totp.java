package dev.gatehouse.totp;

import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The codes of RFC 6238: an HMAC of the time step, truncated as RFC 4226, 5.3 says.
 *
 * <p>This makes codes, for a demonstration or a test; {@link TotpVerifier} checks them. A comparison of texts is no
 * verification: it accepts a code twice. Stateless and thread-safe.
 */
public final class Totp {
    private Totp() {}

    /** The code of an instant, with leading zeros. */
    public static String codeAt(TotpSecret secret, TotpParameters parameters, Instant instant) {
        return code(secret, parameters, parameters.stepAt(instant));
    }

    /** The code of a time step, or of a counter as RFC 4226 has it, with leading zeros. */
    public static String code(TotpSecret secret, TotpParameters parameters, long step) {
        Mac mac = mac(secret, parameters.algorithm());
        int code = truncated(mac, new byte[Long.BYTES], step) % parameters.modulus();
        StringBuilder text = new StringBuilder(parameters.digits());
        for (int place = parameters.modulus() / 10; place > 0; place /= 10) {
            text.append((char) ('0' + code / place % 10));
        }
        return text.toString();
    }

    static Mac mac(TotpSecret secret, TotpParameters.Algorithm algorithm) {
        try {
            Mac mac = Mac.getInstance(algorithm.hmac());
            mac.init(new SecretKeySpec(secret.bytes().toByteArray(), algorithm.hmac()));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm.hmac() + " is not usable on this platform", e);
        }
    }

    /**
     * Which of consecutive steps have this code: bit {@code i} stands for {@code first + i}.
     *
     * <p>Takes the same time whether none, one or all of them match: no branch and no index depends on a code.
     *
     * @param mac initialised with the secret
     * @param count at most 31
     */
    static int matches(Mac mac, long first, int count, int modulus, int given) {
        byte[] counter = new byte[Long.BYTES];
        int mask = 0;
        for (int i = 0; i < count; i++) {
            int difference = (truncated(mac, counter, first + i) % modulus) ^ given;
            // 1 where the difference is 0: only then are both it and its negation without the sign bit.
            mask |= (((difference | -difference) >>> 31) ^ 1) << i;
        }
        return mask;
    }

    private static int truncated(Mac mac, byte[] counter, long step) {
        for (int i = 0; i < Long.BYTES; i++) {
            counter[i] = (byte) (step >>> (56 - 8 * i));
        }
        byte[] hash = mac.doFinal(counter);
        // The last byte, not byte 19: they differ for SHA-256 and SHA-512.
        int offset = hash[hash.length - 1] & 0xf;
        return (hash[offset] & 0x7f) << 24
                | (hash[offset + 1] & 0xff) << 16
                | (hash[offset + 2] & 0xff) << 8
                | (hash[offset + 3] & 0xff);
    }
}
