package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Action;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The place of each declared action: a small open table, with a multiplier of the hashes for which few actions share a slot, so
 * that looking one up costs one comparison. Immutable.
 */
final class ActionIndex {
    private static final int MULTIPLIERS = 64;

    private final @Nullable Action[] table;
    private final int[] places;
    private final int multiplier;
    private final int shift;

    ActionIndex(Collection<Action> actions) {
        List<Action> all = List.copyOf(actions);
        int bits = 3 + Math.max(2, Integer.SIZE - Integer.numberOfLeadingZeros(all.size()));
        this.shift = Integer.SIZE - bits;
        this.multiplier = best(all, bits);
        this.table = new @Nullable Action[1 << bits];
        this.places = new int[table.length];
        for (int place = 0; place < all.size(); place++) {
            int slot = slot(all.get(place));
            while (table[slot] != null) {
                slot = (slot + 1) & (table.length - 1);
            }
            table[slot] = all.get(place);
            places[slot] = place;
        }
    }

    private static int best(List<Action> actions, int bits) {
        int best = 1;
        int most = -1;
        for (int i = 1; i <= MULTIPLIERS && most < actions.size(); i++) {
            int candidate = 0x9e3779b9 * (2 * i + 1);
            int distinct = (int) actions.stream()
                    .mapToInt(action -> (action.hashCode() * candidate) >>> (Integer.SIZE - bits))
                    .distinct()
                    .count();
            if (distinct > most) {
                most = distinct;
                best = candidate;
            }
        }
        return best;
    }

    private int slot(Action action) {
        return (action.hashCode() * multiplier) >>> shift;
    }

    /** The place, or -1 for an action that nobody declared. */
    int of(Action action) {
        int slot = slot(action);
        Action found = table[slot];
        while (found != null) {
            if (found.equals(action)) {
                return places[slot];
            }
            slot = (slot + 1) & (table.length - 1);
            found = table[slot];
        }
        return -1;
    }
}
