package dev.gatehouse.policy.document;

import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.Reach;
import dev.gatehouse.policy.rule.ThingTest;
import dev.gatehouse.policy.rule.Within;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads conditions: the atoms of {@code when}, {@code unless} and {@code demand}. */
final class Conditions {
    private static final String ANY_OF = "any-of";

    private final Reading reading;
    private final Bodies bodies;

    Conditions(Reading reading, String requirement) {
        this.reading = reading;
        this.bodies = new Bodies(reading, requirement);
    }

    /** The condition, as far as it could be read. */
    Condition read(@Nullable Field field) {
        if (field == null) {
            return Condition.empty();
        }
        Fields fields = Fields.of(reading, field, "'" + field.key() + "'");
        Condition atoms = atoms(fields);
        Field alternatives = fields.take(ANY_OF);
        fields.finish();
        return alternatives == null ? atoms : withAlternatives(atoms, alternatives);
    }

    private Condition withAlternatives(Condition atoms, Field field) {
        Map<Condition, String> read = new LinkedHashMap<>();
        List<Field> items = reading.items(field, "an array of tables");
        for (Field item : items) {
            Fields fields = Fields.of(reading, item, "'any-of'");
            Condition alternative = atoms(fields);
            Field nested = fields.take(ANY_OF);
            fields.finish();
            if (nested != null) {
                reading.error("P24", nested, "any-of inside any-of: write two requirements");
            }
            reading.locations().put(item.path(), item.at());
            if (!alternative.isEmpty()) {
                read.putIfAbsent(alternative, item.path());
            }
        }
        if (read.size() < 2 || read.size() < items.size()) {
            if (!reading.problems().isBroken(field.path())) {
                reading.error("P25", field, "any-of needs two or more alternatives");
            }
        }
        if (read.isEmpty()) {
            return atoms;
        }
        // The document is refused in any case; with a stand-in, what is left is still looked through for more faults.
        for (Atom standIn : List.of(new Atom.EmailVerified(), new Atom.RecoveryCodesSaved())) {
            if (read.size() < 2) {
                read.putIfAbsent(Condition.all(standIn), field.path());
            }
        }
        Condition whole = atoms.andAnyOf(read.keySet());
        for (int i = 0; i < whole.anyOf().size(); i++) {
            String written = Objects.requireNonNull(read.get(whole.anyOf().get(i)));
            reading.locations().alias(field.path() + "[" + i + "]", written);
        }
        return whole;
    }

    private Condition atoms(Fields fields) {
        List<Atom> atoms = new ArrayList<>();
        add(atoms, fields, "credential", f -> new Atom.Credential(bodies.credential(f)));
        add(atoms, fields, "enrolled", f -> select(f, Atom.Enrolled::new));
        add(atoms, fields, "proven", this::proven);
        add(atoms, fields, "factors-left", f -> select(f, Atom.FactorsLeft::new));
        add(atoms, fields, "email-verified", f -> reading.isTrue(f) ? new Atom.EmailVerified() : null);
        add(atoms, fields, "recovery-codes-saved", f -> reading.isTrue(f) ? new Atom.RecoveryCodesSaved() : null);
        thing(atoms, fields, "account", Atom.Account::new);
        thing(atoms, fields, "maintains", Atom.Maintains::new);
        thing(atoms, fields, "member-of", Atom.MemberOf::new);
        thing(atoms, fields, "project", Atom.Project::new);
        thing(atoms, fields, "organization", Atom.Organization::new);
        thing(atoms, fields, "release", Atom.Release::new);
        add(atoms, fields, "publisher", this::publisher);
        add(atoms, fields, "new-token", this::newToken);
        add(atoms, fields, "new-factor", f -> select(f, Atom.NewFactor::new));
        add(atoms, fields, "elapsed", this::elapsed);
        add(atoms, fields, "closed", f -> reading.isTrue(f) ? new Atom.Closed() : null);
        add(atoms, fields, "host", this::host);
        return Condition.all(atoms);
    }

    private static void add(List<Atom> atoms, Fields fields, String key, Function<Field, @Nullable Atom> read) {
        Field field = fields.take(key);
        Atom atom = field == null ? null : read.apply(field);
        if (atom != null) {
            atoms.add(atom);
        }
    }

    private void thing(List<Atom> atoms, Fields fields, String key, Function<ThingTest, Atom> make) {
        add(atoms, fields, key, f -> make.apply(bodies.thing(f)));
    }

    private @Nullable Atom select(Field field, Function<FactorSelector, Atom> make) {
        FactorSelector selector = reading.factors(field);
        return selector == null ? null : make.apply(selector);
    }

    private @Nullable Atom proven(Field field) {
        Fields fields = Fields.of(reading, field, "'proven'");
        Field factor = bodies.needed(fields, field, "factor");
        Field within = bodies.needed(fields, field, "within");
        fields.finish();
        FactorSelector selector = reading.factors(factor);
        Within bound = within == null ? null : within(within);
        return selector == null || bound == null ? null : new Atom.Proven(selector, bound);
    }

    private @Nullable Within within(Field field) {
        Object word = field.node() instanceof Node.Scalar scalar ? scalar.value() : "";
        if (word.equals("request")) {
            return Within.REQUEST;
        }
        if (word.equals("session")) {
            return Within.SESSION;
        }
        Duration duration = reading.dates().duration(field);
        return duration == null ? null : Within.of(duration);
    }

    private Atom publisher(Field field) {
        Fields fields = Fields.of(reading, field, "'publisher'");
        Atom atom = new Atom.Publisher(
                reading.oneOrMore(fields.take("provider")),
                reading.oneOrMore(fields.take("event")),
                reading.oneOrMore(fields.take("ref")),
                reading.oneOrMore(fields.take("flag")),
                reading.oneOrMore(fields.take("flags")));
        fields.finish();
        return atom;
    }

    private Atom newToken(Field field) {
        Fields fields = Fields.of(reading, field, "'new-token'");
        List<String> labels = reading.oneOrMore(fields.take("label"));
        Field lifetime = fields.take("lifetime");
        List<Reach> reach = bodies.reach(fields.take("reach"));
        fields.finish();
        return new Atom.NewToken(labels, bodies.durations(lifetime), reach);
    }

    private @Nullable Atom elapsed(Field field) {
        Fields fields = Fields.of(reading, field, "'elapsed'");
        List<String> since = reading.oneOrMore(bodies.needed(fields, field, "since"));
        Duration atLeast = reading.dates().duration(bodies.needed(fields, field, "at-least"));
        fields.finish();
        return since.isEmpty() || atLeast == null ? null : new Atom.Elapsed(since, atLeast);
    }

    private @Nullable Atom host(Field field) {
        Fields fields = Fields.of(reading, field, "'host'");
        List<String> ids = reading.oneOrMore(bodies.needed(fields, field, "flag"));
        fields.finish();
        return ids.isEmpty() ? null : new Atom.Host(ids);
    }
}
