package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.Dimension.Choice;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which facts the search for dead ends tells apart, and the values at which a policy's constants do. */
class DimensionsTest {
    private static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");

    private static final String NAMES = """
            [vocabulary.flags]
            account.level = "v"
            account.staff = "v"
            account.old-hand = "v"
            project.critical = "v"
            project.mandated = "v"
            organization.strict = "v"
            host.night = "v"
            host.holiday = "v"
            [vocabulary.metrics]
            account.uploads = "v"
            project.downloads = "v"
            organization.members = "v"
            [vocabulary.switches]
            go = "v"
            later = "v"

            """;

    private static String rule(String more) {
        return "[requirement.one]\nactions = [\"publish.release\"]\nmessage = \"m\"\n" + more + "\n";
    }

    private static List<Dimension> dimensions(String text) {
        PolicyDefinition definition = DeadEndsTest.read(NAMES + text);
        return new Dimensions(definition).readBy(definition.requirements(), NOW);
    }

    private static List<Dimension> when(String when) {
        return dimensions(rule("when." + when + "\ndemand.email-verified = true"));
    }

    private static List<String> words(List<Dimension> dimensions) {
        return dimensions.stream()
                .flatMap(d -> d.choices().stream())
                .map(c -> (c.usual() ? "*" : "") + c.words())
                .toList();
    }

    /** The class with the last value of each fact. */
    private static Cohort last(List<Dimension> dimensions) {
        List<Choice> chosen = new ArrayList<>();
        dimensions.forEach(d -> chosen.add(d.choices().get(d.choices().size() - 1)));
        return new Cohort(chosen);
    }

    @Test
    void flag_isSetOrNotOnWhatItBelongsTo() {
        List<Dimension> flags = dimensions(rule("""
                when.account.flag = "staff"
                when.project.flags = ["critical", "mandated"]
                when.organization.flag = "strict"
                demand.email-verified = true
                """));

        assertThat(words(flags))
                .containsExactly(
                        "*no account flag staff",
                        "account flag staff",
                        "*no organization flag strict",
                        "organization flag strict",
                        "*no project flag critical",
                        "project flag critical",
                        "*no project flag mandated",
                        "project flag mandated");
        Cohort all = last(flags);
        assertThat(all.accountFlags).containsExactly("staff");
        assertThat(all.organization.flags).containsExactly("strict");
        assertThat(all.project.flags).containsExactlyInAnyOrder("critical", "mandated");
        assertThat(all.words())
                .containsExactly(
                        "account flag staff",
                        "organization flag strict",
                        "project flag critical",
                        "project flag mandated");
    }

    @Test
    void flag_thatADemandAsksFor_isASettingAndNoClass() {
        String asked = """
                when.account.flags = ["level", "old-hand"]
                demand.account.flag = ["level", "staff"]
                """;
        PolicyDefinition definition = DeadEndsTest.read(NAMES + rule(asked));

        assertThat(Dimensions.settings(definition)).containsExactly("level", "staff");
        assertThat(words(dimensions(rule(asked))))
                .containsExactly("*no account flag old-hand", "account flag old-hand");
        assertThat(Dimensions.settings(
                        DeadEndsTest.read(NAMES + rule("demand.account.flags = [\"level\", \"staff\"]"))))
                .containsExactly("level", "staff");
        assertThat(Dimensions.settings(DeadEndsTest.read(
                        NAMES + rule("demand.any-of = [{ enrolled = \"any\" }, { account.flag = \"level\" }]"))))
                .containsExactly("level");
    }

    @Test
    void instants_areBeforeTheFirstEdgeAndFromEach() {
        List<Dimension> times = when("any-of = [{ account.registered = { since = 2024-01-01, before = 2024-06-01 } },"
                + " { account.registered.since = 2024-03-01 }]");

        assertThat(words(times))
                .containsExactly(
                        "*account registered before 2024-01-01T00:00:00Z",
                        "account registered since 2024-01-01T00:00:00Z",
                        "account registered since 2024-03-01T00:00:00Z",
                        "account registered since 2024-06-01T00:00:00Z");
        List<Instant> registered = new ArrayList<>();
        times.get(0).choices().forEach(choice -> registered.add(new Cohort(List.of(choice)).registered));
        assertThat(registered)
                .containsExactly(
                        Instant.parse("2023-12-31T23:59:59.999999999Z"),
                        Instant.parse("2024-01-01T00:00:00Z"),
                        Instant.parse("2024-03-01T00:00:00Z"),
                        Instant.parse("2024-06-01T00:00:00Z"));
    }

