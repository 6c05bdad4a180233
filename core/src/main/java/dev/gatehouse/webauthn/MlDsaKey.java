package dev.gatehouse.webauthn;

import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.jspecify.annotations.Nullable;

/** An ML-DSA key (FIPS 204), without context and without pre-hashing. */
final class MlDsaKey implements VerificationKey {
    private static final int SEED = 32;
    /** Ten bits for each of the 256 coefficients of each polynomial. */
    private static final int POLYNOMIAL = 320;

    private final CoseAlgorithm algorithm;
    private final MLDSAPublicKeyParameters key;

    private MlDsaKey(CoseAlgorithm algorithm, MLDSAPublicKeyParameters key) {
        this.algorithm = algorithm;
        this.key = key;
    }

    /** The key, or null if it has not the size that its parameters ask for. */
    static @Nullable MlDsaKey of(CoseAlgorithm algorithm, MLDSAParameters parameters, byte[] encoded) {
        int polynomials = switch (algorithm) {
            case ML_DSA_44 -> 4;
            case ML_DSA_65 -> 6;
            default -> 8;
        };
        return encoded.length == SEED + polynomials * POLYNOMIAL
                ? new MlDsaKey(algorithm, new MLDSAPublicKeyParameters(parameters, encoded))
                : null;
    }

    @Override
    public CoseAlgorithm algorithm() {
        return algorithm;
    }

    @Override
    public boolean verifies(byte[] message, byte[] signature) {
        MLDSASigner signer = new MLDSASigner();
        signer.init(false, key);
        signer.update(message, 0, message.length);
        return signer.verifySignature(signature);
    }
}
