package dev.gatehouse.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.gatehouse.internal.Base64Url;
import java.math.BigInteger;
import java.security.Provider;
import java.util.List;
import java.util.Map;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;

/**
 * One public key of a key set (RFC 7517) that signatures of identity tokens are verified with, and its one algorithm.
 *
 * <p>Only the members that make the key and say what it is for are read. A certificate beside them proves nothing and is
 * ignored, as is every member that nobody here knows. Thread-safe.
 */
final class SignatureKey {
    private static final int MIN_BITS = 2048;
    private static final int MAX_BITS = 8192;
    private static final int MAX_EXPONENT_BITS = 32;
    private static final int P256_BYTES = 32;
    private static final List<String> PRIVATE = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private final SignatureAlgorithm algorithm;
    private final JWSVerifier verifier;

    /** What the verifier is told of a token's header: the key's algorithm, and nothing that the token says. */
    private final JWSHeader header;

    private SignatureKey(SignatureAlgorithm algorithm, JWSAlgorithm named, JWSVerifier verifier) {
        this.algorithm = algorithm;
        this.verifier = verifier;
        this.header = new JWSHeader(named);
    }

    /** The key, or null if it is not one to verify identity tokens with. */
    static @Nullable SignatureKey of(Map<?, ?> jwk) {
        if (!isForVerifying(jwk) || PRIVATE.stream().anyMatch(jwk::containsKey)) {
            return null;
        }
        try {
            if ("RSA".equals(jwk.get("kty"))) {
                return isOfAlgorithm(jwk, "RS256") ? rsa(jwk) : null;
            }
            return "EC".equals(jwk.get("kty")) && "P-256".equals(jwk.get("crv")) && isOfAlgorithm(jwk, "ES256")
                    ? ec(jwk)
                    : null;
        } catch (JOSEException | IllegalArgumentException | IllegalStateException e) {
            // Not a point of the curve, or what the platform takes for no key.
            return null;
        }
    }

    /** RFC 7517, 4.2 and 4.3: what is said of its use has to be this one; nothing has to be said. */
    private static boolean isForVerifying(Map<?, ?> jwk) {
        Object operations = jwk.get("key_ops");
        return (!jwk.containsKey("use") || "sig".equals(jwk.get("use")))
                && (!jwk.containsKey("key_ops") || (operations instanceof List<?> list && list.contains("verify")));
    }

    private static boolean isOfAlgorithm(Map<?, ?> jwk, String algorithm) {
        return !jwk.containsKey("alg") || algorithm.equals(jwk.get("alg"));
    }

    private static @Nullable SignatureKey rsa(Map<?, ?> jwk) throws JOSEException {
        byte[] n = bytes(jwk.get("n"));
        byte[] e = bytes(jwk.get("e"));
        if (n == null || e == null) {
            return null;
        }
        BigInteger modulus = new BigInteger(1, n);
        BigInteger exponent = new BigInteger(1, e);
        if (modulus.bitLength() < MIN_BITS
                || modulus.bitLength() > MAX_BITS
                || !modulus.testBit(0)
                || exponent.bitLength() > MAX_EXPONENT_BITS
                || exponent.compareTo(BigInteger.TWO) <= 0
                || !exponent.testBit(0)
                || WeakPrimes.made(modulus)) {
            return null;
        }
        RSAKey key = new RSAKey.Builder(Base64URL.encode(modulus), Base64URL.encode(exponent)).build();
        return new SignatureKey(SignatureAlgorithm.RS256, JWSAlgorithm.RS256, new RSASSAVerifier(key));
    }

    private static @Nullable SignatureKey ec(Map<?, ?> jwk) throws JOSEException {
        byte[] x = bytes(jwk.get("x"));
        byte[] y = bytes(jwk.get("y"));
        if (x == null || y == null || x.length != P256_BYTES || y.length != P256_BYTES) {
            return null;
        }
        ECKey key = new ECKey.Builder(Curve.P_256, Base64URL.encode(x), Base64URL.encode(y)).build();
        ECDSAVerifier verifier = new ECDSAVerifier(key.toECPublicKey(FastCurves.PROVIDER));
        verifier.getJCAContext().setProvider(FastCurves.PROVIDER);
        return new SignatureKey(SignatureAlgorithm.ES256, JWSAlgorithm.ES256, verifier);
    }

    private static byte @Nullable [] bytes(@Nullable Object member) {
        return member instanceof String text && !text.isEmpty() ? Base64Url.decode(text, 0) : null;
    }

    SignatureAlgorithm algorithm() {
        return algorithm;
    }

    /**
     * Whether it made the signature.
     *
     * @param signed header and payload as they were received, and the dot between them
     * @param signature in canonical base64url
     */
    boolean verifies(byte[] signed, String signature) {
        try {
            return verifier.verify(header, signed, new Base64URL(signature));
        } catch (JOSEException e) {
            // A signature of the wrong length, among others; what is broken in the platform is as little a proof.
            return false;
        }
    }

    /** Loaded with the first key of a curve: Bouncy Castle verifies ten times as fast as JDK 17, and is never registered. */
    private static final class FastCurves {
        static final Provider PROVIDER = new BouncyCastleProvider();

        private FastCurves() {}
    }
}
