package dev.gatehouse.testkit.issuer;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One generation of an issuer's keys, one for each algorithm; made once in a virtual machine for each issuer and number. */
record FakeKeys(String name, KeyPair rsa, KeyPair ec) {
    private static final int RSA_BITS = 2048;
    private static final int P256_BYTES = 32;
    private static final Map<String, FakeKeys> MADE = new ConcurrentHashMap<>();

    static FakeKeys of(String issuer, int number) {
        return MADE.computeIfAbsent(number + " " + issuer, name -> generate("key-" + number));
    }

    private static FakeKeys generate(String name) {
        try {
            return new FakeKeys(
                    name,
                    pair("RSA", new RSAKeyGenParameterSpec(RSA_BITS, RSAKeyGenParameterSpec.F4)),
                    pair("EC", new ECGenParameterSpec("secp256r1")));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform makes no such key", e);
        }
    }

    private static KeyPair pair(String type, java.security.spec.AlgorithmParameterSpec spec)
            throws NoSuchAlgorithmException, InvalidAlgorithmParameterException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
        generator.initialize(spec);
        return generator.generateKeyPair();
    }

    String id(FakeToken.Algorithm algorithm) {
        return name + (algorithm == FakeToken.Algorithm.RS256 ? "-rsa" : "-ec");
    }

    byte[] sign(FakeToken.Algorithm algorithm, byte[] message) {
        try {
            Signature signature = Signature.getInstance(
                    algorithm == FakeToken.Algorithm.RS256 ? "SHA256withRSA" : "SHA256withECDSAinP1363Format");
            signature.initSign((algorithm == FakeToken.Algorithm.RS256 ? rsa : ec).getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform makes no such signature", e);
        }
    }

    /** The public key as a JSON Web Key (RFC 7517, 4; RFC 7518, 6). */
    Map<String, Object> jwk(FakeToken.Algorithm algorithm) {
        Map<String, Object> jwk = new LinkedHashMap<>();
        jwk.put("kid", id(algorithm));
        jwk.put("use", "sig");
        jwk.put("alg", algorithm.name());
        if (algorithm == FakeToken.Algorithm.RS256) {
            RSAPublicKey key = (RSAPublicKey) rsa.getPublic();
            jwk.put("kty", "RSA");
            jwk.put("n", text(key.getModulus(), RSA_BITS / Byte.SIZE));
            jwk.put("e", text(key.getPublicExponent(), 3));
        } else {
            ECPublicKey key = (ECPublicKey) ec.getPublic();
            jwk.put("kty", "EC");
            jwk.put("crv", "P-256");
            jwk.put("x", text(key.getW().getAffineX(), P256_BYTES));
            jwk.put("y", text(key.getW().getAffineY(), P256_BYTES));
        }
        return jwk;
    }

    private static String text(BigInteger value, int length) {
        byte[] bytes = value.toByteArray();
        byte[] fixed = new byte[length];
        int taken = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - taken, fixed, length - taken, taken);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(fixed, length));
    }

    @Override
    public String toString() {
        return name;
    }
}
