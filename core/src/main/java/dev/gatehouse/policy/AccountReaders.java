package dev.gatehouse.policy;

import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.Explanation.Truth;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.InstantBounds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Readers of what belongs to the account alone. */
final class AccountReaders {
    private AccountReaders() {}

    /** The enrolled factors, and the proofs that count only while their factor is enrolled. */
    static final class Enrolled extends Reader {
        private final FactorSelector[] selectors;
        private final long[] accepted;
        private final ProofTest[] proofs;
        private final int[] proofTests;

        Enrolled(int base, List<Object> specs) {
            super(base, specs.size(), specs.stream().anyMatch(ProofTest.class::isInstance));
            List<FactorSelector> enrolled = new ArrayList<>();
            List<ProofTest> proven = new ArrayList<>();
            long[] accepting = new long[specs.size()];
            int[] others = new int[specs.size()];
            for (int i = 0; i < specs.size(); i++) {
                if (specs.get(i) instanceof ProofTest proof) {
                    others[proven.size()] = i;
                    proven.add(proof);
                } else {
                    accepting[enrolled.size()] = bit(i);
                    enrolled.add(((Atom.Enrolled) specs.get(i)).factor());
                }
            }
            this.selectors = enrolled.toArray(new FactorSelector[0]);
            this.accepted = accepting;
            this.proofs = proven.toArray(new ProofTest[0]);
            this.proofTests = others;
        }

        @Override
        long read(AccessRequest q, Fact<String> id, long second, int nano, PolicyControls.State controls) {
            Fact<EnrolledFactors> fact = q.account().enrolled();
            EnrolledFactors enrolled = fact == null ? null : fact.orNull();
            long word = 0;
            if (enrolled == null) {
                fact = Fact.read(fact, AtAction.mayLackAccount(q.credential()));
                for (int i = 0; i < selectors.length; i++) {
                    word |= Truths.missing(fact) == Truth.UNKNOWN ? accepted[i] << 1 : 0;
                }
            } else {
                for (int i = 0; i < selectors.length; i++) {
                    word |= selectors[i].acceptsAny(enrolled) ? accepted[i] : 0;
                }
            }
            for (int i = 0; i < proofs.length; i++) {
                word |= bits(proofTests[i], proofs[i].truth(q, id, enrolled, second, nano));
            }
            return word;
        }
    }

    /** Proofs of what nobody enrols. */
    static final class Proven extends Reader {
        private final ProofTest[] tests;

        Proven(int base, List<Object> specs) {
            super(base, specs.size(), true);
            this.tests = specs.toArray(new ProofTest[0]);
        }

        @Override
        long read(AccessRequest q, Fact<String> id, long second, int nano, PolicyControls.State controls) {
            long word = 0;
            for (int i = 0; i < tests.length; i++) {
                word |= bits(i, tests[i].truth(q, id, null, second, nano));
            }
            return word;
        }
    }

    static final class Email extends Reader {
        Email(int base) {
            super(base, 1);
        }

        @Override
        long read(AccessRequest q, Fact<String> id, long second, int nano, PolicyControls.State controls) {
            Fact<Boolean> fact = q.account().emailVerified();
            Boolean known = fact == null ? null : fact.orNull();
            return known != null ? bits(0, known) : missing(fact, AtAction.mayLackAccount(q.credential()));
        }
    }

    static final class Codes extends Reader {
        Codes(int base) {
            super(base, 1);
        }

        @Override
        long read(AccessRequest q, Fact<String> id, long second, int nano, PolicyControls.State controls) {
            Fact<Boolean> fact = q.account().recoveryCodesSaved();
            Boolean known = fact == null ? null : fact.orNull();
            return known != null ? bits(0, known) : missing(fact, AtAction.mayLackAccount(q.credential()));
        }
    }

    static final class Registered extends Reader {
        private final Ladder ladder;

        Registered(int base, List<Object> specs) {
            super(base, specs.size());
            this.ladder = Ladder.ofInstants(
                    specs.stream().map(InstantBounds.class::cast).toList(), base);
        }

        @Override
        long read(AccessRequest q, Fact<String> id, long second, int nano, PolicyControls.State controls) {
            Fact<Instant> fact = q.account().registered();
            if (fact == null || !fact.isKnown()) {
                return missing(fact, AtAction.mayLackAccount(q.credential()));
            }
            return ladder.at(fact.value());
        }
    }

    /** How long ago one event was. */
    static final class Event extends Reader {
        private final String event;
        private final Duration[] atLeast;

        Event(int base, String event, List<Object> specs) {
            super(base, specs.size());
            this.event = event;
            this.atLeast = specs.toArray(new Duration[0]);
        }

        @Override
        long read(AccessRequest q, Fact<String> id, long second, int nano, PolicyControls.State controls) {
            Fact<Occurrence> fact = q.account().event(event);
            if (fact == null || !fact.isKnown()) {
                return missing(fact, AtAction.mayLackAccount(q.credential()));
            }
            Instant last = fact.value().lastOrNull();
            long word = 0;
            for (int i = 0; i < atLeast.length; i++) {
                word |= bits(i, last == null || isOver(last, atLeast[i], second, nano));
            }
            return word;
        }

        private static boolean isOver(Instant last, Duration atLeast, long second, int nano) {
            return Times.compare(
                            second - last.getEpochSecond(),
                            nano - last.getNano(),
                            atLeast.getSeconds(),
                            atLeast.getNano())
                    >= 0;
        }
    }

    /** An event of which the host keeps no record: unknown unless there is no account. */
    static final class Unsupplied extends Reader {
        private final String event;

        Unsupplied(int base, String event, int tests) {
            super(base, tests);
            this.event = event;
        }

        @Override
        long read(AccessRequest q, Fact<String> id, long second, int nano, PolicyControls.State controls) {
            return missing(q.account().event(event), AtAction.mayLackAccount(q.credential()));
        }
    }

    /** Whether the account is inside a share; one that is not known is. */
    static final class InShare extends Reader {
        private final Share share;
        private final Share.Part part;

        InShare(int base, Share share, Share.Part part) {
            super(base, 1, true);
            this.share = share;
            this.part = part;
        }

        @Override
        long read(AccessRequest q, Fact<String> id, long second, int nano, PolicyControls.State controls) {
            return bits(0, !id.isKnown() || share.isInside(part, id.value()));
        }
    }
}
