package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Bounds;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.CredentialTest;
import dev.gatehouse.policy.rule.InstantBounds;
import dev.gatehouse.policy.rule.MetricTest;
import dev.gatehouse.policy.rule.ThingTest;
import dev.gatehouse.policy.rule.Within;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A change of a policy passes as no loosening because one condition implies another: what is called implied is so for every
 * value, and what is plain to see is seen.
 */
class ImplicationTest {
    private static final Instant T0 = Instant.parse("2024-01-01T00:00:00Z");
    private static final List<Double> VALUES =
            DoubleStream.iterate(0, v -> v <= 4, v -> v + 0.5).boxed().toList();

    private static boolean implies(Atom a, Atom b) {
        return Implication.implies(Condition.all(a), Condition.all(b));
    }

    private static Atom size(Bounds<Double> bounds) {
        return new Atom.Project(ThingTest.metric("size", bounds));
    }

    /** Every pair of ends at 1, 2 and 3, and every set of these. */
    private static List<Bounds<Double>> bounds() {
        List<Bounds<Double>> all = new ArrayList<>();
        for (double low = 1; low <= 3; low++) {
            all.addAll(List.of(Bounds.over(low), Bounds.atLeast(low), Bounds.below(low), Bounds.atMost(low)));
            for (double high = low; high <= 3; high++) {
                all.add(Bounds.over(low).andBelow(high));
                all.add(Bounds.over(low).andAtMost(high));
                all.add(Bounds.atLeast(low).andBelow(high));
                all.add(Bounds.atLeast(low).andAtMost(high));
            }
        }
        all.addAll(List.of(
                Bounds.oneOf(List.of(1.0)),
                Bounds.oneOf(List.of(1.0, 2.0)),
                Bounds.oneOf(List.of(1.0, 2.0, 3.0)),
                Bounds.oneOf(List.of(1.0, 2.0, 3.0)).andAtLeast(2.0)));
        return all;
    }

    private static <T> boolean isSubset(List<T> values, Predicate<T> a, Predicate<T> b) {
        return values.stream().filter(a).allMatch(b);
    }

    @Test
    void bounds_areImplied_whereEveryValueOfOneIsOfTheOther() {
        for (Bounds<Double> a : bounds()) {
            for (Bounds<Double> b : bounds()) {
                boolean subset = isSubset(VALUES, a::admits, b::admits);
                boolean implied = implies(size(a), size(b));

                assertThat(!implied || subset)
                        .as("%s is said to imply %s", a, b)
                        .isTrue();
                boolean plain = VALUES.stream().anyMatch(a::admits)
                        && (!a.oneOf().isEmpty() || b.oneOf().isEmpty());
                if (plain) {
                    assertThat(implied).as("%s implies %s", a, b).isEqualTo(subset);
                }
            }
        }
    }

    @Test
    void instants_areImplied_whereEveryOneOfOneIsOfTheOther() {
        List<Instant> days =
                Stream.iterate(T0, day -> day.plusSeconds(3_600)).limit(6).toList();
        List<InstantBounds> all = new ArrayList<>(List.of(InstantBounds.none()));
        for (int i = 1; i < 5; i++) {
            all.add(InstantBounds.since(days.get(i)));
            all.add(InstantBounds.before(days.get(i)));
            for (int j = i + 1; j < 5; j++) {
                all.add(InstantBounds.since(days.get(i)).andBefore(days.get(j)));
            }
        }
        for (InstantBounds a : all) {
            for (InstantBounds b : all) {
                boolean subset = isSubset(days, a::admits, b::admits);

                assertThat(implies(
                                new Atom.Release(ThingTest.any().andCreated(a)),
                                new Atom.Release(ThingTest.any().andCreated(b))))
                        .as("created: %s implies %s", a, b)
                        .isEqualTo(subset);
                assertThat(implies(
                                new Atom.Account(ThingTest.any().andRegistered(a)),
                                new Atom.Account(ThingTest.any().andRegistered(b))))
                        .as("registered: %s implies %s", a, b)
                        .isEqualTo(subset);
            }
        }
    }

    private static boolean holds(ThingTest test, Set<String> flags) {
        return (test.anyFlag().isEmpty() || test.anyFlag().stream().anyMatch(flags::contains))
                && flags.containsAll(test.allFlags());
    }

