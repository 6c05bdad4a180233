package dev.gatehouse.publisher;

import dev.gatehouse.internal.Base64Url;
import dev.gatehouse.internal.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A signed text in compact form (RFC 7515, 3.1), taken apart and not verified: header, payload, and the text of the signature.
 *
 * <p>Each of its parts is canonical base64url, so that there is one text of it and no other; the header is strict JSON.
 */
final class CompactJws {
    private final String text;
    private final int signatureAt;
    private final Map<String, @Nullable Object> header;
    private final byte[] payload;

    private CompactJws(String text, int signatureAt, Map<String, @Nullable Object> header, byte[] payload) {
        this.text = text;
        this.signatureAt = signatureAt;
        this.header = header;
        this.payload = payload;
    }

    /** The parts, or null if the text is no such. */
    static @Nullable CompactJws read(String text) {
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        if (first < 0 || second < 0 || text.indexOf('.', second + 1) >= 0) {
            return null;
        }
        byte[] header = Base64Url.decode(text.substring(0, first), 0);
        byte[] payload = Base64Url.decode(text.substring(first + 1, second), 0);
        if (header == null || payload == null || Base64Url.decode(text, second + 1) == null) {
            return null;
        }
        Map<String, @Nullable Object> members = StrictJson.readObject(header);
        return members == null ? null : new CompactJws(text, second + 1, members, payload);
    }

    /** The members of the header, none of them proven. */
    Map<String, @Nullable Object> header() {
        return header;
    }

    byte[] payload() {
        return payload;
    }

    /** What is signed, as it was received. */
    byte[] signed() {
        return text.substring(0, signatureAt - 1).getBytes(StandardCharsets.US_ASCII);
    }

    String signature() {
        return text.substring(signatureAt);
    }

    /**
     * Whether the header demands something that a verifier would have to understand (RFC 7515, 4.1.11; RFC 7797, 6). Everything
     * else in it, addresses of keys and keys above all, is ignored.
     */
    boolean demandsMore() {
        return header.containsKey("crit") || header.containsKey("b64");
    }

    /** Whether this key made it with the algorithm that its header names. */
    boolean isSignedBy(SignatureKey key) {
        return SignatureAlgorithm.named(header.get("alg")) == key.algorithm() && key.verifies(signed(), signature());
    }
}
