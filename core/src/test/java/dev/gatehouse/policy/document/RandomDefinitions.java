package dev.gatehouse.policy.document;

import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.rule.Action;
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
import dev.gatehouse.policy.rule.Reach;
import dev.gatehouse.policy.rule.Remedy;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.ThingTest;
import dev.gatehouse.policy.rule.Vocabulary;
import dev.gatehouse.policy.rule.Vocabulary.Section;
import dev.gatehouse.policy.rule.Window;
import dev.gatehouse.policy.rule.Within;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** Definitions that use all of the language, with values and texts at the edges of what can be written. */
final class RandomDefinitions {
    static final FactorKind SMART_CARD = FactorKind.custom("smart-card", FactorClass.HARDWARE_BOUND);

    private static final String[] PIECES = {
        "\"",
        "'",
        "\\",
        "\n",
        "\r\n",
        "\t",
        "\u0000",
        "\u001b",
        "\u007f",
        "\u0085",
        "\u2028",
        "\uFEFF",
        "\uD83D\uDE00",
        "\u00e9",
        "e\u0301",
        "\u202e",
        "#",
        "{{",
        "}",
        "{account}",
        "{link}",
        "\"\"\"",
        "'''",
        " ",
        "a",
        "\\u0041",
        "= ["
    };
    private static final List<String> ATOMS = List.of(
            "credential",
            "enrolled",
            "proven",
            "email-verified",
            "recovery-codes-saved",
            "account",
            "maintains",
            "member-of",
            "project",
            "organization",
            "release",
            "publisher",
            "new-token",
            "new-factor",
            "factors-left",
            "elapsed",
            "host");

    private final Random random;

    RandomDefinitions(long seed) {
        this.random = new Random(seed);
    }

    PolicyDefinition next() {
        Vocabulary vocabulary = vocabulary();
        PolicyDefinition.Builder b = PolicyDefinition.builder(one("p", "my-index", "x-9"), 1 + random.nextInt(5000))
                .vocabulary(vocabulary);
        if (random.nextBoolean()) {
            b.reviewed(LocalDate.of(1 + random.nextInt(9998), 1 + random.nextInt(12), 1 + random.nextInt(28)));
        }
        if (chance(30)) {
            b.lineage(List.of("base/2", text() + "/1"));
        }
        if (chance(30)) {
            b.dropped(List.of("gone", text()));
        }
        if (chance(30)) {
            b.ungated(List.of("read", "webhook"));
        }
        int wanted = 1 + random.nextInt(4);
        for (int i = 0; i < wanted; i++) {
            b.requirement(sound(vocabulary, "r-" + i));
        }
        return b.build();
    }

    private Requirement sound(Vocabulary vocabulary, String id) {
        while (true) {
            Requirement one = requirement(id);
            PolicyDefinition alone = PolicyDefinition.builder("alone", 1)
                    .vocabulary(vocabulary)
                    .requirement(one)
                    .build();
            if (alone.findings().stream().noneMatch(f -> f.severity() == Severity.ERROR)) {
                return one;
            }
        }
    }

    private Vocabulary vocabulary() {
        Vocabulary v = Vocabulary.empty();
        for (String owner : List.of("account", "project", "organization", "release")) {
            v = v.with(Section.FLAGS, owner + ".f", text()).with(Section.FLAGS, owner + ".2g", text());
            v = v.with(Section.METRICS, owner + ".m", text()).with(Section.METRICS, owner + ".n", text());
        }
        return v.with(Section.FLAGS, "publisher.f", text())
                .with(Section.FLAGS, "host.vpn", text())
                .with(Section.LABELS, "api-token.l", text())
                .with(Section.LABELS, "api-token.k", text())
                .with(Section.LABELS, "session.l", text())
                .with(Section.EVENTS, "e", text())
                .with(Section.SWITCHES, "2fa-required", text())
                .with(Section.ACTIONS, "webhook.manage", text())
                .with(Section.ACTIONS, "token.rotate", text());
    }

