package dev.gatehouse.publisher;

import dev.gatehouse.internal.AddressBucket;
import dev.gatehouse.state.Count;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.RateWindow;
import dev.gatehouse.state.StateSpace;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The counters of registrations, by account and by address. */
final class RegistrationBudgets {
    /** PyPI's. */
    static final RateWindow STANDARD = new RateWindow(100, Duration.ofDays(1));

    private static final StateSpace ACCOUNT = StateSpace.counters("publisher.register-account", 1_000_000);
    private static final StateSpace ADDRESS = StateSpace.counters("publisher.register-address", 1_000_000);

    private RegistrationBudgets() {}

    /** Takes a place for an account and an address; when to come again, if there is none. */
    static Optional<Instant> spend(
            EphemeralState state, RateWindow window, String account, @Nullable String address, Instant now) {
        Optional<Instant> retryAt = retryAt(state.count(ACCOUNT, account, window, now));
        String bucket = AddressBucket.of(address == null ? "" : address).bucket();
        return retryAt.isPresent() ? retryAt : retryAt(state.count(ADDRESS, bucket, window, now));
    }

    private static Optional<Instant> retryAt(Count count) {
        return count.fold(within -> Optional.empty(), over -> Optional.of(over.retryAt()));
    }

    /** A pending publisher has made its project, so its registrant means it; the address of whoever registered stays counted. */
    static void clear(EphemeralState state, String account, Instant now) {
        state.forget(ACCOUNT, account, now);
    }
}
