package dev.gatehouse.policy.document;

import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the phases of one requirement, in the order in which they are written. */
final class Phases {
    private final Reading reading;
    private final Bodies bodies;
    private final Conditions conditions;

    Phases(Reading reading, String requirement) {
        this.reading = reading;
        this.bodies = new Bodies(reading, requirement);
        this.conditions = new Conditions(reading, requirement);
    }

    /**
     * A phase and where it stands.
     *
     * @param path in the document
     */
    record Written(Phase phase, String path) {}

    List<Written> read(@Nullable Field field) {
        List<Written> phases = new ArrayList<>();
        List<Field> items = reading.items(field, "an array of tables");
        if (field != null && field.node() instanceof Node.Items && items.isEmpty()) {
            reading.wrongValue(field, "a phase or more", "an empty array");
        }
        for (Field item : items) {
            reading.locations().put(item.path(), item.at());
            Phase phase = phase(item);
            if (phase != null) {
                phases.add(new Written(phase, item.path()));
            }
        }
        return phases;
    }

    private @Nullable Phase phase(Field item) {
        Fields fields = Fields.of(reading, item, "'phases'");
        Field modeField = bodies.needed(fields, item, "mode");
        Mode mode = modeField == null ? null : reading.word(modeField, Mode::of, "announce, report, warn or enforce");
        // A phase without a mode still has its other faults reported.
        Phase.Builder builder = Phase.builder(mode == null ? Mode.ANNOUNCE : mode);
        Instant from = reading.dates().instant(fields.take("from"));
        Instant until = reading.dates().instant(fields.take("until"));
        builder = from == null ? builder : builder.from(from);
        builder = until == null ? builder : builder.until(until);
        builder.windows(windows(fields.take("windows")));
        builder.when(conditions.read(fields.take("when")));
        builder.unless(conditions.read(fields.take("unless")));
        BigDecimal share = share(fields.take("share"));
        builder = share == null ? builder : builder.share(share);
        String switchName = reading.string(fields.take("switch"));
        builder = switchName == null ? builder : builder.switchName(switchName);
        Boolean tentative = reading.scalar(fields.take("tentative"), Boolean.class, "true or false");
        builder = Boolean.TRUE.equals(tentative) ? builder.tentative() : builder;
        fields.finish();
        return item.node() instanceof Node.Table ? builder.build() : null;
    }

    private List<Window> windows(@Nullable Field field) {
        List<Window> windows = new ArrayList<>();
        Map<Window, String> paths = new HashMap<>();
        List<Field> items = reading.items(field, "an array of tables");
        if (field != null && field.node() instanceof Node.Items && items.isEmpty()) {
            reading.wrongValue(field, "a window or more", "an empty array");
        }
        for (Field item : items) {
            reading.locations().put(item.path(), item.at());
            Fields fields = Fields.of(reading, item, "'windows'");
            Instant from = reading.dates().instant(bodies.needed(fields, item, "from"));
            Duration length = reading.dates().duration(bodies.needed(fields, item, "for"));
            fields.finish();
            if (from != null && length != null) {
                windows.add(new Window(from, length));
                paths.putIfAbsent(windows.get(windows.size() - 1), item.path());
            }
        }
        List<Window> sorted =
                Phase.builder(Mode.ANNOUNCE).windows(windows).build().windows();
        for (int i = 0; field != null && i < sorted.size(); i++) {
            reading.locations().alias(field.path() + "[" + i + "]", Objects.requireNonNull(paths.get(sorted.get(i))));
        }
        return windows;
    }

    private @Nullable BigDecimal share(@Nullable Field field) {
        Double number = field == null ? null : reading.number(field);
        return number == null ? null : BigDecimal.valueOf(number);
    }
}
