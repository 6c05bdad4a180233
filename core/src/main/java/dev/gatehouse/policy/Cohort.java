package dev.gatehouse.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** One class of facts that a person cannot change alone, made by choosing once in each of some dimensions. */
final class Cohort {
    private final List<Dimension.Choice> choices;
    Instant registered = Instant.EPOCH;
    final Set<String> accountFlags = new HashSet<>();
    final Map<String, Double> accountMetrics = new HashMap<>();
    final List<ThingFacts> maintains = new ArrayList<>();
    final List<ThingFacts> memberOf = new ArrayList<>();
    final Facets project = new Facets();
    final Facets organization = new Facets();
    final Map<String, Boolean> switches = new HashMap<>();
    final Set<String> host = new HashSet<>();

    /** Flags, numbers and creation of one thing. */
    static final class Facets {
        final Set<String> flags = new HashSet<>();
        final Map<String, Double> metrics = new HashMap<>();
        Instant created = Instant.EPOCH;

        ThingFacts thing(String id) {
            ThingValues.Builder thing = ThingValues.builder(id, id).flags(flags).created(created);
            metrics.forEach(thing::metric);
            return thing.build();
        }
    }

    Cohort(List<Dimension.Choice> choices) {
        this.choices = List.copyOf(choices);
        for (Dimension.Choice choice : choices) {
            Consumer<Cohort> apply = choice.apply();
            apply.accept(this);
        }
    }

    /** The class of both. */
    Cohort and(Cohort other) {
        List<Dimension.Choice> all = new ArrayList<>(choices);
        all.addAll(other.choices);
        return new Cohort(all);
    }

    String key() {
        return choices.stream().map(Dimension.Choice::words).toList().toString();
    }

    /** What is not as usual, for a finding. */
    List<String> words() {
        return choices.stream()
                .filter(choice -> !choice.usual())
                .map(Dimension.Choice::words)
                .toList();
    }
}
