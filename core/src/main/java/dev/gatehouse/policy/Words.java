package dev.gatehouse.policy;

import dev.gatehouse.policy.Explanation.Truth;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The words that some tests look for in a set, each with a bit. Immutable and thread-safe. */
final class Words {
    private final String[] words;
    private final Map<String, Integer> places = new LinkedHashMap<>();
    private final FlagTest[] tests;
    private final long[] any;
    private final long[] all;

    Words(FlagTest[] tests) {
        this.tests = tests.clone();
        for (FlagTest test : tests) {
            test.any().forEach(word -> places.putIfAbsent(word, places.size()));
            test.all().forEach(word -> places.putIfAbsent(word, places.size()));
        }
        this.words = places.keySet().toArray(new String[0]);
        this.any = new long[tests.length];
        this.all = new long[tests.length];
        for (int i = 0; fit() && i < tests.length; i++) {
            any[i] = mask(tests[i].any());
            all[i] = mask(tests[i].all());
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
    long in(Set<String> set) {
        long found = 0;
        if (set.isEmpty()) {
            return found;
        }
        if (words.length > 4 && set.size() < words.length / 2) {
            for (String word : set) {
                Integer place = word == null ? null : places.get(word);
                found |= place == null ? 0 : 1L << place;
            }
            return found;
        }
        for (int i = 0; i < words.length; i++) {
            found |= set.contains(words[i]) ? 1L << i : 0;
        }
        return found;
    }

    /** What a test comes to where these words were found. */
    Truth truth(int test, long found) {
        FlagTest one = tests[test];
        if ((found & all[test]) != all[test]) {
            return Truth.FALSE;
        }
        if (one.anyAsked() && (found & any[test]) == 0) {
            return one.anyMissing() ? Truth.UNKNOWN : Truth.FALSE;
        }
        return one.allMissing() ? Truth.UNKNOWN : Truth.TRUE;
    }
}
