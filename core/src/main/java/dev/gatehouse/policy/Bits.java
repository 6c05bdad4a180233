package dev.gatehouse.policy;

import dev.gatehouse.policy.Asks.Probe;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which bits of a program's word each probe has, and which fact it is read with. */
final class Bits {
    /** A test takes two of the 64 bits of a word. */
    static final int MOST_TESTS = Long.SIZE / 2;

    private final Map<Probe, Integer> bits = new HashMap<>();
    private final Map<FactKey, Integer> facts = new HashMap<>();
    private final Reader[] readers;

    Bits(Set<Probe> probes, Setting setting) {
        Map<FactKey, List<Object>> byFact = new LinkedHashMap<>();
        for (Probe probe : probes) {
            byFact.computeIfAbsent(probe.fact(), key -> new ArrayList<>()).add(probe.spec());
        }
        this.readers = new Reader[byFact.size()];
        int base = 0;
        for (Map.Entry<FactKey, List<Object>> fact : byFact.entrySet()) {
            int index = facts.size();
            facts.put(fact.getKey(), index);
            readers[index] = Readers.of(fact.getKey(), base, fact.getValue(), setting);
            for (Object spec : fact.getValue()) {
                bits.put(new Probe(fact.getKey(), spec), base);
                base += 2;
            }
        }
    }

    Reader[] readers() {
        return readers.clone();
    }

    long mask(List<Probe> probes) {
        long mask = 0;
        for (Probe probe : probes) {
            mask |= 1L << bits.getOrDefault(probe, 0);
        }
        return mask;
    }

    long facts(List<Probe> probes) {
        long mask = 0;
        for (Probe probe : probes) {
            mask |= 1L << facts.getOrDefault(probe.fact(), 0);
        }
        return mask;
    }
}
