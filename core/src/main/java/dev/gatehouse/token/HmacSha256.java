package dev.gatehouse.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 with a key for each call; counts its runs. Not thread-safe: made for one verification. */
final class HmacSha256 {
    private static final String ALGORITHM = "HmacSHA256";

    /** The key with which libmacaroons and all its ports derive the first key of a chain. */
    private static final byte[] GENERATOR = "macaroons-key-generator".getBytes(StandardCharsets.US_ASCII);

    private final Mac mac;
    private int runs;

    HmacSha256() {
        try {
            this.mac = Mac.getInstance(ALGORITHM);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is not usable on this platform", e);
        }
    }

    /** The key of the first signature. */
    static byte[] deriveKey(HmacSha256 hmac, byte[] rootKey) {
        return hmac.compute(GENERATOR, rootKey, 0, rootKey.length);
    }

    byte[] compute(byte[] key, byte[] data, int from, int to) {
        runs++;
        try {
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is not usable on this platform", e);
        }
        mac.update(data, from, to - from);
        return mac.doFinal();
    }

    int runs() {
        return runs;
    }
}
