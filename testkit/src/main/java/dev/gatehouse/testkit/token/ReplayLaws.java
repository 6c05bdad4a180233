package dev.gatehouse.testkit.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Race;
import dev.gatehouse.testkit.token.FaultSwitch.Fault;
import dev.gatehouse.testkit.token.ReplaySubject.Answer;
import dev.gatehouse.testkit.token.ReplaySubject.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/**
 * What holds of whatever takes a proof once. A jqwik test class implements it with one method, {@link #replay}.
 *
 * <p>Clocks of the two nodes differ, and go back, by {@link #DIFFERENCE} at most, which every store permits. The laws hand a few
 * hundred proofs in, so that a slow hash or a test's database will do.
 */
public interface ReplayLaws {
    /** When the first proof is issued. */
    Instant START = Instant.parse("2026-09-01T12:00:10.25Z");

    /** How far the clocks of two nodes differ at most. */
    Duration DIFFERENCE = Duration.ofSeconds(30);

    /** How long the laws look at a proof without end. */
    Duration HORIZON = Duration.ofDays(1);

    /** What is held to the laws: with empty stores each time. */
    ReplaySubject replay();

    /**
     * One attempt.
     *
     * @param permille when, in thousandths of the proof's life from its beginning; over 1,000 after its end
     * @param back how many seconds the node's clock is behind
     * @param node which node is asked
     * @param fault how the store fails meanwhile
     */
    record Attempt(int permille, int back, int node, Fault fault) {}

    /** Attempts in the order of their time, on clocks that may be behind; with faults of the store or without. */
    @Provide
    default Arbitrary<List<Attempt>> attempts() {
        return attempts(Arbitraries.just(Fault.NONE));
    }

    /** Attempts while the store fails, and while it does not. */
    @Provide
    default Arbitrary<List<Attempt>> attemptsWithFaults() {
        return attempts(Arbitraries.of(Fault.ANSWER_LOST, Fault.NONE, Fault.NOTHING_DONE));
    }

