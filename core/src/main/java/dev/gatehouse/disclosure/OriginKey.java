package dev.gatehouse.disclosure;

import dev.gatehouse.internal.Base64Text;
import java.io.IOException;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.jspecify.annotations.Nullable;

/**
 * A public key of an origin: a point of P-256, whatever else its PEM might name. The curve is the origin's to name, and ours to
 * allow: a curve of somebody's choice verifies signatures of somebody's choice.
 */
final class OriginKey {
    private static final int MAX_PEM = 1_000;
    private static final Pattern PEM =
            Pattern.compile("\\s*-----BEGIN PUBLIC KEY-----\\s*([A-Za-z0-9+/=\\s]+?)\\s*-----END PUBLIC KEY-----\\s*");

    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final ECPublicKeyParameters key;
    private final boolean current;

    private OriginKey(ECPublicKeyParameters key, boolean current) {
        this.key = key;
        this.current = current;
    }

    /** The key in a PEM, or null if there is none that could be used. */
    static @Nullable OriginKey read(String pem, boolean current) {
        Matcher framed = PEM.matcher(pem.length() <= MAX_PEM ? pem : "");
        if (!framed.matches()) {
            return null;
        }
        byte[] der = Base64Text.decode(SPACE.matcher(framed.group(1)).replaceAll(""));
        if (der == null) {
            return null;
        }
        try {
            // Refuses what follows the structure.
            SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(ASN1Primitive.fromByteArray(der));
            AlgorithmIdentifier algorithm = info.getAlgorithm();
            if (!algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                    || !SECObjectIdentifiers.secp256r1.equals(algorithm.getParameters())) {
                return null;
            }
            // Refuses what is no point of the curve.
            return new OriginKey((ECPublicKeyParameters) PublicKeyFactory.createKey(info), current);
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** Whether the origin signs with it now; one that it has retired stays listed for a while. */
    boolean isCurrent() {
        return current;
    }

    /** Whether this is its signature over these bytes: ECDSA with SHA-256, in DER and no other encoding. */
    boolean verifies(byte[] message, byte[] signature) {
        BigInteger[] parts;
        try {
            parts = StandardDSAEncoding.INSTANCE.decode(key.getParameters().getN(), signature);
        } catch (IOException | RuntimeException e) {
            // For other types in the sequence it throws a ClassCastException.
            return false;
        }
        SHA256Digest digest = new SHA256Digest();
        digest.update(message, 0, message.length);
        byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        ECDSASigner signer = new ECDSASigner();
        signer.init(false, key);
        return signer.verifySignature(hash, parts[0], parts[1]);
    }
}
