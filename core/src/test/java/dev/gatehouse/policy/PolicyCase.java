package dev.gatehouse.policy;

import dev.gatehouse.policy.PlainSubject.Setup;
import dev.gatehouse.policy.PlainSubject.Verdict;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Vocabulary;
import dev.gatehouse.policy.rule.Vocabulary.Section;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.jspecify.annotations.Nullable;

/**
 * A policy, a request and an instant, with a number from which a law draws whatever it changes.
 *
 * <p>The same seed gives the same case, so that a failing sample can be run again and made smaller.
 */
record PolicyCase(Setup setup, RequestDraft draft, Instant now, long seed) {

    static Arbitrary<PolicyCase> arbitrary() {
        return Arbitraries.longs().map(PolicyCase::of).dontShrink();
    }

    static PolicyCase of(long seed) {
        Random random = new Random(seed);
        RandomValues values = new RandomValues(random);
        PolicyDefinition definition = new RandomPolicies(random).policy();
        RandomRequests requests = new RandomRequests(random);
        Instant now = requests.now();
        Map<String, Boolean> switches = new HashMap<>();
        for (String name : List.of("go", "brake")) {
            if (values.chance(70)) {
                switches.put(name, values.chance(50));
            }
        }
        List<Waiver> waivers = new ArrayList<>();
        while (values.chance(20)) {
            waivers.add(waiver(values, now));
        }
        Fact<Boolean> office = values.fact(values.chance(50));
        Setup setup = new Setup(
                definition,
                supplied(values, definition.vocabulary()),
                switches,
                waivers,
                values.chance(85) ? List.of(condition(values.chance(10) ? null : office)) : List.of(),
                values.chance(25) ? "salt" : null,
                values.one(Duration.ZERO, Duration.ofSeconds(30)));
        return new PolicyCase(setup, requests.request(now), now, random.nextLong());
    }

    static Waiver waiver(RandomValues values, Instant now) {
        Instant from = now.minus(values.one(Duration.ZERO, Duration.ofNanos(1), Duration.ofDays(20)));
        Duration length = values.one(
                Duration.ofNanos(1),
                Duration.ofDays(20),
                Duration.ofDays(30),
                Duration.ofDays(30).plusNanos(1));
        boolean account = values.chance(60);
        return new Waiver(
                "r" + values.random.nextInt(4),
                account ? Waiver.Subject.ACCOUNT : Waiver.Subject.PROJECT,
                values.chance(85) ? account ? RandomRequests.ACCOUNT : RandomRequests.PROJECT : "somebody-else",
                from,
                from.plus(length),
                "a lost key",
                "support");
    }

    private static Supplied supplied(RandomValues values, Vocabulary vocabulary) {
        if (values.chance(70)) {
            return Supplied.everything(vocabulary);
        }
        Supplied some = Supplied.nothing();
        for (Section section : Section.values()) {
            for (String name : vocabulary.of(section).keySet()) {
                if (values.chance(80)) {
                    some = some.and(section, name);
                }
            }
        }
        return some;
    }

    private static CustomCondition condition(@Nullable Fact<Boolean> answer) {
        return new CustomCondition() {
            @Override
            public String id() {
                return "office-hours";
            }

            @Override
            @SuppressWarnings("NullAway")
            public Fact<Boolean> holds(AccessRequest request) {
                return answer;
            }
        };
    }

    PolicyCase with(Setup other) {
        return new PolicyCase(other, draft, now, seed);
    }

    PolicyCase with(PolicyDefinition other) {
        return with(setup.with(other));
    }

    PolicyCase with(RequestDraft other) {
        return new PolicyCase(setup, other, now, seed);
    }

    PolicyCase at(Instant other) {
        return new PolicyCase(setup, draft, other, seed);
    }

    Verdict decidedBy(PlainSubject subject) {
        return subject.decide(setup, draft.toRequest(), now);
    }

    @Override
    public String toString() {
        return "at " + now + "\n" + draft + "\n  switches " + setup.switches() + "\n  waivers " + setup.waivers()
                + "\n  supplied " + setup.supplied() + "\n  "
                + String.join(
                        "\n  ",
                        setup.definition().requirements().stream()
                                .map(r -> r + "\n    when " + r.when() + "\n    unless " + r.unless() + "\n    remedy "
                                        + r.remedy())
                                .toList());
    }
}
