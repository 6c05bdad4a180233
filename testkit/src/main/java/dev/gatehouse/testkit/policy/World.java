package dev.gatehouse.testkit.policy;

import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.Supplied;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.Vocabulary.Section;
import dev.gatehouse.policy.rule.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All that a policy can tell apart: the facts that its requirements read, each with the values around its constants, and the
 * instants around its dates. Immutable.
 */
final class World {
    private static final int MOST_SUBSETS = 6;
    private static final int MOST_KEPT = 8;
    private static final Map<PolicyLaws, World> HELD = new WeakHashMap<>();
    /** jqwik makes an object of the test class for each property; the policy is mostly an equal one. */
    private static final Map<PolicyDefinition, World> LAST = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PolicyDefinition, World> eldest) {
            return size() > MOST_KEPT;
        }
    };

    final PolicyDefinition definition;
    final Supplied supplied;
    final List<Action> gated;
    final List<Action> actions;
    final List<String> switches;
    final List<String> conditions;
    final List<EnrolledFactor> factors;
    final List<EnrolledFactor> proofs;
    final List<Duration> ages;
    final boolean readsEvidence;
    final Map<String, Domain> domains;
    private final List<Instant> edges;

    private final Map<String, PolicyDefinition> derived = new ConcurrentHashMap<>();
    private final Map<String, Supplied> fewer = new ConcurrentHashMap<>();
    private @Nullable List<Edits.Stricter> stricter;

    private World(PolicyDefinition definition, Collection<Requirement> read) {
        this.definition = definition;
        this.supplied = Supplied.everything(definition.vocabulary());
        this.actions = List.copyOf(definition.vocabulary().actions());
        Set<Action> some = new LinkedHashSet<>();
        read.forEach(r -> some.addAll(definition.vocabulary().gatedBy(r)));
        this.gated = actions.stream().filter(some::contains).toList();
        Readings readings = new Readings();
        read.forEach(readings::add);
        this.switches = List.copyOf(readings.switches);
        this.conditions = List.copyOf(readings.conditions);
        this.edges = List.copyOf(edges(read, readings));
        this.factors = enrollable(readings.selectors);
        this.proofs = proofs(factors, readings.selectors);
        this.ages = readings.ages();
        this.readsEvidence = readings.keys.contains("evidence");
        this.domains = domains(readings);
    }

    /** What the policy of these laws can tell apart; worked out once for each object. */
    static World of(PolicyLaws laws) {
        synchronized (HELD) {
            World known = HELD.get(laws);
            if (known == null) {
                known = LAST.computeIfAbsent(policy(laws), World::of);
                HELD.put(laws, known);
            }
            return known;
        }
    }

    /** Every name supplied but this one, worked out once. */
    Supplied suppliedWithout(Section missing, String missingName) {
        return fewer.computeIfAbsent(missing + " " + missingName, key -> {
            Supplied some = Supplied.nothing();
            for (Section section : Section.values()) {
                for (String name : definition.vocabulary().of(section).keySet()) {
                    if (section != missing || !name.equals(missingName)) {
                        some = some.and(section, name);
                    }
                }
            }
            return some;
        });
    }

    /** The stricter policies that laws try; worked out once. */
    synchronized List<Edits.Stricter> stricter() {
        List<Edits.Stricter> known = stricter;
        if (known == null) {
            known = Edits.stricter(definition, edges);
            stricter = known;
        }
        return known;
    }

    private static PolicyDefinition policy(PolicyLaws laws) {
        try {
            return laws.policy();
        } catch (Exception e) {
            throw new AssertionError("There is no policy to hold to the laws: " + e.getMessage(), e);
        }
    }

    /** The policy changed in some way, worked out once for each name of a way. */
    PolicyDefinition derived(String name, UnaryOperator<PolicyDefinition> change) {
        return derived.computeIfAbsent(name, n -> change.apply(definition));
    }

    /** What the whole policy can tell apart. */
    static World of(PolicyDefinition definition) {
        return new World(definition, definition.requirements());
    }

    /** What these requirements of the policy can tell apart. */
    static World of(PolicyDefinition definition, Collection<Requirement> read) {
        return new World(definition, read);
    }

    /** Every instant at which a phase begins or ends, sorted. */
    List<Instant> edges() {
        return edges;
    }

    /** At each edge, a nanosecond before and after it, and between it and the next; one instant if there is no edge. */
    List<Instant> instants() {
        if (edges.isEmpty()) {
            return List.of(Instant.parse("2024-01-01T00:00:00Z"));
        }
        Set<Instant> all = new LinkedHashSet<>(edges);
        for (Instant edge : edges) {
            all.add(edge.minusNanos(1));
            all.add(edge.plusNanos(1));
        }
        Instant last = edges.get(edges.size() - 1);
        all.add(edges.get(0).minus(Duration.ofDays(365)));
        for (int i = 1; i < edges.size(); i++) {
            Instant before = edges.get(i - 1);
            all.add(before.plus(Duration.between(before, edges.get(i)).dividedBy(2)));
        }
        all.add(last.plus(Duration.ofDays(365)));
        return List.copyOf(all);
    }

    private static Set<Instant> edges(Collection<Requirement> read, Readings readings) {
        Set<Instant> edges = new TreeSet<>();
        for (Requirement r : read) {
            for (Phase phase : r.phases()) {
                phase.from().ifPresent(edges::add);
                phase.until().ifPresent(edges::add);
                for (Window window : phase.windows()) {
                    edges.add(window.from());
                    edges.add(window.until());
                }
                phase.switchName().ifPresent(readings.switches::add);
            }
        }
        return edges;
    }

    /** One factor for each set of selectors that accept it. */
    private static List<EnrolledFactor> enrollable(Set<FactorSelector> selectors) {
        List<EnrolledFactor> candidates = new ArrayList<>(List.of(
                EnrolledFactor.of(FactorKind.TOTP),
                EnrolledFactor.of("key-1", FactorKind.WEBAUTHN),
                EnrolledFactor.of("key-2", FactorKind.WEBAUTHN).withStrength(FactorClass.HARDWARE_BOUND)));
        named(selectors).stream()
                .filter(FactorKind::needsEnrolment)
                .filter(kind -> !kind.equals(FactorKind.TOTP) && !kind.equals(FactorKind.WEBAUTHN))
                .map(EnrolledFactor::of)
                .forEach(candidates::add);
        Map<String, EnrolledFactor> distinct = new LinkedHashMap<>();
        for (EnrolledFactor factor : candidates) {
            String accepted =
                    selectors.stream().map(s -> s.accepts(factor)).toList().toString();
            String key = factor.kind().equals(FactorKind.RECOVERY_CODE) ? "codes" : accepted;
            distinct.putIfAbsent(key, factor);
        }
        return List.copyOf(distinct.values());
    }

    private static List<EnrolledFactor> proofs(List<EnrolledFactor> enrollable, Set<FactorSelector> selectors) {
        Set<EnrolledFactor> proofs = new LinkedHashSet<>(enrollable);
        proofs.add(EnrolledFactor.of(FactorKind.PASSWORD));
        named(selectors).stream()
                .filter(kind -> !kind.needsEnrolment())
                .map(EnrolledFactor::of)
                .forEach(proofs::add);
        return List.copyOf(proofs);
    }

    private static Set<FactorKind> named(Set<FactorSelector> selectors) {
        Set<FactorKind> kinds = new LinkedHashSet<>();
        selectors.forEach(selector -> kinds.addAll(selector.kinds()));
        return kinds;
    }

    /** Every set of some factors, the empty one first; of many, each alone and all together. */
    private static Domain factorSets(List<EnrolledFactor> factors) {
        List<EnrolledFactors> sets = new ArrayList<>(List.of(EnrolledFactors.none()));
        if (factors.size() > MOST_SUBSETS) {
            factors.forEach(factor -> sets.add(EnrolledFactors.of(List.of(factor))));
            sets.add(EnrolledFactors.of(factors));
            return Domain.of(sets);
        }
        for (int bits = 1; bits < 1 << factors.size(); bits++) {
            List<EnrolledFactor> some = new ArrayList<>();
            for (int i = 0; i < factors.size(); i++) {
                if ((bits >> i & 1) == 1) {
                    some.add(factors.get(i));
                }
            }
            sets.add(EnrolledFactors.of(some));
        }
        return Domain.of(sets);
    }

    private Map<String, Domain> domains(Readings readings) {
        Map<String, Domain> all = new LinkedHashMap<>(readings.domains());
        if (readings.keys.contains("account.enrolled")) {
            all.put("account.enrolled", factorSets(factors));
        }
        if (readings.keys.contains("factors-left")) {
            all.put("factors-left", factorSets(factors));
        }
        if (readings.keys.contains("new-factor")) {
            all.put("new-factor", Domain.of(factors));
        }
        return all;
    }

    /** The labels that the vocabulary declares for credentials of this kind, without their prefix. */
    List<String> labels(CredentialKind kind) {
        String prefix = kind.id() + ".";
        return definition.vocabulary().of(Section.LABELS).keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .toList();
    }

    /** Whether the fact can exist in a request for this action by this kind. */
    static boolean belongs(String key, Action action, CredentialKind kind) {
        String owner = key.contains(".") ? key.substring(0, key.indexOf('.')) : key;
        return switch (owner) {
            case "run" -> kind == CredentialKind.TRUSTED_PUBLISHER;
            case "account" ->
                kind != CredentialKind.TRUSTED_PUBLISHER
                        && kind != CredentialKind.SERVICE_ACCOUNT
                        && kind != CredentialKind.ANONYMOUS;
            case "release" -> action.group().equals("publish") || action.group().equals("release");
            case "new-token" -> action.equals(Action.TOKEN_CREATE) || action.equals(Action.TOKEN_UPDATE);
            case "new-factor" -> action.equals(Action.FACTOR_ENROL);
            case "factors-left" -> action.equals(Action.FACTOR_REMOVE);
            default -> true;
        };
    }
}
