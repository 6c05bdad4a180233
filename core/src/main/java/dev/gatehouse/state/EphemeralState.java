package dev.gatehouse.state;

import dev.gatehouse.audit.AuditSink;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What must be remembered for a short while and exactly: which keys were claimed, which values wait to be taken once, how many
 * hits a window holds.
 *
 * <p><b>Atomic.</b> Each operation happens entirely at one point in time for all callers, on all nodes that share the state. Of
 * any number of callers that claim one key, or take one value, one wins.
 *
 * <p><b>Time.</b> Every operation takes the caller's {@code now}; a store never reads a clock. An entry is live while
 * {@code now} is before its end: exactly at the end it is gone. A store deletes later than that, by at least the difference it
 * permits between the clocks of its callers, so that a clock that goes back by less finds every entry that is live for it.
 * Where it goes back by more, the answer could be wrong: {@link StateUnavailableException.Reason#CLOCK_BACK}, and an event
 * is raised.
 *
 * <p><b>Full.</b> Nothing live is ever given up for something new. When a space holds as many live keys as its capacity allows,
 * an operation that needs a new key is refused ({@link StateUnavailableException.Reason#FULL}), and an event is raised; keys
 * it has, and other spaces, work on. Where many callers come at one moment a shared store may hold a few keys more. Claims
 * and values are made only for callers that have proven something (a signature, a password), so that a stranger cannot fill
 * a space.
 *
 * <p><b>Keys and values.</b> A key is any text of 1 to 1,024 characters, compared exactly; a value any text of 4,000 at
 * most. Keys may be written to the store in the clear: what is secret is hashed by the caller.
 *
 * <p>Implementations are thread-safe and pass {@code EphemeralStateContract} of the testkit. Anything they throw refuses what
 * was asked. An {@code IllegalArgumentException} means a space of the wrong kind, a name used with two capacities, a key or
 * value out of bounds, or an end that is not after {@code now}.
 */
public interface EphemeralState {
    /** The longest key, in characters. */
    int MAX_KEY_LENGTH = 1_024;

    /** The longest value, in characters. */
    int MAX_VALUE_LENGTH = 4_000;

    /**
     * Claims a key until an instant; used for what may happen once, such as an identity token or a step of a code.
     *
     * @param space a space of kind {@code CLAIM}
     * @param until first instant at which the key is free again, after {@code now}
     * @throws StateUnavailableException if the state cannot answer; then nothing is claimed for the caller
     */
    Claim claim(StateSpace space, String key, Instant until, Instant now);

    /**
     * Puts a value that can be taken once; used for challenges and tickets.
     *
     * @param space a space of kind {@code VALUE}
     * @param until first instant at which it cannot be taken any more, after {@code now}
     * @throws StateUnavailableException if the state cannot answer
     */
    Put put(StateSpace space, String key, String value, Instant until, Instant now);

    /**
     * Takes a value: the first caller gets it, and nobody after.
     *
     * @param space a space of kind {@code VALUE}
     * @return the value, or empty if there is none, it was taken, or it has expired
     * @throws StateUnavailableException if the state cannot answer
     */
    Optional<String> take(StateSpace space, String key, Instant now);

    /**
     * Counts a hit, if the window that ends now has room for it.
     *
     * <p>The window moves: a hit at {@code t} counts for all {@code now} before {@code t + length}. For one key time never goes
     * back nor stands still: a {@code now} that is not after its latest hit is taken as a nanosecond after that, so that each hit
     * has an instant of its own. A hit that is over the limit is not counted. A key is always counted with the same window.
     *
     * @param space a space of kind {@code COUNTER}; a key lives as long as one of its hits counts
     * @throws StateUnavailableException if the state cannot answer; then it was not within the limit
     */
    Count count(StateSpace space, String key, RateWindow window, Instant now);

    /**
     * Takes one hit back, so that its place is free again; used for an attempt that took its place before it was made, and
     * succeeded.
     *
     * <p>Exactly that hit goes, and no other one of the key is touched: one that was withdrawn before, was forgotten, or has left
     * the window, is no longer there and changes nothing. Only whoever was given a hit withdraws it, and once: after it is gone,
     * somebody else may be given its instant.
     *
     * @param space a space of kind {@code COUNTER}
     * @param window the window that the key is counted with
     * @param hit {@link Count.Within#at} as {@link #count} gave it
     * @throws StateUnavailableException if the state cannot answer; then the hit may still count
     */
    void withdraw(StateSpace space, String key, RateWindow window, Instant hit, Instant now);

    /**
     * Forgets all hits of a key; used for consecutive failures after a success.
     *
     * @param space a space of kind {@code COUNTER}
     * @throws StateUnavailableException if the state cannot answer
     */
    void forget(StateSpace space, String key, Instant now);

    /**
     * The state of a single node, in its memory: a second node, or the same one after a start, knows nothing of it. It permits
     * a clock that goes back by one minute.
     *
     * <p>Memory is bounded by twice the capacity of each space.
     *
     * @param events told when a space is full or the clock goes back
     */
    static EphemeralState singleNode(AuditSink events) {
        return new SingleNodeState(events, Duration.ofMinutes(1));
    }

    /**
     * The state of a single node, with another permitted difference.
     *
     * @param events told when a space is full or the clock goes back
     * @param permitted how far the clock may go back without a refusal, 0 to 10 minutes
     * @throws IllegalArgumentException if {@code permitted} is out of bounds
     */
    static EphemeralState singleNode(AuditSink events, Duration permitted) {
        return new SingleNodeState(events, permitted);
    }
}
