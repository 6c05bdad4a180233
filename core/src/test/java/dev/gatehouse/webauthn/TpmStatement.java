package dev.gatehouse.webauthn;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** What a TPM 2.0 says of the key of {@link SoftToken} (section 8.3; TPM 2.0 Library, part 2: TPMT_PUBLIC, TPMS_ATTEST). */
final class TpmStatement {
    private static final int SHA_256 = 0x000B;
    private static final int NULL = 0x0010;

    private TpmStatement() {}

    static byte[] of(byte[] data, byte[] hash) {
        byte[] key = publicArea();
        byte[] certified = certified(SignedBytes.sha256(SignedBytes.of(data, hash)), key);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0xA6);
        CoseBytes.text(out, "ver");
        CoseBytes.text(out, "2.0");
        CoseBytes.text(out, "alg");
        CoseBytes.integer(out, CoseAlgorithm.ES256.id());
        CoseBytes.text(out, "x5c");
        out.write(0x81);
        CoseBytes.bytes(out, attestationKey());
        CoseBytes.text(out, "sig");
        CoseBytes.bytes(out, SoftToken.sign(certified));
        CoseBytes.text(out, "certInfo");
        CoseBytes.bytes(out, certified);
        CoseBytes.text(out, "pubArea");
        CoseBytes.bytes(out, key);
        return out.toByteArray();
    }

    /** Its certificate names nobody but the model, and is for the keys of TPMs (section 8.3.1). */
    private static byte[] attestationKey() {
        X500NameBuilder model = new X500NameBuilder();
        String[] parts = {"id:FFFFF1D0", "model", "id:01"};
        for (int i = 0; i < parts.length; i++) {
            model.addRDN(new ASN1ObjectIdentifier("2.23.133.2." + (i + 1)), parts[i]);
        }
        GeneralName name = new GeneralName(GeneralName.directoryName, model.build());
        KeyPurposeId use = KeyPurposeId.getInstance(new ASN1ObjectIdentifier("2.23.133.8.3"));
        return Certificates.namingTheToken(
                "",
                Certificates.extension(Extension.subjectAlternativeName, true, new GeneralNames(name)),
                Certificates.extension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(use)),
                Certificates.extension(Extension.basicConstraints, true, new BasicConstraints(false)));
    }

    /** A key on P-256, for no scheme in particular. */
    private static byte[] publicArea() {
        ECPublicKey key = SoftToken.key();
        return ByteBuffer.allocate(86)
                .putShort((short) 0x0023)
                .putShort((short) SHA_256)
                .putInt(0x00040072)
                .putShort((short) 0)
                .putShort((short) NULL)
                .putShort((short) NULL)
                .putShort((short) 0x0003)
                .putShort((short) NULL)
                .putShort((short) 32)
                .put(SoftToken.fixed(key.getW().getAffineX().toByteArray()))
                .putShort((short) 32)
                .put(SoftToken.fixed(key.getW().getAffineY().toByteArray()))
                .array();
    }

    private static byte[] certified(byte[] challenge, byte[] key) {
        byte[] name = name(key);
        byte[] signer = name("signer".getBytes(StandardCharsets.US_ASCII));
        return ByteBuffer.allocate(4 + 2 + 36 + 34 + 17 + 8 + 36 + 36)
                .putInt(0xFF544347)
                .putShort((short) 0x8017)
                .putShort((short) signer.length)
                .put(signer)
                .putShort((short) challenge.length)
                .put(challenge)
                .putLong(1)
                .putInt(1)
                .putInt(1)
                .put((byte) 1)
                .putLong(1)
                .putShort((short) name.length)
                .put(name)
                .putShort((short) signer.length)
                .put(signer)
                .array();
    }

    private static byte[] name(byte[] of) {
        return ByteBuffer.allocate(34)
                .putShort((short) SHA_256)
                .put(SignedBytes.sha256(of))
                .array();
    }
}
