package dev.gatehouse.signin;

import dev.gatehouse.state.Count;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.RateWindow;
import dev.gatehouse.state.StateSpace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The windows of one budget, each with a space of its own, the longest first. Immutable and thread-safe. */
final class AttemptWindows {
    private static final int MAX_WINDOWS = 8;

    private final EphemeralState state;
    private final List<Spaced> windows;

    private record Spaced(StateSpace space, RateWindow window) {}

    /** A place in one window. */
    record Hit(AttemptWindows owner, int window, String key, Instant at) {
        void withdraw(Instant now) {
            Spaced spaced = owner.windows.get(window);
            owner.state.withdraw(spaced.space, key, spaced.window, at, now);
        }
    }

    private AttemptWindows(EphemeralState state, List<Spaced> windows) {
        this.state = state;
        this.windows = windows;
    }

    static AttemptWindows of(EphemeralState state, String name, List<RateWindow> windows, int capacity) {
        List<Spaced> spaced = windows.stream()
                .sorted(Comparator.comparing(RateWindow::length).reversed())
                .map(window -> new Spaced(
                        StateSpace.counters(
                                "attempts." + name + "." + window.length().toMillis(), capacity),
                        window))
                .toList();
        return new AttemptWindows(state, spaced);
    }

    static List<RateWindow> checked(List<RateWindow> windows) {
        Set<Duration> lengths = new HashSet<>();
        windows.forEach(window -> lengths.add(window.length()));
        if (windows.isEmpty() || windows.size() > MAX_WINDOWS || lengths.size() < windows.size()) {
            throw new IllegalArgumentException("windows: 1 to " + MAX_WINDOWS + ", each of another length");
        }
        return List.copyOf(windows);
    }

    /**
     * Takes a place in each window, or in none that it keeps.
     *
     * @param taken gets the places
     * @return when to try again if one is full; what was taken before it is then for the caller to give back
     */
    Optional<Instant> take(String key, List<Hit> taken, Instant now) {
        List<Hit> mine = new ArrayList<>();
        for (int i = 0; i < windows.size(); i++) {
            Spaced spaced = windows.get(i);
            Count count = state.count(spaced.space, key, spaced.window, now);
            if (count instanceof Count.Over over) {
                taken.addAll(mine);
                return Optional.of(over.retryAt());
            }
            mine.add(new Hit(this, i, key, ((Count.Within) count).at()));
        }
        taken.addAll(mine);
        return Optional.empty();
    }
}
