package dev.gatehouse.policy.rule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The names a policy uses and the host must supply, each with its meaning.
 *
 * <p>Flags and metrics are qualified by what they belong to ({@code project.critical}; {@code host.ID} for a custom
 * condition), labels by the kind of credential ({@code api-token.bypass-2fa}). Immutable and thread-safe.
 */
public final class Vocabulary {
    private static final Vocabulary EMPTY = new Vocabulary(new TreeMap<>());

    /** A section of the vocabulary. */
    public enum Section {
        FLAGS("flags", "flag"),
        METRICS("metrics", "metric"),
        LABELS("labels", "label"),
        EVENTS("events", "event"),
        SWITCHES("switches", "switch"),
        ACTIONS("actions", "action");

        private final String key;
        private final String noun;

        Section(String key, String noun) {
            this.key = key;
            this.noun = noun;
        }

        /** The key of the document below {@code vocabulary}. */
        public String key() {
            return key;
        }

        /** The word for one name of this section. */
        public String noun() {
            return noun;
        }
    }

    private final Map<Section, Map<String, String>> names;
    private final Set<Action> actions;
    private final Map<String, List<Action>> words;

    private Vocabulary(Map<Section, Map<String, String>> names) {
        Map<Section, Map<String, String>> copy = new TreeMap<>();
        names.forEach((section, map) -> {
            if (!map.isEmpty()) {
                copy.put(section, Collections.unmodifiableMap(new TreeMap<>(map)));
            }
        });
        this.names = Collections.unmodifiableMap(copy);
        Set<Action> all = new LinkedHashSet<>(Action.core());
        for (String id : copy.getOrDefault(Section.ACTIONS, Map.of()).keySet()) {
            if (Action.isId(id)) {
                all.add(Action.of(id));
            }
        }
        this.actions = Collections.unmodifiableSet(all);
        Map<String, List<Action>> index = new HashMap<>();
        for (Action action : all) {
            for (String word : wordsFor(action)) {
                index.computeIfAbsent(word, w -> new ArrayList<>()).add(action);
            }
        }
        index.replaceAll((word, list) -> List.copyOf(list));
        this.words = Map.copyOf(index);
    }

    /** Every word that means this action, perhaps among others. */
    private static Set<String> wordsFor(Action action) {
        String group = action.group();
        boolean open = group.equals("read") || group.equals("sign-in");
        Set<String> words = new HashSet<>(List.of("all", group, action.id()));
        if (!open && !group.equals("publish")) {
            words.add("manage");
        }
        if (!open && !action.id().endsWith(".view")) {
            words.add("write");
        }
        return words;
    }

    /** The vocabulary of the core alone. */
    public static Vocabulary empty() {
        return EMPTY;
    }

    /**
     * This vocabulary and one more name.
     *
     * @throws IllegalArgumentException if the name is declared with another meaning
     */
    public Vocabulary with(Section section, String name, String meaning) {
        return with(Map.of(section, Map.of(name, meaning)));
    }

    /**
     * This vocabulary and all of these names.
     *
     * @throws IllegalArgumentException if one of them is declared with another meaning
     */
    public Vocabulary with(Map<Section, Map<String, String>> more) {
        Map<Section, Map<String, String>> copy = new TreeMap<>();
        names.forEach((section, map) -> copy.put(section, new TreeMap<>(map)));
        more.forEach((section, map) -> map.forEach((name, meaning) -> {
            String known = copy.computeIfAbsent(section, s -> new TreeMap<>()).putIfAbsent(name, meaning);
            if (known != null && !known.equals(meaning)) {
                throw new IllegalArgumentException("name: '" + name + "' is declared with another meaning");
            }
        }));
        return new Vocabulary(copy);
    }

    /** The declared names of a section with their meanings, sorted. */
    public Map<String, String> of(Section section) {
        return names.getOrDefault(section, Map.of());
    }

    /** Whether the name is declared. */
    public boolean declares(Section section, String name) {
        return of(section).containsKey(name);
    }

    /** Every action of the core and of this vocabulary. */
    public Set<Action> actions() {
        return actions;
    }

    /**
     * The actions that a word of {@code actions} or {@code except} means; empty if nobody declared it.
     *
     * <p>{@code all} is everything; {@code manage} everything but the groups {@code read}, {@code sign-in} and
     * {@code publish}; {@code write} everything but {@code read}, {@code sign-in} and each {@code *.view}.
     */
    public List<Action> expand(String word) {
        return words.getOrDefault(word, List.of());
    }

    /** The actions that a requirement gates: its actions without its exceptions. */
    public Set<Action> gatedBy(Requirement requirement) {
        Set<Action> gated = new LinkedHashSet<>();
        requirement.actions().forEach(word -> gated.addAll(expand(word)));
        requirement.except().forEach(word -> expand(word).forEach(gated::remove));
        return gated;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Vocabulary that && names.equals(that.names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return names.toString();
    }
}
