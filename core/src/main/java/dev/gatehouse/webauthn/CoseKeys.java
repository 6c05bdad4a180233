package dev.gatehouse.webauthn;

import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.authenticator.AKPCOSEKey;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.authenticator.Curve;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import com.webauthn4j.data.attestation.authenticator.EdDSACOSEKey;
import com.webauthn4j.data.attestation.authenticator.RSACOSEKey;
import java.math.BigInteger;
import java.util.List;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.bouncycastle.math.ec.rfc8032.Ed448;
import org.jspecify.annotations.Nullable;
import tools.jackson.dataformat.cbor.CBORMapper;

/** Decodes public keys in the form of COSE (RFC 9052, 7; RFC 9053; RFC 8230; RFC 9964 for ML-DSA). */
final class CoseKeys {
    private static final int KEY_TYPE = 1;
    private static final int ALGORITHM = 3;
    private static final int OKP = 1;
    private static final int EC2 = 2;
    private static final int RSA = 3;

    private final CBORMapper cbor;

    CoseKeys(ObjectConverter converter) {
        this.cbor = converter.getCborMapper();
    }

    /** The key, or null if it cannot be used with one of the algorithms. */
    @Nullable
    VerificationKey decode(byte[] cose) {
        CoseAlgorithm algorithm = algorithmOf(cose);
        if (algorithm == null || hasPrivatePart(cose)) {
            return null;
        }
        try {
            COSEKey key = cbor.readValue(cose, COSEKey.class);
            return key == null ? null : decode(key, algorithm);
        } catch (RuntimeException e) {
            // What webauthn4j and Bouncy Castle throw for bytes that are no key is not documented.
            return null;
        }
    }

    /** The algorithm that the key names, or null if it names none that is known. */
    static @Nullable CoseAlgorithm algorithmOf(byte[] cose) {
        Long id = number(cose, ALGORITHM);
        return id == null ? null : CoseAlgorithm.of(id).orElse(null);
    }

    private @Nullable VerificationKey decode(COSEKey key, CoseAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> ec(key, algorithm, Curve.SECP256R1);
            case ES384 -> ec(key, algorithm, Curve.SECP384R1);
            case ES512 -> ec(key, algorithm, Curve.SECP521R1);
            case EDDSA -> ed25519(key);
            case ED448 -> ed448(key);
            case RS256, RS384, RS512, PS256, PS384, PS512 -> rsa(key, algorithm);
            case ML_DSA_44 -> mlDsa(key, algorithm, MLDSAParameters.ml_dsa_44);
            case ML_DSA_65 -> mlDsa(key, algorithm, MLDSAParameters.ml_dsa_65);
            case ML_DSA_87 -> mlDsa(key, algorithm, MLDSAParameters.ml_dsa_87);
        };
    }

    private static @Nullable VerificationKey ec(COSEKey key, CoseAlgorithm algorithm, Curve curve) {
        if (!(key instanceof EC2COSEKey ec) || ec.getCurve() != curve || ec.getX() == null || ec.getY() == null) {
            return null;
        }
        return EcKey.of(algorithm, ec.getX(), ec.getY());
    }

    private static @Nullable VerificationKey ed25519(COSEKey key) {
        byte[] x = key instanceof EdDSACOSEKey ed && ed.getCurve() == Curve.ED25519 ? ed.getX() : null;
        return x == null || x.length != Ed25519.PUBLIC_KEY_SIZE ? null : new Ed25519Key(x);
    }

    private static @Nullable VerificationKey ed448(COSEKey key) {
        byte[] x = key instanceof EdDSACOSEKey ed && ed.getCurve() == Curve.ED448 ? ed.getX() : null;
        return x == null || x.length != Ed448.PUBLIC_KEY_SIZE ? null : new Ed448Key(x);
    }

    private static @Nullable VerificationKey rsa(COSEKey key, CoseAlgorithm algorithm) {
        if (!(key instanceof RSACOSEKey rsa) || rsa.getN() == null || rsa.getE() == null) {
            return null;
        }
        return RsaKey.of(algorithm, new BigInteger(1, rsa.getN()), new BigInteger(1, rsa.getE()));
    }

    private static @Nullable VerificationKey mlDsa(COSEKey key, CoseAlgorithm algorithm, MLDSAParameters parameters) {
        byte[] pub = key instanceof AKPCOSEKey akp ? akp.getPub() : null;
        return pub == null ? null : MlDsaKey.of(algorithm, parameters, pub);
    }

    /** A key that was sent with its private part is no secret any more. */
    private static boolean hasPrivatePart(byte[] cose) {
        Long type = number(cose, KEY_TYPE);
        List<Cbor.Entry> entries = Cbor.entries(cose, 0);
        if (type == null || entries == null) {
            return true;
        }
        int firstPrivate = type == OKP || type == EC2 ? -4 : type == RSA ? -3 : -2;
        return entries.stream()
                .map(entry -> Cbor.integer(cose, entry.key()))
                .anyMatch(name -> name != null && name <= firstPrivate);
    }

    private static @Nullable Long number(byte[] cose, int name) {
        List<Cbor.Entry> entries = Cbor.entries(cose, 0);
        if (entries == null) {
            return null;
        }
        for (Cbor.Entry entry : entries) {
            Long key = Cbor.integer(cose, entry.key());
            if (key != null && key == name) {
                return Cbor.integer(cose, entry.value());
            }
        }
        return null;
    }
}
