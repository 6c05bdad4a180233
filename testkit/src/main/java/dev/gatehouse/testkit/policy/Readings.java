package dev.gatehouse.testkit.policy;

import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.Lifetime;
import dev.gatehouse.policy.NewToken;
import dev.gatehouse.policy.Occurrence;
import dev.gatehouse.policy.ThingFacts;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Bounds;
import dev.gatehouse.policy.rule.CredentialTest;
import dev.gatehouse.policy.rule.InstantBounds;
import dev.gatehouse.policy.rule.MetricTest;
import dev.gatehouse.policy.rule.Reach;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.ThingTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Collects the facts that requirements read, with the constants they are compared with. Not thread-safe. */
final class Readings {
    private static final int MOST_TOKENS = 256;
    private static final int MOST_THINGS = 32;

    final Set<String> keys = new TreeSet<>();
    final Set<FactorSelector> selectors = new LinkedHashSet<>();
    final Set<String> switches = new TreeSet<>();
    final Set<String> conditions = new TreeSet<>();
    private final Map<String, Set<String>> names = new TreeMap<>();
    private final Map<String, Set<Double>> numbers = new TreeMap<>();
    private final Map<String, Set<Instant>> instants = new TreeMap<>();
    private final Map<String, Set<Duration>> durations = new TreeMap<>();
    private final Set<String> events = new TreeSet<>();
    private final Set<String> runs = new TreeSet<>();

    void add(Requirement r) {
        Atoms.of(r).forEach(this::add);
        if (Atoms.hasShare(r)) {
            keys.add("account.id");
        }
    }

    private void add(Atom atom) {
        if (atom instanceof Atom.Credential a) {
            credential(a.test());
        } else if (atom instanceof Atom.Enrolled a) {
            selects("account.enrolled", a.factor());
        } else if (atom instanceof Atom.Proven a) {
            selects("account.enrolled", a.factor());
            keys.add("evidence");
            a.within().duration().ifPresent(within -> put(durations, "evidence", within));
        } else if (atom instanceof Atom.FactorsLeft a) {
            selects("factors-left", a.factor());
        } else if (atom instanceof Atom.NewFactor a) {
            selects("new-factor", a.factor());
        } else if (atom instanceof Atom.EmailVerified) {
            keys.add("account.email-verified");
        } else if (atom instanceof Atom.RecoveryCodesSaved) {
            keys.add("account.recovery-codes-saved");
        } else if (atom instanceof Atom.Elapsed a) {
            a.since().forEach(event -> put(durations, "account.event." + event, a.atLeast()));
            events.addAll(a.since());
        } else if (atom instanceof Atom.Publisher a) {
            run("provider", a.provider());
            run("event", a.event());
            run("ref", a.ref());
            names("run", a.anyFlag(), a.allFlags());
        } else if (atom instanceof Atom.NewToken a) {
            keys.add("new-token");
            names("new-token", a.label(), List.of());
            bounds(durations, "new-token.lifetime", a.lifetime());
            a.reach().forEach(reach -> put(names, "new-token.reach", reach.name()));
        } else if (atom instanceof Atom.Host a) {
            conditions.addAll(a.anyOf());
        } else {
            thing(atom);
        }
    }

    private void thing(Atom atom) {
        if (atom instanceof Atom.Account a) {
            thing("account", a.test());
        } else if (atom instanceof Atom.Maintains a) {
            thing("account.maintains", a.test());
        } else if (atom instanceof Atom.MemberOf a) {
            thing("account.member-of", a.test());
        } else if (atom instanceof Atom.Project a) {
            thing("project", a.test());
        } else if (atom instanceof Atom.Organization a) {
            thing("organization", a.test());
        } else if (atom instanceof Atom.Release a) {
            thing("release", a.test());
        }
    }

    private void credential(CredentialTest test) {
        bounds(durations, "credential.age", test.age());
        bounds(durations, "credential.idle", test.idle());
        bounds(durations, "credential.lifetime", test.lifetime());
        span("credential.created", test.created());
        if (!test.reach().isEmpty()) {
            keys.add("credential.reach");
        }
    }

