package dev.gatehouse.policy;

import dev.gatehouse.factor.EnrolledFactors;
import java.time.Instant;
import java.util.Collection;

/**
 * What the host knows of the caller's account; every answer may be unknown, or absent where no person is behind the
 * credential.
 *
 * <p>A host implements it over its own rows and loads only what is asked: each method is called at most once per decision
 * for the same name, on the caller's thread. {@link AccountValues} is the form for facts already at hand.
 */
public interface AccountFacts extends ThingFacts {
    /** When the account was registered. */
    default Fact<Instant> registered() {
        return Fact.unknown();
    }

    /** The factors that are set up and count today. */
    default Fact<EnrolledFactors> enrolled() {
        return Fact.unknown();
    }

    /** Whether the primary address is verified. */
    default Fact<Boolean> emailVerified() {
        return Fact.unknown();
    }

    /** Whether the owner has shown that they hold the recovery codes. */
    default Fact<Boolean> recoveryCodesSaved() {
        return Fact.unknown();
    }

    /** The projects on which the account may publish. */
    default Fact<Collection<ThingFacts>> maintains() {
        return Fact.unknown();
    }

    /** The organizations the account belongs to. */
    default Fact<Collection<ThingFacts>> memberOf() {
        return Fact.unknown();
    }

    /** When a declared event last happened to the account. */
    default Fact<Occurrence> event(String name) {
        return Fact.unknown();
    }
}
