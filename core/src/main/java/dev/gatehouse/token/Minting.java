package dev.gatehouse.token;

import java.util.Objects;
import java.util.function.Function;

/** The result of minting: a token, or why there is none. */
public sealed interface Minting {

    /** Applies the function that fits the result. */
    default <T> T fold(Function<? super Minted, ? extends T> minted, Function<? super NotMinted, ? extends T> not) {
        if (this instanceof Minted m) {
            return minted.apply(m);
        }
        return not.apply((NotMinted) this);
    }

    /** Why nothing was minted. */
    enum Obstacle {
        /** The owner has a live token of that name. */
        NAME_TAKEN,
        /** The owner's version is another than the caller has seen, or the owner's tokens are suspended: decide again. */
        OWNER_CHANGED,
        /** The host says that the owner is frozen or gone. */
        OWNER_FROZEN
    }

    /**
     * A new token.
     *
     * @param token the record
     * @param secret the token itself, to be shown to its owner now and never again
     */
    record Minted(ApiToken token, String secret) implements Minting {
        /** Checks that nothing is missing. */
        public Minted {
            Objects.requireNonNull(token, "token");
            Objects.requireNonNull(secret, "secret");
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "Minted[" + token + "]";
        }
    }

    /**
     * No token.
     *
     * @param obstacle why
     */
    record NotMinted(Obstacle obstacle) implements Minting {
        /** Checks that there is a reason. */
        public NotMinted {
            Objects.requireNonNull(obstacle, "obstacle");
        }
    }
}
