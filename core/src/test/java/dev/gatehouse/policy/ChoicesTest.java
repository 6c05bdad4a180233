package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.rule.Finding;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Reach;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the search for dead ends lets a person choose: every value that the policy can tell from another, and no more. */
class ChoicesTest {
    private static final String NAMES = """
            [vocabulary.labels]
            api-token.granular = "v"
            api-token.write = "v"
            session.known-device = "v"
            [vocabulary.flags]
            release.signed = "v"
            release.yanked = "v"
            publisher.member = "v"
            publisher.hosted = "v"
            [vocabulary.metrics]
            release.downloads = "v"
            release.size = "v"
            [vocabulary.events]
            email-changed = "v"
            code-used = "v"

            """;

    private static Choices choices(String... rules) {
        StringBuilder text = new StringBuilder(NAMES);
        for (int i = 0; i < rules.length; i++) {
            String action = rules[i].contains("new-token") ? "token.create" : "publish.release";
            text.append("[requirement.r").append(i).append("]\nactions = [\"").append(action);
            text.append("\"]\nmessage = \"m\"\n").append(rules[i]).append('\n');
        }
        return new Choices(DeadEndsTest.read(text.toString()));
    }

    private static final String PLAIN = "demand.email-verified = true";

    private static Lifetime days(int days) {
        return Lifetime.of(Duration.ofDays(days));
    }

    @Test
    void policyThatTellsNothingApart_leavesOneOfEach() {
        Choices none = choices(PLAIN);

        assertThat(none.tokens).containsExactly(new NewToken(Set.of(), days(1), Reach.PROJECT));
        assertThat(none.sessions).containsExactly(Set.of());
        assertThat(none.releases).hasSize(1);
        ThingFacts release = none.releases.get(0);
        assertThat(release.flags().value()).isEmpty();
        assertThat(release.age(Samples.NOW)).isEqualTo(Fact.of(Duration.ZERO));
        assertThat(release.metric("downloads").isUnknown()).isTrue();
        assertThat(words(none.runs)).containsExactly("another another another []");
        assertThat(none.events).isEmpty();
    }

    @Test
    void tokens_haveEveryLifetimeAroundABoundAndNoEnd() {
        List<Lifetime> around = List.of(
                Lifetime.of(Duration.ofDays(7).minusNanos(1)),
                days(7),
                Lifetime.of(Duration.ofDays(7).plusNanos(1)),
                Lifetime.endless());

        for (String rule : List.of(
                "demand.new-token.lifetime.at-most = \"P7D\"",
                "demand.credential = { kind = \"api-token\", lifetime.at-most = \"P7D\" }")) {
            assertThat(choices(rule).tokens).extracting(NewToken::lifetime).containsExactlyElementsOf(around);
        }
    }

    @Test
    void tokens_haveEveryReachWhereOneIsAsked() {
        for (String rule : List.of(
                "demand.new-token.reach = \"project\"",
                "demand.credential = { kind = \"api-token\", reach = \"project\" }")) {
            assertThat(choices(rule).tokens)
                    .extracting(NewToken::reach)
                    .containsExactly(Reach.PROJECT, Reach.PROJECTS, Reach.PATTERN, Reach.ORGANIZATION, Reach.ACCOUNT);
        }
    }

    @Test
    void labels_areThoseOfTheirKind() {
        Choices some = choices(
                "when.credential = [\"api-token.granular\", \"session.known-device\"]\n" + PLAIN,
                "demand.new-token.label = \"write\"");

        assertThat(some.tokens)
                .extracting(NewToken::labels)
                .containsExactly(Set.of(), Set.of("granular"), Set.of("write"), Set.of("granular", "write"));
        assertThat(some.sessions).containsExactly(Set.of(), Set.of("known-device"));
    }

    @Test
    void releases_haveTheFlagsAgesAndNumbersAtEachBound() {
        Choices some = choices("""
                when.release = { flag = "signed", flags = ["yanked"], age.over = "P2D" }
                demand.email-verified = true
                """, """
                when.release = { metric = "downloads", over = 10 }
                demand.email-verified = true
                """);

        assertThat(some.releases)
                .hasSize(4 * 4 * 4)
                .extracting(release -> release.age(Samples.NOW).value())
                .contains(
                        Duration.ZERO,
                        Duration.ofDays(2).minusNanos(1),
                        Duration.ofDays(2),
                        Duration.ofDays(2).plusNanos(1));
        assertThat(some.releases.subList(0, 4))
                .extracting(release -> release.metric("downloads").value())
                .containsExactly(0.0, Math.nextDown(10.0), 10.0, Math.nextUp(10.0));
        assertThat(some.releases)
                .extracting(release -> release.flags().value())
                .contains(Set.of(), Set.of("signed"), Set.of("yanked"), Set.of("signed", "yanked"));
        assertThat(some.releases)
                .extracting(release -> release.created().value())
                .containsOnly(Instant.EPOCH);
    }

    @Test
    void releases_withSeveralNumbers_haveEachWithEach() {
        Choices some = choices(
                "when.release = { metric = \"size\", over = 3 }\n" + PLAIN,
                "when.release = { metric = \"downloads\", over = 10 }\n" + PLAIN,
                "when.release = { metric = \"downloads\", over = 20 }\n" + PLAIN);

        assertThat(some.releases)
                .hasSize(4 * 7)
                .extracting(release -> List.of(
                        release.metric("size").value(),
                        release.metric("downloads").value()))
                .doesNotHaveDuplicates()
                .contains(List.of(0.0, Math.nextUp(20.0)), List.of(Math.nextUp(3.0), 0.0));
    }

