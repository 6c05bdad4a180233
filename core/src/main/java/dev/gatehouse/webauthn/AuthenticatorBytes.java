package dev.gatehouse.webauthn;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The authenticator data of a response (WebAuthn Level 3, 6.1).
 *
 * <p>Extension outputs are walked over and otherwise left alone: none is asked for, and one that nobody asked for must not
 * make a ceremony fail. Reserved flags are ignored.
 */
final class AuthenticatorBytes {
    private static final int HASH = 32;
    private static final int HEADER = HASH + 1 + 4;
    private static final int AAGUID = 16;

    private static final int UP = 0x01;
    private static final int UV = 0x04;
    private static final int BE = 0x08;
    private static final int BS = 0x10;
    private static final int AT = 0x40;
    private static final int ED = 0x80;

    private final byte[] bytes;
    private final int credentialId;
    private final int publicKey;
    private final int extensions;

    private AuthenticatorBytes(byte[] bytes, int credentialId, int publicKey, int extensions) {
        this.bytes = bytes;
        this.credentialId = credentialId;
        this.publicKey = publicKey;
        this.extensions = extensions;
    }

    /** The data, or null if it is cut off, has something left over, or its parts are not what the flags say. */
    static @Nullable AuthenticatorBytes read(byte[] bytes) {
        if (bytes.length < HEADER) {
            return null;
        }
        int flags = bytes[HASH];
        int at = HEADER;
        int credentialId = 0;
        int publicKey = 0;
        if ((flags & AT) != 0) {
            credentialId = at + AAGUID + 2;
            if (credentialId > bytes.length) {
                return null;
            }
            publicKey =
                    credentialId + Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(credentialId - 2));
            at = mapEnd(bytes, publicKey);
        }
        int extensions = at;
        if ((flags & ED) != 0 && at > 0) {
            at = mapEnd(bytes, at);
        }
        return at == bytes.length ? new AuthenticatorBytes(bytes, credentialId, publicKey, extensions) : null;
    }

    private static int mapEnd(byte[] bytes, int from) {
        return from < bytes.length && Cbor.typeAt(bytes, from) == Cbor.MAP ? Cbor.end(bytes, from) : -1;
    }

    boolean isFor(byte[] rpIdHash) {
        return MessageDigest.isEqual(Arrays.copyOf(bytes, HASH), rpIdHash);
    }

    boolean isUserPresent() {
        return has(UP);
    }

    boolean isUserVerified() {
        return has(UV);
    }

    boolean isBackupEligible() {
        return has(BE);
    }

    boolean isBackedUp() {
        return has(BS);
    }

    boolean hasAttestedCredential() {
        return has(AT);
    }

    boolean hasExtensions() {
        return has(ED);
    }

    private boolean has(int flag) {
        return (bytes[HASH] & flag) != 0;
    }

    /** The signature counter, 0 to 2^32-1. */
    long signCount() {
        return Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt(HASH + 1));
    }

    UUID aaguid() {
        ByteBuffer in = ByteBuffer.wrap(bytes, HEADER, AAGUID);
        return new UUID(in.getLong(), in.getLong());
    }

    byte[] credentialId() {
        return Arrays.copyOfRange(bytes, credentialId, publicKey);
    }

    /** The attested public key as a COSE_Key. */
    byte[] publicKey() {
        return Arrays.copyOfRange(bytes, publicKey, extensions);
    }

    /** The same without extension outputs, with the flag that says so. */
    byte[] withoutExtensions() {
        byte[] shorter = Arrays.copyOf(bytes, extensions);
        shorter[HASH] &= (byte) ~ED;
        return shorter;
    }

    byte[] bytes() {
        return bytes;
    }
}
