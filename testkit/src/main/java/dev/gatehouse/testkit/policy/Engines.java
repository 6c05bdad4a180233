package dev.gatehouse.testkit.policy;

import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.CustomCondition;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.Explanation;
import dev.gatehouse.policy.Fact;
import dev.gatehouse.policy.PolicyControls;
import dev.gatehouse.policy.Rehearsal;
import dev.gatehouse.policy.Supplied;
import dev.gatehouse.policy.rule.PolicyDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Rehearsals of the definitions met last, because making one ready takes longer than a decision. Thread-safe. */
final class Engines {
    private static final int MOST = 256;
    private static final Map<Key, Engines> MADE = new LinkedHashMap<>(MOST, 0.75F, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Engines> eldest) {
            return size() > MOST;
        }
    };

    private final Rehearsal rehearsal;
    private final PolicyControls controls;
    private Draft asked;

    /** The very same definition and names: laws keep what they change, and comparing whole policies takes long. */
    private record Key(PolicyDefinition definition, Supplied supplied, Set<String> switches) {
        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean equals(@Nullable Object other) {
            return other instanceof Key that
                    && definition == that.definition
                    && supplied == that.supplied
                    && switches.equals(that.switches);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(definition);
        }
    }

    private Engines(PolicyTrial trial) {
        this.asked = trial.draft();
        this.controls = PolicyControls.of(trial.switches());
        List<CustomCondition> conditions = World.of(trial.definition()).conditions.stream()
                .<CustomCondition>map(Answered::new)
                .toList();
        this.rehearsal = Rehearsal.of(
                trial.definition(), trial.supplied(), controls, conditions.toArray(new CustomCondition[0]));
    }

    /** A custom condition that says what the draft says. */
    private final class Answered implements CustomCondition {
        private final String id;

        Answered(String id) {
            this.id = id;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public Fact<Boolean> holds(AccessRequest request) {
            return asked.fact("host." + id);
        }
    }

    static Decision decide(PolicyTrial trial) {
        return of(trial).ask(trial, (rehearsal, request) -> rehearsal.decide(request, trial.now()));
    }

    static Explanation explain(PolicyTrial trial) {
        return of(trial).ask(trial, (rehearsal, request) -> rehearsal.explain(request, trial.now()));
    }

    private static Engines of(PolicyTrial trial) {
        Key key = new Key(trial.definition(), trial.supplied(), trial.switches().keySet());
        synchronized (MADE) {
            return MADE.computeIfAbsent(key, k -> new Engines(trial));
        }
    }

    private synchronized <T> T ask(PolicyTrial trial, BiFunction<Rehearsal, AccessRequest, T> question) {
        asked = trial.draft();
        trial.switches().forEach(controls::set);
        controls.waivers(trial.waivers());
        return question.apply(rehearsal, trial.request());
    }
}
