package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.Window;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/**
 * Time, cut at every instant at which a phase begins or ends. The slice asked for last is kept in a plain field: every field
 * of a slice is final, so that whichever a thread sees there is whole, and it is checked before it is used. Thread-safe.
 */
final class Timeline {
    private final Instant[] edges;
    private final List<Rule> rules;
    private final int actions;
    private final Slice[] slices;
    private Slice current;

    Timeline(List<Rule> rules, int actions) {
        TreeSet<Instant> cuts = new TreeSet<>();
        for (Rule rule : rules) {
            for (Phase phase : rule.requirement.phases()) {
                phase.from().ifPresent(cuts::add);
                phase.until().ifPresent(cuts::add);
                for (Window window : phase.windows()) {
                    cuts.add(window.from());
                    cuts.add(window.until());
                }
            }
        }
        cuts.add(Instant.MIN);
        this.edges = cuts.toArray(new Instant[0]);
        this.rules = rules;
        this.actions = actions;
        this.slices = new Slice[edges.length];
        this.current = slice(0);
    }

    Slice at(long second, int nano) {
        Slice slice = current;
        if (!slice.contains(second, nano)) {
            slice = find(Instant.ofEpochSecond(second, nano));
            current = slice;
        }
        return slice;
    }

    private Slice find(Instant now) {
        int place = java.util.Arrays.binarySearch(edges, now);
        return slice(place >= 0 ? place : -place - 2);
    }

    private Slice slice(int place) {
        Slice slice = slices[place];
        if (slice == null) {
            Instant until = place + 1 < edges.length ? edges[place + 1] : Instant.MAX;
            slice = new Slice(edges[place], until, rules, actions);
            slices[place] = slice;
        }
        return slice;
    }
}
