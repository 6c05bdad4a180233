package dev.gatehouse.token;

import java.util.Optional;

/** How far a token reached when it was made, widest first, in the words of the policy. */
public enum TokenReach {
    /** All that its owner may. */
    ACCOUNT("account"),
    /** All of an organisation. */
    ORGANIZATION("organization"),
    /** Projects whose names match a pattern. */
    PATTERN("pattern"),
    /** Several named projects. */
    PROJECTS("projects"),
    /** One project. */
    PROJECT("project");

    private final String id;

    TokenReach(String id) {
        this.id = id;
    }

    /** The word of the policy language; stable, for stores keep it. */
    public String id() {
        return id;
    }

    /** The reach with this word. */
    public static Optional<TokenReach> of(String id) {
        for (TokenReach reach : values()) {
            if (reach.id.equals(id)) {
                return Optional.of(reach);
            }
        }
        return Optional.empty();
    }
}
