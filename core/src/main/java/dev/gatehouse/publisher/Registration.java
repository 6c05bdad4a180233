package dev.gatehouse.publisher;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The result of registering a publisher.
 *
 * @param <T> what was registered
 */
public sealed interface Registration<T> {

    /** Applies the function that fits the result. */
    default <R> R fold(
            Function<? super Registered<T>, ? extends R> registered,
            Function<? super NotRegistered<T>, ? extends R> not) {
        if (this instanceof Registered<T> r) {
            return registered.apply(r);
        }
        return not.apply((NotRegistered<T>) this);
    }

    /** Why nothing was registered. */
    enum Obstacle {
        /** The publisher is there already; PyPI's text. */
        ALREADY_REGISTERED,
        /** The account has as many pending publishers as it may; PyPI's text. */
        PENDING_LIMIT,
        /** Too many registrations by the account or from the address: 429; PyPI's text. */
        TOO_MANY_ATTEMPTS,
        /** There is a project of that name; PyPI's text. */
        PROJECT_EXISTS,
        /** There is no such project, or no such publisher of it. */
        NOT_FOUND,
        /** The issuer is not one that may be registered, or another provider's. */
        UNKNOWN_ISSUER,
        /** The issuer is good for the projects of its organisation alone. */
        OTHER_ORGANIZATION,
        /** The publisher has as many projects, or what it is found by as many publishers, as there may be. */
        FULL,
        /** The environment that a publisher should be held to is no good, or it is held to one already. */
        ENVIRONMENT
    }

    /**
     * It was registered.
     *
     * @param publisher what is there now
     */
    record Registered<T>(T publisher) implements Registration<T> {
        /** Checks that nothing is missing. */
        public Registered {
            Objects.requireNonNull(publisher, "publisher");
        }
    }

    /** It was not registered, and nothing was changed. Immutable and thread-safe. */
    final class NotRegistered<T> implements Registration<T> {
        private final Obstacle obstacle;
        private final String text;
        private final @Nullable Duration retryAfter;

        NotRegistered(Obstacle obstacle, String text, @Nullable Duration retryAfter) {
            this.obstacle = obstacle;
            this.text = text;
            this.retryAfter = retryAfter;
        }

        /** Why. */
        public Obstacle obstacle() {
            return obstacle;
        }

        /** Why, in English, for who asked. */
        public String text() {
            return text;
        }

        /** When to try again, in whole seconds; empty if it would be no use. */
        public Optional<Duration> retryAfter() {
            return Optional.ofNullable(retryAfter);
        }

        @Override
        public String toString() {
            return "NotRegistered[" + obstacle + "]";
        }
    }
}
