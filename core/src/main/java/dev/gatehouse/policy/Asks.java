package dev.gatehouse.policy;

import java.util.List;

/**
 * What an atom comes down to for one kind of credential: probes that must all be true, or an outcome that is settled.
 *
 * @param probes what must hold; none if the atom is settled
 * @param never whether it cannot hold
 * @param unknown whether it is unknown unless a probe is false
 */
record Asks(List<Probe> probes, boolean never, boolean unknown) {
    static final Asks ALWAYS = new Asks(List.of(), false, false);
    static final Asks NEVER = new Asks(List.of(), true, false);

    /**
     * One test of one fact.
     *
     * @param fact what it reads
     * @param spec what it compares with; equal specs are one test
     */
    record Probe(FactKey fact, Object spec) {}

    static Asks of(FactKey fact, Object spec) {
        return new Asks(List.of(new Probe(fact, spec)), false, false);
    }

    /** Whether nothing is left to be read. */
    boolean isSettled() {
        return never || probes.isEmpty();
    }
}
