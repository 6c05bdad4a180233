package dev.gatehouse.webauthn;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.bouncycastle.math.ec.rfc8032.Ed448;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.cbor.CBORFactory;

/**
 * A public key in the form of COSE (RFC 9052, 7; RFC 9053; RFC 8230; RFC 9964 for ML-DSA), read by Jackson's parser of CBOR after
 * {@link Cbor} has found it canonical and every label an integer.
 */
final class CoseKeys {
    private static final long KEY_TYPE = 1;
    private static final long ALGORITHM = 3;
    private static final long OKP = 1;
    private static final long EC2 = 2;
    private static final long RSA = 3;
    private static final long AKP = 7;
    private static final long ED25519 = 6;
    private static final long ED448 = 7;

    private static final CBORFactory CBOR = new CBORFactory();

    private final Map<Long, Object> values;

    private CoseKeys(Map<Long, Object> values) {
        this.values = values;
    }

    /** The key, or null if it cannot be used with the algorithm that it names. */
    static @Nullable VerificationKey decode(byte[] cose) {
        try {
            CoseKeys key = Cbor.isOneItem(cose) && hasPlainLabels(cose) ? read(cose) : null;
            CoseAlgorithm algorithm = key == null ? null : key.algorithm();
            return key == null || algorithm == null || key.hasPrivatePart() ? null : key.decode(algorithm);
        } catch (RuntimeException e) {
            // What Jackson and Bouncy Castle throw for bytes that are no key is not documented.
            return null;
        }
    }

    /** The algorithm that the key names, or null if it names none that is known. */
    static @Nullable CoseAlgorithm algorithmOf(byte[] cose) {
        List<Cbor.Entry> entries = Cbor.entries(cose, 0);
        if (entries == null) {
            return null;
        }
        for (Cbor.Entry entry : entries) {
            Long label = Cbor.integer(cose, entry.key());
            if (label != null && label == ALGORITHM) {
                Long id = Cbor.integer(cose, entry.value());
                return id == null ? null : CoseAlgorithm.of(id).orElse(null);
            }
        }
        return null;
    }

    /** The parser does not tell a label from the text of its digits. */
    private static boolean hasPlainLabels(byte[] cose) {
        List<Cbor.Entry> entries = Cbor.entries(cose, 0);
        return entries != null && entries.stream().allMatch(entry -> Cbor.typeAt(cose, entry.key()) <= Cbor.NEGATIVE);
    }

    private static @Nullable CoseKeys read(byte[] cose) {
        Map<Long, Object> values = new HashMap<>();
        try (JsonParser parser = CBOR.createParser(ObjectReadContext.empty(), cose)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                long label = Long.parseLong(parser.currentName());
                JsonToken token = parser.nextToken();
                if (token == JsonToken.VALUE_NUMBER_INT) {
                    values.put(label, parser.getLongValue());
                } else if (token == JsonToken.VALUE_EMBEDDED_OBJECT) {
                    values.put(label, parser.getBinaryValue());
                } else {
                    parser.skipChildren();
                    values.put(label, token);
                }
            }
        }
        return new CoseKeys(values);
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

    private @Nullable CoseAlgorithm algorithm() {
        return values.get(ALGORITHM) instanceof Long id ? CoseAlgorithm.of(id).orElse(null) : null;
    }

    private @Nullable VerificationKey ec(CoseAlgorithm algorithm, long curve) {
        byte[] x = bytes(-2);
        byte[] y = bytes(-3);
        return is(KEY_TYPE, EC2) && is(-1, curve) && x != null && y != null ? EcKey.of(algorithm, x, y) : null;
    }

    private @Nullable VerificationKey ed25519() {
        byte[] x = edwards(ED25519, Ed25519.PUBLIC_KEY_SIZE);
        return x == null ? null : new Ed25519Key(x);
    }

    private @Nullable VerificationKey ed448() {
        byte[] x = edwards(ED448, Ed448.PUBLIC_KEY_SIZE);
        return x == null ? null : new Ed448Key(x);
    }

    private byte @Nullable [] edwards(long curve, int size) {
        byte[] x = bytes(-2);
        return is(KEY_TYPE, OKP) && is(-1, curve) && x != null && x.length == size ? x : null;
    }

    private @Nullable VerificationKey rsa(CoseAlgorithm algorithm) {
        byte[] n = bytes(-1);
        byte[] e = bytes(-2);
        return is(KEY_TYPE, RSA) && n != null && e != null
                ? RsaKey.of(algorithm, new BigInteger(1, n), new BigInteger(1, e))
                : null;
    }

    private @Nullable VerificationKey mlDsa(CoseAlgorithm algorithm, MLDSAParameters parameters) {
        byte[] pub = bytes(-1);
        return is(KEY_TYPE, AKP) && pub != null ? MlDsaKey.of(algorithm, parameters, pub) : null;
    }

    /** A key that was sent with its private part is no secret any more. */
    private boolean hasPrivatePart() {
        long firstPrivate = is(KEY_TYPE, OKP) || is(KEY_TYPE, EC2) ? -4 : is(KEY_TYPE, RSA) ? -3 : -2;
        return values.keySet().stream().anyMatch(label -> label <= firstPrivate);
    }

    private boolean is(long label, long expected) {
        return values.get(label) instanceof Long value && value == expected;
    }

    private byte @Nullable [] bytes(long label) {
        return values.get(label) instanceof byte[] value ? value : null;
    }
}
