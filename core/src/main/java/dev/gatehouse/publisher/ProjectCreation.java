package dev.gatehouse.publisher;

import java.util.Objects;
import java.util.function.Function;

/** The host's answer to a project that a pending publisher is to make. */
public sealed interface ProjectCreation {

    /** Applies the function that fits the answer. */
    default <T> T fold(
            Function<? super Created, ? extends T> created,
            Function<? super NameTaken, ? extends T> taken,
            Function<? super Refused, ? extends T> refused) {
        if (this instanceof Created c) {
            return created.apply(c);
        }
        if (this instanceof NameTaken t) {
            return taken.apply(t);
        }
        return refused.apply((Refused) this);
    }

    /**
     * The project was made.
     *
     * @param project what was made
     */
    record Created(PublishingProject project) implements ProjectCreation {
        /** Checks that nothing is missing. */
        public Created {
            Objects.requireNonNull(project, "project");
        }
    }

    /** Somebody else has made a project of that name meanwhile. */
    record NameTaken() implements ProjectCreation {}

    /**
     * A project of that name may not be made.
     *
     * @param text why, as the client is told
     */
    record Refused(String text) implements ProjectCreation {
        /** Checks that there is a text. */
        public Refused {
            Objects.requireNonNull(text, "text");
        }
    }
}
