package dev.gatehouse.webauthn;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.engines.RSAEngine;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.PSSSigner;
import org.jspecify.annotations.Nullable;

/**
 * An RSA key for one padding and hash (RFC 8812, RFC 8230).
 *
 * <p>The modulus has 2048 to 8192 bits, the exponent is odd and 3 to 2^32. For PKCS #1 v1.5 the whole padded block is made
 * and compared (RFC 8017, 8.2.2), so that nothing of the signature's is parsed.
 */
final class RsaKey implements VerificationKey {
    private static final int MIN_BITS = 2048;
    private static final int MAX_BITS = 8192;
    private static final int MAX_EXPONENT_BITS = 32;
    private static final BigInteger THREE = BigInteger.valueOf(3);

    private final CoseAlgorithm algorithm;
    private final RSAKeyParameters key;
    private final int size;

    private RsaKey(CoseAlgorithm algorithm, RSAKeyParameters key) {
        this.algorithm = algorithm;
        this.key = key;
        this.size = (key.getModulus().bitLength() + 7) / 8;
    }

    /**
     * The key, or null if it is too weak, or too large to verify with.
     *
     * @throws IllegalArgumentException if the modulus is even, has a small factor, or is a prime
     */
    static @Nullable RsaKey of(CoseAlgorithm algorithm, BigInteger modulus, BigInteger exponent) {
        if (modulus.bitLength() < MIN_BITS
                || modulus.bitLength() > MAX_BITS
                || exponent.bitLength() > MAX_EXPONENT_BITS
                || exponent.compareTo(THREE) < 0
                || !exponent.testBit(0)) {
            return null;
        }
        return new RsaKey(algorithm, new RSAKeyParameters(false, modulus, exponent));
    }

    @Override
    public CoseAlgorithm algorithm() {
        return algorithm;
    }

    @Override
    public boolean verifies(byte[] message, byte[] signature) {
        // An integer above the modulus would be another text of the same signature.
        if (signature.length != size || new BigInteger(1, signature).compareTo(key.getModulus()) >= 0) {
            return false;
        }
        return switch (algorithm) {
            case PS256, PS384, PS512 -> verifiesPss(message, signature);
            default -> verifiesPkcs1(message, signature);
        };
    }

    private boolean verifiesPss(byte[] message, byte[] signature) {
        Digest digest = digest();
        PSSSigner signer = new PSSSigner(new RSAEngine(), digest, digest.getDigestSize());
        signer.init(false, key);
        signer.update(message, 0, message.length);
        return signer.verifySignature(signature);
    }

    private boolean verifiesPkcs1(byte[] message, byte[] signature) {
        RSAEngine engine = new RSAEngine();
        engine.init(false, key);
        byte[] opened = engine.processBlock(signature, 0, signature.length);
        return Arrays.equals(opened, paddedHash(message));
    }

    /** The block of RFC 8017, 9.2, without the zero at its start, which the engine leaves out too. */
    private byte[] paddedHash(byte[] message) {
        Digest digest = digest();
        digest.update(message, 0, message.length);
        byte[] prefix = digestInfo();
        byte[] block = new byte[size - 1];
        int hashAt = block.length - digest.getDigestSize();
        int infoAt = hashAt - prefix.length;
        block[0] = 1;
        Arrays.fill(block, 1, infoAt - 1, (byte) 0xFF);
        System.arraycopy(prefix, 0, block, infoAt, prefix.length);
        digest.doFinal(block, hashAt);
        return block;
    }

    /** DER of the algorithm's identifier and the head of the hash, RFC 8017, 9.2, note 1. */
    private byte[] digestInfo() {
        int bytes = digest().getDigestSize();
        int arc = algorithm == CoseAlgorithm.RS256 ? 1 : algorithm == CoseAlgorithm.RS384 ? 2 : 3;
        return new byte[] {
            0x30,
            (byte) (17 + bytes),
            0x30,
            0x0D,
            0x06,
            0x09,
            0x60,
            (byte) 0x86,
            0x48,
            0x01,
            0x65,
            0x03,
            0x04,
            0x02,
            (byte) arc,
            0x05,
            0x00,
            0x04,
            (byte) bytes
        };
    }

    private Digest digest() {
        return switch (algorithm) {
            case RS256, PS256 -> SHA256Digest.newInstance();
            case RS384, PS384 -> new SHA384Digest();
            default -> new SHA512Digest();
        };
    }
}
