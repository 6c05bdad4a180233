package dev.gatehouse.webauthn;

import com.yubico.webauthn.AssertionRequest;
import com.yubico.webauthn.CredentialRepository;
import com.yubico.webauthn.FinishAssertionOptions;
import com.yubico.webauthn.FinishRegistrationOptions;
import com.yubico.webauthn.RegisteredCredential;
import com.yubico.webauthn.data.AuthenticatorSelectionCriteria;
import com.yubico.webauthn.data.ByteArray;
import com.yubico.webauthn.data.COSEAlgorithmIdentifier;
import com.yubico.webauthn.data.PublicKeyCredential;
import com.yubico.webauthn.data.PublicKeyCredentialCreationOptions;
import com.yubico.webauthn.data.PublicKeyCredentialDescriptor;
import com.yubico.webauthn.data.PublicKeyCredentialParameters;
import com.yubico.webauthn.data.PublicKeyCredentialRequestOptions;
import com.yubico.webauthn.data.PublicKeyCredentialType;
import com.yubico.webauthn.data.RelyingPartyIdentity;
import com.yubico.webauthn.data.UserIdentity;
import com.yubico.webauthn.data.UserVerificationRequirement;
import dev.gatehouse.webauthn.VectorRow.Stored;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Yubico's library says of a row, with untrusted attestation allowed. */
final class YubicoOpinion implements Opinion {
    private static final String USER = "user";
    private static final ByteArray HANDLE = new ByteArray(new byte[] {1, 2, 3, 4});

    @Override
    public void check(VectorRow row) throws Exception {
        com.yubico.webauthn.RelyingParty relyingParty = com.yubico.webauthn.RelyingParty.builder()
                .identity(identity(row))
                .credentialRepository(new OneCredential(row.stored()))
                .origins(row.site().origins())
                .preferredPubkeyParams(parameters(row))
                .allowUntrustedAttestation(true)
                .build();
        if (row.isRegistration()) {
            relyingParty.finishRegistration(FinishRegistrationOptions.builder()
                    .request(PublicKeyCredentialCreationOptions.builder()
                            .rp(identity(row))
                            .user(UserIdentity.builder()
                                    .name(USER)
                                    .displayName(USER)
                                    .id(HANDLE)
                                    .build())
                            .challenge(ByteArray.fromBase64Url(row.challenge()))
                            .pubKeyCredParams(parameters(row))
                            .authenticatorSelection(AuthenticatorSelectionCriteria.builder()
                                    .userVerification(verification(row))
                                    .build())
                            .build())
                    .response(PublicKeyCredential.parseRegistrationResponseJson(
                            row.response().json()))
                    .build());
        } else {
            relyingParty.finishAssertion(FinishAssertionOptions.builder()
                    .request(AssertionRequest.builder()
                            .publicKeyCredentialRequestOptions(PublicKeyCredentialRequestOptions.builder()
                                    .challenge(ByteArray.fromBase64Url(row.challenge()))
                                    .rpId(row.site().id())
                                    .userVerification(verification(row))
                                    .build())
                            .username(USER)
                            .build())
                    .response(PublicKeyCredential.parseAssertionResponseJson(
                            row.response().json()))
                    .build());
        }
    }

    private static RelyingPartyIdentity identity(VectorRow row) {
        return RelyingPartyIdentity.builder().id(row.site().id()).name("Index").build();
    }

    private static UserVerificationRequirement verification(VectorRow row) {
        return row.site().userVerification()
                ? UserVerificationRequirement.REQUIRED
                : UserVerificationRequirement.DISCOURAGED;
    }

    private static List<PublicKeyCredentialParameters> parameters(VectorRow row) {
        return row.site().algorithms().stream()
                .flatMap(id -> COSEAlgorithmIdentifier.fromId(id).stream())
                .map(algorithm -> PublicKeyCredentialParameters.builder()
                        .alg(algorithm)
                        .type(PublicKeyCredentialType.PUBLIC_KEY)
                        .build())
                .toList();
    }

    private record OneCredential(@Nullable Stored stored) implements CredentialRepository {
        @Override
        public Set<PublicKeyCredentialDescriptor> getCredentialIdsForUsername(String username) {
            return stored == null
                    ? Set.of()
                    : Set.of(PublicKeyCredentialDescriptor.builder()
                            .id(bytes(stored.id()))
                            .build());
        }

        @Override
        public Optional<ByteArray> getUserHandleForUsername(String username) {
            return Optional.ofNullable(stored).map(known -> bytes(known.userHandle()));
        }

        @Override
        public Optional<String> getUsernameForUserHandle(ByteArray userHandle) {
            return getUserHandleForUsername(USER).filter(userHandle::equals).map(handle -> USER);
        }

        /** The backup flags are marked as deprecated there, which means experimental. */
        @Override
        @SuppressWarnings("deprecation")
        public Optional<RegisteredCredential> lookup(ByteArray credentialId, ByteArray userHandle) {
            return Optional.ofNullable(stored)
                    .filter(known -> bytes(known.id()).equals(credentialId))
                    .map(known -> RegisteredCredential.builder()
                            .credentialId(credentialId)
                            .userHandle(userHandle)
                            .publicKeyCose(bytes(known.publicKey()))
                            .signatureCount(known.signCount())
                            .backupEligible(known.backupEligible())
                            .backupState(known.backedUp())
                            .build());
        }

        @Override
        public Set<RegisteredCredential> lookupAll(ByteArray credentialId) {
            return stored == null
                    ? Set.of()
                    : lookup(credentialId, bytes(stored.userHandle())).stream()
                            .collect(java.util.stream.Collectors.toSet());
        }

        private static ByteArray bytes(String text) {
            return new ByteArray(Objects.requireNonNull(dev.gatehouse.internal.Base64Url.decode(text, 0)));
        }
    }
}
