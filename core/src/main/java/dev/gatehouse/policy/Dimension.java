package dev.gatehouse.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
     * Every combination of the choices; where they are too many, those in which at most two facts are not as usual, or one
     * where even these are too many. Then also every combination of the facts that one rule reads, or all of them unusual where
     * even these are too many: else a rule that looks at three facts would be met by nobody.
     *
     * @param together what each rule reads
     */
    static List<Cohort> classes(List<Dimension> dimensions, Collection<List<Dimension>> together) {
        int unusual = isFew(dimensions) ? dimensions.size() : dimensions.size() <= MOST_PAIRED ? 2 : 1;
        List<Cohort> classes = new ArrayList<>();
        add(classes, dimensions, 0, new ArrayList<>(), unusual);
        if (unusual < dimensions.size()) {
            Set<Dimension> all = new HashSet<>(dimensions);
            Set<List<Dimension>> own = new LinkedHashSet<>();
            together.forEach(read -> own.add(read.stream().filter(all::contains).toList()));
            own.removeIf(read -> read.size() <= unusual);
            own.forEach(read -> addTogether(classes, dimensions, read, unusual));
        }
        return classes;
    }

    private static boolean isFew(List<Dimension> dimensions) {
        long count = 1;
        for (Dimension dimension : dimensions) {
            count = Math.min(MOST_CLASSES + 1L, count * dimension.choices.size());
        }
        return count <= MOST_CLASSES;
    }

    /** The classes in which more facts of these than usually are not as usual, and all others are. */
    private static void addTogether(
            List<Cohort> classes, List<Dimension> dimensions, List<Dimension> read, int unusual) {
        boolean few = isFew(read);
        List<Dimension> some = new ArrayList<>();
        for (Dimension dimension : dimensions) {
            List<Choice> choices = dimension.choices;
            int last = choices.size() - 1;
            some.add(
                    !read.contains(dimension)
                            ? new Dimension(dimension.about, choices.subList(0, 1))
                            : few ? dimension : new Dimension(dimension.about, choices.subList(last, last + 1)));
        }
        List<Cohort> more = new ArrayList<>();
        add(more, some, 0, new ArrayList<>(), some.size());
        more.removeIf(cohort -> cohort.words().size() <= unusual);
        classes.addAll(more);
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
