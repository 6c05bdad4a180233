package dev.gatehouse.webauthn;

import org.bouncycastle.crypto.params.Ed448PublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed448;

/** An Ed448 key (RFC 8032). */
final class Ed448Key implements VerificationKey {
    private static final byte[] NO_CONTEXT = new byte[0];

    private final Ed448PublicKeyParameters key;

    /** Throws {@link IllegalArgumentException} if the bytes are no point, or one of small order. */
    Ed448Key(byte[] x) {
        this.key = new Ed448PublicKeyParameters(x);
    }

    @Override
    public CoseAlgorithm algorithm() {
        return CoseAlgorithm.ED448;
    }

    @Override
    public boolean verifies(byte[] message, byte[] signature) {
        return signature.length == Ed448.SIGNATURE_SIZE
                && key.verify(Ed448.Algorithm.Ed448, NO_CONTEXT, message, 0, message.length, signature, 0);
    }
}
