package dev.gatehouse.webauthn;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decoded keys by credential id and the bytes of the key: the first verification with a point of a curve costs twice what
 * the next one does. A key whose bytes differ is another key, whatever the id says.
 */
final class KeyCache {
    /** Most keys that are kept; the largest, of ML-DSA or with a table of a P-521 point, take some ten kilobytes. */
    private static final int MAX_KEYS = 4096;

    private final Cache<Name, VerificationKey> decoded =
            Caffeine.newBuilder().maximumSize(MAX_KEYS).executor(Runnable::run).build();

    /** The credential's key, or null if it cannot be used. */
    @Nullable
    VerificationKey get(NewCredential credential) {
        Name name = new Name(credential.id(), credential.publicKeyShared());
        VerificationKey key = decoded.getIfPresent(name);
        if (key == null) {
            key = CoseKeys.decode(name.key);
            if (key != null) {
                decoded.put(name, key);
            }
        }
        return key;
    }

    private static final class Name {
        private final String id;
        private final byte[] key;

        Name(String id, byte[] key) {
            this.id = id;
            this.key = key;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Name that && id.equals(that.id) && Arrays.equals(key, that.key);
        }

        @Override
        public int hashCode() {
            return id.hashCode();
        }
    }
}
