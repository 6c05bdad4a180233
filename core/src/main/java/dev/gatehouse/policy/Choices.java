package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Bounds;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.CredentialTest;
import dev.gatehouse.policy.rule.MetricTest;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Reach;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.ThingTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a caller may choose: the token to make, the release to publish, the run, the session's circumstances. */
final class Choices {
    private static final int MOST = 64;

    /** Of more names not every subset is tried. */
    private static final int FEW_NAMES = 6;

    final List<NewToken> tokens;
    final List<Set<String>> sessions;
    final List<ThingFacts> releases;
    final List<PublisherRun> runs;
    /** The events of the account that the policy reads; none of them ever happened to somebody who searches. */
    final Set<String> events = new TreeSet<>();

    private boolean releasesCut;
    private boolean runsCut;
    private final boolean tokensCut;
    private final boolean sessionsCut;

    Choices(PolicyDefinition definition) {
        List<Atom> atoms = atoms(definition.requirements());
        this.tokensCut = labels(atoms, CredentialKind.API_TOKEN).size() > FEW_NAMES;
        this.sessionsCut = labels(atoms, CredentialKind.SESSION).size() > FEW_NAMES;
        this.tokens = tokens(atoms);
        this.sessions = subsets(labels(atoms, CredentialKind.SESSION), together(atoms, CredentialKind.SESSION));
        this.releases = releases(atoms);
        this.runs = runs(atoms);
        for (Atom atom : atoms) {
            if (atom instanceof Atom.Elapsed a) {
                events.addAll(a.since());
            }
        }
    }

    private static List<Atom> atoms(Collection<Requirement> requirements) {
        return requirements.stream()
                .flatMap(Rule::conditions)
                .flatMap(Rule::atoms)
                .toList();
    }

    /** Whether these requirements look at something of which not every choice is tried: another might meet them. */
    boolean isCutFor(Collection<Requirement> requirements) {
        List<Atom> atoms = atoms(requirements);
        return (releasesCut && atoms.stream().anyMatch(Atom.Release.class::isInstance))
                || (runsCut && atoms.stream().anyMatch(Atom.Publisher.class::isInstance))
                || (tokensCut && !labels(atoms, CredentialKind.API_TOKEN).isEmpty())
                || (sessionsCut && !labels(atoms, CredentialKind.SESSION).isEmpty());
    }

    private static List<String> labels(List<Atom> atoms, CredentialKind kind) {
        Set<String> labels = new TreeSet<>();
        for (Atom atom : atoms) {
            if (atom instanceof Atom.Credential a) {
                a.test().oneOf().stream()
                        .filter(pattern -> pattern.kind() == kind)
                        .map(CredentialTest.Pattern::labels)
                        .forEach(labels::addAll);
            } else if (atom instanceof Atom.NewToken a && kind == CredentialKind.API_TOKEN) {
                labels.addAll(a.label());
            }
        }
        return List.copyOf(labels);
    }

    /** The labels that a policy asks for together. */
    private static List<Set<String>> together(List<Atom> atoms, CredentialKind kind) {
        return atoms.stream()
                .filter(Atom.Credential.class::isInstance)
                .flatMap(atom -> ((Atom.Credential) atom).test().oneOf().stream())
                .filter(pattern -> pattern.kind() == kind)
                .map(pattern -> Set.copyOf(pattern.labels()))
                .toList();
    }

    /**
     * The subsets, small ones first; of many names only those that the policy asks for together, all, and those with at most
     * two, in this order: of releases only the first ones are tried.
     */
    static <T> List<Set<T>> subsets(List<T> names, Collection<Set<T>> together) {
        Set<Set<T>> subsets = new LinkedHashSet<>();
        subsets.add(Set.of());
        boolean few = names.size() <= FEW_NAMES;
        if (!few) {
            subsets.addAll(together);
            subsets.add(Set.copyOf(names));
        }
        for (int size = 1; size <= (few ? names.size() : 2); size++) {
            add(subsets, names, 0, size, new ArrayList<>());
        }
        return List.copyOf(subsets);
    }

    private static <T> void add(Set<Set<T>> subsets, List<T> names, int from, int left, List<T> chosen) {
        if (left == 0) {
            subsets.add(Set.copyOf(chosen));
            return;
        }
        for (int i = from; i <= names.size() - left; i++) {
            chosen.add(names.get(i));
            add(subsets, names, i + 1, left - 1, chosen);
            chosen.remove(chosen.size() - 1);
        }
    }

