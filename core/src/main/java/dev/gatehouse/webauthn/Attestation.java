package dev.gatehouse.webauthn;

import com.webauthn4j.anchor.TrustAnchorRepository;
import com.webauthn4j.converter.AttestationObjectConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.CoreRegistrationParameters;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.statement.AndroidKeyAttestationStatement;
import com.webauthn4j.data.attestation.statement.AndroidSafetyNetAttestationStatement;
import com.webauthn4j.data.attestation.statement.AttestationStatement;
import com.webauthn4j.data.attestation.statement.AttestationType;
import com.webauthn4j.data.attestation.statement.CertificateBaseAttestationStatement;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.attestation.statement.PackedAttestationStatement;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.CoreServerProperty;
import com.webauthn4j.verifier.CoreRegistrationObject;
import com.webauthn4j.verifier.attestation.statement.AttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.androidkey.AndroidKeyAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.androidsafetynet.AndroidSafetyNetAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.apple.AppleAnonymousAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.packed.PackedAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.tpm.TPMAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.u2f.FIDOU2FAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.certpath.DefaultCertPathTrustworthinessVerifier;
import dev.gatehouse.factor.FactorClass;
import java.security.cert.TrustAnchor;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Steps 21 to 24 of section 7.1: the statement's format, its own correctness, and who vouches for it. */
final class Attestation {
    private final String rpId;
    private final AttestationPolicy policy;
    private final AttestationObjectConverter converter;
    private final List<AttestationStatementVerifier> formats = List.of(
            new PackedAttestationStatementVerifier(),
            new FIDOU2FAttestationStatementVerifier(),
            new TPMAttestationStatementVerifier(),
            anyEnvironment(),
            new AndroidSafetyNetAttestationStatementVerifier(),
            new AppleAnonymousAttestationStatementVerifier());
    /** As it comes, it accepts only keys that were made and are kept in the trusted environment. */
    private final AndroidKeyAttestationStatementVerifier trustedEnvironment =
            new AndroidKeyAttestationStatementVerifier();

    private final DefaultCertPathTrustworthinessVerifier paths;

    Attestation(RelyingParty relyingParty, ObjectConverter converter) {
        this.rpId = relyingParty.id();
        this.policy = relyingParty.attestation();
        this.converter = new AttestationObjectConverter(converter);
        this.paths = new DefaultCertPathTrustworthinessVerifier(new SameAnchors(policy));
    }

    private static AttestationStatementVerifier anyEnvironment() {
        AndroidKeyAttestationStatementVerifier verifier = new AndroidKeyAttestationStatementVerifier();
        verifier.setTeeEnforcedOnly(false);
        return verifier;
    }

    /** The strength that the statement proves, or null if it is wrong, or not trusted where it must be. */
    @Nullable
    FactorClass strength(
            AttestationParts parts,
            AuthenticatorBytes data,
            VerificationKey key,
            byte[] clientDataHash,
            RegistrationExpectation expected) {
        if (policy.anchors().isEmpty()) {
            return parts.isKnownStatement() ? FactorClass.PHISHING_RESISTANT : null;
        }
        try {
            AttestationObject object =
                    converter.convert(parts.withData(data.hasExtensions() ? data.withoutExtensions() : data.bytes()));
            AttestationStatement statement = object == null ? null : object.getAttestationStatement();
            if (statement == null) {
                return null;
            }
            statement.validate();
            AttestationType type = typeOf(statement, object, parts, data, key, clientDataHash, expected);
            boolean trusted = (type == AttestationType.BASIC || type == AttestationType.ATT_CA)
                    && statement instanceof CertificateBaseAttestationStatement certified
                    && isTrusted(data, certified, expected.now());
            if (!trusted) {
                return type == null || policy.isTrustRequired() ? null : FactorClass.PHISHING_RESISTANT;
            }
            CoreRegistrationObject registration = registration(object, parts, clientDataHash, expected);
            return isHardwareBound(statement, data, registration)
                    ? FactorClass.HARDWARE_BOUND
                    : FactorClass.PHISHING_RESISTANT;
        } catch (RuntimeException e) {
            // webauthn4j has many exceptions for a bad statement, and lets some of the JDK's through.
            return null;
        }
    }

    private @Nullable AttestationType typeOf(
            AttestationStatement statement,
            AttestationObject object,
            AttestationParts parts,
            AuthenticatorBytes data,
            VerificationKey key,
            byte[] clientDataHash,
            RegistrationExpectation expected) {
        if (statement instanceof NoneAttestationStatement) {
            return AttestationType.NONE;
        }
        if (statement instanceof PackedAttestationStatement packed && packed.getX5c() == null) {
            return isSelfAttested(packed, data, key, clientDataHash) ? AttestationType.SELF : null;
        }
        CoreRegistrationObject registration = registration(object, parts, clientDataHash, expected);
        for (AttestationStatementVerifier format : formats) {
            if (format.supports(registration)) {
                return format.verify(registration);
            }
        }
        return null;
    }

    private CoreRegistrationObject registration(
            AttestationObject object, AttestationParts parts, byte[] clientDataHash, RegistrationExpectation expected) {
        return new CoreRegistrationObject(
                object,
                parts.bytes(),
                clientDataHash,
                new CoreRegistrationParameters(
                        new CoreServerProperty(
                                rpId, new DefaultChallenge(expected.challenge().bytes())),
                        List.of(),
                        false),
                expected.now());
    }

    /** With our own keys, because webauthn4j's are the JDK's, which before 24 has no ML-DSA (section 8.2, self attestation). */
    private static boolean isSelfAttested(
            PackedAttestationStatement packed, AuthenticatorBytes data, VerificationKey key, byte[] clientDataHash) {
        return packed.getAlg().getValue() == key.algorithm().id()
                && key.verifies(SignedBytes.of(data.bytes(), clientDataHash), packed.getSig());
    }

    private boolean isTrusted(AuthenticatorBytes data, CertificateBaseAttestationStatement statement, Instant now) {
        try {
            paths.verify(new AAGUID(data.aaguid()), statement, now);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** SafetyNet vouches for a device, not for where a key lies; an Android key may be in software. */
    private boolean isHardwareBound(
            AttestationStatement statement, AuthenticatorBytes data, CoreRegistrationObject registration) {
        if (data.isBackupEligible()
                || SyncableModels.contains(data.aaguid())
                || policy.syncable().contains(data.aaguid())
                || statement instanceof AndroidSafetyNetAttestationStatement) {
            return false;
        }
        return !(statement instanceof AndroidKeyAttestationStatement) || isInTrustedEnvironment(registration);
    }

    private boolean isInTrustedEnvironment(CoreRegistrationObject registration) {
        try {
            trustedEnvironment.verify(registration);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Every anchor for every model: the path decides. */
    private static final class SameAnchors implements TrustAnchorRepository {
        private final Set<TrustAnchor> anchors;

        SameAnchors(AttestationPolicy policy) {
            this.anchors = policy.anchors().stream()
                    .map(certificate -> new TrustAnchor(certificate, null))
                    .collect(Collectors.toUnmodifiableSet());
        }

        @Override
        public Set<TrustAnchor> find(AAGUID aaguid) {
            return anchors;
        }

        @Override
        public Set<TrustAnchor> find(byte[] attestationCertificateKeyIdentifier) {
            return anchors;
        }
    }
}