    @Test
    void creation_isThatOfTheThingAskedAbout() {
        List<Dimension> times = dimensions(rule("""
                when.project.created.since = 2024-01-01
                when.organization.created.before = 2023-01-01
                demand.email-verified = true
                """));

        assertThat(times).extracting(Dimension::about).containsExactly("organization created", "project created");
        Cohort cohort = last(times);
        assertThat(cohort.project.created).isEqualTo(Instant.parse("2024-01-01T00:00:00Z"));
        assertThat(cohort.organization.created).isEqualTo(Instant.parse("2023-01-01T00:00:00Z"));
        assertThat(cohort.registered).isEqualTo(Instant.EPOCH);
    }

    @Test
    void metric_hasOneValueForEachOutcomeOfItsBounds() {
        List<Dimension> metrics = when("any-of = [{ project = { metric = \"downloads\", over = 100 } },"
                + " { project = { metric = \"downloads\", at-least = 1000 } },"
                + " { project = { metric = \"downloads\", over = 100, below = 1000 } }]");

        assertThat(metrics).extracting(Dimension::about).containsExactly("project metric downloads");
        Set<List<Boolean>> outcomes = new HashSet<>();
        for (Choice choice : metrics.get(0).choices()) {
            double value = new Cohort(List.of(choice)).project.metrics.get("downloads");
            assertThat(choice.words()).isEqualTo("project metric downloads " + value);
            outcomes.add(List.of(value > 100, value >= 1000));
        }
        assertThat(outcomes)
                .containsExactlyInAnyOrder(List.of(false, false), List.of(true, false), List.of(true, true))
                .hasSameSizeAs(metrics.get(0).choices());
        assertThat(metrics.get(0).choices().stream().filter(Choice::usual)).hasSize(1);
    }

    @Test
    void metric_isOfWhatItBelongsTo() {
        List<Dimension> metrics = dimensions(rule("""
                when.account = { metric = "uploads", over = 1 }
                when.project = { metric = "downloads", over = 2 }
                when.organization = { metric = "members", over = 3 }
                demand.email-verified = true
                """));
        Cohort cohort = last(metrics);

        assertThat(cohort.accountMetrics).containsOnlyKeys("uploads");
        assertThat(cohort.accountMetrics.get("uploads")).isGreaterThan(1);
        assertThat(cohort.project.metrics).containsOnlyKeys("downloads");
        assertThat(cohort.project.metrics.get("downloads")).isGreaterThan(2);
        assertThat(cohort.organization.metrics).containsOnlyKeys("members");
        assertThat(cohort.organization.metrics.get("members")).isGreaterThan(3);
        assertThat(cohort.project.thing("p").metric("downloads").value()).isGreaterThan(2);
    }

    @Test
    void listOfThings_hasOneThatPassesOrNone() {
        List<Dimension> lists = dimensions(rule("""
                when.maintains = { flag = "critical", metric = "downloads", over = 10, below = 20, created.before = 2024-01-01 }
                when.member-of = { flags = ["strict"] }
                demand.email-verified = true
                """));
        Cohort cohort = last(lists);

        assertThat(words(lists))
                .hasSize(4)
                .allMatch(word -> word.contains("maintains ") || word.contains("member-of "));
        assertThat(new Cohort(List.of()).maintains).isEmpty();
        assertThat(cohort.maintains).singleElement().satisfies(project -> {
            assertThat(project.flags().value()).containsExactly("critical");
            assertThat(project.metric("downloads").value()).isGreaterThan(10).isLessThan(20);
            assertThat(project.created().value()).isEqualTo(Instant.parse("2023-12-31T23:59:59.999999999Z"));
        });
        assertThat(cohort.memberOf).singleElement().satisfies(organization -> {
            assertThat(organization.flags().value()).containsExactly("strict");
            assertThat(organization.created().value()).isEqualTo(Instant.EPOCH);
        });
    }

    @Test
    void condition_ofTheHost_holdsOrNotForEachId() {
        List<Dimension> hosts = when("host.flag = [\"night\", \"holiday\"]");

        assertThat(words(hosts)).containsExactly("*no host holiday", "host holiday", "*no host night", "host night");
        assertThat(last(hosts).host).containsExactlyInAnyOrder("holiday", "night");
    }

