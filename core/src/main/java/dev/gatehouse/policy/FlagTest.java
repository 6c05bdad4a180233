package dev.gatehouse.policy;

import dev.gatehouse.policy.Explanation.Truth;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A test of a set of words of which the host may not supply all: one of the first list, and all of the second.
 *
 * @param any supplied words of which one must be there; ignored if nothing of the kind is asked
 * @param anyAsked whether one of a list is asked
 * @param anyMissing whether some word of that list is not supplied
 * @param all supplied words that must be there
 * @param allMissing whether some word that must be there is not supplied
 */
record FlagTest(List<String> any, boolean anyAsked, boolean anyMissing, List<String> all, boolean allMissing) {

    static FlagTest of(List<String> any, List<String> all, Predicate<String> supplied) {
        List<String> known = any.stream().filter(supplied).toList();
        List<String> knownAll = all.stream().filter(supplied).toList();
        return new FlagTest(known, !any.isEmpty(), known.size() < any.size(), knownAll, knownAll.size() < all.size());
    }

    Truth truth(Set<String> set) {
        for (int i = 0; i < all.size(); i++) {
            if (!set.contains(all.get(i))) {
                return Truth.FALSE;
            }
        }
        Truth rest = allMissing ? Truth.UNKNOWN : Truth.TRUE;
        if (!anyAsked) {
            return rest;
        }
        for (int i = 0; i < any.size(); i++) {
            if (set.contains(any.get(i))) {
                return rest;
            }
        }
        return anyMissing ? Truth.UNKNOWN : Truth.FALSE;
    }

    /** Whether the set need not be looked at: nothing that is supplied is asked for. */
    boolean isUnknown() {
        return any.isEmpty() && all.isEmpty() && (allMissing || anyMissing);
    }
}
