package dev.gatehouse.testkit.policy;

import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.AccountFacts;
import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.ThingFacts;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.PolicyDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCases;
import net.jqwik.api.Tuple;

/**
 * Makes requests and instants that one policy can tell apart: each fact it reads at, just below and just above each of its
 * constants, unknown now and then; each date at the instant, a nanosecond before, a nanosecond after, and between.
 *
 * <p>Facts that the policy does not read stay unknown. Everything is made of jqwik's own parts, so that what fails shrinks to
 * the few facts that make it fail. Immutable and thread-safe.
 */
public final class PolicyArbitraries {
    private static final int MOST_PROOFS = 3;

    private final World world;

    private PolicyArbitraries(World world) {
        this.world = world;
    }

    /** For the vocabulary, the constants and the dates of this policy. */
    public static PolicyArbitraries of(PolicyDefinition definition) {
        return new PolicyArbitraries(World.of(definition));
    }

    /** For the definition that this policy has in force. */
    public static PolicyArbitraries of(TwoFactorPolicy policy) {
        return of(policy.definition());
    }

    static PolicyArbitraries of(World world) {
        return new PolicyArbitraries(world);
    }

    /** Instants at every edge of the policy, a nanosecond to each side, between two, before all and after all. */
    public Arbitrary<Instant> instants() {
        List<Instant> all = world.instants();
        return Arbitraries.of(all)
                .edgeCases(config -> config.filter(none -> false).add(all.toArray(new Instant[0])));
    }

    /** The instants at which a phase of the policy begins or ends, sorted. */
    public List<Instant> edges() {
        return world.edges();
    }

    /** The policy's own actions: every one, those that a requirement gates four times as often. */
    public Arbitrary<Action> actions() {
        return world.gated.isEmpty()
                ? Arbitraries.of(world.actions)
                : Arbitraries.frequencyOf(
                        Tuple.of(4, Arbitraries.of(world.gated)), Tuple.of(1, Arbitraries.of(world.actions)));
    }

    /** Requests, with what they carry as old as it would be at an instant of {@link #instants}. */
    public Arbitrary<AccessRequest> requests() {
        return trials().map(PolicyTrial::request);
    }

    /** Requests whose proofs and events are as old as the policy's bounds at this instant, or a nanosecond beside. */
    public Arbitrary<AccessRequest> requests(Instant now) {
        return drafts(actions(), kinds()).map(draft -> draft.toRequest(now));
    }

    /** Accounts of which all, some or nothing is known. */
    public Arbitrary<AccountFacts> accounts() {
        return drafts(Arbitraries.of(world.actions), Arbitraries.of(CredentialKind.SESSION))
                .map(draft -> new DraftAccount(draft, world.instants().get(0)));
    }

    /** Credentials of every kind with the labels and around the bounds that the policy knows. */
    public Arbitrary<Credential> credentials() {
        return drafts(Arbitraries.of(world.actions), kinds()).map(Draft::credential);
    }

    /** Projects, with the flags, numbers and dates that the policy knows. */
    public Arbitrary<ThingFacts> projects() {
        return drafts(Arbitraries.just(Action.PROJECT_SETTINGS), Arbitraries.of(CredentialKind.SESSION))
                .map(draft -> new DraftThing(
                        "project",
                        draft.without(key -> !key.startsWith("project.")).facts()));
    }

    /** Factors that the policy tells apart. */
    public Arbitrary<EnrolledFactor> factors() {
        return Arbitraries.of(world.factors);
    }

    /** Sets of factors, the empty one first. */
    public Arbitrary<EnrolledFactors> enrolledFactors() {
        return Arbitraries.subsetOf(world.factors).map(EnrolledFactors::of);
    }

    /** Proofs of account {@code account-1}, as old as the policy's bounds at an edge of it, or a nanosecond beside. */
    public Arbitrary<Evidence> evidence() {
        return Combinators.combine(proof(), instants().withoutEdgeCases())
                .as((proof, now) -> proof.at(now, Draft.ACCOUNT));
    }

