package dev.gatehouse.webauthn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/**
 * One row of published or own vectors, in the terms of the ceremonies.
 *
 * @param name source and name, unique
 * @param verdict what its source says of it
 * @param site where the ceremony ran
 * @param challenge the challenge in base64url
 * @param stored the credential that an assertion is checked against; absent for a registration
 * @param response the response, its members in base64url
 */
record VectorRow(
        String name,
        Verdict verdict,
        Site site,
        String challenge,
        @Nullable Stored stored,
        Response response) {

    /** What the source says; {@code POLICY} leaves it to the implementation. */
    enum Verdict {
        ACCEPT,
        REFUSE,
        POLICY
    }

    /** A relying party. */
    record Site(
            String id,
            Set<String> origins,
            Set<String> topOrigins,
            boolean userVerification,
            List<Integer> algorithms) {}

    /** A stored credential. */
    record Stored(
            String id, String publicKey, String userHandle, long signCount, boolean backupEligible, boolean backedUp) {}

    /** The members of a response, and what else stands in its JSON. */
    record Response(
            String id,
            @Nullable String rawId,
            Map<String, String> members,
            List<String> transports,
            Map<String, Object> extra) {
        @Nullable
        String member(String name) {
            return members.get(name);
        }

        /** The JSON that a browser's {@code toJSON()} gives. */
        String json() {
            Map<String, Object> inner = new LinkedHashMap<>(members);
            inner.values().removeIf(value -> value == null);
            if (!transports.isEmpty()) {
                inner.put("transports", transports);
            }
            Map<String, Object> outer = new LinkedHashMap<>();
            outer.put("id", id);
            outer.put("rawId", rawId == null ? id : rawId);
            outer.put("type", "public-key");
            outer.put("clientExtensionResults", Map.of());
            extra.forEach((name, value) -> (name.equals("authenticatorAttachment") ? outer : inner).put(name, value));
            outer.put("response", inner);
            return new ObjectMapper().writeValueAsString(outer);
        }
    }

    boolean isRegistration() {
        return stored == null;
    }

    @Override
    public String toString() {
        return name;
    }
}
