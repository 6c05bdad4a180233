package dev.gatehouse.policy;

import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Bounds;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.CredentialTest;
import dev.gatehouse.policy.rule.Finding.Severity;
import dev.gatehouse.policy.rule.InstantBounds;
import dev.gatehouse.policy.rule.MetricTest;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Remedy;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.ThingTest;
import dev.gatehouse.policy.rule.Window;
import dev.gatehouse.policy.rule.Within;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Random policies that pass the structural checks, over the small world of {@link RandomValues}. */
final class RandomPolicies {
    private static final List<String> EVIDENCE_AND_FACTS = List.of(
            "credential",
            "enrolled",
            "proven",
            "factors-left",
            "email-verified",
            "recovery-codes-saved",
            "account",
            "project",
            "organization",
            "release",
            "publisher",
            "new-token",
            "new-factor",
            "elapsed");
    private static final List<String> ONLY_ASKED = List.of("maintains", "member-of", "host");
    private static final List<FactorKind> KINDS = List.of(
            FactorKind.TOTP,
            FactorKind.WEBAUTHN,
            FactorKind.RECOVERY_CODE,
            FactorKind.EMAIL,
            FactorKind.PASSWORD,
            RandomValues.SMART_CARD,
            RandomValues.GRID,
            RandomValues.PHONE_CALL);

    private final RandomValues values;

    RandomPolicies(Random random) {
        this.values = new RandomValues(random);
    }

    /** A policy of one to five requirements without structural errors. */
    PolicyDefinition policy() {
        PolicyDefinition.Builder policy = PolicyDefinition.builder("random", 1).vocabulary(RandomValues.VOCABULARY);
        int wanted = 1 + values.random.nextInt(5);
        for (int i = 0; i < wanted; i++) {
            policy.requirement(requirement("r" + i));
        }
        return policy.build();
    }

    /** A requirement that would stand in a policy without an error. */
    Requirement requirement(String id) {
        while (true) {
            Requirement one = tryRequirement(id);
            PolicyDefinition alone = PolicyDefinition.builder("alone", 1)
                    .vocabulary(RandomValues.VOCABULARY)
                    .requirement(one)
                    .build();
            if (alone.findings().stream().noneMatch(f -> f.severity() == Severity.ERROR)) {
                return one;
            }
        }
    }

    private Requirement tryRequirement(String id) {
        List<String> actions = new ArrayList<>();
        if (values.chance(30)) {
            actions.add(values.one("all", "manage", "write", "publish", "token", "factor", "project"));
        } else {
            values.some(RandomValues.ACTIONS, 1).forEach(a -> actions.add(a.id()));
        }
        Requirement.Builder r = Requirement.builder(id, actions, demand())
                .message("no {action}")
                .notice("soon no {action}");
        if (values.chance(15)) {
            r.except(List.of(values.one(RandomValues.ACTIONS).id()));
        }
        if (values.chance(50)) {
            r.when(condition(false));
        }
        if (values.chance(35)) {
            r.unless(condition(false));
        }
        if (values.chance(10)) {
            r.remedy(values.one(Remedy.values()));
        }
        if (values.chance(75)) {
            List<Phase> phases = new ArrayList<>();
            int count = 1 + values.random.nextInt(3);
            for (int i = 0; i < count; i++) {
                phases.add(phase());
            }
            r.phases(phases);
        }
        return r.build();
    }

    Phase phase() {
        Phase.Builder phase =
                Phase.builder(values.one(Mode.ENFORCE, Mode.ENFORCE, Mode.WARN, Mode.REPORT, Mode.ANNOUNCE));
        if (values.chance(20)) {
            List<Window> windows = new ArrayList<>();
            Instant from = values.instant();
            for (int i = 0; i < 1 + values.random.nextInt(3); i++) {
                Duration length = values.one(Duration.ofNanos(1), Duration.ofHours(1), Duration.ofDays(1));
                windows.add(new Window(from, length));
                from = from.plus(length).plus(Duration.ofHours(values.random.nextInt(3)));
            }
            phase.windows(windows);
        } else {
            Instant from = values.instant();
            if (values.chance(80)) {
                phase.from(from);
            }
            if (values.chance(40)) {
                phase.until(from.plus(values.one(Duration.ofNanos(1), Duration.ofDays(1), Duration.ofDays(2))));
            }
        }
        if (values.chance(25)) {
            phase.when(condition(false));
        }
        if (values.chance(20)) {
            phase.unless(condition(false));
        }
        if (values.chance(20)) {
            phase.share(values.one(
                    new BigDecimal("0.0001"), new BigDecimal("10"), new BigDecimal("50.5"), new BigDecimal("100")));
        }
        if (values.chance(25)) {
            phase.switchName(values.one("go", "brake"));
        }
        if (values.chance(10)) {
            phase.tentative();
        }
        return phase.build();
    }

    private Condition demand() {
        return values.chance(6) ? Condition.all(new Atom.Closed()) : condition(true);
    }

    /** A condition of one to three atoms, sometimes with alternatives. */
    Condition condition(boolean demand) {
        List<Atom> outside = atoms(demand, values.random.nextInt(3));
        if (!outside.isEmpty() && values.chance(65)) {
            return Condition.all(outside);
        }
        Set<Condition> alternatives = new LinkedHashSet<>();
        int wanted = 2 + values.random.nextInt(2);
        while (alternatives.size() < wanted) {
            alternatives.add(Condition.all(atoms(demand, 1 + values.random.nextInt(2))));
        }
        return Condition.all(outside).andAnyOf(alternatives);
    }

