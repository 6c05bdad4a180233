package dev.gatehouse.testkit.policy;

import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.Supplied;
import dev.gatehouse.policy.Waiver;
import dev.gatehouse.policy.rule.PolicyDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A policy, a request and an instant, with the switches and waivers of the moment: one case that a law speaks of.
 *
 * <p>Its text names what is known of the request and is not as usual; everything else is unknown. Immutable and thread-safe.
 */
public final class PolicyTrial {
    private final PolicyDefinition definition;
    private final Supplied supplied;
    private final Map<String, Boolean> switches;
    private final List<Waiver> waivers;
    private final Draft draft;
    private final Instant anchor;
    private final Instant now;

    private PolicyTrial(
            PolicyDefinition definition,
            Supplied supplied,
            Map<String, Boolean> switches,
            List<Waiver> waivers,
            Draft draft,
            Instant anchor,
            Instant now) {
        this.definition = definition;
        this.supplied = supplied;
        this.switches = Map.copyOf(switches);
        this.waivers = List.copyOf(waivers);
        this.draft = draft;
        this.anchor = anchor;
        this.now = now;
    }

    /** A trial in which the host supplies every name of the vocabulary and nobody has a waiver. */
    static PolicyTrial of(World world, Map<String, Boolean> switches, Draft draft, Instant now) {
        return new PolicyTrial(world.definition, world.supplied, switches, List.of(), draft, now, now);
    }

    /** The policy that is asked; a law may have changed it. */
    public PolicyDefinition definition() {
        return definition;
    }

    /** The names that the host supplies. */
    public Supplied supplied() {
        return supplied;
    }

    /** The switches whose state is known. */
    public Map<String, Boolean> switches() {
        return switches;
    }

    public List<Waiver> waivers() {
        return waivers;
    }

    /** The request; each call makes an equal one. */
    public AccessRequest request() {
        return draft.toRequest(anchor);
    }

    /** The instant of the decision. */
    public Instant now() {
        return now;
    }

    Draft draft() {
        return draft;
    }

    PolicyTrial with(PolicyDefinition other) {
        return new PolicyTrial(other, supplied, switches, waivers, draft, anchor, now);
    }

    PolicyTrial with(Draft other) {
        return new PolicyTrial(definition, supplied, switches, waivers, other, anchor, now);
    }

    PolicyTrial with(Supplied names) {
        return new PolicyTrial(definition, names, switches, waivers, draft, anchor, now);
    }

    PolicyTrial withSwitches(Map<String, Boolean> states) {
        return new PolicyTrial(definition, supplied, states, waivers, draft, anchor, now);
    }

    PolicyTrial with(Waiver waiver) {
        List<Waiver> more = new ArrayList<>(waivers);
        more.add(waiver);
        return new PolicyTrial(definition, supplied, switches, more, draft, anchor, now);
    }

    /** The same request made at another instant: proofs and events are as old then as they are here. */
    PolicyTrial startedAt(Instant other) {
        return new PolicyTrial(definition, supplied, switches, waivers, draft, other, other);
    }

    /** The same facts, asked at another instant: proofs and events stay where they were. */
    PolicyTrial at(Instant other) {
        return new PolicyTrial(definition, supplied, switches, waivers, draft, anchor, other);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(draft.toString());
        text.append("\n    at: ").append(now);
        if (!switches.isEmpty()) {
            text.append("\n    switches: ").append(new TreeMap<>(switches));
        }
        waivers.forEach(waiver -> text.append("\n    waiver: ").append(waiver));
        return text.toString();
    }
}
