package dev.gatehouse.webauthn;

import com.webauthn4j.converter.util.ObjectConverter;
import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.internal.Base64Url;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The ceremonies of WebAuthn Level 3, sections 7.1 and 7.2, by their numbered steps.
 *
 * <p>Steps that are not here: what the browser and the host do (7.1, steps 1 to 4 and 26 to 28; 7.2, steps 1 to 4, 23 and
 * 24). Client extension outputs are not looked at, because no extension is asked for.
 */
final class StandardVerifier implements WebAuthnVerifier {
    private static final String CREATE = "webauthn.create";
    private static final String GET = "webauthn.get";

    private final RelyingParty relyingParty;
    private final byte[] rpIdHash;
    private final KeyCache cache = new KeyCache();
    private final Attestation attestation;

    StandardVerifier(RelyingParty relyingParty) {
        this.relyingParty = Objects.requireNonNull(relyingParty, "relyingParty");
        this.rpIdHash = SignedBytes.sha256(relyingParty.id().getBytes(StandardCharsets.UTF_8));
        this.attestation = new Attestation(relyingParty, new ObjectConverter());
    }

    @Override
    public RegistrationVerification verifyRegistration(RegistrationExpectation expected, String responseJson) {
        ResponseJson response = ResponseJson.read(responseJson, Limits.REGISTRATION_TEXT);
        byte[] clientJson = response == null ? null : response.bytes("clientDataJSON", Limits.CLIENT_DATA);
        byte[] object = response == null ? null : response.bytes("attestationObject", Limits.ATTESTATION_OBJECT);
        if (response == null || clientJson == null || object == null) {
            return refusedRegistration(WebAuthnRejection.MALFORMED);
        }

        // 5. and 6. The client data is JSON in UTF-8.
        ClientData client = ClientData.read(clientJson);
        if (client == null) {
            return refusedRegistration(WebAuthnRejection.MALFORMED);
        }
        // 7. to 11. Its type, challenge, origin, crossOrigin and topOrigin.
        WebAuthnRejection mismatch = client.mismatch(CREATE, expected.challenge(), relyingParty);
        if (mismatch != null) {
            return refusedRegistration(mismatch);
        }
        // 13. The attestation object is CBOR; the credential is in the authenticator data.
        AttestationParts parts = AttestationParts.read(object);
        AuthenticatorBytes data = parts == null ? null : AuthenticatorBytes.read(parts.data());
        if (parts == null || data == null || !data.hasAttestedCredential()) {
            return refusedRegistration(WebAuthnRejection.MALFORMED);
        }
        // 14. to 19. Relying party, flags.
        mismatch = mismatch(data, expected.requiresUserVerification());
        if (mismatch != null) {
            return refusedRegistration(mismatch);
        }
        // 25. The id has at most 1023 bytes, and is the one that the response names.
        byte[] id = data.credentialId();
        if (id.length == 0
                || id.length > NewCredential.MAX_ID_BYTES
                || !Base64Url.encode(id).equals(response.id())) {
            return refusedRegistration(WebAuthnRejection.MALFORMED);
        }
        return verifyNewKey(expected, response, SignedBytes.sha256(clientJson), parts, data);
    }

    private RegistrationVerification verifyNewKey(
            RegistrationExpectation expected,
            ResponseJson response,
            byte[] clientDataHash,
            AttestationParts parts,
            AuthenticatorBytes data) {
        // 20. The algorithm was offered, and the key is one of it.
        byte[] publicKey = data.publicKey();
        CoseAlgorithm algorithm = CoseKeys.algorithmOf(publicKey);
        if (algorithm == null || !relyingParty.algorithms().contains(algorithm)) {
            return refusedRegistration(WebAuthnRejection.ALGORITHM_NOT_ALLOWED);
        }
        VerificationKey key = publicKey.length > NewCredential.MAX_KEY_BYTES ? null : CoseKeys.decode(publicKey);
        if (key == null) {
            return refusedRegistration(WebAuthnRejection.PUBLIC_KEY);
        }
        // 21. to 24. The attestation statement, and who stands behind it.
        FactorClass strength = attestation.strength(parts, data, key, clientDataHash, expected);
        if (strength == null) {
            return refusedRegistration(WebAuthnRejection.ATTESTATION);
        }
        return new RegistrationVerification.Registered(NewCredential.builder(response.id(), publicKey)
                .signCount(data.signCount())
                .userVerified(data.isUserVerified())
                .backup(data.isBackupEligible(), data.isBackedUp())
                .transports(response.transports())
                .aaguid(data.aaguid())
                .strength(strength)
                .build());
    }

