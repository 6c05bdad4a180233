package dev.gatehouse.webauthn;

/** A decoded public key that checks signatures; immutable and thread-safe. */
interface VerificationKey {
    /** The one algorithm that the key is for. */
    CoseAlgorithm algorithm();

    /** Whether the signature is the key's over the message; false, never an exception, for any bytes. */
    boolean verifies(byte[] message, byte[] signature);
}
