package dev.gatehouse.oidc;

import dev.gatehouse.internal.StrictJson;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an issuer by their ids (RFC 7517, 5). What is strange about one of them (another type, too small, private, without
 * an id) leaves that one out and the others as they are; two with one id are both left out. Immutable and thread-safe.
 */
final class KeySet {
    static final int MAX_KEYS = 100;
    static final int MAX_ID = 255;

    private final Map<String, SignatureKey> keys;

    private KeySet(Map<String, SignatureKey> keys) {
        this.keys = keys;
    }

    /** The set, or null if the document is none, has more keys than anybody needs, or none of use. */
    static @Nullable KeySet read(byte[] document) {
        Map<String, @Nullable Object> set = StrictJson.readObject(document);
        if (set == null || !(set.get("keys") instanceof List<?> list) || list.size() > MAX_KEYS) {
            return null;
        }
        Map<String, SignatureKey> keys = new HashMap<>();
        Set<String> twice = new HashSet<>();
        for (Object each : list) {
            if (each instanceof Map<?, ?> jwk && jwk.get("kid") instanceof String id && isId(id)) {
                SignatureKey key = SignatureKey.of(jwk);
                if (key != null && keys.put(id, key) != null) {
                    twice.add(id);
                }
            }
        }
        keys.keySet().removeAll(twice);
        return keys.isEmpty() ? null : new KeySet(Map.copyOf(keys));
    }

    static boolean isId(String id) {
        return !id.isEmpty() && id.length() <= MAX_ID;
    }

    @Nullable
    SignatureKey find(String id) {
        return keys.get(id);
    }

    int size() {
        return keys.size();
    }
}
