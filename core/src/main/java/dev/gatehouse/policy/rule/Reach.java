package dev.gatehouse.policy.rule;

import java.util.Optional;

/** How far a token reaches, widest first. */
public enum Reach {
    ACCOUNT("account"),
    ORGANIZATION("organization"),
    PATTERN("pattern"),
    /** Several named projects. */
    PROJECTS("projects"),
    /** One project. */
    PROJECT("project");

    private final String id;

    Reach(String id) {
        this.id = id;
    }

    /** The word of the policy language. */
    public String id() {
        return id;
    }

    /** The reach with this word. */
    public static Optional<Reach> of(String id) {
        for (Reach reach : values()) {
            if (reach.id.equals(id)) {
                return Optional.of(reach);
            }
        }
        return Optional.empty();
    }

    /** The word of the policy language. */
    @Override
    public String toString() {
        return id;
    }
}
