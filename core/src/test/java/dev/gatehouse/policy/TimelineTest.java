package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which slice of time an instant falls into, at each edge and beside it, in whatever order instants are asked for. */
class TimelineTest {
    private static final Instant FROM = Instant.parse("2024-01-01T00:00:00.5Z");
    private static final Instant UNTIL = Instant.parse("2024-01-01T00:00:02.25Z");
    private static final Instant WINDOW = Instant.parse("2025-01-01T00:00:00Z");

    private static final Requirement RULE = Samples.requirement("one", new Atom.EmailVerified())
            .phases(
                    Phase.builder(Mode.ENFORCE).from(FROM).until(UNTIL).build(),
                    Phase.builder(Mode.WARN)
                            .windows(List.of(new Window(WINDOW, Duration.ofSeconds(1))))
                            .build())
            .build();

    private final Timeline timeline = new Timeline(
            List.of(new Rule(RULE, Set.of(Action.PROJECT_SETTINGS))),
            Action.core().size());

    private Slice at(Instant instant) {
        return timeline.at(instant.getEpochSecond(), instant.getNano());
    }

    @Test
    void at_eachSideOfAnEdge_isAnotherSlice() {
        for (Instant edge : List.of(FROM, UNTIL, WINDOW, WINDOW.plusSeconds(1))) {
            Slice before = at(edge.minusNanos(1));
            Slice after = at(edge);

            assertThat(after).as("%s", edge).isNotSameAs(before);
            assertThat(at(edge.plusNanos(1))).isSameAs(after);
            assertThat(at(edge.minusNanos(1))).as("made once").isSameAs(before);
            assertThat(before.contains(edge.getEpochSecond(), edge.getNano())).isFalse();
            assertThat(after.contains(edge.getEpochSecond(), edge.getNano())).isTrue();
        }
    }

    @Test
    void at_theEndsOfTime_isTheFirstSliceAndTheLast() {
        assertThat(at(Instant.MIN)).isSameAs(at(FROM.minusNanos(1))).isNotSameAs(at(Instant.MAX));
        assertThat(at(Instant.MAX)).isSameAs(at(WINDOW.plusSeconds(1)));
        assertThat(at(Instant.MAX.minusNanos(1))).isSameAs(at(WINDOW.plusSeconds(1)));
    }

    @Test
    void contains_withinOneSecond_goesByTheNanosecond() {
        Slice slice = new Slice(FROM, FROM.plusNanos(10), List.of(), 1);

        assertThat(slice.contains(FROM.getEpochSecond(), FROM.getNano() - 1)).isFalse();
        assertThat(slice.contains(FROM.getEpochSecond(), FROM.getNano())).isTrue();
        assertThat(slice.contains(FROM.getEpochSecond(), FROM.getNano() + 9)).isTrue();
        assertThat(slice.contains(FROM.getEpochSecond(), FROM.getNano() + 10)).isFalse();
        assertThat(slice.contains(FROM.getEpochSecond() - 1, FROM.getNano() + 5))
                .isFalse();
        assertThat(slice.contains(FROM.getEpochSecond() + 1, FROM.getNano() + 5))
                .isFalse();
    }

    @Test
    void plan_ofEachKindOfCredential_isItsOwnAndMadeOnce() {
        Slice slice = at(FROM);
        Setting setting = new Setting(
                Supplied.nothing(),
                PolicyControls.none(),
                Map.of(),
                new Share(null),
                Duration.ZERO,
                Setting.LONGEST_WAIVER);

        for (CredentialKind kind : CredentialKind.values()) {
            Plan plan = slice.plan(Action.PROJECT_SETTINGS, 3, kind, setting);
            assertThat(slice.plan(Action.PROJECT_SETTINGS, 3, kind, setting)).isSameAs(plan);
            for (CredentialKind other : CredentialKind.values()) {
                if (other != kind) {
                    assertThat(slice.plan(Action.PROJECT_SETTINGS, 3, other, setting))
                            .isNotSameAs(plan);
                }
            }
        }
    }

    /** What texts call the beginning of a rule: the next one for everybody, the next one for some, or the last that was. */
    @Test
    void enforcedFrom_isTheNextBeginningOrTheLastOne() {
        Instant now = Samples.NOW;
        Instant soon = now.plusSeconds(10);
        Instant later = now.plusSeconds(20);
        Instant past = now.minusSeconds(10);
        Instant longPast = now.minusSeconds(20);

        assertThat(enforcedFrom()).isEmpty();
        assertThat(enforcedFrom(Phase.builder(Mode.ENFORCE).until(later).build()))
                .isEmpty();
        assertThat(enforcedFrom(Phase.from(Mode.WARN, soon))).isEmpty();
        assertThat(enforcedFrom(
                        Phase.builder(Mode.ENFORCE).from(soon).tentative().build()))
                .isEmpty();
        assertThat(enforcedFrom(Phase.from(Mode.ENFORCE, later), Phase.from(Mode.ENFORCE, soon)))
                .hasValue(soon);
        assertThat(enforcedFrom(Phase.from(Mode.ENFORCE, longPast), Phase.from(Mode.ENFORCE, past)))
                .hasValue(past);
        assertThat(enforcedFrom(Phase.from(Mode.ENFORCE, past), Phase.from(Mode.ENFORCE, later)))
                .hasValue(later);
        assertThat(enforcedFrom(Phase.from(Mode.ENFORCE, now))).hasValue(now);
        assertThat(enforcedFrom(Phase.from(Mode.ENFORCE, now), Phase.from(Mode.ENFORCE, later)))
                .as("the first has begun")
                .hasValue(later);
        Phase windows = Phase.builder(Mode.ENFORCE)
                .windows(List.of(new Window(soon, Duration.ofSeconds(1)), new Window(later, Duration.ofSeconds(1))))
                .build();
        assertThat(enforcedFrom(windows)).hasValue(soon);
        assertThat(enforcedFrom(windows, Phase.from(Mode.ENFORCE, later)))
                .as("for everybody")
                .hasValue(later);
    }

    @Test
    void enforcedFrom_ofAPhaseForSome_comesAfterOneForEverybody() {
        Instant soon = Samples.NOW.plusSeconds(10);
        Instant later = Samples.NOW.plusSeconds(20);
        dev.gatehouse.policy.rule.Condition some =
                dev.gatehouse.policy.rule.Condition.all(new Atom.RecoveryCodesSaved());

        for (Phase.Builder narrow : List.of(
                Phase.builder(Mode.ENFORCE).when(some),
                Phase.builder(Mode.ENFORCE).unless(some),
                Phase.builder(Mode.ENFORCE).share(java.math.BigDecimal.TEN),
                Phase.builder(Mode.ENFORCE).switchName("go"))) {
            Phase phase = narrow.from(soon).build();
            assertThat(enforcedFrom(phase)).hasValue(soon);
            assertThat(enforcedFrom(phase, Phase.from(Mode.ENFORCE, later)))
                    .as("%s", phase)
                    .hasValue(later);
        }
    }

    private static Optional<Instant> enforcedFrom(Phase... phases) {
        Requirement rule = Samples.requirement("one", new Atom.EmailVerified())
                .phases(phases)
                .build();
        return new Rule(rule, Set.of()).enforcedFrom(Samples.NOW);
    }
}
