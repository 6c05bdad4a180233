package dev.gatehouse.policy;

import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.Explanation.Truth;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.InstantBounds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Readers of what belongs to the account alone. */
final class AccountReaders {
    private AccountReaders() {}

    /** The enrolled factors, and the proofs that count only while their factor is enrolled. */
    static final class Enrolled extends Reader {
        private final @Nullable Accepting accepting;
        private final @Nullable Proving proving;

        Enrolled(int base, List<Object> specs) {
            super(base, specs.size(), specs.stream().anyMatch(ProofTest.class::isInstance));
            Accepting enrolled = null;
            for (int i = specs.size() - 1; i >= 0; i--) {
                if (specs.get(i) instanceof Atom.Enrolled atom) {
                    enrolled = new Accepting(atom.factor(), bit(i), enrolled);
                }
            }
            this.accepting = enrolled;
            this.proving = Proving.of(this, specs);
        }

        @Override
        long read(AccessRequest q, Fact<String> id, long second, int nano, PolicyControls.State controls) {
            Fact<EnrolledFactors> fact = q.account().enrolled();
            EnrolledFactors enrolled = fact == null ? null : fact.orNull();
            long word = enrolled == null
                    ? missing(Fact.read(fact, AtAction.mayLackAccount(q.credential())))
                    : accepted(enrolled);
            return proving == null ? word : word | proving.read(q, id, enrolled, second, nano);
        }

        private long accepted(EnrolledFactors enrolled) {
            long word = 0;
            for (Accepting test = accepting; test != null; test = test.next()) {
                word |= test.selector().acceptsAny(enrolled) ? test.bit() : 0;
            }
            return word;
        }

        private long missing(Fact<EnrolledFactors> fact) {
            long word = 0;
            for (Accepting test = accepting; test != null; test = test.next()) {
                word |= Truths.missing(fact) == Truth.UNKNOWN ? test.bit() << 1 : 0;
            }
            return word;
        }
    }

    /** Tests of what is enrolled, as a chain: most have one link, for which a loop over an array costs more than its body. */
    private record Accepting(
            FactorSelector selector, long bit, @Nullable Accepting next) {}

    /** Tests of proofs, as a chain. */
    private record Proving(
            ProofTest test, long bit, @Nullable Proving next) {

        static @Nullable Proving of(Reader reader, List<Object> specs) {
            Proving proofs = null;
            for (int i = specs.size() - 1; i >= 0; i--) {
                if (specs.get(i) instanceof ProofTest proof) {
                    proofs = new Proving(proof, reader.bit(i), proofs);
                }
            }
            return proofs;
        }

        long read(AccessRequest q, Fact<String> id, @Nullable EnrolledFactors enrolled, long second, int nano) {
            long word = 0;
            for (Proving one = this; one != null; one = one.next) {
                Truth truth = one.test.truth(q, id, enrolled, second, nano);
                word |= truth == Truth.TRUE ? one.bit : truth == Truth.UNKNOWN ? one.bit << 1 : 0;
            }
            return word;
        }
    }

    /** Proofs of what nobody enrols. */
    static final class Proven extends Reader {
        private final Proving tests;

        Proven(int base, List<Object> specs) {
            super(base, specs.size(), true);
            this.tests = Objects.requireNonNull(Proving.of(this, specs));
        }

        @Override
        long read(AccessRequest q, Fact<String> id, long second, int nano, PolicyControls.State controls) {
            return tests.read(q, id, null, second, nano);
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