    private void thing(String word, ThingTest test) {
        keys.add(word);
        span(word + ".registered", test.registered());
        span(word + ".created", test.created());
        bounds(durations, word + ".age", test.age());
        names(word, test.anyFlag(), test.allFlags());
        for (MetricTest metric : test.metrics()) {
            bounds(numbers, word + ".metric." + metric.metric(), metric.bounds());
        }
    }

    private void names(String word, List<String> one, List<String> all) {
        one.forEach(name -> put(names, word + ".flags", name));
        all.forEach(name -> put(names, word + ".flags", name));
    }

    private void run(String key, List<String> words) {
        words.forEach(word -> put(names, "run." + key, word));
        if (!words.isEmpty()) {
            runs.add("run." + key);
        }
    }

    private void selects(String key, FactorSelector selector) {
        keys.add(key);
        selectors.add(selector);
    }

    private static <T> void put(Map<String, Set<T>> map, String key, T value) {
        map.computeIfAbsent(key, k -> new LinkedHashSet<>()).add(value);
    }

    private void span(String key, InstantBounds span) {
        span.since().ifPresent(at -> put(instants, key, at));
        span.before().ifPresent(at -> put(instants, key, at));
    }

    private static <T extends Comparable<T>> void bounds(Map<String, Set<T>> map, String key, Bounds<T> bounds) {
        bounds.over().ifPresent(value -> put(map, key, value));
        bounds.atLeast().ifPresent(value -> put(map, key, value));
        bounds.below().ifPresent(value -> put(map, key, value));
        bounds.atMost().ifPresent(value -> put(map, key, value));
        bounds.oneOf().forEach(value -> put(map, key, value));
    }

    /** How old evidence may be: just made, and around each bound. */
    List<Duration> ages() {
        Set<Duration> all = new LinkedHashSet<>(List.of(Duration.ZERO));
        durations.forEach((key, set) -> {
            if (key.equals("evidence")) {
                set.forEach(bound -> all.addAll(around(bound)));
            }
        });
        all.add(Duration.ofDays(400));
        return List.copyOf(all);
    }

    private static List<Duration> around(Duration bound) {
        return List.of(bound, bound.minusNanos(1), bound.plusNanos(1));
    }

    private static List<Object> aroundNumbers(Set<Double> bounds) {
        Set<Object> all = new LinkedHashSet<>(List.of(0.0));
        for (double bound : bounds) {
            all.addAll(List.of(bound, Math.nextDown(bound), Math.nextUp(bound)));
        }
        return List.copyOf(all);
    }

    private static List<Object> aroundInstants(Set<Instant> bounds) {
        Set<Object> all = new LinkedHashSet<>();
        for (Instant bound : bounds) {
            all.addAll(List.of(bound, bound.minusNanos(1)));
        }
        return List.copyOf(all);
    }

    private static List<Duration> aroundDurations(Collection<Duration> bounds) {
        Set<Duration> all = new LinkedHashSet<>();
        bounds.forEach(bound -> all.addAll(around(bound)));
        return List.copyOf(all);
    }

    private static List<Lifetime> lifetimes(Collection<Duration> bounds) {
        List<Lifetime> all = new ArrayList<>();
        aroundDurations(bounds).forEach(bound -> all.add(Lifetime.of(bound)));
        all.add(Lifetime.endless());
        return all;
    }

    /** The values of every fact that is read, but for factors and evidence. */
    Map<String, Domain> domains() {
        Map<String, Domain> all = new LinkedHashMap<>();
        if (keys.contains("account.id")) {
            all.put("account.id", Domain.of(List.of(Draft.ACCOUNT, "account-2", "account-3", "account-4")));
        }
        for (String key : List.of("account.email-verified", "account.recovery-codes-saved")) {
            if (keys.contains(key)) {
                all.put(key, Domain.of(List.of(false, true)));
            }
        }
        for (String word : List.of("account", "project", "organization", "release")) {
            things(all, word);
        }
        for (String word : List.of("account.maintains", "account.member-of")) {
            if (keys.contains(word)) {
                all.put(word, lists(word));
            }
        }
        for (String event : events) {
            Set<Object> when = new LinkedHashSet<>(List.of(Occurrence.never()));
            when.addAll(aroundDurations(durations.getOrDefault("account.event." + event, Set.of())));
            all.put("account.event." + event, Domain.of(when));
        }
        for (String key : runs) {
            Set<String> words = new LinkedHashSet<>(names.getOrDefault(key, Set.of()));
            words.add("other");
            all.put(key, Domain.of(words));
        }
        if (names.containsKey("run.flags")) {
            all.put("run.flags", Domain.sets(names.getOrDefault("run.flags", Set.of())));
        }
        credentials(all);
        if (keys.contains("new-token")) {
            all.put("new-token", tokens());
        }
        conditions.forEach(id -> all.put("host." + id, Domain.of(List.of(false, true))));
        return all;
    }