    /** Whole random policies that build, of one to four requirements. */
    public static Arbitrary<PolicyDefinition> definitions() {
        return Definitions.buildable();
    }

    /** The documents of {@link #definitions}. */
    public static Arbitrary<PolicyText> documents() {
        return definitions().map(definition -> new PolicyText(PolicyDocuments.write(definition)));
    }

    /** Requests with an instant, and every state of the policy's switches. */
    public Arbitrary<PolicyTrial> trials() {
        return trials(actions())
                .edgeCases(config -> config.filter(none -> false).add(firstTrials()));
    }

    Arbitrary<PolicyTrial> trials(Arbitrary<Action> actions) {
        return Combinators.combine(drafts(actions, kinds()), moments(), switches())
                .as((draft, now, switches) -> PolicyTrial.of(world, switches, draft, now))
                .edgeCases(EdgeCases.Config::none);
    }

    /** Every instant of interest, and often the last, when most of the policy is in force. */
    private Arbitrary<Instant> moments() {
        List<Instant> all = world.instants();
        return Arbitraries.frequencyOf(
                        Tuple.of(2, Arbitraries.of(all)), Tuple.of(1, Arbitraries.just(all.get(all.size() - 1))))
                .edgeCases(EdgeCases.Config::none);
    }

    /** Nothing known, by each kind of credential, at the last edge; and the same with the first action at each edge. */
    private PolicyTrial[] firstTrials() {
        List<PolicyTrial> trials = new ArrayList<>();
        List<Instant> instants = world.instants();
        Action action = world.gated.isEmpty() ? world.actions.get(0) : world.gated.get(0);
        Map<String, Boolean> on = new HashMap<>();
        world.switches.forEach(name -> on.put(name, true));
        for (CredentialKind kind : CredentialKind.values()) {
            trials.add(PolicyTrial.of(world, on, new Draft(action, kind, Map.of()), instants.get(instants.size() - 1)));
        }
        return trials.toArray(new PolicyTrial[0]);
    }

    private static Arbitrary<CredentialKind> kinds() {
        return Arbitraries.frequency(
                Tuple.of(4, CredentialKind.SESSION),
                Tuple.of(4, CredentialKind.API_TOKEN),
                Tuple.of(2, CredentialKind.TRUSTED_PUBLISHER),
                Tuple.of(2, CredentialKind.PASSWORD),
                Tuple.of(1, CredentialKind.ANONYMOUS),
                Tuple.of(1, CredentialKind.SERVICE_ACCOUNT));
    }

    private Arbitrary<Map<String, Boolean>> switches() {
        return Combinators.combine(world.switches.stream()
                        .map(name -> Arbitraries.of(true, false).injectNull(0.1).map(on -> Optional.ofNullable(on)))
                        .toList())
                .as(states -> {
                    Map<String, Boolean> map = new TreeMap<>();
                    for (int i = 0; i < states.size(); i++) {
                        int at = i;
                        states.get(i).ifPresent(on -> map.put(world.switches.get(at), on));
                    }
                    return map;
                });
    }

    Arbitrary<Draft> drafts(Arbitrary<Action> actions, Arbitrary<CredentialKind> kinds) {
        return Combinators.combine(actions, kinds, facts())
                .as((action, kind, facts) -> {
                    Map<String, Object> own = new TreeMap<>();
                    facts.forEach((key, value) -> {
                        boolean hidden = key.startsWith("project.") && facts.containsKey("project");
                        if (World.belongs(key, action, kind) && !hidden) {
                            own.put(key, value);
                        }
                    });
                    own.put("credential.labels", labels(kind, facts));
                    return new Draft(action, kind, own);
                })
                .edgeCases(EdgeCases.Config::none);
    }

