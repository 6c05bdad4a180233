package dev.gatehouse.webauthn;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.bouncycastle.math.ec.rfc8032.Ed448;
import org.jspecify.annotations.Nullable;

/** Decodes public keys in the form of COSE (RFC 9052, 7; RFC 9053, 7; RFC 8230, 4; for ML-DSA the key type AKP). */
final class CoseKeys {
    private static final long KEY_TYPE = 1;
    private static final long ALGORITHM = 3;
    private static final long OKP = 1;
    private static final long EC2 = 2;
    private static final long RSA = 3;
    private static final long AKP = 7;
    private static final long ED25519 = 6;
    private static final long ED448 = 7;

    private final byte[] cose;
    private final Map<Long, Integer> values = new HashMap<>();

    private CoseKeys(byte[] cose, List<Cbor.Entry> entries) {
        this.cose = cose;
        for (Cbor.Entry entry : entries) {
            Long name = Cbor.integer(cose, entry.key());
            if (name != null) {
                values.put(name, entry.value());
            }
        }
    }

    private static @Nullable CoseKeys read(byte[] cose) {
        List<Cbor.Entry> entries = Cbor.entries(cose, 0);
        return entries == null ? null : new CoseKeys(cose, entries);
    }

    /** The algorithm that the key names, or null if it names none that is known. */
    static @Nullable CoseAlgorithm algorithmOf(byte[] cose) {
        CoseKeys key = read(cose);
        return key == null ? null : key.algorithm();
    }

    /** The key, or null if it cannot be used with the algorithm that it names. */
    static @Nullable VerificationKey decode(byte[] cose) {
        CoseKeys key = Cbor.isOneItem(cose) ? read(cose) : null;
        CoseAlgorithm algorithm = key == null ? null : key.algorithm();
        if (key == null || algorithm == null || key.hasPrivatePart()) {
            return null;
        }
        try {
            return key.decode(algorithm);
        } catch (RuntimeException e) {
            // What Bouncy Castle throws for numbers that are no key is not documented.
            return null;
        }
    }

    private @Nullable CoseAlgorithm algorithm() {
        Long id = number(ALGORITHM);
        return id == null ? null : CoseAlgorithm.of(id).orElse(null);
    }

    private @Nullable VerificationKey decode(CoseAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> ec(algorithm, 1);
            case ES384 -> ec(algorithm, 2);
            case ES512 -> ec(algorithm, 3);
            case EDDSA -> ed25519();
            case ED448 -> ed448();
            case RS256, RS384, RS512, PS256, PS384, PS512 -> rsa(algorithm);
            case ML_DSA_44 -> mlDsa(algorithm, MLDSAParameters.ml_dsa_44);
            case ML_DSA_65 -> mlDsa(algorithm, MLDSAParameters.ml_dsa_65);
            case ML_DSA_87 -> mlDsa(algorithm, MLDSAParameters.ml_dsa_87);
        };
    }

    private @Nullable VerificationKey ec(CoseAlgorithm algorithm, long curve) {
        byte[] x = bytes(-2);
        byte[] y = bytes(-3);
        return is(KEY_TYPE, EC2) && is(-1, curve) && x != null && y != null ? EcKey.of(algorithm, x, y) : null;
    }

    private @Nullable VerificationKey ed25519() {
        byte[] x = is(KEY_TYPE, OKP) && is(-1, ED25519) ? bytes(-2) : null;
        return x == null || x.length != Ed25519.PUBLIC_KEY_SIZE ? null : new Ed25519Key(x);
    }

    private @Nullable VerificationKey ed448() {
        byte[] x = is(KEY_TYPE, OKP) && is(-1, ED448) ? bytes(-2) : null;
        return x == null || x.length != Ed448.PUBLIC_KEY_SIZE ? null : new Ed448Key(x);
    }

    private @Nullable VerificationKey rsa(CoseAlgorithm algorithm) {
        byte[] modulus = bytes(-1);
        byte[] exponent = bytes(-2);
        return is(KEY_TYPE, RSA) && modulus != null && exponent != null
                ? RsaKey.of(algorithm, new BigInteger(1, modulus), new BigInteger(1, exponent))
                : null;
    }

    private @Nullable VerificationKey mlDsa(CoseAlgorithm algorithm, MLDSAParameters parameters) {
        byte[] key = is(KEY_TYPE, AKP) ? bytes(-1) : null;
        return key == null ? null : MlDsaKey.of(algorithm, parameters, key);
    }

    /** A key that was sent with its private part is no secret any more. */
    private boolean hasPrivatePart() {
        long firstPrivate = is(KEY_TYPE, OKP) || is(KEY_TYPE, EC2) ? -4 : is(KEY_TYPE, RSA) ? -3 : -2;
        return values.keySet().stream().anyMatch(name -> name <= firstPrivate);
    }

    private boolean is(long name, long value) {
        Long number = number(name);
        return number != null && number == value;
    }

    private @Nullable Long number(long name) {
        Integer at = values.get(name);
        return at == null ? null : Cbor.integer(cose, at);
    }

    private byte @Nullable [] bytes(long name) {
        Integer at = values.get(name);
        return at == null || Cbor.typeAt(cose, at) != Cbor.BYTES ? null : Cbor.contents(cose, at);
    }
}
