package dev.gatehouse.policy;

import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.Mode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a program ends up with one rule unmet in one mode. What it says depends only on how its demand came out, so it is
 * worked out once for each outcome and kept. Thread-safe.
 */
final class Exit {
    /** More outcomes than a demand of a few atoms has; what is beyond is worked out each time. */
    private static final int MOST_KEPT = 64;

    final Rule rule;
    final Mode mode;
    final Template template;
    private final @Nullable String enforcedFrom;
    private final CredentialKind caller;
    private final Action action;

    /** The bits of the program's word on which codes and ways depend. */
    private final long key;

    private final Map<Atom, Long> atoms;
    private volatile Kept[] kept = {};

    private record Kept(long word, boolean accountAbsent, Grounds grounds) {}

    /**
     * An exit.
     *
     * @param atoms the bits of each atom of the demand, and of {@code enrolled} for each list of factors to prove; zero for
     *     one that always holds, absent for one that never does
     */
    Exit(Line line, Mode mode, Action action, CredentialKind caller, long key, Map<Atom, Long> atoms) {
        this.rule = line.rule();
        this.mode = mode;
        this.enforcedFrom = line.enforcedFrom();
        this.template = rule.template(mode);
        this.action = action;
        this.caller = caller;
        this.key = key;
        this.atoms = Map.copyOf(atoms);
    }

    /** What is said where the demand came out like this. */
    Grounds grounds(long word, boolean accountAbsent) {
        long outcome = word & key;
        Kept[] all = kept;
        for (int i = 0; i < all.length; i++) {
            Kept one = all[i];
            if (one.word == outcome && one.accountAbsent == accountAbsent) {
                return one.grounds;
            }
        }
        return keep(outcome, accountAbsent);
    }

    private synchronized Grounds keep(long outcome, boolean accountAbsent) {
        Lack lack = Lack.of(rule.requirement, situation(outcome, accountAbsent));
        Grounds grounds = new Grounds(rule, mode, lack, enforcedFrom, action);
        Kept[] old = kept;
        if (old.length < MOST_KEPT) {
            Kept[] more = java.util.Arrays.copyOf(old, old.length + 1);
            more[old.length] = new Kept(outcome, accountAbsent, grounds);
            kept = more;
        }
        return grounds;
    }

    private Lack.Situation situation(long outcome, boolean accountAbsent) {
        return new Lack.Situation() {
            @Override
            public boolean isMet(Atom atom) {
                Long mask = atoms.get(atom);
                return mask != null && (outcome & mask) == mask;
            }

            @Override
            public boolean isEnrolled(FactorSelector factor) {
                return isMet(new Atom.Enrolled(factor));
            }

            @Override
            public CredentialKind caller() {
                return caller;
            }

            @Override
            public boolean isAccountAbsent() {
                return accountAbsent;
            }
        };
    }
}
