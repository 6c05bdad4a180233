package dev.gatehouse.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One fact and the values of it that a policy can tell apart.
 *
 * @param about what is read
 * @param choices the values, the usual one first
 */
record Dimension(String about, List<Choice> choices) {
    private static final int MOST_CLASSES = 512;
    private static final int MOST_PAIRED = 40;

    /** One value of a fact; the usual one is not worth a word. */
    record Choice(String words, boolean usual, Consumer<Cohort> apply) {}

    Dimension {
        choices = List.copyOf(choices);
    }

    /**
     * Every combination of the choices; where they are too many, those in which at most two facts are not as
     * usual, or one where even these are too many.
     */
    static List<Cohort> classes(List<Dimension> dimensions) {
        long count = 1;
        for (Dimension dimension : dimensions) {
            count = Math.min(MOST_CLASSES + 1L, count * dimension.choices.size());
        }
        int unusual = count <= MOST_CLASSES ? dimensions.size() : dimensions.size() <= MOST_PAIRED ? 2 : 1;
        List<Cohort> classes = new ArrayList<>();
        add(classes, dimensions, 0, new ArrayList<>(), unusual);
        return classes;
    }

    private static void add(
            List<Cohort> classes, List<Dimension> dimensions, int index, List<Choice> chosen, int unusual) {
        if (index == dimensions.size()) {
            classes.add(new Cohort(chosen));
            return;
        }
        for (Choice choice : dimensions.get(index).choices) {
            if (choice.usual() || unusual > 0) {
                chosen.add(choice);
                add(classes, dimensions, index + 1, chosen, choice.usual() ? unusual : unusual - 1);
                chosen.remove(chosen.size() - 1);
            }
        }
    }
}
