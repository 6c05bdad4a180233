package dev.gatehouse.webauthn;

import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 key (RFC 8032). */
final class Ed25519Key implements VerificationKey {
    private final Ed25519PublicKeyParameters key;

    /** Throws {@link IllegalArgumentException} if the bytes are no point, or one of small order. */
    Ed25519Key(byte[] x) {
        this.key = new Ed25519PublicKeyParameters(x);
    }

    @Override
    public CoseAlgorithm algorithm() {
        return CoseAlgorithm.EDDSA;
    }

    @Override
    public boolean verifies(byte[] message, byte[] signature) {
        return signature.length == Ed25519.SIGNATURE_SIZE
                && key.verify(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
    }
}
