package dev.gatehouse.webauthn;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import dev.gatehouse.internal.Base64Url;
import dev.gatehouse.webauthn.VectorRow.Response;
import dev.gatehouse.webauthn.VectorRow.Stored;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What webauthn4j's own verification says of a row, with attestation left alone. */
final class Webauthn4jOpinion implements Opinion {
    private static final int HEAD = 16 + 2;

    private final ObjectConverter converter = new ObjectConverter();
    private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);

    @Override
    public void check(VectorRow row) {
        if (row.isRegistration()) {
            register(row);
        } else {
            verify(row);
        }
    }

    private void register(VectorRow row) {
        Response response = row.response();
        manager.verify(
                new RegistrationRequest(
                        bytes(response.member("attestationObject")),
                        bytes(response.member("clientDataJSON")),
                        "{}",
                        new HashSet<>(response.transports())),
                new RegistrationParameters(
                        server(row),
                        row.site().algorithms().stream()
                                .map(id -> new PublicKeyCredentialParameters(
                                        PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.create(id)))
                                .toList(),
                        row.site().userVerification(),
                        true));
    }

    private void verify(VectorRow row) {
        Response response = row.response();
        String userHandle = response.member("userHandle");
        manager.verify(
                new AuthenticationRequest(
                        bytes(response.id()),
                        userHandle == null ? null : bytes(userHandle),
                        bytes(response.member("authenticatorData")),
                        bytes(response.member("clientDataJSON")),
                        "{}",
                        bytes(response.member("signature"))),
                new AuthenticationParameters(
                        server(row),
                        record(Objects.requireNonNull(row.stored())),
                        List.of(bytes(row.stored().id())),
                        row.site().userVerification(),
                        true));
    }

    CredentialRecordImpl record(Stored stored) {
        byte[] id = bytes(stored.id());
        byte[] key = bytes(stored.publicKey());
        ByteBuffer data = ByteBuffer.allocate(HEAD + id.length + key.length);
        data.position(16);
        data.putShort((short) id.length).put(id).put(key);
        AttestedCredentialData credential = new AttestedCredentialDataConverter(converter).convert(data.array());
        return new CredentialRecordImpl(
                new NoneAttestationStatement(),
                true,
                stored.backupEligible(),
                stored.backedUp(),
                stored.signCount(),
                credential,
                null,
                null,
                null,
                Set.of());
    }

    private static ServerProperty server(VectorRow row) {
        ServerProperty.Builder builder = ServerProperty.builder()
                .origins(row.site().origins().stream().map(Origin::new).collect(Collectors.toSet()))
                .rpId(row.site().id())
                .challenge(new DefaultChallenge(bytes(row.challenge())));
        if (!row.site().topOrigins().isEmpty()) {
            builder.topOrigins(row.site().topOrigins().stream().map(Origin::new).collect(Collectors.toSet()));
        }
        return builder.build();
    }

    private static byte[] bytes(@Nullable String text) {
        byte[] bytes = Base64Url.decode(Objects.requireNonNull(text), 0);
        return Objects.requireNonNull(bytes);
    }
}