    private static List<NewToken> tokens(List<Atom> atoms) {
        Set<Duration> lengths = new TreeSet<>();
        boolean reach = false;
        for (Atom atom : atoms) {
            if (atom instanceof Atom.NewToken a) {
                lengths.addAll(NearBounds.lengths(a.lifetime()));
                reach |= !a.reach().isEmpty();
            } else if (atom instanceof Atom.Credential a) {
                lengths.addAll(NearBounds.lengths(a.test().lifetime()));
                reach |= !a.test().reach().isEmpty();
            }
        }
        List<Lifetime> lifetimes = new ArrayList<>();
        lifetimes.add(Lifetime.of(
                lengths.isEmpty() ? Duration.ofDays(1) : lengths.iterator().next()));
        lengths.stream().skip(1).map(Lifetime::of).forEach(lifetimes::add);
        lifetimes.add(Lifetime.endless());
        List<Reach> reaches = reach
                ? List.of(Reach.PROJECT, Reach.PROJECTS, Reach.PATTERN, Reach.ORGANIZATION, Reach.ACCOUNT)
                : List.of(Reach.PROJECT);
        List<NewToken> tokens = new ArrayList<>();
        List<Set<String>> together = together(atoms, CredentialKind.API_TOKEN);
        for (Set<String> labels : subsets(labels(atoms, CredentialKind.API_TOKEN), together)) {
            for (Reach one : reaches) {
                for (Lifetime lifetime : lengths.isEmpty() ? lifetimes.subList(0, 1) : lifetimes) {
                    tokens.add(new NewToken(labels, lifetime, one));
                }
            }
        }
        return tokens;
    }

    /** A fresh release, and others that stand at the bounds. */
    private List<ThingFacts> releases(List<Atom> atoms) {
        Set<Duration> ages = new TreeSet<>(Set.of(Duration.ZERO));
        Set<String> flags = new TreeSet<>();
        List<Set<String>> together = new ArrayList<>();
        TreeMap<String, Set<Double>> metrics = new TreeMap<>();
        for (Atom atom : atoms) {
            if (atom instanceof Atom.Release a) {
                ThingTest test = a.test();
                ages.addAll(NearBounds.lengths(test.age()));
                flags.addAll(test.anyFlag());
                flags.addAll(test.allFlags());
                together.add(Set.copyOf(test.allFlags()));
                for (MetricTest metric : test.metrics()) {
                    Bounds<Double> bounds = metric.bounds();
                    metrics.computeIfAbsent(metric.metric(), k -> new TreeSet<>(Set.of(0.0)))
                            .addAll(NearBounds.around(bounds));
                }
            }
        }
        releasesCut = flags.size() > FEW_NAMES;
        List<ThingFacts> releases = new ArrayList<>();
        for (Set<String> set : subsets(List.copyOf(flags), together)) {
            for (Duration age : ages) {
                for (Map<String, Double> numbers : numbers(metrics)) {
                    if (releases.size() == MOST) {
                        releasesCut = true;
                        return releases;
                    }
                    ThingValues.Builder release = ThingValues.builder("release", "release")
                            .flags(set)
                            .created(Instant.EPOCH)
                            .age(age);
                    numbers.forEach(release::metric);
                    releases.add(release.build());
                }
            }
        }
        return releases;
    }

    /** Each value of each number with each of the others; one more than are tried, if there are more. */
    private static List<Map<String, Double>> numbers(Map<String, Set<Double>> metrics) {
        List<Map<String, Double>> all = List.of(Map.of());
        for (Map.Entry<String, Set<Double>> metric : metrics.entrySet()) {
            all = all.stream()
                    .flatMap(some -> metric.getValue().stream().map(value -> with(some, metric.getKey(), value)))
                    .limit(MOST + 1L)
                    .toList();
        }
        return all;
    }

    private static Map<String, Double> with(Map<String, Double> numbers, String name, Double value) {
        Map<String, Double> more = new TreeMap<>(numbers);
        more.put(name, value);
        return more;
    }

    private List<PublisherRun> runs(List<Atom> atoms) {
        Set<String> providers = new LinkedHashSet<>();
        Set<String> events = new LinkedHashSet<>();
        Set<String> refs = new LinkedHashSet<>();
        Set<String> flags = new TreeSet<>();
        List<Set<String>> together = new ArrayList<>();
        for (Atom atom : atoms) {
            if (atom instanceof Atom.Publisher a) {
                providers.addAll(a.provider());
                events.addAll(a.event());
                refs.addAll(a.ref());
                flags.addAll(a.anyFlag());
                flags.addAll(a.allFlags());
                together.add(Set.copyOf(a.allFlags()));
            }
        }
        providers.add("another");
        events.add("another");
        refs.add("another");
        Set<Set<String>> sets = new LinkedHashSet<>();
        sets.add(Set.copyOf(flags));
        sets.addAll(subsets(List.copyOf(flags), together));
        runsCut = flags.size() > FEW_NAMES;
        List<PublisherRun> runs = new ArrayList<>();
        for (Set<String> set : sets) {
            for (String provider : providers) {
                for (String event : events) {
                    for (String ref : refs) {
                        if (runs.size() == MOST) {
                            runsCut = true;
                            return runs;
                        }
                        runs.add(PublisherRun.of(Fact.of(provider), Fact.of(event), Fact.of(ref), Fact.of(set)));
                    }
                }
            }
        }
        return runs;
    }
}
