package dev.gatehouse.testkit.authenticator;

import dev.gatehouse.testkit.internal.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer of a {@link SoftAuthenticator} to the options of an authentication; not thread-safe. */
public final class SoftAssertion extends SoftResponse<SoftAssertion> {
    private final SoftKey key;
    private final Draft draft;

    /** What a test may change before the answer is written. */
    private static final class Draft {
        private byte[] credentialId;
        private byte @Nullable [] userHandle;
        private @Nullable Long counter;

        private Draft(byte[] credentialId, byte[] userHandle) {
            this.credentialId = credentialId;
            this.userHandle = userHandle;
        }
    }

    SoftAssertion(SoftAuthenticator authenticator, Json options, SoftKey key) {
        super(
                authenticator,
                "webauthn.get",
                options.text("challenge"),
                rpId(options.textOrNull("rpId"), authenticator.origin()),
                flags(authenticator, options.textOrNull("userVerification")));
        this.key = key;
        this.draft = new Draft(key.id(), key.userHandle());
    }

    /** The id of another credential than the one that signs. */
    public SoftAssertion credentialId(byte[] other) {
        draft.credentialId = other.clone();
        return this;
    }

    /** Another handle than the one that the credential was made with; empty as Safari sent it. */
    public SoftAssertion userHandle(byte[] other) {
        draft.userHandle = other.clone();
        return this;
    }

    /** No handle, as a key says none that is asked for with a list of credentials. */
    public SoftAssertion withoutUserHandle() {
        draft.userHandle = null;
        return this;
    }

    /** This counter; the authenticator's own goes on from here. */
    public SoftAssertion counter(long other) {
        draft.counter = other;
        return this;
    }

    /** The answer as the page would send it; each call signs anew and counts. */
    @Override
    public String toJson() {
        byte[] clientData = clientData();
        byte[] authenticatorData = authenticatorData(0, nextCounter(), new byte[0]);
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("clientDataJSON", clientData);
        response.put("authenticatorData", authenticatorData);
        response.put("signature", signature(key, authenticatorData, clientData));
        if (draft.userHandle != null) {
            response.put("userHandle", draft.userHandle);
        }
        return Json.write(credential(draft.credentialId, response));
    }

    private long nextCounter() {
        Long chosen = draft.counter;
        if (chosen == null) {
            return authenticator().nextCounter(key);
        }
        authenticator().counter(key, chosen);
        return chosen;
    }

    @Override
    SoftAssertion self() {
        return this;
    }
}
