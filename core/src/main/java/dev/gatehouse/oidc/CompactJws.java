package dev.gatehouse.oidc;

import dev.gatehouse.internal.Base64Url;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A signed text in compact form (RFC 7515, 3.1), taken apart and not verified: header, payload, and the text of the signature.
 *
 * <p>Each of its parts is canonical base64url, so that there is one text of it and no other; the header is strict JSON.
 */
final class CompactJws {
    private final JwsHeader header;
    private final byte[] payload;
    private final byte[] signed;
    private final String signature;

    private CompactJws(JwsHeader header, byte[] payload, byte[] signed, String signature) {
        this.header = header;
        this.payload = payload;
        this.signed = signed;
        this.signature = signature;
    }

    /** The parts, or null if the text is no such. */
    static @Nullable CompactJws read(String text) {
        return read(text, null);
    }

    /**
     * The parts, or null if the text is no such.
     *
     * @param known a header that was read before, and is not read again where the text begins with the same
     */
    static @Nullable CompactJws read(String text, @Nullable JwsHeader known) {
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        if (first < 0 || second < 0 || text.indexOf('.', second + 1) >= 0) {
            return null;
        }
        JwsHeader header = known != null && known.isOf(text, first) ? known : JwsHeader.read(text.substring(0, first));
        byte[] payload = Base64Url.decode(text.substring(first + 1, second), 0);
        if (header == null || payload == null || !Base64Url.isCanonical(text, second + 1)) {
            return null;
        }
        byte[] signed = text.substring(0, second).getBytes(StandardCharsets.US_ASCII);
        return new CompactJws(header, payload, signed, text.substring(second + 1));
    }

    JwsHeader header() {
        return header;
    }

    byte[] payload() {
        return payload;
    }

    /** What is signed, as it was received. */
    byte[] signed() {
        return signed;
    }

    /** Whether this key made it with the algorithm that its header names. */
    boolean isSignedBy(SignatureKey key) {
        return header.algorithm() == key.algorithm() && key.verifies(signed, signature);
    }
}
