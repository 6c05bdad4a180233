package dev.gatehouse.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.testing.EqualsTester;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two parts of a policy are equal where they say the same, and differ where anything they say differs. */
class RuleValuesTest {
    private static final Instant AT = Instant.parse("2024-01-01T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Condition MAIL = Condition.all(new Atom.EmailVerified());
    private static final Condition CODES = Condition.all(new Atom.RecoveryCodesSaved());

    private static Requirement.Builder requirement() {
        return Requirement.builder("r", List.of("publish"), MAIL);
    }

    private static PolicyDefinition.Builder definition() {
        return PolicyDefinition.builder("p", 1);
    }

    private static Arguments of(String type, List<Supplier<Object>> different) {
        return Arguments.of(type, different);
    }

    static Stream<Arguments> values() {
        return Stream.of(
                of(
                        "Within",
                        List.of(
                                () -> Within.REQUEST,
                                () -> Within.SESSION,
                                () -> Within.of(DAY),
                                () -> Within.of(DAY.plusDays(1)))),
                of("Action", List.of(() -> Action.of("publish.file"), () -> Action.of("x.a"), () -> Action.of("x.b"))),
                of(
                        "InstantBounds",
                        List.of(
                                InstantBounds::none,
                                () -> InstantBounds.since(AT),
                                () -> InstantBounds.before(AT),
                                () -> InstantBounds.since(AT).andBefore(AT.plusSeconds(1)))),
                of(
                        "Bounds",
                        List.of(
                                Bounds::<Duration>none,
                                () -> Bounds.over(DAY),
                                () -> Bounds.atLeast(DAY),
                                () -> Bounds.below(DAY),
                                () -> Bounds.atMost(DAY),
                                () -> Bounds.oneOf(List.of(DAY)),
                                () -> Bounds.over(DAY).andAtMost(DAY.plusDays(1)))),
                of(
                        "ThingTest",
                        List.of(
                                ThingTest::any,
                                () -> ThingTest.flag("a"),
                                () -> ThingTest.flag("a", "b"),
                                () -> ThingTest.any().andAllFlags(List.of("a")),
                                () -> ThingTest.metric("m", Bounds.over(1d)),
                                () -> ThingTest.registered(InstantBounds.since(AT)),
                                () -> ThingTest.any().andCreated(InstantBounds.since(AT)),
                                () -> ThingTest.any().andAge(Bounds.over(DAY)))),
                of(
                        "CredentialTest",
                        List.of(
                                CredentialTest::any,
                                () -> CredentialTest.kinds(CredentialKind.PASSWORD),
                                () -> CredentialTest.kinds(CredentialKind.SESSION),
                                () -> CredentialTest.labelled(CredentialKind.API_TOKEN, "legacy"),
                                () -> CredentialTest.any().andAge(Bounds.over(DAY)),
                                () -> CredentialTest.any().andIdle(Bounds.over(DAY)),
                                () -> CredentialTest.any().andLifetime(Bounds.over(DAY)),
                                () -> CredentialTest.any().andCreated(InstantBounds.since(AT)),
                                () -> CredentialTest.any().andReach(List.of(Reach.PROJECT)))),
                of(
                        "Condition",
                        List.of(
                                Condition::empty,
                                () -> Condition.all(new Atom.EmailVerified()),
                                () -> Condition.all(new Atom.RecoveryCodesSaved()),
                                () -> Condition.anyOf(MAIL, CODES),
                                () -> MAIL.andAnyOf(List.of(MAIL, CODES)))),
                of(
                        "Phase",
                        List.of(
                                () -> Phase.builder(Mode.ENFORCE).build(),
                                () -> Phase.builder(Mode.WARN).build(),
                                () -> Phase.from(Mode.ENFORCE, AT),
                                () -> Phase.builder(Mode.ENFORCE).until(AT).build(),
                                () -> Phase.builder(Mode.ENFORCE)
                                        .windows(List.of(new Window(AT, DAY)))
                                        .build(),
                                () -> Phase.builder(Mode.ENFORCE).when(MAIL).build(),
                                () -> Phase.builder(Mode.ENFORCE).unless(MAIL).build(),
                                () -> Phase.builder(Mode.ENFORCE)
                                        .share(BigDecimal.TEN)
                                        .build(),
                                () -> Phase.builder(Mode.ENFORCE)
                                        .switchName("s")
                                        .build(),
                                () -> Phase.builder(Mode.ENFORCE).tentative().build())),
                of(
                        "Requirement",
                        List.of(
                                () -> requirement().build(),
                                () -> Requirement.builder("s", List.of("publish"), MAIL)
                                        .build(),
                                () -> Requirement.builder("r", List.of("manage"), MAIL)
                                        .build(),
                                () -> Requirement.builder("r", List.of("publish"), CODES)
                                        .build(),
                                () -> requirement()
                                        .except(List.of("publish.stage"))
                                        .build(),
                                () -> requirement().when(CODES).build(),
                                () -> requirement().unless(CODES).build(),
                                () -> requirement().remedy(Remedy.PROVE).build(),
                                () -> requirement().message("m").build(),
                                () -> requirement().notice("n").build(),
                                () -> requirement()
                                        .phases(Phase.from(Mode.WARN, AT))
                                        .build())),
                of(
                        "Vocabulary",
                        List.of(
                                Vocabulary::empty,
                                () -> Vocabulary.empty().with(Vocabulary.Section.FLAGS, "x.a", "m"),
                                () -> Vocabulary.empty().with(Vocabulary.Section.FLAGS, "x.a", "n"))),
                of(
                        "PolicyDefinition",
                        List.of(
                                () -> definition().build(),
                                () -> PolicyDefinition.builder("q", 1).build(),
                                () -> PolicyDefinition.builder("p", 2).build(),
                                () -> definition()
                                        .reviewed(LocalDate.of(2026, 1, 1))
                                        .build(),
                                () -> definition().lineage(List.of("pypi/1")).build(),
                                () -> definition().dropped(List.of("r")).build(),
                                () -> definition().ungated(List.of("read")).build(),
                                () -> definition()
                                        .vocabulary(Vocabulary.empty().with(Vocabulary.Section.FLAGS, "x.a", "m"))
                                        .build(),
                                () -> definition()
                                        .requirement(requirement().build())
                                        .build())));
    }

    @ParameterizedTest
    @MethodSource("values")
    void equals_ofEachPart_comparesEveryPart(String type, List<Supplier<Object>> different) {
        EqualsTester tester = new EqualsTester();
        different.forEach(value -> tester.addEqualityGroup(value.get(), value.get()));

        tester.testEquals();
    }

    /** What a part says is also what its text shows, and what it is hashed by. */
    @ParameterizedTest
    @MethodSource("values")
    void toStringAndHashCode_ofDifferentParts_differ(String type, List<Supplier<Object>> different) {
        Set<Integer> hashes = new LinkedHashSet<>();
        Set<String> texts = new LinkedHashSet<>();
        for (Supplier<Object> value : different) {
            hashes.add(value.get().hashCode());
            texts.add(value.get().toString());
        }

        assertThat(texts).doesNotContain("");
        if (!type.equals("PolicyDefinition") && !type.equals("Requirement")) {
            assertThat(texts).as("texts").hasSameSizeAs(different);
        }
        assertThat(hashes).hasSizeGreaterThan(2);
    }
}