    @Override
    public AssertionVerification verifyAssertion(AssertionExpectation expected, AssertionResponse response) {
        WebAuthnCredential credential = expected.credential();
        // 5. The credential is the one that the ceremony allows.
        if (!credential.id().equals(response.credentialId())) {
            return refused(WebAuthnRejection.NOT_ALLOWED);
        }
        // 6. A user handle is there unless the user is known, and belongs to the credential's user.
        String userHandle = response.userHandleOrNull();
        if (userHandle == null ? !expected.isUserIdentified() : !userHandle.equals(credential.userHandle())) {
            return refused(WebAuthnRejection.USER_HANDLE);
        }
        // 7. to 9. The client data is JSON in UTF-8.
        ClientData client = ClientData.read(response.clientData());
        AuthenticatorBytes data = AuthenticatorBytes.read(response.authenticatorData());
        if (client == null || data == null) {
            return refused(WebAuthnRejection.MALFORMED);
        }
        // 10. to 14. Its type, challenge, origin, crossOrigin and topOrigin.
        WebAuthnRejection mismatch = client.mismatch(GET, expected.challenge(), relyingParty);
        if (mismatch != null) {
            return refused(mismatch);
        }
        // 15. to 18. Relying party, flags.
        mismatch = mismatch(data, expected.requiresUserVerification());
        if (mismatch != null) {
            return refused(mismatch);
        }
        // 19. Whether the key may be backed up never changes.
        if (data.isBackupEligible() != credential.isBackupEligible()) {
            return refused(WebAuthnRejection.BACKUP_FLAGS);
        }
        // 20. and 21. The signature, over the authenticator data and the hash of the client data.
        VerificationKey key = cache.get(credential.registered());
        if (key == null) {
            return refused(WebAuthnRejection.PUBLIC_KEY);
        }
        byte[] signed = SignedBytes.of(data.bytes(), SignedBytes.sha256(response.clientData()));
        if (!isSigned(key, signed, response.signature())) {
            return refused(WebAuthnRejection.SIGNATURE);
        }
        // 22. The counter goes up, unless there is none.
        long received = data.signCount();
        long stored = credential.signCount();
        boolean regressed = received <= stored && (received != 0 || stored != 0);
        if (regressed && relyingParty.counters() == CounterPolicy.REFUSE) {
            return refused(WebAuthnRejection.COUNTER_REGRESSED);
        }
        return new AssertionVerification.Asserted(
                Math.max(received, stored), data.isBackedUp(), data.isUserVerified(), regressed);
    }

    private static boolean isSigned(VerificationKey key, byte[] signed, byte[] signature) {
        try {
            return key.verifies(signed, signature);
        } catch (RuntimeException e) {
            // What Bouncy Castle throws for a signature that is none is not documented.
            return false;
        }
    }

    /** The first cause for which the data is not for this site, or says too little of its user, or says what cannot be. */
    private @Nullable WebAuthnRejection mismatch(AuthenticatorBytes data, boolean userVerification) {
        if (!data.isFor(rpIdHash)) {
            return WebAuthnRejection.RP_ID_MISMATCH;
        }
        if (!data.isUserPresent()) {
            return WebAuthnRejection.USER_NOT_PRESENT;
        }
        boolean required = userVerification || relyingParty.userVerification() == UserVerification.REQUIRED;
        if (required && !data.isUserVerified()) {
            return WebAuthnRejection.USER_NOT_VERIFIED;
        }
        return data.isBackedUp() && !data.isBackupEligible() ? WebAuthnRejection.BACKUP_FLAGS : null;
    }

    private static RegistrationVerification refusedRegistration(WebAuthnRejection reason) {
        return new RegistrationVerification.Refused(reason);
    }

    private static AssertionVerification refused(WebAuthnRejection reason) {
        return new AssertionVerification.Refused(reason);
    }
}
