package dev.gatehouse.oidc;

import dev.gatehouse.internal.Base64Url;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What makes a token one that was used: what was signed, under its issuer, and the {@code jti} under its issuer.
 *
 * <p>The form is kept by stores and shared by nodes: {@code t.} or {@code j.}, and the SHA-256 of the issuer's URL, a line feed,
 * which no URL has, and the rest, in base64url.
 */
final class ReplayKeys {
    private ReplayKeys() {}

    static List<String> of(Issuer issuer, byte[] signed, @Nullable String jti) {
        String whole = "t." + hash(issuer, signed);
        return jti == null ? List.of(whole) : List.of(whole, "j." + hash(issuer, jti.getBytes(StandardCharsets.UTF_8)));
    }

    private static String hash(Issuer issuer, byte[] rest) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(issuer.url().getBytes(StandardCharsets.US_ASCII));
            sha256.update((byte) '\n');
            return Base64Url.encode(sha256.digest(rest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: every platform has it", e);
        }
    }
}
