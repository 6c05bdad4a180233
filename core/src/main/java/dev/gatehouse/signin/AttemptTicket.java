package dev.gatehouse.signin;

import dev.gatehouse.signin.FailureRepository.Place;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The places that an admitted attempt has taken. It is told once how the attempt ended; if it is told nothing, because whoever
 * had it threw or was killed, the attempt counts as failed.
 *
 * <p>Thread-safe; kept for one request.
 */
public final class AttemptTicket {
    private final AttemptLimits limits;
    private final Attempt attempt;
    private final List<AttemptWindows.Hit> hits;
    private final @Nullable Place place;
    private final AtomicBoolean told = new AtomicBoolean();

    AttemptTicket(AttemptLimits limits, Attempt attempt, List<AttemptWindows.Hit> hits, @Nullable Place place) {
        this.limits = limits;
        this.attempt = attempt;
        this.hits = List.copyOf(hits);
        this.place = place;
    }

    /**
     * The proof was verified: its places are given back, and the consecutive failures of this account and kind are forgotten;
     * failures before it stay in every window. Another factor of the account that was suspended is open again, if this one
     * is a second factor or a recovery code.
     *
     * @throws IllegalStateException if it was told before
     * @throws dev.gatehouse.state.StateUnavailableException if the state cannot answer; then the login must not go on
     */
    public void succeeded() {
        tell();
        limits.succeeded(attempt, hits, place);
    }

    /**
     * The proof was rejected, for whatever reason.
     *
     * @throws IllegalStateException if it was told before
     */
    public void failed() {
        tell();
        limits.failed(attempt, place);
    }

    /**
     * Nothing was verified after all, as when a verifier has no room: the places are given back.
     *
     * @throws IllegalStateException if it was told before
     */
    public void notAnAttempt() {
        tell();
        limits.withdraw(attempt, hits, place);
    }

    private void tell() {
        if (!told.compareAndSet(false, true)) {
            throw new IllegalStateException("ticket: was told before how the attempt ended");
        }
    }

    @Override
    public String toString() {
        return "ticket for " + attempt;
    }
}
