package dev.gatehouse.policy;

import java.util.Set;

/**
 * What is known of the run behind a trusted publisher, from the server's record of its minting; every answer may be
 * unknown. Implementations may load lazily; {@link #of} is the form for facts at hand.
 */
public interface PublisherRun {
    /** The provider, such as {@code github}. */
    default Fact<String> provider() {
        return Fact.unknown();
    }

    /** The event that started the run, such as {@code push}. */
    default Fact<String> event() {
        return Fact.unknown();
    }

    /** The kind of ref: {@code branch} or {@code tag}. */
    default Fact<String> ref() {
        return Fact.unknown();
    }

    /** The flags that are set; a supplied flag that is not in the set is false. */
    default Fact<Set<String>> flags() {
        return Fact.unknown();
    }

    /** A run of which all is known. */
    static PublisherRun of(Fact<String> provider, Fact<String> event, Fact<String> ref, Fact<Set<String>> flags) {
        return new RunValues(provider, event, ref, flags);
    }

    /** A run of which nothing is known. */
    static PublisherRun unknown() {
        return RunValues.UNKNOWN;
    }

    /** There is no run behind this credential. */
    static PublisherRun absent() {
        return RunValues.ABSENT;
    }
}
