package dev.gatehouse.policy.document;

import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.Remedy;
import dev.gatehouse.policy.rule.Requirement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one requirement; each key given replaces that key of the parent's requirement whole. */
final class Requirements {
    private static final List<String> NEEDED = List.of("actions", "demand");
    private static final List<String> KEYS =
            List.of("actions", "except", "when", "unless", "demand", "remedy", "message", "notice", "phases");

    private final Reading reading;
    private final @Nullable LoadedPolicy parent;
    private final boolean extending;

    Requirements(Reading reading, @Nullable LoadedPolicy parent, boolean extending) {
        this.reading = reading;
        this.parent = parent;
        this.extending = extending;
    }

    /** The requirement, as far as it could be read. */
    Requirement read(Field field, Optional<Requirement> inherited) {
        String id = field.key();
        Fields fields = Fields.of(reading, field, "requirement '" + id + "'");
        List<String> actions = reading.strings(listed(fields.take("actions")));
        List<String> except = reading.strings(listed(fields.take("except")));
        Conditions conditions = new Conditions(reading, id);
        Condition when = conditions.read(fields.take("when"));
        Condition unless = conditions.read(fields.take("unless"));
        Condition demand = conditions.read(fields.take("demand"));
        Remedy remedy = remedy(fields.take("remedy"));
        String message = reading.string(fields.take("message"));
        String notice = reading.string(fields.take("notice"));
        List<Phases.Written> phases = new Phases(reading, id).read(fields.take("phases"));
        fields.finish();
        Set<String> given = fields.keys();
        Requirement old = inherited.orElse(null);
        if (old == null && field.node() instanceof Node.Table) {
            reportMissing(field, given);
        }
        Requirement.Builder builder = Requirement.builder(
                id,
                old == null || given.contains("actions") ? actions : old.actions(),
                old == null || given.contains("demand") ? demand : old.demand());
        builder.except(old == null || given.contains("except") ? except : old.except());
        builder.when(old == null || given.contains("when") ? when : old.when());
        builder.unless(old == null || given.contains("unless") ? unless : old.unless());
        Remedy keptRemedy = remedy == null && old != null ? old.remedy().orElse(null) : remedy;
        String keptMessage = message == null && old != null ? old.message().orElse(null) : message;
        String keptNotice = notice == null && old != null ? old.notice().orElse(null) : notice;
        builder = keptRemedy == null ? builder : builder.remedy(keptRemedy);
        builder = keptMessage == null ? builder : builder.message(keptMessage);
        builder = keptNotice == null ? builder : builder.notice(keptNotice);
        builder.phases(
                old == null || given.contains("phases")
                        ? phases.stream().map(Phases.Written::phase).toList()
                        : old.phases());
        Requirement requirement = builder.build();
        if (given.contains("phases")) {
            locate(field.path(), requirement, phases);
        }
        if (old != null && parent != null) {
            for (String key : KEYS) {
                if (!given.contains(key)) {
                    reading.locations().inherit(parent.locations(), field.path() + "." + key);
                }
            }
        }
        return requirement;
    }

    private void locate(String path, Requirement requirement, List<Phases.Written> written) {
        Map<Phase, String> paths = new HashMap<>();
        written.forEach(phase -> paths.putIfAbsent(phase.phase(), phase.path()));
        List<Phase> sorted = requirement.phases();
        for (int i = 0; i < sorted.size(); i++) {
            String place = Objects.requireNonNull(paths.get(sorted.get(i)));
            reading.locations().alias(path + ".phases[" + i + "]", place);
        }
    }

    private void reportMissing(Field field, Set<String> given) {
        if (extending && parent == null) {
            return; // What the parent has cannot be known.
        }
        for (String key : NEEDED) {
            if (!given.contains(key)) {
                String text = extending
                        ? "requirement '" + field.key() + "' is new here and lacks '" + key + "'"
                        : "'" + key + "' is missing from requirement '" + field.key() + "'";
                reading.problems().error(extending ? "P53" : "P05", field.path() + "." + key, field.at(), text);
            }
        }
    }

    /** A word listed twice is the one thing that a definition, being a set, cannot show any more. */
    private @Nullable Field listed(@Nullable Field field) {
        if (field != null && field.node() instanceof Node.Items array) {
            Set<Object> seen = new HashSet<>();
            Set<Object> told = new HashSet<>();
            for (Node item : array.items()) {
                if (item instanceof Node.Scalar scalar && !seen.add(scalar.value()) && told.add(scalar.value())) {
                    reading.problems()
                            .warning("P13", field.path(), field.at(), "'" + scalar.value() + "' is listed twice");
                }
            }
        }
        return field;
    }

    private @Nullable Remedy remedy(@Nullable Field field) {
        String word = reading.string(field);
        if (field == null || word == null) {
            return null;
        }
        Optional<Remedy> remedy = Remedy.of(word);
        if (remedy.isEmpty()) {
            reading.error("P27", field, "unknown remedy '" + word + "'");
        }
        return remedy.orElse(null);
    }
}
