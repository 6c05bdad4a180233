package dev.gatehouse.testkit.token;

import dev.gatehouse.testkit.Bites;
import dev.gatehouse.testkit.Breaks;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Stores of used proofs that forget, and other faults, which the laws catch. */
class ReplayLawsBiteTest {

    @TestFactory
    Stream<DynamicTest> fault_planted_isCaught() {
        return Bites.tests(ReplayLawsBiteTest.class);
    }

    @Test
    void law_each_hasAFault() {
        Bites.assertThatEachLawHasAFault(ReplayLaws.class, ReplayLawsBiteTest.class);
    }

    @Test
    void soundSubject_always_keepsAllLaws() {
        org.assertj.core.api.Assertions.assertThat(
                        dev.gatehouse.testkit.LawRun.of(Sound.class).broken())
                .isEmpty();
    }

    /** What remembers used proofs. */
    private interface Used {
        /** Whether it was new. */
        boolean add(int proof, Instant now);
    }

    /** A taker of proofs of ten minutes, over a store. */
    private static class Taker implements ReplaySubject {
        final FaultSwitch faults = FaultSwitch.none();
        final Used used;
        private int issued;

        Taker(Used used) {
            this.used = faults.over(Used.class, used);
        }

        @Override
        public Proof issue(Instant now) {
            int number = issued++;
            Instant end = now.plus(Duration.ofMinutes(10));
            return Proof.until(end, (at, node) -> answer(take(number, end, at)));
        }

        boolean take(int number, Instant end, Instant at) {
            return at.isBefore(end) && used.add(number, at);
        }

        static Answer answer(boolean accepted) {
            return accepted ? Answer.ACCEPTED : Answer.REFUSED;
        }

        @Override
        public FaultSwitch faults() {
            return faults;
        }
    }

    private static Used remembering() {
        Set<Integer> all = ConcurrentHashMap.newKeySet();
        return (proof, now) -> all.add(proof);
    }

    private static class Over implements ReplayLaws {
        private final Supplier<ReplaySubject> subjects;

        Over(Supplier<ReplaySubject> subjects) {
            this.subjects = subjects;
        }

        @Override
        public ReplaySubject replay() {
            return subjects.get();
        }
    }

    static class Sound extends Over {
        Sound() {
            super(() -> new Taker(remembering()));
        }
    }

    @Breaks({
        "aProof_handedInInItsTime_isAccepted",
        "aProof_handedInByManyAtOnce_isAcceptedOnce",
        "anotherProof_afterOneIsSpent_isAccepted"
    })
    static class RefusesEverything extends Over {
        RefusesEverything() {
            super(() -> new Taker((proof, now) -> false));
        }
    }

    @Breaks({
        "aProof_handedInAgainAndAgain_isAcceptedOnceAtMost",
        "aProof_accepted_isNeverAcceptedAgain",
        "aProof_handedInByManyAtOnce_isAcceptedOnce",
        "aProof_whileTheStoreFails_isNotAccepted"
    })
    static class RemembersNothing extends Over {
        RemembersNothing() {
            super(() -> new Taker((proof, now) -> true));
        }
    }

    @Breaks("aProof_atItsEnd_isRefused")
    static class TakesTheEndForGood extends Over {
        TakesTheEndForGood() {
            super(() -> new Taker(remembering()) {
                @Override
                boolean take(int number, Instant end, Instant at) {
                    return !at.isAfter(end) && used.add(number, at);
                }
            });
        }
    }

    /** Each node remembers for itself. */
    @Breaks({"aProof_handedInAgainAndAgain_isAcceptedOnceAtMost", "aProof_accepted_isNeverAcceptedAgain"})
    static class SharesNothing extends Over {
        SharesNothing() {
            super(() -> {
                List<Used> nodes = List.of(remembering(), remembering());
                return (ReplaySubject) now -> {
                    Instant end = now.plus(Duration.ofMinutes(10));
                    int number = now.hashCode();
                    return ReplaySubject.Proof.until(
                            end,
                            (at, node) -> Taker.answer(
                                    at.isBefore(end) && nodes.get(node).add(number, at)));
                };
            });
        }
    }

    /** Forgets what is over by the clock of whoever asks, and then one comes whose clock is behind. */
    @Breaks("aProof_handedInByManyAtItsEnd_isAcceptedOnceAtMost")
    static class ForgetsAtTheEnd extends Over {
        ForgetsAtTheEnd() {
            super(() -> {
                Map<Integer, Instant> all = new HashMap<>();
                return new Taker((proof, now) -> true) {
                    @Override
                    synchronized boolean take(int number, Instant end, Instant at) {
                        all.values().removeIf(until -> !at.isBefore(until));
                        return at.isBefore(end) && all.putIfAbsent(number, end) == null;
                    }
                };
            });
        }
    }

    /** Looks and then writes: two that look at the same moment both go on. */
    @Breaks("aProof_handedInByManyAtOnce_isAcceptedOnce")
    static class LooksAndThenWrites extends Over {
        LooksAndThenWrites() {
            super(() -> new Taker(new Used() {
                private final Set<Integer> all = ConcurrentHashMap.newKeySet();
                private final CyclicBarrier meeting = new CyclicBarrier(2);

                @Override
                public boolean add(int proof, Instant now) {
                    boolean isNew = !all.contains(proof);
                    await();
                    all.add(proof);
                    return isNew;
                }

                /** Waits a little for a second one, so that the race is lost each time. */
                private void await() {
                    try {
                        meeting.await(20, TimeUnit.MILLISECONDS);
                    } catch (java.util.concurrent.TimeoutException | java.util.concurrent.BrokenBarrierException e) {
                        meeting.reset();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            }));
        }
    }

    /** Better to let a code pass than to shut a user out. */
    @Breaks("aProof_whileTheStoreFails_isNotAccepted")
    static class GoesOnWithoutItsStore extends Over {
        GoesOnWithoutItsStore() {
            super(() -> new Taker(remembering()) {
                @Override
                boolean take(int number, Instant end, Instant at) {
                    try {
                        return super.take(number, end, at);
                    } catch (FaultSwitch.StoreFailedException e) {
                        return true;
                    }
                }
            });
        }
    }

    /** One flag for all. */
    @Breaks("anotherProof_afterOneIsSpent_isAccepted")
    static class SpendsAllAtOnce extends Over {
        SpendsAllAtOnce() {
            super(() -> {
                Used one = remembering();
                return new Taker((proof, now) -> one.add(0, now));
            });
        }
    }
}
