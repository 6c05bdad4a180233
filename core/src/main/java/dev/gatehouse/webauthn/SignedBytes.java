package dev.gatehouse.webauthn;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** What an authenticator signs: its data, and the hash of the client data (WebAuthn Level 3, 6.3.3). */
final class SignedBytes {
    private SignedBytes() {}

    static byte[] of(byte[] authenticatorData, byte[] clientDataHash) {
        byte[] signed = Arrays.copyOf(authenticatorData, authenticatorData.length + clientDataHash.length);
        System.arraycopy(clientDataHash, 0, signed, authenticatorData.length, clientDataHash.length);
        return signed;
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
