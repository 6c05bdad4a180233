package dev.gatehouse.publisher;

import dev.gatehouse.internal.AddressBucket;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.RateWindow;
import dev.gatehouse.state.StateSpace;
import dev.gatehouse.state.StateUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The counters of exchanges. Before a signature holds only an address is counted, and in a way that never refuses for want of room. */
final class ExchangeBudgets {
    private static final int CAPACITY = 1_000_000;
    private static final int SHARED = 4_096;
    private static final int MOST = 1_000;

    private static final StateSpace REFUSED = StateSpace.counters("publisher.refused-address", CAPACITY);
    private static final StateSpace REFUSED_SHARED = StateSpace.counters("publisher.refused-shared", SHARED);
    private static final StateSpace MINTED = StateSpace.counters("publisher.minted-address", CAPACITY);
    private static final StateSpace PUBLISHER = StateSpace.counters("publisher.minted", CAPACITY);

    private final EphemeralState state;
    private final ExchangeLimits limits;

    /** Where an attempt was counted, so that it can be taken back. */
    record Place(StateSpace space, String key, RateWindow window, Instant at) {}

    /** A place, or when there will be one. */
    record Admission(@Nullable Place place, @Nullable Instant retryAt) {}

    ExchangeBudgets(EphemeralState state, ExchangeLimits limits) {
        this.state = state;
        this.limits = limits;
    }

    /** Takes the place of one attempt from an address. */
    Admission admit(String address, Instant now) {
        String bucket = AddressBucket.of(address).bucket();
        RateWindow window = limits.refusedByAddress();
        try {
            return count(REFUSED, bucket, window, now);
        } catch (StateUnavailableException e) {
            if (e.reason() != StateUnavailableException.Reason.FULL) {
                throw e;
            }
            // More addresses than there is room for: the new ones share a fixed number of counters, so that a flood
            // from
            // many addresses makes no address wait that was counted before, and shuts nobody out for good.
            RateWindow shared = new RateWindow(Math.min(MOST, window.limit() * 10), window.length());
            return count(REFUSED_SHARED, Integer.toString(Math.floorMod(bucket.hashCode(), SHARED)), shared, now);
        }
    }

    private Admission count(StateSpace space, String key, RateWindow window, Instant now) {
        return state.count(space, key, window, now)
                .fold(
                        within -> new Admission(new Place(space, key, window, within.at()), null),
                        over -> new Admission(null, over.retryAt()));
    }

    /**
     * Takes the places of a run whose signature holds and that a publisher matches; when to come again, if there is none.
     *
     * @param taken gets each place that was taken
     */
    Optional<Instant> spend(String address, String publisher, Instant now, List<Place> taken) {
        Admission here = count(MINTED, AddressBucket.of(address).bucket(), limits.mintedByAddress(), now);
        if (here.place() == null) {
            return Optional.ofNullable(here.retryAt());
        }
        taken.add(here.place());
        Admission whose = count(PUBLISHER, publisher, limits.byPublisher(), now);
        if (whose.place() == null) {
            return Optional.ofNullable(whose.retryAt());
        }
        taken.add(whose.place());
        return Optional.empty();
    }

    void giveBack(Place place, Instant now) {
        state.withdraw(place.space(), place.key(), place.window(), place.at(), now);
    }

    /** In whole seconds, upwards, as {@code Retry-After} takes them. */
    static Duration wait(Instant now, Instant retryAt) {
        return Duration.ofSeconds(Math.max(
                1, Duration.between(now, retryAt).plusNanos(999_999_999).toSeconds()));
    }
}