    @Test
    void runs_areEveryCombinationOfWhatIsNamedAndAnother() {
        Choices some = choices("when.publisher = { provider = \"github\", event = \"push\", ref = \"tag\","
                + " flag = \"member\" }\n" + PLAIN);

        List<String> expected = new ArrayList<>();
        for (String flags : List.of("[member]", "[]")) {
            for (String provider : List.of("github", "another")) {
                for (String event : List.of("push", "another")) {
                    for (String ref : List.of("tag", "another")) {
                        expected.add(provider + " " + event + " " + ref + " " + flags);
                    }
                }
            }
        }
        assertThat(words(some.runs)).containsExactlyElementsOf(expected);
        assertThat(words(choices("when.publisher.flags = [\"member\"]\n" + PLAIN).runs))
                .containsExactly("another another another [member]", "another another another []");
    }

    @Test
    void runs_haveEachSetOfTheFlags() {
        assertThat(words(choices("when.publisher.flag = [\"member\", \"hosted\"]\n" + PLAIN).runs))
                .containsExactlyInAnyOrder(
                        "another another another [hosted, member]",
                        "another another another []",
                        "another another another [hosted]",
                        "another another another [member]");
    }

    private static List<String> words(List<PublisherRun> runs) {
        return runs.stream()
                .map(run -> run.provider() + " " + run.event() + " " + run.ref() + " "
                        + new TreeSet<>(run.flags().value()))
                .toList();
    }

    @Test
    void events_areThoseThatAreRead() {
        assertThat(choices("demand.elapsed = { since = [\"email-changed\", \"code-used\"], at-least = \"PT1H\" }")
                        .events)
                .containsExactly("code-used", "email-changed");
    }

    private static List<Integer> names(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    @Test
    void subsets_ofFewNames_areAll() {
        assertThat(Choices.subsets(List.of(), List.of())).containsExactly(Set.of());
        assertThat(Choices.subsets(List.of("x", "y", "z"), List.of()))
                .containsExactly(
                        Set.of(),
                        Set.of("x"),
                        Set.of("y"),
                        Set.of("z"),
                        Set.of("x", "y"),
                        Set.of("x", "z"),
                        Set.of("y", "z"),
                        Set.of("x", "y", "z"));
        assertThat(Choices.subsets(names(6), List.of(Set.of(0, 1, 2))))
                .hasSize(64)
                .doesNotHaveDuplicates();
    }

    /** With 32 names the number of all subsets came to one, and the search to no end. */
    @ParameterizedTest
    @ValueSource(ints = {7, 31, 32, 38, 64})
    void subsets_ofManyNames_areThoseAskedForTogetherAllAndSmallOnes(int count) {
        Set<Integer> three = Set.of(0, 1, 2);

        List<Set<Integer>> subsets = Choices.subsets(names(count), List.of(three));

        assertThat(subsets.subList(0, 3)).containsExactly(Set.of(), three, Set.copyOf(names(count)));
        assertThat(subsets.subList(3, 3 + count)).allMatch(set -> set.size() == 1);
        assertThat(subsets.subList(3 + count, subsets.size())).allMatch(set -> set.size() == 2);
        assertThat(subsets).hasSize(3 + count + count * (count - 1) / 2).doesNotHaveDuplicates();
    }

    /** Whoever can choose three flags, or a token of three labels, is in no dead end, however many others there are. */
    @ParameterizedTest
    @ValueSource(ints = {3, 6, 7, 32, 70})
    void check_demandForThreeNamesOfMany_isNoDeadEnd(int count) {
        String flags = list("release", count)
                + """
                [requirement.one]
                actions = ["publish.release"]
                message = "m"
                demand.release.flags = ["f0", "f1", "f2"]
                [requirement.two]
                actions = ["release.yank"]
                message = "m"
                when.release.flag = [%s]
                demand.email-verified = true
                """.formatted(IntStream.range(0, count)
                        .mapToObj(i -> "\"f" + i + "\"")
                        .collect(Collectors.joining(",")));
        String labels = list("api-token", count).replace("flags", "labels")
                + """
                [requirement.one]
                actions = ["publish.release"]
                message = "m"
                demand.credential = "api-token.f0.f1.f2"
                [requirement.two]
                actions = ["release.yank"]
                message = "m"
                when.credential = [%s]
                demand.email-verified = true
                """.formatted(IntStream.range(0, count)
                        .mapToObj(i -> "\"api-token.f" + i + "\"")
                        .collect(Collectors.joining(",")));

        assertThat(deadEnds(flags)).isEmpty();
        assertThat(deadEnds(labels)).isEmpty();
        assertThat(deadEnds(flags + "[requirement.three]\nactions = [\"publish.release\"]\nmessage = \"m\"\n"
                        + "when.release.flag = \"f0\"\ndemand.release.flag = \"f1\"\nunless.release.flag = \"f2\"\n"))
                .isEmpty();
    }

    private static String list(String owner, int count) {
        return "[vocabulary.flags]\n"
                + IntStream.range(0, count)
                        .mapToObj(i -> owner + ".f" + i + " = \"v\"\n")
                        .collect(Collectors.joining());
    }

    /** The dead ends of a policy as a document. */
    static List<Finding> deadEnds(String text) {
        PolicyDefinition definition = DeadEndsTest.read(text);
        return PolicyAnalysis.findings(
                        definition, Supplied.everything(definition.vocabulary()), Instant.parse("2025-01-01T00:00:00Z"))
                .stream()
                .filter(finding -> finding.code().equals("P40"))
                .toList();
    }
}
