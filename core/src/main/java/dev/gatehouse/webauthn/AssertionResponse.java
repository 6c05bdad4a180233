package dev.gatehouse.webauthn;

import dev.gatehouse.internal.Base64Url;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The response to an authentication ceremony as it was read: bounded and well-formed, <b>not verified</b>.
 *
 * <p>What it says serves to look a credential up, and for nothing else before {@link WebAuthnVerifier#verifyAssertion}.
 * Immutable and thread-safe.
 */
public final class AssertionResponse {
    /** Longest text that is read, in UTF-16 units. */
    public static final int MAX_TEXT = 1 << 16;

    private final String credentialId;
    private final @Nullable String userHandle;
    private final byte[] clientData;
    private final byte[] authenticatorData;
    private final byte[] signature;

    private AssertionResponse(
            String credentialId,
            @Nullable String userHandle,
            byte[] clientData,
            byte[] authenticatorData,
            byte[] signature) {
        this.credentialId = credentialId;
        this.userHandle = userHandle;
        this.clientData = clientData;
        this.authenticatorData = authenticatorData;
        this.signature = signature;
    }

    /**
     * Reads the {@code AuthenticationResponseJSON} that the browser's {@code toJSON()} gives (WebAuthn Level 3, 5.1).
     *
     * <p>Members that are not known are ignored. Empty if the text is longer than {@value #MAX_TEXT}, is not such a
     * document or has something after it, names a member twice, or holds anything but base64url without padding where
     * bytes are to be.
     */
    public static Optional<AssertionResponse> read(String json) {
        ResponseJson read = ResponseJson.read(json, MAX_TEXT);
        if (read == null) {
            return Optional.empty();
        }
        byte[] clientData = read.bytes("clientDataJSON", Limits.CLIENT_DATA);
        byte[] authenticatorData = read.bytes("authenticatorData", Limits.AUTHENTICATOR_DATA);
        byte[] signature = read.bytes("signature", Limits.SIGNATURE);
        if (clientData == null || authenticatorData == null || signature == null) {
            return Optional.empty();
        }
        // An empty handle is what some browsers send for none (WebKit bug 239737).
        String userHandle = read.text("userHandle");
        if (userHandle != null && userHandle.isEmpty()) {
            userHandle = null;
        }
        if (userHandle != null && !isUserHandle(userHandle)) {
            return Optional.empty();
        }
        return Optional.of(new AssertionResponse(read.id(), userHandle, clientData, authenticatorData, signature));
    }

    private static boolean isUserHandle(String text) {
        byte[] handle = Base64Url.decode(text, 0);
        return handle != null && handle.length <= WebAuthnCredential.MAX_USER_HANDLE_BYTES;
    }

    /** The credential id that it names, in base64url without padding. */
    public String credentialId() {
        return credentialId;
    }

    /** The user handle that it names, in base64url without padding; an empty one is none. */
    public Optional<String> userHandle() {
        return Optional.ofNullable(userHandle);
    }

    @Nullable
    String userHandleOrNull() {
        return userHandle;
    }

    byte[] clientData() {
        return clientData;
    }

    byte[] authenticatorData() {
        return authenticatorData;
    }

    byte[] signature() {
        return signature;
    }

    @Override
    public String toString() {
        return "AssertionResponse[" + credentialId + ", not verified]";
    }
}
