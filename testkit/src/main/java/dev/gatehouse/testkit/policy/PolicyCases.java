package dev.gatehouse.testkit.policy;

import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Every case that a policy can tell apart, none left out: each action by each kind of credential, with every combination of the
 * facts that the requirements of this action read (each unknown, and at, below and above each constant), in every state of the
 * switches, at every edge of time and before the first.
 *
 * <p>Of proofs there is none or one. The cases are made one by one as they are asked for. More than the bound, 100,000 unless
 * raised with {@link #upTo}, are refused with their number and what makes them so many; {@link #actions} and {@link #at} narrow
 * them. Immutable and thread-safe.
 */
public final class PolicyCases implements Iterable<PolicyTrial> {
    private static final long MOST = 100_000;

    private final World world;
    private final List<Action> actions;
    private final List<Instant> instants;
    private final long most;

    private PolicyCases(World world, List<Action> actions, List<Instant> instants, long most) {
        this.world = world;
        this.actions = List.copyOf(actions);
        this.instants = List.copyOf(instants);
        this.most = most;
    }

    /** The cases of a policy. */
    public static PolicyCases of(PolicyDefinition definition) {
        World world = World.of(definition);
        List<Instant> instants = new ArrayList<>(world.edges());
        instants.add(
                0,
                instants.isEmpty() ? world.instants().get(0) : instants.get(0).minus(Duration.ofDays(1)));
        return new PolicyCases(world, world.actions, instants, MOST);
    }

    /** Only these actions. */
    public PolicyCases actions(Action... some) {
        return new PolicyCases(world, List.of(some), instants, most);
    }

    /** Only these instants. */
    public PolicyCases at(Instant... some) {
        return new PolicyCases(world, actions, List.of(some), most);
    }

    /**
     * At most so many cases.
     *
     * @throws IllegalArgumentException if the bound is not above zero
     */
    public PolicyCases upTo(long bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound: not above zero");
        }
        return new PolicyCases(world, actions, instants, bound);
    }

    /** How many cases there are, however many. */
    public BigInteger size() {
        return grids().stream().map(Grid::size).reduce(BigInteger.ZERO, BigInteger::add);
    }

    /**
     * The cases, action by action.
     *
     * @throws IllegalStateException if there are more than the bound; the message says how many and why
     */
    public Stream<PolicyTrial> stream() {
        List<Grid> grids = grids();
        BigInteger size = grids.stream().map(Grid::size).reduce(BigInteger.ZERO, BigInteger::add);
        if (size.compareTo(BigInteger.valueOf(most)) > 0) {
            Grid largest = grids.stream().max(Comparator.comparing(Grid::size)).orElseThrow();
            throw new IllegalStateException(size + " cases are more than " + most + ". Most of them: " + largest.words()
                    + ". Narrow them with actions(...) or at(...), or raise upTo(...).");
        }
        return grids.stream()
                .flatMap(grid ->
                        LongStream.range(0, grid.size().longValueExact()).mapToObj(grid::at));
    }

    /** As {@link #stream}. */
    @Override
    public Iterator<PolicyTrial> iterator() {
        return stream().iterator();
    }

    private List<Grid> grids() {
        List<Grid> grids = new ArrayList<>();
        for (Action action : actions) {
            List<Requirement> gating = world.definition.requirements().stream()
                    .filter(r -> world.definition.vocabulary().gatedBy(r).contains(action))
                    .toList();
            World read = World.of(world.definition, gating);
            for (CredentialKind kind : CredentialKind.values()) {
                grids.add(new Grid(action, kind, dimensions(read, action, kind)));
            }
        }
        return grids;
    }

    private Map<String, Domain> dimensions(World read, Action action, CredentialKind kind) {
        Map<String, Domain> own = new LinkedHashMap<>();
        read.domains.forEach((key, domain) -> {
            if (World.belongs(key, action, kind)) {
                own.put(key, domain);
            }
        });
        if (kind == CredentialKind.PASSWORD && own.keySet().stream().anyMatch(key -> key.startsWith("account."))) {
            own.put("credential.checked", Domain.of(List.of(true)));
        }
        List<String> labels = read.labels(kind);
        if (!labels.isEmpty()) {
            own.put("credential.labels", Domain.sets(labels));
        }
        if (read.readsEvidence && World.belongs("account.id", action, kind)) {
            own.put("evidence", proofs(read));
        }
        read.switches.forEach(name -> own.put("switch " + name, Domain.of(List.of(true, false))));
        return own;
    }

    private static Domain proofs(World read) {
        List<List<Proof>> lists = new ArrayList<>();
        for (var factor : read.proofs) {
            for (Duration ago : read.ages) {
                lists.add(List.of(new Proof(factor, ago, true, true)));
                lists.add(List.of(new Proof(factor, ago, false, true)));
            }
        }
        return Domain.of(lists);
    }

    /** All cases of one action by one kind of credential. */
    private final class Grid {
        private final Action action;
        private final CredentialKind kind;
        private final Map<String, Domain> dimensions;

        Grid(Action action, CredentialKind kind, Map<String, Domain> dimensions) {
            this.action = action;
            this.kind = kind;
            this.dimensions = dimensions;
        }

        BigInteger size() {
            BigInteger size = BigInteger.valueOf(instants.size());
            for (Domain domain : dimensions.values()) {
                // One more: unknown.
                size = size.multiply(BigInteger.valueOf(domain.size()).add(BigInteger.ONE));
            }
            return size;
        }

        PolicyTrial at(long index) {
            long left = index;
            Map<String, Object> facts = new TreeMap<>(Map.of("account.id", Draft.ACCOUNT));
            Map<String, Boolean> switches = new TreeMap<>();
            for (Map.Entry<String, Domain> dimension : dimensions.entrySet()) {
                long values = dimension.getValue().size() + 1;
                long value = left % values;
                left /= values;
                if (value > 0) {
                    Object known = dimension.getValue().at(value - 1);
                    String key = dimension.getKey();
                    if (key.startsWith("switch ")) {
                        switches.put(key.substring("switch ".length()), (Boolean) known);
                    } else {
                        facts.put(key, known);
                    }
                }
            }
            return PolicyTrial.of(world, switches, new Draft(action, kind, facts), instants.get((int) left));
        }

        String words() {
            Optional<Map.Entry<String, Domain>> most = dimensions.entrySet().stream()
                    .max(Comparator.comparing(entry -> entry.getValue().size()));
            return size() + " of " + action + " by " + kind.id() + " at " + instants.size() + " instants"
                    + most.map(one -> ", " + dimensions.size() + " facts, of which '" + one.getKey() + "' alone has "
                                    + (one.getValue().size() + 1) + " classes")
                            .orElse("");
        }
    }
}
