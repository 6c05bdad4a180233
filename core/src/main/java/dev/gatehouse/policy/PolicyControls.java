package dev.gatehouse.policy;

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
    private volatile Map<String, Boolean> switches;
    private volatile List<Waiver> waivers = List.of();

    private PolicyControls(Map<String, Boolean> initial) {
        this.switches = Map.copyOf(initial);
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
        if (!switches.containsKey(Objects.requireNonNull(name, "name"))) {
            throw new IllegalArgumentException("name: no switch '" + name + "'");
        }
        Map<String, Boolean> next = new HashMap<>(switches);
        next.put(name, on);
        switches = Map.copyOf(next);
    }

    /** Replaces the waivers; a host calls it after every change of its repository and after a failure, with none. */
    public void waivers(Collection<Waiver> all) {
        waivers = List.copyOf(all);
    }

    /** The state of every switch. */
    public Map<String, Boolean> switches() {
        return switches;
    }

    /** The waivers in force or to come. */
    public List<Waiver> waivers() {
        return waivers;
    }

    @Override
    public String toString() {
        return "switches " + switches + ", " + waivers.size() + " waivers";
    }
}
