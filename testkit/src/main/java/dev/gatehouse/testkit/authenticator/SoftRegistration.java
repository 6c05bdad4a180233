package dev.gatehouse.testkit.authenticator;

import dev.gatehouse.testkit.internal.Json;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer of a {@link SoftAuthenticator} to the options of a registration; not thread-safe. */
public final class SoftRegistration extends SoftResponse<SoftRegistration> {
    private static final int ATTESTED_DATA = 0x40;
    private static final int AAGUID_BYTES = 16;

    private final Json options;
    private final Draft draft;

    /** What a test may change before the answer is written. */
    private static final class Draft {
        private byte[] credentialId;
        private byte[] userHandle;
        private List<String> transports = List.of("usb", "nfc");
        private long counter;
        private boolean mindsExclusions = true;
        private @Nullable SoftKey key;

        private Draft(byte[] credentialId, byte[] userHandle) {
            this.credentialId = credentialId;
            this.userHandle = userHandle;
        }
    }

    SoftRegistration(SoftAuthenticator authenticator, Json options) {
        super(
                authenticator,
                "webauthn.create",
                options.text("challenge"),
                rpId(options.object("rp").textOrNull("id"), authenticator.origin()),
                flags(authenticator, options.object("authenticatorSelection").textOrNull("userVerification")));
        this.options = options;
        this.draft = new Draft(authenticator.freshId(), options.object("user").bytes("id"));
        boolean isOffered = options.objects("pubKeyCredParams").stream()
                .anyMatch(
                        each -> each.number("alg") == authenticator.algorithm().coseId());
        if (!isOffered) {
            throw new IllegalStateException("NotSupportedError: the options offer no algorithm of this authenticator");
        }
    }

    /** A chosen id, such as that of somebody else's credential. */
    public SoftRegistration credentialId(byte[] other) {
        draft.credentialId = other.clone();
        return this;
    }

    /** A handle to return with assertions other than the one of the options. */
    public SoftRegistration userHandle(byte[] other) {
        draft.userHandle = other.clone();
        return this;
    }

    /** The counter of the new credential, 0 by default. */
    public SoftRegistration counter(long other) {
        draft.counter = other;
        return this;
    }

    /** How the authenticator can be reached; {@code usb} and {@code nfc} by default. */
    public SoftRegistration transports(String... other) {
        draft.transports = List.of(other);
        return this;
    }

    /** It makes a credential although it has one that the options exclude. */
    public SoftRegistration despiteExclusions() {
        draft.mindsExclusions = false;
        return this;
    }

    /**
     * The answer as the page would send it; the credential is kept in the authenticator.
     *
     * @throws IllegalStateException if it has a credential that the options exclude
     */
    @Override
    public String toJson() {
        SoftKey made = key();
        byte[] clientData = clientData();
        byte[] authenticatorData = authenticatorData(ATTESTED_DATA, draft.counter, attestedData(made));
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("clientDataJSON", clientData);
        response.put("attestationObject", attestationObject(made, authenticatorData, clientData));
        response.put("authenticatorData", authenticatorData);
        response.put("publicKey", made.spki());
        response.put("publicKeyAlgorithm", made.algorithm().coseId());
        response.put("transports", new ArrayList<>(draft.transports));
        return Json.write(credential(made.id(), response));
    }

    private SoftKey key() {
        SoftKey made = draft.key;
        if (made == null) {
            made = newKey();
            draft.key = made;
            authenticator().keep(made);
        }
        return made;
    }

    private SoftKey newKey() {
        List<String> present = authenticator().credentialIds();
        if (draft.mindsExclusions
                && options.objects("excludeCredentials").stream().anyMatch(each -> present.contains(each.text("id")))) {
            throw new IllegalStateException("InvalidStateError: the options exclude this authenticator");
        }
        SoftKey made = authenticator().freshKey(draft.credentialId, usedRpId(), draft.userHandle);
        authenticator().counter(made, draft.counter);
        return made;
    }

    private byte[] attestedData(SoftKey made) {
        byte[] id = made.id();
        byte[] publicKey = made.coseKey();
        return ByteBuffer.allocate(AAGUID_BYTES + Short.BYTES + id.length + publicKey.length)
                .put(authenticator().aaguid())
                .putShort((short) id.length)
                .put(id)
                .put(publicKey)
                .array();
    }

    private byte[] attestationObject(SoftKey made, byte[] authenticatorData, byte[] clientData) {
        Cbor cbor = new Cbor().map(3);
        switch (authenticator().statement()) {
            case NONE -> cbor.text("fmt").text("none").text("attStmt").map(0);
            case PACKED_SELF ->
                cbor.text("fmt")
                        .text("packed")
                        .text("attStmt")
                        .map(2)
                        .text("alg")
                        .integer(made.algorithm().coseId())
                        .text("sig")
                        .bytes(signature(made, authenticatorData, clientData));
        }
        return cbor.text("authData").bytes(authenticatorData).toByteArray();
    }

    @Override
    SoftRegistration self() {
        return this;
    }
}
