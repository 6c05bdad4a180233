package dev.gatehouse.testkit.policy;

import dev.gatehouse.policy.PolicyControls;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.rule.InvalidPolicyException;
import dev.gatehouse.policy.rule.Vocabulary.Section;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What all laws need: a subject, and how to say that it broke one. */
abstract class Law {
    final PolicySubject subject;
    final World world;

    Law(PolicySubject subject, World world) {
        this.subject = subject;
        this.world = world;
    }

    final Answer ask(PolicyTrial trial) {
        return Answer.of(subject.decide(trial));
    }

    /** Builds the policy as of before its first date, so that every slice of its time is searched for dead ends. */
    static void builds(World world) {
        Map<String, Boolean> switches = new HashMap<>();
        world.definition.vocabulary().of(Section.SWITCHES).keySet().forEach(name -> switches.put(name, true));
        Instant first = world.edges().isEmpty()
                ? world.instants().get(0)
                : world.edges().get(0).minus(Duration.ofDays(1));
        try {
            TwoFactorPolicy.builder(world.definition)
                    .clock(InstantSource.fixed(first))
                    .supplies(world.supplied)
                    .controls(PolicyControls.of(switches))
                    .build();
        } catch (InvalidPolicyException e) {
            throw new AssertionError("The policy does not build: " + e.getMessage(), e);
        }
    }

    /**
     * Fails.
     *
     * @param what what is broken, in a tester's words
     */
    static AssertionError broken(String what, PolicyTrial trial, Object... more) {
        return new AssertionError(what + "\n  asked: " + trial
                + (more.length == 0 ? "" : "\n  " + String.format(Locale.ROOT, "%s", more[0])));
    }

    static String answers(String first, Answer one, String second, Answer other) {
        return first + ": " + one + "\n  " + second + ": " + other;
    }
}
