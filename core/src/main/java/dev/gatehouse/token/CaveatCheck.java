package dev.gatehouse.token;

import java.util.Objects;

/** The answer of one caveat: met, not met and why, or not to be told before the project is known. */
public sealed interface CaveatCheck {

    /** The request is within the restriction. */
    static CaveatCheck met() {
        return Met.INSTANCE;
    }

    /**
     * The request is not within the restriction.
     *
     * @param text why, for log and audit; values that others chose are cut at 100 characters and escaped by whoever prints them
     */
    static CaveatCheck unmet(String text) {
        return new Unmet(text);
    }

    /**
     * The answer depends on the project, which is not known yet ({@link CaveatContext#isProjectOpen}). Where the project is
     * known, or is known not to be there, this counts as not met.
     */
    static CaveatCheck needsProject() {
        return NeedsProject.INSTANCE;
    }

    /** The request is within the restriction. */
    enum Met implements CaveatCheck {
        INSTANCE
    }

    /**
     * The request is not within the restriction.
     *
     * @param text why
     */
    record Unmet(String text) implements CaveatCheck {
        /** Checks that there is a text. */
        public Unmet {
            Objects.requireNonNull(text, "text");
        }
    }

    /** Not to be told before the project is known. */
    enum NeedsProject implements CaveatCheck {
        INSTANCE
    }
}