    @Test
    void flags_areImplied_whereEverySetOfFlagsThatHasTheOnesHasTheOthers() {
        List<Set<String>> sets = List.of(
                Set.of(),
                Set.of("x"),
                Set.of("y"),
                Set.of("z"),
                Set.of("x", "y"),
                Set.of("x", "z"),
                Set.of("y", "z"),
                Set.of("x", "y", "z"));
        List<ThingTest> tests = new ArrayList<>();
        for (Set<String> any : sets) {
            for (Set<String> every : sets) {
                // One name that is among those of which one is needed is nothing new.
                if (any.stream().noneMatch(every::contains)) {
                    tests.add(ThingTest.any().andAnyFlag(any).andAllFlags(every));
                }
            }
        }
        for (ThingTest a : tests) {
            for (ThingTest b : tests) {
                boolean subset = isSubset(sets, flags -> holds(a, flags), flags -> holds(b, flags));
                boolean implied = implies(new Atom.Project(a), new Atom.Project(b));

                assertThat(!implied || subset)
                        .as("%s is said to imply %s", a, b)
                        .isTrue();
                if (a.anyFlag().size() != 1 && b.allFlags().isEmpty()) {
                    assertThat(implied).as("%s implies %s", a, b).isEqualTo(subset);
                }
            }
        }
    }

    static Stream<Function<ThingTest, Atom>> things() {
        return Stream.of(
                Atom.Account::new,
                Atom.Project::new,
                Atom.Organization::new,
                Atom.Release::new,
                Atom.Maintains::new,
                Atom.MemberOf::new);
    }

    @ParameterizedTest
    @MethodSource("things")
    void thing_ofEachKind_impliesLessOfTheSameAndNothingOfAnother(Function<ThingTest, Atom> kind) {
        ThingTest two = ThingTest.flag("x")
                .andAge(Bounds.over(Duration.ofDays(2)))
                .andMetric(new MetricTest("size", Bounds.over(5.0)))
                .andMetric(new MetricTest("stars", Bounds.over(5.0)));
        List<ThingTest> less = List.of(
                ThingTest.flag("x"),
                ThingTest.any().andAge(Bounds.over(Duration.ofDays(1))),
                ThingTest.metric("stars", Bounds.atLeast(5.0)));

        for (ThingTest one : less) {
            assertThat(implies(kind.apply(two), kind.apply(one))).as("%s", one).isTrue();
            assertThat(implies(kind.apply(one), kind.apply(two))).as("%s", one).isFalse();
        }
        assertThat(implies(kind.apply(two), kind.apply(ThingTest.flag("other"))))
                .isFalse();
        assertThat(implies(kind.apply(two), kind.apply(ThingTest.any().andAge(Bounds.over(Duration.ofDays(3))))))
                .isFalse();
        assertThat(implies(kind.apply(two), kind.apply(ThingTest.metric("pages", Bounds.over(5.0)))))
                .isFalse();
        assertThat(things().map(other -> other.apply(ThingTest.flag("x")))
                        .filter(other -> implies(kind.apply(two), other)))
                .containsExactly(kind.apply(ThingTest.flag("x")));
    }

    private static Atom enrolled(FactorClass... classes) {
        return new Atom.Enrolled(FactorSelector.ofClasses(classes));
    }

    private static Atom proven(Within within) {
        return new Atom.Proven(FactorSelector.ofClasses(FactorClass.ANY), within);
    }

    private static Atom credential(CredentialKind... kinds) {
        return new Atom.Credential(CredentialTest.kinds(kinds));
    }

    private static Atom labelled(String... labels) {
        return new Atom.Credential(CredentialTest.labelled(CredentialKind.API_TOKEN, labels));
    }

