package dev.gatehouse.policy.rule;

import java.util.Optional;

/** The six closed kinds of what a caller presents; everything finer is a label. */
public enum CredentialKind {
    ANONYMOUS("anonymous"),
    PASSWORD("password"),
    SESSION("session"),
    API_TOKEN("api-token"),
    TRUSTED_PUBLISHER("trusted-publisher"),
    SERVICE_ACCOUNT("service-account");

    private final String id;

    CredentialKind(String id) {
        this.id = id;
    }

    /** The word of the policy language. */
    public String id() {
        return id;
    }

    /** The kind with this word. */
    public static Optional<CredentialKind> of(String id) {
        for (CredentialKind kind : values()) {
            if (kind.id.equals(id)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
