package dev.gatehouse.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals secrets for a store and opens them again: AES-256-GCM, bound to the place where the value lies.
 *
 * <p>The nonce is 96 random bits; purpose, owner, row, format version and key id are associated data. Whoever can write
 * to the store can therefore delete or bring back a value of the same row, and nothing else: a value that was altered,
 * moved to another row or written in plain text is refused.
 *
 * <p><strong>Limit:</strong> a key seals at most 2<sup>32</sup> values (NIST SP 800-38D, 8.3, random nonces), counted over
 * all nodes and for as long as the key lives; rotate long before. One sealer counts its own and refuses beyond the limit.
 *
 * <p>Thread-safe.
 */
public final class Sealer {
    /** Values that one key may seal. */
    public static final long MAX_SEALED_PER_KEY = 1L << 32;

    /** Largest secret in bytes. */
    public static final int MAX_SECRET = 1024;

    private static final String TRANSFORMATION = "AES/GCM/NoPadding";

    private final KeyRing ring;
    private final Map<String, SecretKeySpec> keys;

    /** The one that takes these keys: looking for it costs more than opening a value. */
    private final Provider provider;

    private final SecureRandom random;
    private final AtomicLong sealed;

    /** A sealer with the platform's default source of randomness. */
    public Sealer(KeyRing ring) {
        this(ring, new SecureRandom());
    }

    public Sealer(KeyRing ring, SecureRandom random) {
        this(ring, random, 0);
    }

    Sealer(KeyRing ring, SecureRandom random, long sealedBefore) {
        this.ring = Objects.requireNonNull(ring, "ring");
        this.random = Objects.requireNonNull(random, "random");
        this.sealed = new AtomicLong(sealedBefore);
        Map<String, SecretKeySpec> specs = new LinkedHashMap<>();
        for (String id : ring.openingKeyIds()) {
            specs.put(id, new SecretKeySpec(ring.key(id).orElseThrow().toByteArray(), "AES"));
        }
        this.keys = Map.copyOf(specs);
        this.provider = provider(specs.get(ring.sealingKeyId()));
    }

    private static Provider provider(@Nullable SecretKeySpec key) {
        try {
            Cipher cipher = Cipher.getInstance(TRANSFORMATION);
            // Some open with any nonce and seal with none but their own. Nothing is sealed here.
            cipher.init(Cipher.ENCRYPT_MODE, key, parameters(new byte[SealedSecret.NONCE_BYTES]));
            return cipher.getProvider();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not usable on this platform", e);
        }
    }

    private static GCMParameterSpec parameters(byte[] nonce) {
        return new GCMParameterSpec(8 * SealedSecret.TAG_BYTES, nonce);
    }

    /** The keys in use. */
    public KeyRing ring() {
        return ring;
    }

    /**
     * Seals a secret for one place with the ring's sealing key.
     *
     * @throws IllegalArgumentException if the secret is larger than {@value #MAX_SECRET} bytes
     * @throws IllegalStateException if the key has sealed {@link #MAX_SEALED_PER_KEY} values
     */
    public SealedSecret seal(SecretBytes secret, SealContext context) {
        if (secret.size() > MAX_SECRET) {
            throw new IllegalArgumentException("secret: at most " + MAX_SECRET + " bytes");
        }
        String keyId = ring.sealingKeyId();
        if (sealed.getAndIncrement() >= MAX_SEALED_PER_KEY) {
            sealed.set(MAX_SEALED_PER_KEY);
            throw new IllegalStateException("key " + keyId + " has sealed all it may: rotate it");
        }
        byte[] nonce = new byte[SealedSecret.NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keyId, nonce, context);
            byte[] plain = secret.toByteArray();
            byte[] body = new byte[nonce.length + cipher.getOutputSize(plain.length)];
            System.arraycopy(nonce, 0, body, 0, nonce.length);
            cipher.doFinal(plain, 0, plain.length, body, nonce.length);
            return SealedSecret.of(keyId, body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not usable on this platform", e);
        }
    }

    /**
     * Opens a sealed value at its place.
     *
     * @throws UnsealingException if the key is unknown or retired, or the value was altered or belongs elsewhere
     */
    public SecretBytes open(SealedSecret value, SealContext context) {
        String keyId = value.keyId();
        if (!keys.containsKey(keyId)) {
            throw new UnsealingException(
                    ring.retiredKeyIds().contains(keyId)
                            ? UnsealingException.Cause.RETIRED_KEY
                            : UnsealingException.Cause.UNKNOWN_KEY,
                    keyId);
        }
        byte[] body = value.body();
        byte[] nonce = java.util.Arrays.copyOf(body, SealedSecret.NONCE_BYTES);
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, keyId, nonce, context);
            return SecretBytes.copyOf(cipher.doFinal(body, nonce.length, body.length - nonce.length));
        } catch (AEADBadTagException e) {
            throw new UnsealingException(UnsealingException.Cause.ALTERED_OR_ELSEWHERE, keyId);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not usable on this platform", e);
        }
    }

    private Cipher cipher(int mode, String keyId, byte[] nonce, SealContext context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(TRANSFORMATION, provider);
        cipher.init(mode, keys.get(keyId), parameters(nonce));
        cipher.updateAAD(associated(keyId, context));
        return cipher;
    }

    /** Each part behind its length, so that no two places have the same bytes. */
    private static byte[] associated(String keyId, SealContext context) {
        byte[][] parts = {
            utf8(SealedSecret.VERSION),
            utf8(keyId),
            utf8(context.purpose()),
            utf8(context.ownerId()),
            utf8(context.rowId()),
        };
        int size = 0;
        for (byte[] part : parts) {
            size += Integer.BYTES + part.length;
        }
        ByteBuffer buffer = ByteBuffer.allocate(size);
        for (byte[] part : parts) {
            buffer.putInt(part.length).put(part);
        }
        return buffer.array();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
