package dev.gatehouse.policy;

import dev.gatehouse.policy.Dimension.Choice;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Bounds;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.InstantBounds;
import dev.gatehouse.policy.rule.MetricTest;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.ThingTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The facts that a policy reads and a person cannot change alone, each with the values that its constants tell apart. The
 * account's flags that a demand asks for are settings, which a person can change.
 */
final class Dimensions {
    private final Map<String, Dimension> all = new TreeMap<>();
    private final Set<String> settings;

    Dimensions(PolicyDefinition definition) {
        this.settings = settings(definition);
        Map<String, Set<Instant>> instants = new TreeMap<>();
        Map<String, List<MetricTest>> metrics = new TreeMap<>();
        for (Requirement requirement : definition.requirements()) {
            Rule.conditions(requirement).flatMap(Rule::atoms).forEach(atom -> collect(atom, instants, metrics));
            requirement.phases().forEach(phase -> phase.switchName().ifPresent(this::switchOf));
        }
        instants.forEach(this::instants);
        metrics.forEach(this::metrics);
    }

    /** The account's flags that some demand asks for. */
    static Set<String> settings(PolicyDefinition definition) {
        Set<String> settings = new TreeSet<>();
        for (Requirement requirement : definition.requirements()) {
            Rule.atoms(requirement.demand())
                    .filter(Atom.Account.class::isInstance)
                    .map(atom -> ((Atom.Account) atom).test())
                    .forEach(test -> {
                        settings.addAll(test.anyFlag());
                        settings.addAll(test.allFlags());
                    });
        }
        return settings;
    }

    /** The dimensions that these requirements read at an instant, in a fixed order. */
    List<Dimension> readBy(Collection<Requirement> requirements, Instant at) {
        Set<String> read = new TreeSet<>();
        for (Requirement requirement : requirements) {
            List<Phase> on = requirement.phases().stream()
                    .filter(phase -> phase.isOn(at))
                    .toList();
            if (on.isEmpty() && !requirement.phases().isEmpty()) {
                continue;
            }
            Stream<Condition> own = Stream.of(requirement.when(), requirement.unless(), requirement.demand());
            Stream<Condition> ofPhases = on.stream().flatMap(phase -> Stream.of(phase.when(), phase.unless()));
            Stream.concat(own, ofPhases).flatMap(Rule::atoms).forEach(atom -> read.addAll(about(atom)));
            on.forEach(phase -> phase.switchName().ifPresent(name -> read.add("switch " + name)));
        }
        return read.stream().filter(all::containsKey).map(all::get).toList();
    }

    /** Those by which it shows whether a requirement binds at all, exemptions aside: what {@code when} and its phases' read. */
    List<Dimension> bindingBy(Requirement requirement, Instant at) {
        Set<String> read = new TreeSet<>();
        Stream<Condition> ofPhases =
                requirement.phases().stream().filter(phase -> phase.isOn(at)).map(Phase::when);
        Stream.concat(Stream.of(requirement.when()), ofPhases)
                .flatMap(Rule::atoms)
                .forEach(atom -> read.addAll(about(atom)));
        return read.stream().filter(all::containsKey).map(all::get).toList();
    }

    private static Set<String> about(Atom atom) {
        Set<String> about = new LinkedHashSet<>();
        if (atom instanceof Atom.Account a) {
            about.addAll(about("account", a.test()));
        } else if (atom instanceof Atom.Project a) {
            about.addAll(about("project", a.test()));
        } else if (atom instanceof Atom.Organization a) {
            about.addAll(about("organization", a.test()));
        } else if (atom instanceof Atom.Maintains a) {
            about.add("maintains " + a.test());
        } else if (atom instanceof Atom.MemberOf a) {
            about.add("member-of " + a.test());
        } else if (atom instanceof Atom.Host a) {
            a.anyOf().forEach(id -> about.add("host " + id));
        }
        return about;
    }

    private static Set<String> about(String owner, ThingTest test) {
        Set<String> about = new LinkedHashSet<>();
        if (!test.registered().isNone()) {
            about.add(owner + " registered");
        }
        if (!test.created().isNone()) {
            about.add(owner + " created");
        }
        test.anyFlag().forEach(flag -> about.add(owner + " flag " + flag));
        test.allFlags().forEach(flag -> about.add(owner + " flag " + flag));
        test.metrics().forEach(metric -> about.add(owner + " metric " + metric.metric()));
        return about;
    }