    private List<Atom> atoms(boolean demand, int count) {
        List<String> keys = new ArrayList<>(EVIDENCE_AND_FACTS);
        if (!demand) {
            keys.addAll(ONLY_ASKED);
        }
        java.util.Collections.shuffle(keys, values.random);
        List<Atom> atoms = new ArrayList<>();
        keys.subList(0, count).forEach(key -> atoms.add(atom(key)));
        return atoms;
    }

    private Atom atom(String key) {
        return switch (key) {
            case "credential" -> new Atom.Credential(credential());
            case "enrolled" -> new Atom.Enrolled(selector());
            case "proven" ->
                new Atom.Proven(selector(), values.one(Within.REQUEST, Within.SESSION, Within.of(values.duration())));
            case "factors-left" -> new Atom.FactorsLeft(selector());
            case "email-verified" -> new Atom.EmailVerified();
            case "recovery-codes-saved" -> new Atom.RecoveryCodesSaved();
            case "account" ->
                new Atom.Account(
                        values.chance(50)
                                ? ThingTest.registered(span())
                                : thing(List.of("vip", "level"), "projects", false));
            case "maintains" -> new Atom.Maintains(thing(List.of("critical", "mandated"), "downloads", true));
            case "member-of" -> new Atom.MemberOf(ThingTest.flag("strict"));
            case "project" -> new Atom.Project(thing(List.of("critical", "mandated"), "downloads", true));
            case "organization" -> new Atom.Organization(thing(List.of("strict"), "seats", true));
            case "release" ->
                new Atom.Release(
                        values.chance(50)
                                ? ThingTest.any().andAge(lengths())
                                : thing(List.of("signed"), "downloads", false));
            case "publisher" ->
                new Atom.Publisher(
                        values.chance(50) ? List.of("github") : List.of(),
                        values.chance(50) ? List.of("push", "pull_request_target") : List.of(),
                        List.of("tag"),
                        values.chance(30) ? List.of("member") : List.of(),
                        values.chance(20) ? List.of("member") : List.of());
            case "new-token" ->
                new Atom.NewToken(
                        values.chance(60) ? values.some(List.of("granular", "bypass"), 1) : List.of(),
                        values.chance(60) ? lengths() : Bounds.none(),
                        List.of(values.reach(), values.reach()));
            case "new-factor" -> new Atom.NewFactor(selector());
            case "elapsed" ->
                new Atom.Elapsed(values.some(List.of("email-changed", "code-used"), 1), values.duration());
            case "host" -> new Atom.Host(List.of("office-hours"));
            default -> throw new IllegalStateException(key);
        };
    }

    private FactorSelector selector() {
        List<FactorClass> classes = values.chance(60) ? List.of(values.one(FactorClass.values())) : List.of();
        List<FactorKind> kinds = classes.isEmpty() || values.chance(40) ? values.some(KINDS, 1) : List.<FactorKind>of();
        return FactorSelector.of(classes, kinds);
    }

    private CredentialTest credential() {
        List<CredentialTest.Pattern> patterns = new ArrayList<>();
        for (int i = 0; i < 1 + values.random.nextInt(3); i++) {
            CredentialKind kind = values.one(CredentialKind.values());
            List<String> labels = switch (kind) {
                case API_TOKEN -> List.of("granular", "bypass");
                case SESSION -> List.of("known-device");
                default -> List.of();
            };
            patterns.add(new CredentialTest.Pattern(
                    kind, values.chance(50) ? List.of() : values.some(labels, labels.isEmpty() ? 0 : 1)));
        }
        CredentialTest test = CredentialTest.any().andOneOf(patterns);
        return switch (values.random.nextInt(8)) {
            case 0 -> test.andAge(lengths());
            case 1 -> test.andIdle(lengths());
            case 2 -> test.andLifetime(lengths());
            case 3 -> test.andCreated(span());
            case 4 -> CredentialTest.any().andReach(List.of(values.reach(), values.reach()));
            default -> test;
        };
    }

    private ThingTest thing(List<String> flags, String metric, boolean created) {
        ThingTest test = ThingTest.any();
        if (values.chance(60)) {
            test = test.andAnyFlag(values.some(flags, 1));
        }
        if (values.chance(20)) {
            test = test.andAllFlags(values.some(flags, 1));
        }
        if (values.chance(40)) {
            test = test.andMetric(new MetricTest(metric, numbers()));
        }
        if (created && values.chance(15)) {
            test = test.andCreated(span());
        }
        return test.isAny() ? test.andAnyFlag(flags) : test;
    }

    private Bounds<Double> numbers() {
        return bound(values.random.nextInt(4), values.number());
    }

    private Bounds<Duration> lengths() {
        return values.chance(20)
                ? Bounds.oneOf(List.of(values.duration(), values.duration()))
                : bound(values.random.nextInt(4), values.duration());
    }

    private static <T extends Comparable<T>> Bounds<T> bound(int which, T value) {
        return switch (which) {
            case 0 -> Bounds.over(value);
            case 1 -> Bounds.atLeast(value);
            case 2 -> Bounds.below(value);
            default -> Bounds.atMost(value);
        };
    }

    private InstantBounds span() {
        return values.chance(50) ? InstantBounds.since(values.instant()) : InstantBounds.before(values.instant());
    }
}
