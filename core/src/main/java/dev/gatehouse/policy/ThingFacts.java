package dev.gatehouse.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What the host knows of one project, organization or release; every answer may be unknown.
 *
 * <p>Non-sealed on purpose: a host implements it over its own rows and loads only what is asked. Each method is called at
 * most once per decision for the same name, on the caller's thread; what it throws reaches the caller of {@code decide}. A
 * {@code null} answer is read as unknown. {@link ThingValues} is the form for facts already at hand.
 */
public interface ThingFacts {
    /** The host's immutable id; never a name that can be given to somebody else. */
    default Fact<String> id() {
        return Fact.unknown();
    }

    /** The name shown in messages. */
    default Fact<String> name() {
        return Fact.unknown();
    }

    /** The flags that are set; a supplied flag that is not in the set is false. Without their prefix: {@code critical}. */
    default Fact<Set<String>> flags() {
        return Fact.unknown();
    }

    /** One number, by its name without prefix; exact up to 2<sup>53</sup>, {@code NaN} is read as unknown. */
    default Fact<Double> metric(String name) {
        return Fact.unknown();
    }

    /** When it was made. */
    default Fact<Instant> created() {
        return Fact.unknown();
    }

    /**
     * How old it is, where the host knows better than the time since {@link #created}, which the engine takes by default.
     *
     * <p>The default answer prints as unknown and means just that to the engine: {@code created} is then asked once for both.
     */
    default Fact<Duration> age(Instant now) {
        return Fact.sinceCreated();
    }
}