    private void collect(Atom atom, Map<String, Set<Instant>> instants, Map<String, List<MetricTest>> metrics) {
        if (atom instanceof Atom.Account a) {
            thing("account", a.test(), instants, metrics);
        } else if (atom instanceof Atom.Project a) {
            thing("project", a.test(), instants, metrics);
        } else if (atom instanceof Atom.Organization a) {
            thing("organization", a.test(), instants, metrics);
        } else if (atom instanceof Atom.Maintains a) {
            member("maintains", a.test(), cohort -> cohort.maintains);
        } else if (atom instanceof Atom.MemberOf a) {
            member("member-of", a.test(), cohort -> cohort.memberOf);
        } else if (atom instanceof Atom.Host a) {
            a.anyOf().forEach(id -> yesOrNo("host " + id, cohort -> cohort.host.add(id)));
        }
    }

    private void thing(
            String owner, ThingTest test, Map<String, Set<Instant>> instants, Map<String, List<MetricTest>> metrics) {
        span(owner + " registered", test.registered(), instants);
        span(owner + " created", test.created(), instants);
        flags(owner, test.anyFlag());
        flags(owner, test.allFlags());
        test.metrics()
                .forEach(metric -> metrics.computeIfAbsent(owner + " metric " + metric.metric(), k -> new ArrayList<>())
                        .add(metric));
    }

    private static void span(String about, InstantBounds span, Map<String, Set<Instant>> instants) {
        if (!span.isNone()) {
            Set<Instant> edges = instants.computeIfAbsent(about, k -> new TreeSet<>());
            span.since().ifPresent(edges::add);
            span.before().ifPresent(edges::add);
        }
    }

    private void flags(String owner, List<String> flags) {
        for (String flag : flags) {
            String about = owner + " flag " + flag;
            switch (owner) {
                case "project" -> yesOrNo(about, cohort -> cohort.project.flags.add(flag));
                case "organization" -> yesOrNo(about, cohort -> cohort.organization.flags.add(flag));
                default -> {
                    if (!settings.contains(flag)) {
                        yesOrNo(about, cohort -> cohort.accountFlags.add(flag));
                    }
                }
            }
        }
    }

    private void yesOrNo(String about, java.util.function.Consumer<Cohort> yes) {
        all.put(
                about,
                new Dimension(
                        about, List.of(new Choice("no " + about, true, cohort -> {}), new Choice(about, false, yes))));
    }

    private void switchOf(String name) {
        String about = "switch " + name;
        all.put(
                about,
                new Dimension(
                        about,
                        List.of(
                                new Choice(about + " on", true, cohort -> cohort.switches.put(name, true)),
                                new Choice(about + " off", false, cohort -> cohort.switches.put(name, false)))));
    }

    /** A project or organization that passes the test, or none. */
    private void member(String word, ThingTest test, Function<Cohort, List<ThingFacts>> list) {
        String about = word + " " + test;
        ThingFacts passing = NearBounds.passing(test);
        yesOrNo(about, cohort -> list.apply(cohort).add(passing));
    }

    private void instants(String about, Set<Instant> edges) {
        BiConsumer<Cohort, Instant> set = about.startsWith("account")
                ? (cohort, at) -> cohort.registered = at
                : about.startsWith("project")
                        ? (cohort, at) -> cohort.project.created = at
                        : (cohort, at) -> cohort.organization.created = at;
        List<Choice> choices = new ArrayList<>();
        for (Instant edge : edges) {
            if (choices.isEmpty()) {
                choices.add(new Choice(about + " before " + edge, true, c -> set.accept(c, edge.minusNanos(1))));
            }
            choices.add(new Choice(about + " since " + edge, false, c -> set.accept(c, edge)));
        }
        all.put(about, new Dimension(about, choices));
    }

    private void metrics(String about, List<MetricTest> tests) {
        String name = tests.get(0).metric();
        Function<Cohort, Map<String, Double>> map = about.startsWith("account")
                ? cohort -> cohort.accountMetrics
                : about.startsWith("project")
                        ? cohort -> cohort.project.metrics
                        : cohort -> cohort.organization.metrics;
        Set<Double> values = new TreeSet<>();
        for (MetricTest test : tests) {
            values.addAll(NearBounds.around(test.bounds()));
        }
        List<Choice> choices = new ArrayList<>();
        for (Double value :
                distinct(values, tests.stream().map(MetricTest::bounds).toList())) {
            choices.add(new Choice(
                    about + " " + value,
                    choices.isEmpty(),
                    cohort -> map.apply(cohort).put(name, value)));
        }
        all.put(about, new Dimension(about, choices));
    }

    /** One value for each outcome of all the bounds. */
    private static List<Double> distinct(Set<Double> values, List<Bounds<Double>> bounds) {
        Map<String, Double> byOutcome = new TreeMap<>();
        for (Double value : values) {
            byOutcome.putIfAbsent(
                    bounds.stream().map(b -> b.admits(value)).toList().toString(), value);
        }
        return List.copyOf(byOutcome.values());
    }
}