    private Requirement requirement(String id) {
        List<String> words = new ArrayList<>(List.of("publish", "token", "factor.enrol", "token.create", "webhook"));
        Action.core().forEach(action -> words.add(action.id()));
        Requirement.Builder b = Requirement.builder(id, some(words), demand())
                .message("m" + text())
                .notice("n" + text());
        if (chance(20)) {
            b.except(List.of(one(words)));
        }
        if (chance(50)) {
            b.when(condition());
        }
        if (chance(30)) {
            b.unless(condition());
        }
        if (chance(20)) {
            b.remedy(one(Remedy.values()));
        }
        List<Phase> phases = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            phases.add(phase());
        }
        return b.phases(phases).build();
    }

    private Phase phase() {
        Phase.Builder b = Phase.builder(one(Mode.values()));
        if (chance(30)) {
            Instant from = instant();
            b.windows(List.of(new Window(from, duration()), new Window(from.plusSeconds(1_000_000_000L), duration())));
        } else {
            if (chance(70)) {
                b.from(instant());
            }
            if (chance(40)) {
                b.until(instant());
            }
        }
        if (chance(30)) {
            b.when(condition());
        }
        if (chance(30)) {
            b.unless(condition());
        }
        if (chance(40)) {
            b.share(BigDecimal.valueOf(1 + random.nextInt(1_000_000), 4));
        }
        if (chance(30)) {
            b.switchName("2fa-required");
        }
        if (chance(20)) {
            b.tentative();
        }
        return b.build();
    }

    private Condition demand() {
        return chance(10) ? Condition.all(new Atom.Closed()) : condition();
    }

    private Condition condition() {
        Condition outside = Condition.all(atoms(random.nextInt(3)));
        Set<Condition> alternatives = new LinkedHashSet<>();
        if (outside.isEmpty() || chance(30)) {
            while (alternatives.size() < 2 + random.nextInt(2)) {
                alternatives.add(Condition.all(atoms(1 + random.nextInt(2))));
            }
        }
        return alternatives.isEmpty() ? outside : outside.andAnyOf(alternatives);
    }

    private List<Atom> atoms(int count) {
        List<String> keys = new ArrayList<>(ATOMS);
        Collections.shuffle(keys, random);
        return keys.subList(0, count).stream().map(this::atom).toList();
    }

    private Atom atom(String key) {
        return switch (key) {
            case "credential" -> new Atom.Credential(credential());
            case "enrolled" -> new Atom.Enrolled(selector());
            case "proven" -> new Atom.Proven(selector(), one(Within.REQUEST, Within.SESSION, Within.of(duration())));
            case "email-verified" -> new Atom.EmailVerified();
            case "recovery-codes-saved" -> new Atom.RecoveryCodesSaved();
            case "account" -> new Atom.Account(chance(50) ? ThingTest.registered(span()) : thing(false));
            case "maintains" -> new Atom.Maintains(thing(true));
            case "member-of" -> new Atom.MemberOf(ThingTest.flag("f", "2g"));
            case "project" -> new Atom.Project(thing(true));
            case "organization" -> new Atom.Organization(thing(true));
            case "release" -> new Atom.Release(thing(false).andAge(lengths()));
            case "publisher" ->
                new Atom.Publisher(
                        List.of("p" + text()),
                        maybe(this::text),
                        maybe(this::text),
                        maybe(() -> "f"),
                        maybe(() -> "f"));
            case "new-token" ->
                new Atom.NewToken(maybe(() -> one("l", "k")), lengths(), some(Arrays.asList(Reach.values())));
            case "new-factor" -> new Atom.NewFactor(selector());
            case "factors-left" -> new Atom.FactorsLeft(selector());
            case "elapsed" -> new Atom.Elapsed(List.of("e"), duration());
            default -> new Atom.Host(List.of("vpn"));
        };
    }

    private CredentialTest credential() {
        List<CredentialTest.Pattern> patterns = new ArrayList<>();
        for (CredentialKind kind : some(Arrays.asList(CredentialKind.values()))) {
            List<String> labels = kind == CredentialKind.API_TOKEN
                    ? one(List.<String>of(), List.of("l"), List.of("k", "l"))
                    : List.of();
            patterns.add(new CredentialTest.Pattern(kind, labels));
        }
        CredentialTest test = CredentialTest.any().andOneOf(patterns);
        test = chance(20) ? test.andAge(lengths()) : test;
        test = chance(20) ? test.andIdle(lengths()) : test;
        test = chance(20) ? test.andLifetime(lengths()) : test;
        test = chance(20) ? test.andCreated(span()) : test;
        return chance(20) ? test.andReach(some(Arrays.asList(Reach.values()))) : test;
    }

    private ThingTest thing(boolean created) {
        ThingTest test = ThingTest.flag("f");
        test = chance(40) ? test.andAllFlags(List.of("f", "2g")) : test;
        test = chance(40) ? test.andMetric(new MetricTest("m", numbers())) : test;
        test = chance(30) ? test.andMetric(new MetricTest("n", numbers())) : test;
        return created && chance(30) ? test.andCreated(span()) : test;
    }

    private FactorSelector selector() {
        List<FactorKind> kinds = new ArrayList<>(FactorKind.builtIn());
        kinds.add(SMART_CARD);
        return FactorSelector.of(
                some(Arrays.asList(FactorClass.values())), chance(50) ? some(kinds) : List.<FactorKind>of());
    }

    private Bounds<Double> numbers() {
        double value = one(
                0d,
                -0d,
                1e300,
                Double.MIN_VALUE,
                0x1p53,
                0x1p53 + 2,
                -7.25,
                (double) random.nextInt(),
                random.nextGaussian());
        return bounds(value);
    }

    private Bounds<Duration> lengths() {
        return chance(30) ? Bounds.oneOf(List.of(duration(), duration())) : bounds(duration());
    }

    private <T extends Comparable<T>> Bounds<T> bounds(T value) {
        return one(
                Bounds.over(value),
                Bounds.atLeast(value),
                Bounds.below(value),
                Bounds.atMost(value),
                Bounds.atLeast(value).andAtMost(value));
    }

    private InstantBounds span() {
        Instant one = instant();
        return one(
                InstantBounds.since(one),
                InstantBounds.before(one),
                InstantBounds.since(one).andBefore(one.plusNanos(1)));
    }

    private Instant instant() {
        return one(
                Instant.parse("0000-01-01T00:00:00Z"),
                Instant.parse("9999-12-31T23:59:59.999999999Z").minusSeconds(1_000_000_001L),
                Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                Instant.parse("2024-01-01T05:00:00Z"));
    }

    private Duration duration() {
        return one(
                Duration.ofNanos(1),
                Duration.ofDays(3_652_500),
                Duration.ofDays(1 + random.nextInt(1000)),
                Duration.ofSeconds(1 + random.nextInt(100_000_000), random.nextInt(1_000_000_000)));
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(one(PIECES));
        }
        return text.toString();
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private List<String> maybe(Supplier<String> make) {
        return random.nextBoolean() ? List.of(make.get()) : List.of();
    }

    @SafeVarargs
    private <T> T one(T... values) {
        return values[random.nextInt(values.length)];
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private <T> List<T> some(List<T> values) {
        List<T> shuffled = new ArrayList<>(values);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, 1 + random.nextInt(Math.min(3, shuffled.size())));
    }
}
