package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.rule.Action;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every action is found where it was put, and no other one is, however many share a slot. */
class ActionIndexTest {
    private static List<Action> actions(String group, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Action.of(group + ".a" + i))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 7, 8, 9, 100, 1_000, 4_000})
    void of_anyNumberOfActions_isThePlaceOfEachAndOfNoOther(int count) {
        List<Action> declared = actions("webhook", count);
        ActionIndex index = new ActionIndex(declared);

        for (int i = 0; i < count; i++) {
            assertThat(index.of(declared.get(i))).isEqualTo(i);
        }
        assertThat(actions("badge", 1_000)).allMatch(action -> index.of(action) == -1);
    }
}
