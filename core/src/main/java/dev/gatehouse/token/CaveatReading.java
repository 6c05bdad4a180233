package dev.gatehouse.token;

import java.util.Objects;
import java.util.function.Function;

/** The result of reading a caveat's text: a caveat, or why there is none. A token with an unreadable caveat is refused. */
public sealed interface CaveatReading {

    /** Applies the function that fits the result. */
    default <T> T fold(
            Function<? super Understood, ? extends T> understood, Function<? super NotUnderstood, ? extends T> not) {
        if (this instanceof Understood r) {
            return understood.apply(r);
        }
        return not.apply((NotUnderstood) this);
    }

    /**
     * A caveat that is understood.
     *
     * @param caveat the restriction
     */
    record Understood(Caveat caveat) implements CaveatReading {
        /** Checks that there is one. */
        public Understood {
            Objects.requireNonNull(caveat, "caveat");
        }
    }

    /**
     * A text that is not understood.
     *
     * @param text why, in PyPI's words
     */
    record NotUnderstood(String text) implements CaveatReading {
        /** Checks that there is a text. */
        public NotUnderstood {
            Objects.requireNonNull(text, "text");
        }
    }
}
