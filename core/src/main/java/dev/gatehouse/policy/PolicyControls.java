package dev.gatehouse.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What an operator changes at run time without a new policy: switches and waivers, each an immutable snapshot that is
 * replaced atomically. Thread-safe.
 *
 * <p>Who may change them, and its audit, is the host's: the actions {@code admin.switch} and {@code admin.waive}.
 */
public final class PolicyControls {
    private volatile State state;

    private PolicyControls(Map<String, Boolean> initial) {
        this.state = State.of(Map.copyOf(initial), List.of());
    }

    /** Switches and waivers of one moment. */
    record State(Map<String, Boolean> switches, List<Waiver> waivers, Map<String, List<Waiver>> byRequirement) {
        static State of(Map<String, Boolean> switches, List<Waiver> waivers) {
            Map<String, List<Waiver>> by = new HashMap<>();
            for (Waiver waiver : waivers) {
                by.computeIfAbsent(waiver.requirement(), id -> new ArrayList<>())
                        .add(waiver);
            }
            by.replaceAll((id, list) -> List.copyOf(list));
            return new State(switches, waivers, Map.copyOf(by));
        }
    }

    State state() {
        return state;
    }

    /**
     * Controls with the initial state of every switch that the policy declares.
     *
     * @param initial the state of each switch by its declared name; a declared switch that is missing stops the build
     */
    public static PolicyControls of(Map<String, Boolean> initial) {
        return new PolicyControls(initial);
    }

    /** Controls for a policy without switches. */
    public static PolicyControls none() {
        return new PolicyControls(Map.of());
    }

    /**
     * Sets one switch.
     *
     * @throws IllegalArgumentException if the switch has no initial state
     */
    public synchronized void set(String name, boolean on) {
        State old = state;
        if (!old.switches().containsKey(Objects.requireNonNull(name, "name"))) {
            throw new IllegalArgumentException("name: no switch '" + name + "'");
        }
        Map<String, Boolean> next = new HashMap<>(old.switches());
        next.put(name, on);
        state = new State(Map.copyOf(next), old.waivers(), old.byRequirement());
    }

    /** Replaces the waivers; a host calls it after every change of its repository and after a failure, with none. */
    public synchronized void waivers(Collection<Waiver> all) {
        state = State.of(state.switches(), List.copyOf(all));
    }

    /** The state of every switch. */
    public Map<String, Boolean> switches() {
        return state().switches();
    }

    /** The waivers in force or to come. */
    public List<Waiver> waivers() {
        return state().waivers();
    }

    @Override
    public String toString() {
        return "switches " + switches() + ", " + waivers().size() + " waivers";
    }
}