    private void things(Map<String, Domain> all, String word) {
        String prefix = word + ".";
        for (String key : List.of(prefix + "created", prefix + "registered")) {
            if (instants.containsKey(key)) {
                all.put(key, Domain.of(aroundInstants(instants.getOrDefault(key, Set.of()))));
            }
        }
        if (durations.containsKey(prefix + "age")) {
            all.put(prefix + "age", Domain.of(aroundDurations(durations.getOrDefault(prefix + "age", Set.of()))));
        }
        Set<String> flags = names.getOrDefault(prefix + "flags", Set.of());
        if (!flags.isEmpty()) {
            all.put(prefix + "flags", Domain.sets(flags));
        }
        numbers.forEach((key, bounds) -> {
            if (key.startsWith(prefix + "metric.")) {
                all.put(key, Domain.of(aroundNumbers(bounds)));
            }
        });
    }

    private void credentials(Map<String, Domain> all) {
        for (String key : List.of("credential.age", "credential.idle")) {
            if (durations.containsKey(key)) {
                all.put(key, Domain.of(aroundDurations(durations.getOrDefault(key, Set.of()))));
            }
        }
        if (durations.containsKey("credential.lifetime")) {
            all.put(
                    "credential.lifetime",
                    Domain.of(lifetimes(durations.getOrDefault("credential.lifetime", Set.of()))));
        }
        if (instants.containsKey("credential.created")) {
            all.put(
                    "credential.created",
                    Domain.of(aroundInstants(instants.getOrDefault("credential.created", Set.of()))));
        }
        if (keys.contains("credential.reach")) {
            all.put("credential.reach", Domain.of(List.of(Reach.values())));
        }
    }

    /** None, each class of thing alone, and the first with each other. */
    private Domain lists(String word) {
        Map<String, Domain> own = new LinkedHashMap<>();
        things(own, word);
        List<ThingFacts> things = new ArrayList<>();
        List<Map<String, Object>> partial = new ArrayList<>(List.of(Map.of()));
        own.forEach((key, domain) -> {
            List<Map<String, Object>> longer = new ArrayList<>();
            for (Map<String, Object> one : partial) {
                for (long i = 0; i < Math.min(domain.size(), 16) && longer.size() < MOST_THINGS; i++) {
                    Map<String, Object> more = new TreeMap<>(one);
                    more.put(key, domain.at(i));
                    longer.add(more);
                }
            }
            partial.clear();
            partial.addAll(longer);
        });
        partial.forEach(facts -> things.add(new DraftThing(word, facts)));
        List<List<ThingFacts>> lists = new ArrayList<>(List.of(List.of()));
        things.forEach(thing -> lists.add(List.of(thing)));
        for (int i = 1; i < things.size(); i++) {
            lists.add(List.of(things.get(0), things.get(i)));
        }
        return Domain.of(lists);
    }

    /** The tokens that can be asked for, told apart by what was read. */
    Domain tokens() {
        return Domain.of(newTokens());
    }

    private List<NewToken> newTokens() {
        List<NewToken> tokens = new ArrayList<>();
        Domain labels = Domain.sets(names.getOrDefault("new-token.flags", Set.of()));
        List<Reach> reaches = names.containsKey("new-token.reach") ? List.of(Reach.values()) : List.of(Reach.ACCOUNT);
        for (Lifetime lifetime : lifetimes(durations.getOrDefault("new-token.lifetime", Set.of()))) {
            for (Reach reach : reaches) {
                for (long i = 0; i < labels.size() && tokens.size() < MOST_TOKENS; i++) {
                    @SuppressWarnings("unchecked")
                    Set<String> set = (Set<String>) labels.at(i);
                    tokens.add(new NewToken(set, lifetime, reach));
                }
            }
        }
        return tokens;
    }
}
