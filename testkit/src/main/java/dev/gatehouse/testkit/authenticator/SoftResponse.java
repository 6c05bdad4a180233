package dev.gatehouse.testkit.authenticator;

import dev.gatehouse.testkit.internal.Json;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An answer of a {@link SoftAuthenticator}, honest unless told otherwise; not thread-safe.
 *
 * <p>What is changed is changed before it is signed, so that it holds but for that; only {@link #spoiltSignature} breaks the
 * signature.
 *
 * @param <T> the kind of answer
 */
public abstract sealed class SoftResponse<T extends SoftResponse<T>> permits SoftRegistration, SoftAssertion {
    private final SoftAuthenticator authenticator;
    private String type;
    private String challenge;
    private String origin;
    private String rpId;
    private boolean crossOrigin;
    private @Nullable String topOrigin;
    private int flags;
    private boolean isSpoilt;

    SoftResponse(SoftAuthenticator authenticator, String type, String challenge, String rpId, int flags) {
        this.authenticator = authenticator;
        this.type = type;
        this.challenge = challenge;
        this.origin = authenticator.origin();
        this.rpId = rpId;
        this.flags = flags;
    }

    /** The RP id of options, which is the host of the page where they have none. */
    static String rpId(@Nullable String named, String origin) {
        return named != null ? named : Objects.requireNonNull(URI.create(origin).getHost(), "origin");
    }

    /** The flags of an honest answer; the one who asks may require user verification. */
    static int flags(SoftAuthenticator authenticator, @Nullable String userVerification) {
        if ("required".equals(userVerification) && !authenticator.verifiesUsers()) {
            throw new IllegalStateException("NotAllowedError: user verification is required");
        }
        boolean verifies = authenticator.verifiesUsers() && !"discouraged".equals(userVerification);
        return SoftAuthenticator.USER_PRESENT
                | (verifies ? SoftAuthenticator.USER_VERIFIED : 0)
                | authenticator.backupFlags();
    }

    /** Another type than that of the ceremony, such as {@code webauthn.get} at a registration. */
    public T type(String other) {
        this.type = Objects.requireNonNull(other, "other");
        return self();
    }

    /** Another challenge than the one of the options, in base64url. */
    public T challenge(String other) {
        this.challenge = Objects.requireNonNull(other, "other");
        return self();
    }

    /** Another origin than the page's, as a relaying site would have. */
    public T origin(String other) {
        this.origin = Objects.requireNonNull(other, "other");
        return self();
    }

    /** Another RP id than the one of the options. */
    public T rpId(String other) {
        this.rpId = Objects.requireNonNull(other, "other");
        return self();
    }

    /** The page is in a frame of a page of another origin. */
    public T crossOrigin(String top) {
        this.crossOrigin = true;
        this.topOrigin = Objects.requireNonNull(top, "top");
        return self();
    }

    /** Exactly these of the flags that {@link SoftAuthenticator} names. */
    public T flags(int other) {
        this.flags = other;
        return self();
    }

    /** One bit of the signature is wrong; a registration without attestation has none. */
    public T spoiltSignature() {
        this.isSpoilt = true;
        return self();
    }

    /** The answer as the page would send it. */
    public abstract String toJson();

    abstract T self();

    SoftAuthenticator authenticator() {
        return authenticator;
    }

    String usedRpId() {
        return rpId;
    }

    byte[] clientData() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", type);
        members.put("challenge", challenge);
        members.put("origin", origin);
        members.put("crossOrigin", crossOrigin);
        if (topOrigin != null) {
            members.put("topOrigin", topOrigin);
        }
        return Json.write(members).getBytes(StandardCharsets.UTF_8);
    }

    /** Authenticator data (WebAuthn Level 3, 6.1). */
    byte[] authenticatorData(int moreFlags, long counter, byte[] attested) {
        byte[] rpIdHash = sha256(rpId.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.allocate(rpIdHash.length + 1 + Integer.BYTES + attested.length)
                .put(rpIdHash)
                .put((byte) (flags | moreFlags))
                .putInt((int) counter)
                .put(attested)
                .array();
    }

    byte[] signature(SoftKey key, byte[] authenticatorData, byte[] clientData) {
        byte[] hash = sha256(clientData);
        byte[] signature = key.sign(ByteBuffer.allocate(authenticatorData.length + hash.length)
                .put(authenticatorData)
                .put(hash)
                .array());
        if (isSpoilt) {
            signature[signature.length - 1] ^= 1;
        }
        return signature;
    }

    static Map<String, Object> credential(byte[] id, Map<String, Object> response) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", id);
        members.put("rawId", id);
        members.put("type", "public-key");
        members.put("authenticatorAttachment", "cross-platform");
        members.put("response", response);
        members.put("clientExtensionResults", Map.of());
        return members;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no SHA-256", e);
        }
    }
}
