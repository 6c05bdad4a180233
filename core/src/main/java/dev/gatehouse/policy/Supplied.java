package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Vocabulary;
import dev.gatehouse.policy.rule.Vocabulary.Section;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names of a policy's vocabulary that the host really supplies.
 *
 * <p>A name that is used and not supplied is unknown in every request, so it binds; a supplied flag that is not in a set of
 * flags is false. A forgotten name is never silently false. Immutable and thread-safe.
 */
public final class Supplied {
    private static final Supplied NOTHING = new Supplied(new EnumMap<>(Section.class));

    private final Map<Section, Set<String>> names;

    private Supplied(Map<Section, Set<String>> names) {
        this.names = names;
    }

    /** The host supplies no declared name. */
    public static Supplied nothing() {
        return NOTHING;
    }

    /** The host supplies every name of this vocabulary, now and in every later decision. */
    public static Supplied everything(Vocabulary vocabulary) {
        Supplied all = NOTHING;
        for (Section section : Section.values()) {
            all = all.and(section, vocabulary.of(section).keySet().toArray(new String[0]));
        }
        return all;
    }

    /** Also these names of the section, qualified as the vocabulary declares them ({@code project.critical}). */
    public Supplied and(Section section, String... more) {
        Map<Section, Set<String>> copy = new EnumMap<>(Section.class);
        names.forEach((s, set) -> copy.put(s, new TreeSet<>(set)));
        copy.computeIfAbsent(section, s -> new TreeSet<>()).addAll(Set.of(more));
        return new Supplied(copy);
    }

    /** Whether the host supplies the name. */
    public boolean has(Section section, String name) {
        return names.getOrDefault(section, Set.of()).contains(name);
    }

    @Override
    public String toString() {
        return names.toString();
    }
}
