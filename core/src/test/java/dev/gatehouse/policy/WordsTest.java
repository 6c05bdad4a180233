package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.Explanation.Truth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Looking for all words at once says of each test what the test says by itself. */
class WordsTest {
    private static final int BASE = 4;

    @Property
    void bits_anyTestsAndSet_areWhatEachTestSays(
            @ForAll @IntRange(min = 1, max = 40) int known,
            @ForAll @IntRange(max = 40) int present,
            @ForAll long seed) {
        Random random = new Random(seed);
        FlagTest[] tests = new FlagTest[1 + random.nextInt(5)];
        for (int i = 0; i < tests.length; i++) {
            tests[i] = FlagTest.of(
                    some(random, known, random.nextInt(4)),
                    some(random, known, random.nextInt(3)),
                    word -> random.nextInt(8) > 0);
        }
        Set<String> set = new HashSet<>(some(random, known + 5, present));
        if (random.nextInt(8) == 0) {
            set.add(null);
        }

        Words words = new Words(BASE, tests);

        assertThat(words.fit()).isTrue();
        assertThat(words.bits(set)).isEqualTo(bits(tests, set));
    }

    private static List<String> some(Random random, int of, int count) {
        Set<String> some = new LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            some.add("w" + random.nextInt(of));
        }
        return new ArrayList<>(some);
    }

    private static long bits(FlagTest[] tests, Set<String> set) {
        long word = 0;
        for (int i = 0; i < tests.length; i++) {
            Truth truth = tests[i].truth(set);
            long bit = 1L << (BASE + 2 * i);
            word |= truth == Truth.TRUE ? bit : truth == Truth.UNKNOWN ? bit << 1 : 0;
        }
        return word;
    }

    @Test
    void fit_asManyWordsAsALongHasBits_andNotOneMore() {
        assertThat(words(64).fit()).isTrue();
        assertThat(words(65).fit()).isFalse();
        assertThat(words(64).bits(Set.of("w63"))).isEqualTo(1L << BASE);
        assertThat(words(64).bits(Set.of("w64"))).isZero();
        assertThat(words(64).bits(Set.of())).isZero();
    }

    private static Words words(int count) {
        List<String> all = IntStream.range(0, count).mapToObj(i -> "w" + i).toList();
        return new Words(BASE, new FlagTest[] {FlagTest.of(all, List.of(), word -> true)});
    }
}
