package dev.gatehouse.oidc;

import dev.gatehouse.internal.Base64Url;
import dev.gatehouse.internal.ClaimText;
import dev.gatehouse.internal.StrictJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header of a signed text (RFC 7515, 4), none of it proven; strict JSON.
 *
 * <p>What is read of it is what it demands, its type, its algorithm and its key's id. Everything else, keys and addresses of keys
 * above all, is ignored. Immutable and thread-safe.
 */
final class JwsHeader {
    private final String text;
    private final Map<String, @Nullable Object> members;
    private final @Nullable SignatureAlgorithm algorithm;

    private JwsHeader(String text, Map<String, @Nullable Object> members) {
        this.text = text;
        this.members = members;
        this.algorithm = SignatureAlgorithm.named(members.get("alg"));
    }

    /** The header of this text in base64url, or null if it is none. */
    static @Nullable JwsHeader read(String text) {
        byte[] json = Base64Url.decode(text, 0);
        Map<String, @Nullable Object> members = json == null ? null : StrictJson.readObject(json);
        return members == null ? null : new JwsHeader(text, members);
    }

    /** Whether it is what so many characters at the start of a token are. */
    boolean isOf(String token, int length) {
        return length == text.length() && token.startsWith(text);
    }

    /** Whether it demands what a verifier would have to understand (RFC 7515, 4.1.11; RFC 7797, 6). */
    boolean demandsMore() {
        return members.containsKey("crit") || members.containsKey("b64");
    }

    /** Whether it says nothing of its type, or that it is a token, and not one of a particular kind (RFC 8725, 3.11). */
    boolean isOfAnyToken() {
        return !members.containsKey("typ")
                || (members.get("typ") instanceof String type && type.equalsIgnoreCase("JWT"));
    }

    /** The algorithm, if it is one that is taken. */
    @Nullable
    SignatureAlgorithm algorithm() {
        return algorithm;
    }

    /** What it calls its algorithm, for a log. */
    String algorithmText() {
        return members.get("alg") instanceof String name ? ClaimText.of(name) : "none";
    }

    /** The id of its key, if it names one. */
    @Nullable
    String keyId() {
        return members.get("kid") instanceof String id && !id.isEmpty() ? id : null;
    }
}
