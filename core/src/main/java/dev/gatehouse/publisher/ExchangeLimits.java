package dev.gatehouse.publisher;

import dev.gatehouse.state.RateWindow;
import java.time.Duration;
import java.util.Objects;

/**
 * How often tokens may be asked for. Immutable and thread-safe.
 *
 * @param refusedByAddress exchanges from one address that end without a token; a place is taken before anything is looked at, and
 *     given back with the token
 * @param mintedByAddress tokens for runs from one address
 * @param byPublisher tokens for runs of one publisher
 */
public record ExchangeLimits(RateWindow refusedByAddress, RateWindow mintedByAddress, RateWindow byPublisher) {
    /** Checks that nothing is missing. */
    public ExchangeLimits {
        Objects.requireNonNull(refusedByAddress, "refusedByAddress");
        Objects.requireNonNull(mintedByAddress, "mintedByAddress");
        Objects.requireNonNull(byPublisher, "byPublisher");
    }

    /** 100 refused and 600 minted in 5 minutes from an address, 300 in an hour by a publisher; PyPI has no such limits. */
    public static ExchangeLimits standard() {
        return new ExchangeLimits(
                new RateWindow(100, Duration.ofMinutes(5)),
                new RateWindow(600, Duration.ofMinutes(5)),
                new RateWindow(300, Duration.ofHours(1)));
    }
}
