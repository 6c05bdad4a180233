package dev.gatehouse.testkit.policy;

import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.PolicyDefinition;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The laws of the policy model (section 10) for one policy: implement it in a test class with one method.
 *
 * <pre>{@code
 * class MyPolicyTest implements PolicyLaws {
 *     public PolicyDefinition policy() {
 *         return Presets.load("pypi/1");
 *     }
 * }
 * }</pre>
 *
 * <p>Each law asks the policy with requests and instants around all its constants and dates, and knows by itself to which
 * requirements it applies: those, for instance, that read evidence in {@code when} may refuse more to who proves more. A
 * failure says what is broken, with the smallest request that was found to break it.
 */
public interface PolicyLaws {

    /**
     * The policy that is held to the laws.
     *
     * @throws Exception whatever reading it throws; then no law holds
     */
    PolicyDefinition policy() throws Exception;

    /** What decides: the engine, unless a host wants its own code around it held to the laws. */
    default PolicySubject subject() {
        return PolicySubject.engine();
    }

    /** Reads the policy's document, if it names factor kinds of the host's own. */
    default PolicyDocuments documents() {
        return PolicyDocuments.standard();
    }

    /** Requests at every instant of interest, of which the laws take theirs. */
    @Provide
    default Arbitrary<PolicyTrial> trials() {
        return PolicyArbitraries.of(World.of(this)).trials();
    }

    /** Requests to read. */
    @Provide
    default Arbitrary<PolicyTrial> readings() {
        return PolicyArbitraries.of(World.of(this)).trials(Arbitraries.of(Action.READ_PUBLIC, Action.READ_PRIVATE));
    }

    /** The policy builds: no error of form, and nobody is locked out in any slice of its time. */
    @Example
    default void policy_builds() {
        Law.builds(World.of(this));
    }

    /** Every request gets an answer with reasons, ways and a text, and the same answer again. */
    @Property(tries = 500)
    default void everyRequest_getsOneAnswer(@ForAll("trials") PolicyTrial trial) {
        new AnswerLaws(subject(), World.of(this)).totalAndDeterministic(trial);
    }

    /** Reading is never gated, unless a requirement names it. */
    @Property(tries = 200)
    default void reading_isGatedOnlyByName(@ForAll("readings") PolicyTrial trial) {
        new AnswerLaws(subject(), World.of(this)).readingIsGatedOnlyByName(trial);
    }

    /** Whoever does what the refusals say is permitted in the end, or is left to another person, time or support. */
    @Property(tries = 200)
    default void everyRefusal_hasAWayOut(@ForAll("trials") PolicyTrial trial) {
        List<String> tried =
                new WayOut(subject(), World.of(this), trial).failure().orElse(List.of());
        if (!tried.isEmpty()) {
            throw Law.broken(
                    "There is no way out: whoever does what the refusals say is refused again.",
                    trial,
                    "tried: " + String.join("\n         ", tried));
        }
    }

    /** More or fresher evidence never refuses more. */
    @Property(tries = 300)
    default void moreEvidence_neverHurts(@ForAll("trials") PolicyTrial trial) {
        new ChangeLaws(subject(), World.of(this)).moreEvidenceNeverHurts(trial);
    }

    /** What is not known never permits what the known would refuse. */
    @Property(tries = 200)
    default void unknownFacts_neverHelp(@ForAll("trials") PolicyTrial trial, @ForAll int which) {
        new ChangeLaws(subject(), World.of(this)).unknownNeverHelps(trial, which);
    }

    /** A requirement that only reports changes nothing that the caller gets. */
    @Property(tries = 200)
    default void report_changesNoOutcome(@ForAll("trials") PolicyTrial trial, @ForAll int which) {
        new ChangeLaws(subject(), World.of(this)).reportChangesNothing(trial, which);
    }

    /** One more requirement, or a stricter one, never permits more. */
    @Property(tries = 200)
    default void aStricterPolicy_neverPermitsMore(@ForAll("trials") PolicyTrial trial, @ForAll int which) {
        new ChangeLaws(subject(), World.of(this)).stricterNeverPermitsMore(trial, which);
    }

    /** A waiver lifts one requirement from one account, until its end. */
    @Property(tries = 200)
    default void waivers_touchOnlyTheirAccountAndEnd(@ForAll("trials") PolicyTrial trial, @ForAll int which) {
        new ChangeLaws(subject(), World.of(this)).waiversTouchOnlyTheirAccountAndEnd(trial, which);
    }

    /** The order of requirements, phases, proofs, factors and projects is irrelevant. */
    @Property(tries = 200)
    default void order_neverMatters(@ForAll("trials") PolicyTrial trial) {
        new AnswerLaws(subject(), World.of(this)).orderIsIrrelevant(trial);
    }

    /** The explanation of a decision agrees with it, requirement by requirement. */
    @Property(tries = 200)
    default void explanation_agreesWithTheDecision(@ForAll("trials") PolicyTrial trial) {
        new AnswerLaws(subject(), World.of(this)).explainAgrees(trial, Engines.explain(trial));
    }

    /** Written as a document and read again, the policy is equal and decides the same. */
    @Property(tries = 50)
    default void document_roundTrips(@ForAll("trials") PolicyTrial trial) {
        new AnswerLaws(subject(), World.of(this)).documentRoundTrips(trial, documents());
    }

    /** Time alone only tightens, where no requirement says that it ends; and no enforcement has a hole. */
    @Property(tries = 200)
    default void time_onlyTightens(@ForAll("trials") PolicyTrial trial) {
        new TimeLaws(subject(), World.of(this)).timeOnlyTightens(trial);
    }

    /** Between two edges time alone changes nothing but ages. */
    @Property(tries = 200)
    default void time_changesNothingBetweenEdges(@ForAll("trials") PolicyTrial trial, @ForAll int percent) {
        new TimeLaws(subject(), World.of(this)).nothingChangesBetweenEdges(trial, percent);
    }
}