    private Set<String> labels(CredentialKind kind, Map<String, Object> facts) {
        Set<String> labels = new LinkedHashSet<>(world.labels(kind));
        if (facts.get("credential.labels") instanceof Collection<?> drawn) {
            labels.removeIf(label -> !drawn.contains(kind.id() + "." + label));
        }
        return Set.copyOf(labels);
    }

    /** Each fact on its own unknown or known, so that each shrinks away on its own. */
    private Arbitrary<Map<String, Object>> facts() {
        List<String> keys = new ArrayList<>();
        List<Arbitrary<Optional<Object>>> values = new ArrayList<>();
        world.domains.forEach((key, domain) -> {
            keys.add(key);
            values.add(maybe(4, domain.arbitrary()));
        });
        keys.add("account.id");
        values.add(maybe(9, Arbitraries.of(accountIds())));
        keys.add("project.id");
        values.add(maybe(4, Arbitraries.just(Draft.PROJECT)));
        keys.add("project");
        values.add(Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.just(Optional.<Object>empty())),
                Tuple.of(1, Arbitraries.just(Optional.of(Draft.ABSENT)))));
        keys.add("credential.labels");
        values.add(Arbitraries.subsetOf(allLabels()).map(set -> Optional.<Object>of(Set.copyOf(set))));
        for (String rare : List.of("credential.ownerless", "credential.checked")) {
            keys.add(rare);
            values.add(Arbitraries.frequency(
                    Tuple.of(4, Optional.<Object>empty()), Tuple.of(1, Optional.<Object>of(true))));
        }
        keys.add("evidence");
        values.add(proofs().map(Optional::of));
        return Combinators.combine(values)
                .as(drawn -> {
                    Map<String, Object> facts = new TreeMap<>();
                    for (int i = 0; i < drawn.size(); i++) {
                        int at = i;
                        drawn.get(i).ifPresent(value -> facts.put(keys.get(at), value));
                    }
                    return facts;
                })
                .edgeCases(EdgeCases.Config::none);
    }

    private List<Object> accountIds() {
        Domain ids = world.domains.get("account.id");
        List<Object> all = new ArrayList<>();
        for (long i = 0; ids != null && i < ids.size(); i++) {
            all.add(ids.at(i));
        }
        return all.isEmpty() ? List.of(Draft.ACCOUNT) : all;
    }

    private List<String> allLabels() {
        return Arrays.stream(CredentialKind.values())
                .flatMap(kind -> world.labels(kind).stream().map(label -> kind.id() + "." + label))
                .toList();
    }

    private static Arbitrary<Optional<Object>> maybe(int known, Arbitrary<Object> values) {
        return Arbitraries.frequencyOf(
                        Tuple.of(1, Arbitraries.just(Optional.<Object>empty())),
                        Tuple.of(known, values.map(Optional::of)))
                .edgeCases(EdgeCases.Config::none);
    }

    private Arbitrary<Object> proofs() {
        return proof().list()
                .ofMaxSize(MOST_PROOFS)
                .map(list -> (Object) List.copyOf(list))
                .edgeCases(EdgeCases.Config::none);
    }

    private Arbitrary<Proof> proof() {
        List<Duration> ages = new ArrayList<>(world.ages);
        Arbitrary<Duration> ago = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(Duration.ZERO)),
                Tuple.of(6, Arbitraries.of(ages)),
                Tuple.of(
                        1,
                        Arbitraries.of(
                                Duration.ofSeconds(-30), Duration.ofSeconds(-30).minusNanos(1))));
        Arbitrary<EnrolledFactor> factors = Arbitraries.of(world.proofs);
        return Combinators.combine(
                        factors,
                        ago,
                        Arbitraries.of(true, false),
                        Arbitraries.frequency(Tuple.of(9, true), Tuple.of(1, false)))
                .as(Proof::new)
                .edgeCases(EdgeCases.Config::none);
    }
}