    @Test
    void readBy_anInstant_isWhatThePhasesThenRead() {
        String phased = rule("""
                when.account.flag = "staff"
                demand.email-verified = true
                phases = [
                  { from = 2024-01-01, until = 2025-01-01, mode = "enforce", switch = "go", when.project.flag = "critical" },
                  { from = 2025-01-01, mode = "enforce", switch = "later", unless.project.flag = "mandated" },
                ]
                """);
        PolicyDefinition definition = DeadEndsTest.read(NAMES + phased);
        Dimensions dimensions = new Dimensions(definition);
        List<Requirement> all = definition.requirements();

        assertThat(dimensions.readBy(all, NOW))
                .extracting(Dimension::about)
                .containsExactly("account flag staff", "project flag mandated", "switch later");
        assertThat(dimensions.readBy(all, NOW.minusNanos(1)))
                .extracting(Dimension::about)
                .containsExactly("account flag staff", "project flag critical", "switch go");
        assertThat(dimensions.readBy(all, Instant.parse("2023-01-01T00:00:00Z")))
                .isEmpty();
        assertThat(words(dimensions.readBy(all, NOW))).contains("*switch later on", "switch later off");
        assertThat(last(dimensions.readBy(all, NOW)).switches).containsEntry("later", false);
    }

    @Test
    void classes_areAllCombinationsAsLongAsTheyAreFew() {
        assertThat(Dimension.classes(flags(9), List.of())).hasSize(512);
        assertThat(Dimension.classes(flags(10), List.of()))
                .as("at most two that are not as usual")
                .hasSize(1 + 10 + 45)
                .allMatch(cohort -> cohort.words().size() <= 2);
        assertThat(Dimension.classes(flags(40), List.of())).hasSize(1 + 40 + 780);
        assertThat(Dimension.classes(flags(41), List.of()))
                .as("at most one")
                .hasSize(1 + 41)
                .allMatch(cohort -> cohort.words().size() <= 1);
        assertThat(Dimension.classes(List.of(), List.of()))
                .singleElement()
                .satisfies(cohort -> assertThat(cohort.key()).isEqualTo("[]"));
    }

    @Test
    void classes_whereNotAllAreTried_haveEveryCombinationOfWhatOneRuleReads() {
        List<Dimension> ten = flags(10);
        List<Dimension> rule = List.of(ten.get(2), ten.get(4), ten.get(6), ten.get(8));

        List<Cohort> classes = Dimension.classes(ten, List.of(rule, ten.subList(0, 2), rule));

        assertThat(classes.subList(0, 56))
                .extracting(Cohort::key)
                .isEqualTo(Dimension.classes(ten, List.of()).stream()
                        .map(Cohort::key)
                        .toList());
        assertThat(classes.subList(56, classes.size()))
                .extracting(Cohort::words)
                .containsExactlyInAnyOrder(
                        List.of("f2", "f4", "f6"),
                        List.of("f2", "f4", "f8"),
                        List.of("f2", "f6", "f8"),
                        List.of("f4", "f6", "f8"),
                        List.of("f2", "f4", "f6", "f8"));
        assertThat(Dimension.classes(flags(9), List.of(rule))).hasSize(512);
        List<Dimension> many = flags(41);
        assertThat(Dimension.classes(many, List.of(many.subList(0, 2))))
                .as("where one at most is unusual, two of a rule are added")
                .hasSize(1 + 41 + 1);
    }

    @Test
    void classes_whereEvenOneRuleReadsTooMuch_haveThatInWhichAllOfItIsUnusual() {
        List<Dimension> twelve = flags(12);

        List<Cohort> classes = Dimension.classes(twelve, List.of(twelve.subList(0, 10)));

        assertThat(classes).hasSize(1 + 12 + 66 + 1);
        assertThat(classes.get(79).words()).containsExactly("f0", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9");
    }

    private static List<Dimension> flags(int count) {
        List<Dimension> dimensions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String flag = "f" + i;
            dimensions.add(new Dimension(
                    flag,
                    List.of(
                            new Choice("no " + flag, true, cohort -> {}),
                            new Choice(flag, false, cohort -> cohort.accountFlags.add(flag)))));
        }
        return dimensions;
    }
}
