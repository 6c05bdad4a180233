package dev.gatehouse.testkit.authenticator;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/** One credential in a {@link SoftAuthenticator}, which guards its counter. */
final class SoftKey {
    private static final int P256_BYTES = 32;
    private static final int ED25519_BYTES = 32;
    private static final int RSA_BITS = 2048;

    private final byte[] id;
    private final String rpId;
    private final byte[] userHandle;
    private final SoftAuthenticator.Algorithm algorithm;
    private final KeyPair pair;
    private long counter;

    private SoftKey(byte[] id, String rpId, byte[] userHandle, SoftAuthenticator.Algorithm algorithm, KeyPair pair) {
        this.id = id;
        this.rpId = rpId;
        this.userHandle = userHandle;
        this.algorithm = algorithm;
        this.pair = pair;
    }

    static SoftKey generate(
            byte[] id, String rpId, byte[] userHandle, SoftAuthenticator.Algorithm algorithm, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.keyType());
            generator.initialize(keySpec(algorithm), random);
            return new SoftKey(id, rpId, userHandle, algorithm, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform makes no such key", e);
        }
    }

    private static AlgorithmParameterSpec keySpec(SoftAuthenticator.Algorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> new ECGenParameterSpec("secp256r1");
            case EDDSA -> NamedParameterSpec.ED25519;
            case RS256 -> new RSAKeyGenParameterSpec(RSA_BITS, RSAKeyGenParameterSpec.F4);
        };
    }

    byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance(algorithm.signature());
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform makes no such signature", e);
        }
    }

    /** The public key as COSE_Key (RFC 9052, 7; RFC 9053, 7; RFC 8230, 4). */
    byte[] coseKey() {
        PublicKey key = pair.getPublic();
        Cbor cbor = new Cbor();
        if (key instanceof ECPublicKey ec) {
            int keyTypeEc2 = 2;
            int curveP256 = 1;
            cbor.map(5).integer(1).integer(keyTypeEc2).integer(3).integer(algorithm.coseId());
            cbor.integer(-1).integer(curveP256);
            cbor.integer(-2).bytes(unsigned(ec.getW().getAffineX(), P256_BYTES));
            cbor.integer(-3).bytes(unsigned(ec.getW().getAffineY(), P256_BYTES));
        } else if (key instanceof RSAPublicKey rsa) {
            int keyTypeRsa = 3;
            cbor.map(4).integer(1).integer(keyTypeRsa).integer(3).integer(algorithm.coseId());
            cbor.integer(-1).bytes(unsigned(rsa.getModulus(), RSA_BITS / Byte.SIZE));
            cbor.integer(-2).bytes(unsigned(rsa.getPublicExponent(), 3));
        } else {
            int keyTypeOkp = 1;
            int curveEd25519 = 6;
            byte[] spki = key.getEncoded();
            cbor.map(4).integer(1).integer(keyTypeOkp).integer(3).integer(algorithm.coseId());
            cbor.integer(-1).integer(curveEd25519);
            cbor.integer(-2).bytes(Arrays.copyOfRange(spki, spki.length - ED25519_BYTES, spki.length));
        }
        return cbor.toByteArray();
    }

    private static byte[] unsigned(BigInteger value, int length) {
        byte[] bytes = value.toByteArray();
        byte[] fixed = new byte[length];
        int taken = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - taken, fixed, length - taken, taken);
        return fixed;
    }

    /** The public key as SubjectPublicKeyInfo, which browsers pass on as {@code publicKey}. */
    byte[] spki() {
        return pair.getPublic().getEncoded();
    }

    byte[] id() {
        return id.clone();
    }

    String idText() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }

    String rpId() {
        return rpId;
    }

    byte[] userHandle() {
        return userHandle.clone();
    }

    SoftAuthenticator.Algorithm algorithm() {
        return algorithm;
    }

    long counter() {
        return counter;
    }

    void counter(long other) {
        this.counter = other;
    }
}
