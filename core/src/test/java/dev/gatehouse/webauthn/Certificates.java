package dev.gatehouse.webauthn;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** A maker of authenticators: a root, and what it certifies of the key of {@link SoftToken}. */
final class Certificates {
    private static final KeyPair ROOT = generate();
    private static final String NAME = "CN=Maker";
    private static final AlgorithmIdentifier SIGNED_WITH =
            new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

    private Certificates() {}

    static X509Certificate root() {
        try {
            byte[] der = certificate(
                    NAME, ROOT.getPublic(), extension(Extension.basicConstraints, false, new BasicConstraints(true)));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate of the token's key, with an extension that says more of it. */
    static byte[] ofTheToken(String extension, ASN1Encodable value) {
        return namingTheToken("CN=Key", extension(new ASN1ObjectIdentifier(extension), false, value));
    }

    /** A certificate of the token's key for a subject, which may be empty. */
    static byte[] namingTheToken(String subject, Extension... extensions) {
        return certificate(subject, SoftToken.key(), extensions);
    }

    static Extension extension(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
        try {
            return new Extension(
                    id, critical, new DEROctetString(value.toASN1Primitive().getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] certificate(String subject, PublicKey key, Extension... extensions) {
        try {
            V3TBSCertificateGenerator parts = new V3TBSCertificateGenerator();
            parts.setSerialNumber(new ASN1Integer(BigInteger.ONE));
            parts.setSignature(SIGNED_WITH);
            parts.setIssuer(new X500Name(NAME));
            parts.setSubject(new X500Name(subject));
            parts.setStartDate(new Time(Date.from(Instant.parse("2025-01-01T00:00:00Z"))));
            parts.setEndDate(new Time(Date.from(Instant.parse("2026-01-01T00:00:00Z"))));
            parts.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(key.getEncoded()));
            parts.setExtensions(new Extensions(extensions));
            ASN1Encodable body = parts.generateTBSCertificate();
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(ROOT.getPrivate());
            signature.update(body.toASN1Primitive().getEncoded());
            ASN1Encodable[] signed = {body, SIGNED_WITH, new DERBitString(signature.sign())};
            return new DERSequence(signed).getEncoded();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A statement with one certificate below the root; without a signature if there is none. */
    static byte[] statement(byte[] certificate, byte[] signature) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(signature.length == 0 ? 0xA1 : 0xA3);
        if (signature.length > 0) {
            CoseBytes.text(out, "alg");
            CoseBytes.integer(out, CoseAlgorithm.ES256.id());
            CoseBytes.text(out, "sig");
            CoseBytes.bytes(out, signature);
        }
        CoseBytes.text(out, "x5c");
        out.write(0x81);
        CoseBytes.bytes(out, certificate);
        return out.toByteArray();
    }

    private static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
