package dev.gatehouse.webauthn;

import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.jspecify.annotations.Nullable;

/** An ECDSA key on a NIST curve; its signatures are in DER (WebAuthn Level 3, 6.5.5). */
final class EcKey implements VerificationKey {
    private static final ECDomainParameters P256 = domain("P-256");
    private static final ECDomainParameters P384 = domain("P-384");
    private static final ECDomainParameters P521 = domain("P-521");

    private final CoseAlgorithm algorithm;
    private final ECPublicKeyParameters key;

    private EcKey(CoseAlgorithm algorithm, ECPublicKeyParameters key) {
        this.algorithm = algorithm;
        this.key = key;
    }

    private static ECDomainParameters domain(String curve) {
        X9ECParameters parameters = CustomNamedCurves.getByName(curve);
        return new ECDomainParameters(parameters);
    }

    /**
     * The key, or null if a coordinate has not the size of the field (RFC 9053, 7.1.1).
     *
     * @throws IllegalArgumentException if it is not a point of the curve
     */
    static @Nullable EcKey of(CoseAlgorithm algorithm, byte[] x, byte[] y) {
        ECDomainParameters domain = switch (algorithm) {
            case ES256 -> P256;
            case ES384 -> P384;
            default -> P521;
        };
        int size = (domain.getCurve().getFieldSize() + 7) / 8;
        if (x.length != size || y.length != size) {
            return null;
        }
        return new EcKey(
                algorithm,
                new ECPublicKeyParameters(
                        domain.getCurve().createPoint(new BigInteger(1, x), new BigInteger(1, y)), domain));
    }

    @Override
    public CoseAlgorithm algorithm() {
        return algorithm;
    }

    @Override
    public boolean verifies(byte[] message, byte[] signature) {
        BigInteger[] parts;
        try {
            // Refuses every encoding but the one of DER.
            parts = StandardDSAEncoding.INSTANCE.decode(key.getParameters().getN(), signature);
        } catch (IOException | RuntimeException e) {
            // For other types in the sequence it throws a ClassCastException.
            return false;
        }
        ECDSASigner signer = new ECDSASigner();
        signer.init(false, key);
        return signer.verifySignature(hash(message), parts[0], parts[1]);
    }

    private byte[] hash(byte[] message) {
        Digest digest = switch (algorithm) {
            case ES256 -> SHA256Digest.newInstance();
            case ES384 -> new SHA384Digest();
            default -> new SHA512Digest();
        };
        digest.update(message, 0, message.length);
        byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        return hash;
    }
}