    private static Arbitrary<List<Attempt>> attempts(Arbitrary<Fault> faults) {
        Arbitrary<Integer> times = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.integers().between(0, 999)),
                Tuple.of(1, Arbitraries.of(0, 999, 1_000, 1_001, 1_500)));
        return Combinators.combine(
                        times,
                        Arbitraries.integers().between(0, (int) DIFFERENCE.toSeconds()),
                        Arbitraries.of(0, 1),
                        faults)
                .as(Attempt::new)
                .list()
                .ofMinSize(2)
                .ofMaxSize(5)
                .map(attempts -> attempts.stream()
                        .sorted(Comparator.comparingInt(Attempt::permille))
                        .toList());
    }

    private static Answer present(Proof proof, Instant now, int node) {
        try {
            return proof.presentation().at(now, node);
        } catch (RuntimeException e) {
            return Answer.REFUSED;
        }
    }

    private static Instant end(Proof proof) {
        return proof.end().orElse(START.plus(HORIZON));
    }

    /** The instant so many thousandths through the proof's life. */
    private static Instant instant(Proof proof, int permille) {
        Duration life = Duration.between(START, end(proof));
        return START.plus(life.multipliedBy(permille).dividedBy(1_000));
    }

    /** When the attempt is made on its node, never before the proof is there. */
    private static Instant instant(Proof proof, Attempt attempt) {
        Instant behind = instant(proof, attempt.permille()).minusSeconds(attempt.back());
        return behind.isBefore(START) ? START : behind;
    }

    private static boolean isOver(Proof proof, Instant now) {
        return proof.end().isPresent() && !now.isBefore(proof.end().get());
    }

    /** Without this, whoever refuses everything would keep all other laws. */
    @Property(tries = 20)
    default void aProof_handedInInItsTime_isAccepted(
            @ForAll @IntRange(max = 999) int permille, @ForAll @IntRange(max = 1) int node) {
        Proof proof = replay().issue(START);

        assertThat(present(proof, instant(proof, permille), node)).isEqualTo(Answer.ACCEPTED);
    }

    /** It is good just before its end, and not at it. */
    @Property(tries = 5)
    default void aProof_atItsEnd_isRefused(@ForAll @IntRange(max = 1) int node) {
        Proof early = replay().issue(START);
        assertThat(present(early, end(early).minusNanos(1), node))
                .as("just before its end")
                .isEqualTo(Answer.ACCEPTED);
        Proof late = replay().issue(START);
        if (late.end().isPresent()) {
            assertThat(present(late, end(late), node)).as("at its end").isEqualTo(Answer.REFUSED);
        }
    }

    /** Whatever the order of times and nodes, whatever clock is behind: once at most, and never when it is over. */
    @Property(tries = 30)
    default void aProof_handedInAgainAndAgain_isAcceptedOnceAtMost(@ForAll("attempts") List<Attempt> attempts) {
        Proof proof = replay().issue(START);
        int accepted = 0;
        for (Attempt attempt : attempts) {
            Instant now = instant(proof, attempt);
            if (present(proof, now, attempt.node()) == Answer.ACCEPTED) {
                accepted++;
                assertThat(isOver(proof, now))
                        .as("accepted when it was over, %s", attempt)
                        .isFalse();
            }
        }

        assertThat(accepted).as("accepted").isLessThanOrEqualTo(1);
    }

    /** The first of two is accepted, at once and on the other node too, and the second never. */
    @Property(tries = 20)
    default void aProof_accepted_isNeverAcceptedAgain(
            @ForAll @IntRange(max = 999) int permille,
            @ForAll @IntRange(max = 1) int node,
            @ForAll("attempts") List<Attempt> later) {
        Proof proof = replay().issue(START);
        Instant first = instant(proof, permille);
        assertThat(present(proof, first, node)).isEqualTo(Answer.ACCEPTED);

        assertThat(present(proof, first, node)).as("at once").isEqualTo(Answer.REFUSED);
        assertThat(present(proof, first, 1 - node)).as("on the other node").isEqualTo(Answer.REFUSED);
        Instant behind = first.minus(DIFFERENCE);
        assertThat(present(proof, behind.isBefore(START) ? START : behind, 1 - node))
                .as("after the clock went back")
                .isEqualTo(Answer.REFUSED);
        for (Attempt attempt : later) {
            Instant now = instant(proof, attempt);
            if (!now.isBefore(first)) {
                assertThat(present(proof, now, attempt.node()))
                        .as("%s", attempt)
                        .isEqualTo(Answer.REFUSED);
            }
        }
    }

    /** Of four that hand it in at the same moment, on one node or on two, one is accepted. */
    @Property(tries = 30)
    default void aProof_handedInByManyAtOnce_isAcceptedOnce(
            @ForAll @IntRange(max = 999) int permille, @ForAll boolean onTwoNodes) {
        Proof proof = replay().issue(START);
        Instant now = instant(proof, permille);

        List<Answer> answers = Race.of(4, i -> present(proof, now, onTwoNodes ? i % 2 : 0));

        assertThat(answers).containsOnlyOnce(Answer.ACCEPTED);
    }

    /** At its end, where one node has forgotten it and the other's clock is behind: once at most. */
    @Property(tries = 20)
    default void aProof_handedInByManyAtItsEnd_isAcceptedOnceAtMost(
            @ForAll @IntRange(min = -2_000, max = 2_000) int ahead, @ForAll @IntRange(max = 30) int behind) {
        Proof proof = replay().issue(START);
        List<Instant> clocks = new ArrayList<>();
        clocks.add(end(proof).plusMillis(ahead));
        Instant late = end(proof).minusSeconds(behind).minusNanos(1);
        clocks.add(late.isBefore(START) ? START : late);

        List<Answer> answers = new ArrayList<>(Race.of(4, i -> present(proof, clocks.get(i % 2), i % 2)));
        answers.add(present(proof, clocks.get(1), 1));
        answers.add(present(proof, clocks.get(0), 0));

        assertThat(answers.stream().filter(Answer.ACCEPTED::equals).count())
                .as("accepted")
                .isLessThanOrEqualTo(1);
    }

    /** While the store fails nothing is accepted, whether it did what it was asked or not; and afterwards once at most. */
    @Property(tries = 30)
    default void aProof_whileTheStoreFails_isNotAccepted(@ForAll("attemptsWithFaults") List<Attempt> attempts) {
        ReplaySubject replay = replay();
        Proof proof = replay.issue(START);
        FaultSwitch faults = replay.faults();
        int accepted = 0;
        for (Attempt attempt : attempts) {
            faults.set(attempt.fault());
            Answer answer = present(proof, instant(proof, attempt), attempt.node());
            faults.set(Fault.NONE);
            if (answer == Answer.ACCEPTED) {
                accepted++;
                assertThat(attempt.fault())
                        .as("the store, when it was accepted")
                        .isEqualTo(Fault.NONE);
            }
        }

        assertThat(accepted).as("accepted").isLessThanOrEqualTo(1);
    }

    /** What is spent is that proof, and no other. */
    @Property(tries = 5)
    default void anotherProof_afterOneIsSpent_isAccepted(@ForAll @IntRange(max = 1) int node) {
        ReplaySubject replay = replay();
        Proof first = replay.issue(START);
        assertThat(present(first, START, node)).isEqualTo(Answer.ACCEPTED);
        Instant later = end(first);
        Proof second = replay.issue(later);

        assertThat(present(second, later, 1 - node)).isEqualTo(Answer.ACCEPTED);
        assertThat(present(second, later, node)).isEqualTo(Answer.REFUSED);
    }
}
