package dev.gatehouse.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The words that some tests look for in a set, each with a bit, and what the tests come to where some were found. Immutable and
 * thread-safe.
 */
final class Words {
    private static final int MOST_TABLED = 6;

    private final String[] words;
    private final Map<String, Integer> places = new LinkedHashMap<>();
    private final long[] any;
    private final long[] all;

    /** What a test comes to with all of its words, and what where none of a list that is asked was found: bits of a program's word. */
    private final long[] met;

    private final long[] unmet;

    /** What the tests come to for each set of words found, by their bits; nothing where there are too many. */
    private final long[] outcomes;

    Words(int base, FlagTest[] tests) {
        // Most hosts write their flags as literals: two that are the same object need not be compared.
        for (FlagTest test : tests) {
            test.any().forEach(word -> places.putIfAbsent(word.intern(), places.size()));
            test.all().forEach(word -> places.putIfAbsent(word.intern(), places.size()));
        }
        this.words = places.keySet().toArray(new String[0]);
        this.any = new long[tests.length];
        this.all = new long[tests.length];
        this.met = new long[tests.length];
        this.unmet = new long[tests.length];
        for (int i = 0; fit() && i < tests.length; i++) {
            FlagTest test = tests[i];
            long bit = 1L << (base + 2 * i);
            any[i] = mask(test.any());
            all[i] = mask(test.all());
            met[i] = test.allMissing() ? bit << 1 : bit;
            unmet[i] = !test.anyAsked() ? met[i] : test.anyMissing() ? bit << 1 : 0;
        }
        this.outcomes = new long[words.length <= MOST_TABLED ? 1 << words.length : 0];
        for (int found = 0; found < outcomes.length; found++) {
            outcomes[found] = outcome(found);
        }
    }

    private long mask(Iterable<String> some) {
        long mask = 0;
        for (String word : some) {
            mask |= 1L << places.getOrDefault(word, 0);
        }
        return mask;
    }

    /** Whether there is a bit for each word. */
    boolean fit() {
        return words.length <= Long.SIZE;
    }

    /** The bits of the words that are in the set. */
    private long in(Set<String> set) {
        long found = 0;
        if (set.isEmpty()) {
            return found;
        }
        if (words.length > 4 && set.size() < words.length / 2) {
            for (String word : set) {
                Integer place = places.get(word);
                found |= place == null ? 0 : 1L << place;
            }
            return found;
        }
        for (int i = 0; i < words.length; i++) {
            found |= set.contains(words[i]) ? 1L << i : 0;
        }
        return found;
    }

    /** What the tests come to for this set, as bits of a program's word. */
    long bits(Set<String> set) {
        long found = in(set);
        return outcomes.length == 0 ? outcome(found) : outcomes[(int) found];
    }

    private long outcome(long found) {
        long word = 0;
        for (int i = 0; i < all.length; i++) {
            if ((found & all[i]) == all[i]) {
                word |= (found & any[i]) != 0 ? met[i] : unmet[i];
            }
        }
        return word;
    }
}