    /** What implies, what is implied, and not the other way round. */
    static Stream<Arguments> oneWay() {
        FactorSelector totp = FactorSelector.of(List.of(), List.of(FactorKind.TOTP));
        FactorSelector resistant = FactorSelector.ofClasses(FactorClass.PHISHING_RESISTANT);
        FactorSelector any = FactorSelector.ofClasses(FactorClass.ANY);
        return Stream.of(
                Arguments.of(enrolled(FactorClass.PHISHING_RESISTANT), enrolled(FactorClass.ANY)),
                Arguments.of(enrolled(FactorClass.HARDWARE_BOUND), enrolled(FactorClass.PHISHING_RESISTANT)),
                Arguments.of(new Atom.Enrolled(totp), new Atom.Enrolled(any)),
                Arguments.of(
                        new Atom.Enrolled(totp),
                        new Atom.Enrolled(FactorSelector.of(List.of(), List.of(FactorKind.TOTP, FactorKind.WEBAUTHN)))),
                Arguments.of(new Atom.FactorsLeft(resistant), new Atom.FactorsLeft(any)),
                Arguments.of(new Atom.NewFactor(resistant), new Atom.NewFactor(any)),
                Arguments.of(proven(Within.of(Duration.ofMinutes(5))), proven(Within.of(Duration.ofMinutes(6)))),
                Arguments.of(proven(Within.of(Duration.ofMinutes(5))), proven(Within.SESSION)),
                Arguments.of(proven(Within.REQUEST), proven(Within.SESSION)),
                Arguments.of(new Atom.Proven(resistant, Within.SESSION), new Atom.Proven(any, Within.SESSION)),
                Arguments.of(
                        credential(CredentialKind.SESSION),
                        credential(CredentialKind.SESSION, CredentialKind.API_TOKEN)),
                Arguments.of(labelled("a"), labelled()),
                Arguments.of(labelled("a", "b"), labelled("b")),
                Arguments.of(
                        new Atom.Credential(CredentialTest.kinds(CredentialKind.API_TOKEN)
                                .andAge(Bounds.below(Duration.ofDays(1)))),
                        labelled()),
                Arguments.of(size(Bounds.over(1.0)), new Atom.Project(ThingTest.any())),
                Arguments.of(
                        new Atom.Release(ThingTest.flag("x").andAge(Bounds.over(Duration.ofDays(1)))),
                        new Atom.Release(ThingTest.flag("x"))),
                Arguments.of(new Atom.Closed(), new Atom.EmailVerified()));
    }

    @ParameterizedTest
    @MethodSource("oneWay")
    void atom_thatIsNarrower_impliesTheWiderAndNotTheOtherWayRound(Atom narrow, Atom wide) {
        assertThat(implies(narrow, wide)).isTrue();
        assertThat(implies(wide, narrow)).isFalse();
        assertThat(implies(narrow, narrow)).isTrue();
    }

    /** Neither says anything of the other. */
    static Stream<Arguments> neitherWay() {
        return Stream.of(
                Arguments.of(proven(Within.REQUEST), proven(Within.of(Duration.ofMinutes(5)))),
                Arguments.of(
                        new Atom.Proven(FactorSelector.ofClasses(FactorClass.PHISHING_RESISTANT), Within.SESSION),
                        proven(Within.of(Duration.ofMinutes(5)))),
                Arguments.of(new Atom.EmailVerified(), new Atom.RecoveryCodesSaved()),
                Arguments.of(
                        new Atom.Enrolled(FactorSelector.ofKinds(FactorKind.TOTP)),
                        enrolled(FactorClass.PHISHING_RESISTANT)),
                Arguments.of(
                        new Atom.FactorsLeft(FactorSelector.ofClasses(FactorClass.ANY)), enrolled(FactorClass.ANY)),
                Arguments.of(new Atom.NewFactor(FactorSelector.ofClasses(FactorClass.ANY)), enrolled(FactorClass.ANY)),
                Arguments.of(labelled("a"), labelled("b")),
                Arguments.of(
                        new Atom.Credential(CredentialTest.any().andAge(Bounds.below(Duration.ofDays(1)))),
                        new Atom.Credential(CredentialTest.any().andIdle(Bounds.below(Duration.ofDays(1))))));
    }

    @ParameterizedTest
    @MethodSource("neitherWay")
    void atoms_thatSayNothingOfEachOther_areNotImplied(Atom one, Atom other) {
        assertThat(implies(one, other)).isFalse();
        assertThat(implies(other, one)).isFalse();
    }

    @Test
    void alternatives_eachWithWhatMustHoldBesides_implyTogether() {
        Atom email = new Atom.EmailVerified();
        Atom codes = new Atom.RecoveryCodesSaved();
        Atom factor = enrolled(FactorClass.ANY);
        Condition emailAndOneOf = Condition.all(email).andAnyOf(List.of(Condition.all(codes), Condition.all(factor)));
        Condition codesOrFactor = Condition.anyOf(Condition.all(codes), Condition.all(factor));

        assertThat(Implication.implies(emailAndOneOf, Condition.all(email))).isTrue();
        assertThat(Implication.implies(emailAndOneOf, Condition.all(codes))).isFalse();
        assertThat(Implication.implies(emailAndOneOf, codesOrFactor)).isTrue();
        assertThat(Implication.implies(codesOrFactor, emailAndOneOf)).isFalse();
        assertThat(Implication.implies(Condition.all(codes), codesOrFactor)).isTrue();
        assertThat(Implication.implies(Condition.all(email), codesOrFactor)).isFalse();
        assertThat(Implication.implies(Condition.all(email, factor), emailAndOneOf))
                .isTrue();
        assertThat(Implication.implies(Condition.all(factor), emailAndOneOf)).isFalse();
    }
}
