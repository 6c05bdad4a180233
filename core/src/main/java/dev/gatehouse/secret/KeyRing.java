package dev.gatehouse.secret;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The sealing keys that a host gives, by id: one that seals, others that still open, and the ids of those retired.
 *
 * <p>Keys are 256 bits, from the host's own key store; they are never written anywhere by this library. An id is 1 to 32
 * of {@code A-Z a-z 0-9 _ -} and is never used again for another key.
 *
 * <p>Rotation without downtime, with several nodes: (1) give every node the new key as an {@code opening} key; (2) give
 * every node the new key as the sealing key and the old one as {@code opening}; (3) run {@link KeyRotation#reseal};
 * (4) name the old key {@code retired} and drop its bytes. {@link KeyRotation#checkAtStart} refuses to start while rows
 * need a key that is not there.
 *
 * <p>Immutable and thread-safe.
 */
public final class KeyRing {
    /** Size of a key in bytes. */
    public static final int KEY_BYTES = 32;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    private final String sealingKeyId;
    private final Map<String, SecretBytes> keys;
    private final Set<String> retired;

    private KeyRing(Builder builder) {
        this.sealingKeyId = builder.sealingKeyId;
        this.keys = Map.copyOf(builder.keys);
        this.retired = Set.copyOf(builder.retired);
    }

    /**
     * Starts a ring with the key that seals new values, and opens them.
     *
     * @throws IllegalArgumentException if the id is malformed or the key is not 32 bytes
     */
    public static Builder sealingWith(String id, SecretBytes key) {
        return new Builder(id, key);
    }

    /** The id of the key that seals new values. */
    public String sealingKeyId() {
        return sealingKeyId;
    }

    /** The ids of all keys that open values, the sealing key's among them. */
    public Set<String> openingKeyIds() {
        return keys.keySet();
    }

    /** The ids of keys that were given up; nothing may be sealed with them any more. */
    public Set<String> retiredKeyIds() {
        return retired;
    }

    Optional<SecretBytes> key(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyRing that
                && sealingKeyId.equals(that.sealingKeyId)
                && keys.equals(that.keys)
                && retired.equals(that.retired);
    }

    @Override
    public int hashCode() {
        return Objects.hash(sealingKeyId, keys.keySet(), retired);
    }

    @Override
    public String toString() {
        return "KeyRing[sealing " + sealingKeyId + ", opening " + keys.keySet() + ", retired " + retired + "]";
    }

    /** Collects the further keys of a ring. */
    public static final class Builder {
        private final String sealingKeyId;
        private final Map<String, SecretBytes> keys = new LinkedHashMap<>();
        private final Set<String> retired = new LinkedHashSet<>();

        private Builder(String id, SecretBytes key) {
            this.sealingKeyId = id;
            put(id, key);
        }

        /**
         * A key that opens what it sealed before, or what another node seals already.
         *
         * @throws IllegalArgumentException if the id is malformed or taken, or the key is not 32 bytes or is in the ring
         *     under another id
         */
        public Builder opening(String id, SecretBytes key) {
            put(id, key);
            return this;
        }

        /**
         * The id of a key that was given up.
         *
         * @throws IllegalArgumentException if the id is malformed or taken
         */
        public Builder retired(String id) {
            checkNew(id);
            retired.add(id);
            return this;
        }

        public KeyRing build() {
            return new KeyRing(this);
        }

        private void put(String id, SecretBytes key) {
            checkNew(id);
            if (Objects.requireNonNull(key, "key").size() != KEY_BYTES) {
                throw new IllegalArgumentException("key: " + KEY_BYTES + " bytes, not " + key.size());
            }
            if (keys.containsValue(key)) {
                throw new IllegalArgumentException("key: the same key under two ids");
            }
            keys.put(id, key);
        }

        private void checkNew(String id) {
            if (!ID.matcher(Objects.requireNonNull(id, "id")).matches()) {
                throw new IllegalArgumentException("id: 1 to 32 letters, digits, '_' or '-'");
            }
            if (keys.containsKey(id) || retired.contains(id)) {
                throw new IllegalArgumentException("id: '" + id + "' is in the ring already");
            }
        }
    }
}
