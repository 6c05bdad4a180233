package dev.gatehouse.webauthn;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.generators.MLDSAKeyPairGenerator;
import org.bouncycastle.crypto.params.MLDSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each algorithm against signatures of the JDK (ML-DSA: of Bouncy Castle, because the JDK has it from 24 on only), and RSA's bounds. */
class SignaturesTest {
    private static final byte[] MESSAGE = "what is signed".getBytes(StandardCharsets.UTF_8);
    private static final KeyPair RSA = pair("RSA", null);

    /** A key as it is registered, and its signature of {@link #MESSAGE}. */
    private static final class Signed {
        private final byte[] cose;
        private final byte[] signature;

        Signed(byte[] cose, byte[] signature) {
            this.cose = cose;
            this.signature = signature;
        }
    }

    private static KeyPair pair(String type, AlgorithmParameterSpec parameters) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
            if (parameters == null) {
                generator.initialize(2048);
            } else {
                generator.initialize(parameters);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] signature(String name, KeyPair pair, AlgorithmParameterSpec parameters) {
        try {
            Signature signature = Signature.getInstance(name);
            if (parameters != null) {
                signature.setParameter(parameters);
            }
            signature.initSign(pair.getPrivate());
            signature.update(MESSAGE);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Signed signed(CoseAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> ec(algorithm, 1, "secp256r1", 32);
            case ES384 -> ec(algorithm, 2, "secp384r1", 48);
            case ES512 -> ec(algorithm, 3, "secp521r1", 66);
            case EDDSA -> edwards(algorithm, 6, "Ed25519", 32);
            case ED448 -> edwards(algorithm, 7, "Ed448", 57);
            case RS256, RS384, RS512 ->
                new Signed(rsa(algorithm), signature("SHA" + bits(algorithm) + "withRSA", RSA, null));
            case PS256, PS384, PS512 -> {
                String hash = "SHA-" + bits(algorithm);
                yield new Signed(
                        rsa(algorithm),
                        signature(
                                "RSASSA-PSS",
                                RSA,
                                new PSSParameterSpec(
                                        hash, "MGF1", new MGF1ParameterSpec(hash), bits(algorithm) / 8, 1)));
            }
            case ML_DSA_44 -> mlDsa(algorithm, MLDSAParameters.ml_dsa_44);
            case ML_DSA_65 -> mlDsa(algorithm, MLDSAParameters.ml_dsa_65);
            case ML_DSA_87 -> mlDsa(algorithm, MLDSAParameters.ml_dsa_87);
        };
    }

    private static int bits(CoseAlgorithm algorithm) {
        return Integer.parseInt(algorithm.name().substring(2));
    }

    private static Signed ec(CoseAlgorithm algorithm, int curve, String name, int size) {
        KeyPair pair = pair("EC", new ECGenParameterSpec(name));
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        byte[] x = fixed(key.getW().getAffineX(), size);
        byte[] y = fixed(key.getW().getAffineY(), size);
        int hash = curve == 1 ? 256 : curve == 2 ? 384 : 512;
        return new Signed(CoseBytes.ec(algorithm, curve, x, y), signature("SHA" + hash + "withECDSA", pair, null));
    }

    private static Signed edwards(CoseAlgorithm algorithm, int curve, String name, int size) {
        KeyPair pair = pair(name, new java.security.spec.NamedParameterSpec(name));
        byte[] der = pair.getPublic().getEncoded();
        byte[] x = Arrays.copyOfRange(der, der.length - size, der.length);
        return new Signed(CoseBytes.okp(algorithm, curve, x), signature(name, pair, null));
    }

    private static byte[] rsa(CoseAlgorithm algorithm) {
        RSAPublicKey key = (RSAPublicKey) RSA.getPublic();
        return CoseBytes.rsa(algorithm, fixed(key.getModulus(), 256), fixed(key.getPublicExponent(), 3));
    }

    private static Signed mlDsa(CoseAlgorithm algorithm, MLDSAParameters parameters) {
        MLDSAKeyPairGenerator generator = new MLDSAKeyPairGenerator();
        generator.init(new MLDSAKeyGenerationParameters(new SecureRandom(), parameters));
        AsymmetricCipherKeyPair pair = generator.generateKeyPair();
        MLDSASigner signer = new MLDSASigner();
        signer.init(true, pair.getPrivate());
        signer.update(MESSAGE, 0, MESSAGE.length);
        try {
            byte[] key = ((MLDSAPublicKeyParameters) pair.getPublic()).getEncoded();
            return new Signed(CoseBytes.akp(algorithm, key), signer.generateSignature());
        } catch (CryptoException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] fixed(BigInteger number, int size) {
        byte[] fixed = new byte[size];
        byte[] digits = number.toByteArray();
        int length = Math.min(digits.length, size);
        System.arraycopy(digits, digits.length - length, fixed, size - length, length);
        return fixed;
    }

    @ParameterizedTest
    @EnumSource(CoseAlgorithm.class)
    void verifies_itsOwnSignature_andNoneThatIsChanged(CoseAlgorithm algorithm) {
        Signed signed = signed(algorithm);
        VerificationKey key = CoseKeys.decode(signed.cose);
        byte[] signature = signed.signature;
        byte[] changed = signature.clone();
        changed[changed.length - 2] ^= 0x10;
        byte[] other = MESSAGE.clone();
        other[0] ^= 1;

        assertThat(key.algorithm()).isEqualTo(algorithm);
        assertThat(key.verifies(MESSAGE, signature)).isTrue();
        assertThat(key.verifies(other, signature)).isFalse();
        assertThat(key.verifies(MESSAGE, changed)).isFalse();
        assertThat(key.verifies(MESSAGE, new byte[0])).isFalse();
        assertThat(key.verifies(MESSAGE, Arrays.copyOf(signature, signature.length - 1)))
                .isFalse();
        assertThat(key.verifies(MESSAGE, Arrays.copyOf(signature, signature.length + 1)))
                .isFalse();
    }

    /** With one padding or hash it says nothing of another. */
    @ParameterizedTest
    @EnumSource(names = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
    void verifies_rsaSignatureOfAnotherAlgorithm_isFalse(CoseAlgorithm algorithm) {
        byte[] signature = signed(algorithm).signature;

        for (CoseAlgorithm other : CoseAlgorithm.values()) {
            if (other.name().matches("[RP]S.*") && other != algorithm) {
                assertThat(CoseKeys.decode(rsa(other)).verifies(MESSAGE, signature))
                        .as("%s", other)
                        .isFalse();
            }
        }
    }

    /** 2^a-1 times 2^b-1 and so on: no small factor where each exponent is a prime above 371, and as many bits as their sum. */
    private static BigInteger modulus(int... exponents) {
        return Arrays.stream(exponents)
                .mapToObj(each -> BigInteger.ONE.shiftLeft(each).subtract(BigInteger.ONE))
                .reduce(BigInteger.ONE, BigInteger::multiply);
    }

    @Test
    void of_rsaModulus_has2048To8192Bits() {
        BigInteger exponent = BigInteger.valueOf(65_537);

        assertThat(RsaKey.of(CoseAlgorithm.RS256, modulus(673, 683, 691), exponent))
                .isNull();
        assertThat(RsaKey.of(CoseAlgorithm.RS256, modulus(1009, 1039), exponent))
                .isNotNull();
        assertThat(RsaKey.of(CoseAlgorithm.RS256, modulus(4093, 4099), exponent))
                .isNotNull();
        assertThat(RsaKey.of(CoseAlgorithm.RS256, modulus(2731, 2731, 2731), exponent))
                .isNull();
    }

    @Test
    void of_rsaExponent_isOddAnd3To32Bits() {
        BigInteger modulus = ((RSAPublicKey) RSA.getPublic()).getModulus();

        for (long good : new long[] {3, 65_537, 0xFFFF_FFFFL}) {
            assertThat(RsaKey.of(CoseAlgorithm.RS256, modulus, BigInteger.valueOf(good)))
                    .as("%s", good)
                    .isNotNull();
        }
        for (long bad : new long[] {0, 1, 2, 4, 65_536, 0x1_0000_0001L}) {
            assertThat(RsaKey.of(CoseAlgorithm.RS256, modulus, BigInteger.valueOf(bad)))
                    .as("%s", bad)
                    .isNull();
        }
    }

    /** Another number that is the same to the modulus would be another text of the same signature. */
    @Test
    void verifies_rsaSignatureFromTheModulusOn_isFalse() {
        byte[] modulus = fixed(((RSAPublicKey) RSA.getPublic()).getModulus(), 256);
        byte[] largest = new byte[256];
        Arrays.fill(largest, (byte) 0xFF);

        for (CoseAlgorithm algorithm : new CoseAlgorithm[] {CoseAlgorithm.RS256, CoseAlgorithm.PS256}) {
            VerificationKey key = CoseKeys.decode(rsa(algorithm));
            assertThat(key.verifies(MESSAGE, modulus)).isFalse();
            assertThat(key.verifies(MESSAGE, largest)).isFalse();
        }
    }

    @Test
    void get_ofTheCache_isTheSameKeyAsLongAsIdAndBytesAre() {
        KeyCache cache = new KeyCache();
        NewCredential credential =
                NewCredential.builder("AAAA", SoftToken.cose()).build();
        VerificationKey key = cache.get(credential);

        assertThat(key).isNotNull();
        assertThat(cache.get(NewCredential.builder("AAAA", SoftToken.cose()).build()))
                .isSameAs(key);
        assertThat(cache.get(
                        NewCredential.builder("AAAA", rsa(CoseAlgorithm.RS256)).build()))
                .isInstanceOf(RsaKey.class);
        assertThat(cache.get(credential)).isSameAs(key);
        assertThat(cache.get(NewCredential.builder("AAAA", new byte[] {1}).build()))
                .isNull();
    }
}
