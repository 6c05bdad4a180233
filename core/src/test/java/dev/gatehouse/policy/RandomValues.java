package dev.gatehouse.policy;

import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Reach;
import dev.gatehouse.policy.rule.Vocabulary;
import dev.gatehouse.policy.rule.Vocabulary.Section;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * The small world of the random policies and requests: so few constants that most facts lie at, just below or just above
 * one of them.
 */
final class RandomValues {
    static final Instant BASE = Instant.parse("2024-01-01T05:00:00Z");
    static final FactorKind SMART_CARD = FactorKind.custom("smart-card", FactorClass.HARDWARE_BOUND);
    static final FactorKind GRID = FactorKind.customOutsideClasses("grid", true);
    static final FactorKind PHONE_CALL = FactorKind.customOutsideClasses("phone-call", false);

    static final Vocabulary VOCABULARY = Vocabulary.empty()
            .with(Section.FLAGS, "account.vip", "v")
            .with(Section.FLAGS, "account.level", "v")
            .with(Section.FLAGS, "project.critical", "v")
            .with(Section.FLAGS, "project.mandated", "v")
            .with(Section.FLAGS, "organization.strict", "v")
            .with(Section.FLAGS, "release.signed", "v")
            .with(Section.FLAGS, "publisher.member", "v")
            .with(Section.FLAGS, "host.office-hours", "v")
            .with(Section.METRICS, "account.projects", "v")
            .with(Section.METRICS, "project.downloads", "v")
            .with(Section.METRICS, "organization.seats", "v")
            .with(Section.METRICS, "release.downloads", "v")
            .with(Section.LABELS, "api-token.granular", "v")
            .with(Section.LABELS, "api-token.bypass", "v")
            .with(Section.LABELS, "session.known-device", "v")
            .with(Section.EVENTS, "email-changed", "v")
            .with(Section.EVENTS, "code-used", "v")
            .with(Section.SWITCHES, "go", "v")
            .with(Section.SWITCHES, "brake", "v")
            .with(Section.ACTIONS, "webhook.manage", "v")
            .with(Section.ACTIONS, "project.archive", "v");

    static final List<Action> ACTIONS = List.of(
            Action.PUBLISH_RELEASE,
            Action.TOKEN_CREATE,
            Action.FACTOR_ENROL,
            Action.FACTOR_REMOVE,
            Action.PROJECT_SETTINGS,
            Action.PROJECT_VIEW,
            Action.RELEASE_YANK,
            Action.PUBLISH_EXCHANGE,
            Action.SIGN_IN_COMPLETE,
            Action.of("webhook.manage"),
            Action.of("project.archive"));

    private static final List<Duration> DURATIONS =
            List.of(Duration.ofSeconds(10), Duration.ofMinutes(15), Duration.ofDays(1), Duration.ofDays(90));
    private static final List<Double> NUMBERS = List.of(0.0, 99.0, 100.0, 100.5, 9_007_199_254_740_992.0);

    final Random random;

    RandomValues(Random random) {
        this.random = random;
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    @SafeVarargs
    final <T> T one(T... values) {
        return values[random.nextInt(values.length)];
    }

    /** Some of the values, at least this many. */
    <T> List<T> some(List<T> values, int atLeast) {
        List<T> left = new ArrayList<>(values);
        java.util.Collections.shuffle(left, random);
        return left.subList(0, Math.min(left.size(), atLeast + random.nextInt(2)));
    }

    Instant instant() {
        return BASE.plus(Duration.ofDays(random.nextInt(4)));
    }

    /** One of the constants, or a nanosecond beside it. */
    Instant instantNear() {
        return instant().plusNanos(one(-1L, 0L, 0L, 1L));
    }

    Duration duration() {
        return one(DURATIONS);
    }

    Duration durationNear() {
        return duration().plusNanos(one(-1L, 0L, 0L, 1L));
    }

    double number() {
        return one(NUMBERS);
    }

    double numberNear() {
        return one(number(), Math.nextUp(number()), Math.nextDown(number()), -0.0);
    }

    Reach reach() {
        return one(Reach.values());
    }

    /** Known mostly, sometimes unknown, rarely absent. */
    <T> Fact<T> fact(T value) {
        int dice = random.nextInt(20);
        return dice < 15 ? Fact.of(value) : dice < 18 ? Fact.unknown() : Fact.absent();
    }

    <T> Set<T> subset(List<T> values) {
        Set<T> set = new LinkedHashSet<>();
        for (T value : values) {
            if (chance(50)) {
                set.add(value);
            }
        }
        return set;
    }
}
