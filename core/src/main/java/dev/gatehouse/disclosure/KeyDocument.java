package dev.gatehouse.disclosure;

import dev.gatehouse.internal.StrictJson;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The document in which an origin publishes its keys.
 *
 * <p>A key that cannot be used is left out, so that one strange key does not spoil the rest; so is an id that is listed twice. A document
 * without any key that can be used is none.
 */
final class KeyDocument {
    private static final int MAX_KEYS = 100;
    private static final int MAX_ID = 200;

    private KeyDocument() {}

    /**
     * The keys by id.
     *
     * @throws IllegalStateException if it is no such document
     */
    static Map<String, OriginKey> read(byte[] document) {
        if (!(StrictJson.read(document, 0, document.length) instanceof Map<?, ?> object)
                || !(object.get("public_keys") instanceof List<?> list)
                || list.size() > MAX_KEYS) {
            throw new IllegalStateException("no document of keys");
        }
        Map<String, OriginKey> keys = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (Object each : list) {
            if (each instanceof Map<?, ?> entry
                    && entry.get("key_identifier") instanceof String id
                    && !id.isEmpty()
                    && id.length() <= MAX_ID) {
                OriginKey key = entry.get("key") instanceof String pem
                        ? OriginKey.read(pem, !Boolean.FALSE.equals(entry.get("is_current")))
                        : null;
                if (!seen.add(id)) {
                    keys.remove(id);
                } else if (key != null) {
                    keys.put(id, key);
                }
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalStateException("a document without a key that could be used");
        }
        return Collections.unmodifiableMap(keys);
    }
}
