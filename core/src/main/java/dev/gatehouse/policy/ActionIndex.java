package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Action;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The place of each declared action: a small open table, so that looking one up costs one comparison. Immutable. */
final class ActionIndex {
    private final @Nullable Action[] table;
    private final int[] places;

    ActionIndex(Collection<Action> actions) {
        int size = Integer.highestOneBit(Math.max(4, actions.size() * 4));
        this.table = new @Nullable Action[size];
        this.places = new int[size];
        int place = 0;
        for (Action action : actions) {
            int slot = slot(action, size);
            while (table[slot] != null) {
                slot = (slot + 1) & (size - 1);
            }
            table[slot] = action;
            places[slot] = place++;
        }
    }

    private static int slot(Action action, int size) {
        int hash = action.hashCode();
        return (hash ^ (hash >>> 16)) & (size - 1);
    }

    /** The place, or -1 for an action that nobody declared. */
    int of(Action action) {
        int size = table.length;
        int slot = slot(action, size);
        Action found = table[slot];
        while (found != null) {
            if (found.equals(action)) {
                return places[slot];
            }
            slot = (slot + 1) & (size - 1);
            found = table[slot];
        }
        return -1;
    }
}
