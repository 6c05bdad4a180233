package dev.gatehouse.webauthn;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Date;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** A certificate of the key of {@link Seeds}, signed by itself: an anchor that leads to the code behind attestation. */
final class Anchor {
    private Anchor() {}

    static X509Certificate certificate() {
        try {
            AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
            V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
            generator.setSerialNumber(new org.bouncycastle.asn1.ASN1Integer(BigInteger.ONE));
            generator.setSignature(algorithm);
            X500Name name = new X500Name("C=SE,O=Test,OU=Authenticator Attestation,CN=Test");
            generator.setIssuer(name);
            generator.setSubject(name);
            generator.setStartDate(new Time(Date.from(Seeds.NOW.minusSeconds(1_000_000))));
            generator.setEndDate(new Time(Date.from(Seeds.NOW.plusSeconds(1_000_000))));
            generator.setSubjectPublicKeyInfo(
                    SubjectPublicKeyInfo.getInstance(Seeds.KEY.getPublic().getEncoded()));
            TBSCertificate signed = generator.generateTBSCertificate();
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(Seeds.KEY.getPrivate());
            signature.update(signed.getEncoded("DER"));
            ASN1EncodableVector parts = new ASN1EncodableVector();
            parts.add(signed);
            parts.add(algorithm);
            parts.add(new DERBitString(signature.sign()));
            byte[] der = new DERSequence(parts).getEncoded("DER");
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
