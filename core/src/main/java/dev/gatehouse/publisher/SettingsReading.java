package dev.gatehouse.publisher;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** The result of reading what a person typed for a publisher: settings, or all that is wrong with it. */
public sealed interface SettingsReading {

    /** Applies the function that fits the result. */
    default <T> T fold(
            Function<? super Accepted, ? extends T> accepted, Function<? super Refused, ? extends T> refused) {
        if (this instanceof Accepted a) {
            return accepted.apply(a);
        }
        return refused.apply((Refused) this);
    }

    /**
     * Settings that can be registered.
     *
     * @param settings in their normal form
     */
    record Accepted(PublisherSettings settings) implements SettingsReading {
        /** Checks that there are settings. */
        public Accepted {
            Objects.requireNonNull(settings, "settings");
        }
    }

    /**
     * What cannot be registered.
     *
     * @param problems everything that is wrong, at least one, in the order of the provider's settings
     */
    record Refused(List<SettingProblem> problems) implements SettingsReading {
        /** Takes a copy. */
        public Refused {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("problems: none");
            }
        }
    }
}
