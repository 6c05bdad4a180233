package dev.gatehouse.policy.document;

import dev.gatehouse.policy.rule.Bounds;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.CredentialTest;
import dev.gatehouse.policy.rule.InstantBounds;
import dev.gatehouse.policy.rule.MetricTest;
import dev.gatehouse.policy.rule.Reach;
import dev.gatehouse.policy.rule.ThingTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what the larger atoms hold: credentials, things, bounds. */
final class Bodies {
    private static final String REACHES = "account, organization, pattern, projects or project";

    private final Reading reading;
    private final String requirement;

    Bodies(Reading reading, String requirement) {
        this.reading = reading;
        this.requirement = requirement;
    }

    /** The value of the key; P05 at the table around it if it is not given. */
    @Nullable
    Field needed(Fields fields, Field around, String key) {
        Field field = fields.take(key);
        if (field == null && around.node() instanceof Node.Table) {
            missing(around, key);
        }
        return field;
    }

    private void missing(Field around, String key) {
        reading.problems()
                .error(
                        "P05",
                        around.path() + "." + key,
                        around.at(),
                        "'" + key + "' is missing from requirement '" + requirement + "'");
    }

    CredentialTest credential(Field field) {
        if (!(field.node() instanceof Node.Table)) {
            return CredentialTest.any().andOneOf(reading.oneOrMore(field, this::pattern));
        }
        Fields fields = Fields.of(reading, field, "'credential'");
        CredentialTest test = CredentialTest.any()
                .andOneOf(reading.oneOrMore(fields.take("kind"), this::pattern))
                .andAge(durations(fields.take("age")))
                .andIdle(durations(fields.take("idle")))
                .andLifetime(durations(fields.take("lifetime")))
                .andCreated(instants(fields.take("created")))
                .andReach(reach(fields.take("reach")));
        fields.finish();
        return test;
    }

    private CredentialTest.@Nullable Pattern pattern(Field field) {
        String text = reading.string(field);
        if (text == null) {
            return null;
        }
        String[] words = text.split("\\.", -1);
        Optional<CredentialKind> kind = CredentialKind.of(words[0]);
        if (kind.isEmpty()) {
            reading.error("P27", field, "unknown credential kind '" + words[0] + "'");
            return null;
        }
        return new CredentialTest.Pattern(kind.get(), Arrays.asList(words).subList(1, words.length));
    }

    ThingTest thing(Field field) {
        Fields fields = Fields.of(reading, field, "'" + field.key() + "'");
        ThingTest test = ThingTest.any()
                .andRegistered(instants(fields.take("registered")))
                .andCreated(instants(fields.take("created")))
                .andAge(durations(fields.take("age")))
                .andAnyFlag(reading.oneOrMore(fields.take("flag")))
                .andAllFlags(reading.oneOrMore(fields.take("flags")));
        Map<MetricTest, String> metrics = new LinkedHashMap<>();
        metric(fields, field, metrics);
        for (Field item : reading.items(fields.take("metrics"), "an array of tables")) {
            Fields one = Fields.of(reading, item, "'metrics'");
            needed(one, item, "metric");
            metric(one, item, metrics);
            one.finish();
        }
        fields.finish();
        test = test.andMetrics(metrics.keySet());
        for (int i = 0; i < test.metrics().size(); i++) {
            String written = Objects.requireNonNull(metrics.get(test.metrics().get(i)));
            reading.locations().alias(field.path() + ".metrics[" + i + "]", written);
        }
        return test;
    }

    private void metric(Fields fields, Field around, Map<MetricTest, String> metrics) {
        Field field = fields.take("metric");
        Bounds<Double> bounds = bounds(fields, reading::number);
        String name = reading.string(field);
        if (field == null) {
            if (!bounds.isNone() && !reading.problems().isBroken(around.path() + ".metric")) {
                missing(around, "metric");
            }
        } else if (bounds.isNone()) {
            if (!reading.problems().isBroken(around.path())) {
                reading.wrongValue(field, "a bound beside it: over, at-least, below or at-most", "none");
            }
        } else if (name != null) {
            metrics.putIfAbsent(new MetricTest(name, bounds), field.path());
        }
    }

    private <T extends Comparable<T>> Bounds<T> bounds(Fields fields, Function<Field, @Nullable T> read) {
        Bounds<T> bounds = Bounds.none();
        T over = value(fields.take("over"), read);
        T atLeast = value(fields.take("at-least"), read);
        T below = value(fields.take("below"), read);
        T atMost = value(fields.take("at-most"), read);
        bounds = over == null ? bounds : bounds.andOver(over);
        bounds = atLeast == null ? bounds : bounds.andAtLeast(atLeast);
        bounds = below == null ? bounds : bounds.andBelow(below);
        return atMost == null ? bounds : bounds.andAtMost(atMost);
    }

    private static <T> @Nullable T value(@Nullable Field field, Function<Field, @Nullable T> read) {
        return field == null ? null : read.apply(field);
    }

    /** A table of bounds on a duration. */
    Bounds<Duration> durations(@Nullable Field field) {
        if (field == null) {
            return Bounds.none();
        }
        Fields fields = Fields.of(reading, field, "'" + field.key() + "'");
        Bounds<Duration> bounds =
                this.<Duration>bounds(fields, f -> reading.dates().duration(f));
        Field list = fields.take("one-of");
        List<Duration> values = reading.oneOrMore(list, f -> reading.dates().duration(f));
        fields.finish();
        notEmpty(fields, field);
        return values.isEmpty() ? bounds : bounds.andOneOf(values);
    }

    /** A table of bounds on an instant. */
    InstantBounds instants(@Nullable Field field) {
        if (field == null) {
            return InstantBounds.none();
        }
        Fields fields = Fields.of(reading, field, "'" + field.key() + "'");
        Instant since = reading.dates().instant(fields.take("since"));
        Instant before = reading.dates().instant(fields.take("before"));
        fields.finish();
        notEmpty(fields, field);
        InstantBounds bounds = since == null ? InstantBounds.none() : InstantBounds.since(since);
        return before == null ? bounds : bounds.andBefore(before);
    }

    private void notEmpty(Fields fields, Field field) {
        if (fields.isEmpty() && field.node() instanceof Node.Table) {
            reading.wrongValue(field, "a bound", "an empty table");
        }
    }

    List<Reach> reach(@Nullable Field field) {
        return reading.oneOrMore(field, f -> reading.word(f, Reach::of, REACHES));
    }
}
