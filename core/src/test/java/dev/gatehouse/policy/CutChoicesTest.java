package dev.gatehouse.policy;

import static dev.gatehouse.policy.ChoicesTest.deadEnds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.rule.Finding;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whoever can choose what passes is in no dead end; where not every choice is tried, being stuck is no proof of one. */
class CutChoicesTest {
    private static String rule(String id, String action, String more) {
        return "[requirement." + id + "]\nactions = [\"" + action + "\"]\nmessage = \"m\"\n" + more + "\n";
    }

    private static String names(String section, String owner, int count) {
        return "[vocabulary." + section + "]\n"
                + IntStream.range(0, count)
                        .mapToObj(i -> owner + ".n" + i + " = \"v\"\n")
                        .collect(Collectors.joining());
    }

    private static void assertCutShort(String text) {
        assertThat(deadEnds(text)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
            assertThat(finding.text()).contains("cut short");
        });
    }

    @Test
    void release_whoseNumbersAreBoundedApart_canBeChosen() {
        assertThat(deadEnds(names("metrics", "release", 2)
                        + rule("one", "publish.release", "demand.release = { metric = \"n0\", below = 100 }")
                        + rule("two", "publish.release", "demand.release = { metric = \"n1\", at-least = 1 }")))
                .isEmpty();
    }

    @Test
    void run_thatHasOneFlagAndNotTheOther_canBeChosen() {
        assertThat(deadEnds(names("flags", "publisher", 2)
                        + rule("one", "publish.release", "demand.credential = \"trusted-publisher\"")
                        + rule(
                                "two",
                                "publish.release",
                                "when.credential = \"trusted-publisher\"\ndemand.publisher.flag = \"n0\"")
                        + rule(
                                "three",
                                "publish.release",
                                "when.publisher.flag = \"n1\"\ndemand.credential = \"session\"")))
                .isEmpty();
    }

    private static String bounded(int number) {
        return rule(
                "r" + number,
                "publish.release",
                "demand.release = { metric = \"n" + number + "\", at-least = 10, below = 20 }");
    }

    @Test
    void release_thatIsNotAmongThoseTried_isNoDeadEndButAWarning() {
        assertCutShort(names("metrics", "release", 3) + bounded(0) + bounded(1) + bounded(2));
    }

    @Test
    void run_thatIsNotAmongThoseTried_isNoDeadEndButAWarning() {
        String flags = IntStream.range(3, 8)
                .mapToObj(i -> rule(
                        "f" + i,
                        "publish.release",
                        "when.publisher.flag = \"n" + i + "\"\ndemand.credential = \"session\""))
                .collect(Collectors.joining());
        String three = IntStream.range(0, 3)
                .mapToObj(i -> rule(
                        "t" + i,
                        "publish.release",
                        "when.credential = \"trusted-publisher\"\ndemand.publisher.flag = \"n" + i + "\""))
                .collect(Collectors.joining());

        assertCutShort(names("flags", "publisher", 8)
                + rule("one", "publish.release", "demand.credential = \"trusted-publisher\"")
                + flags
                + three);
    }

    private static String labelled(String kind) {
        String shut = IntStream.range(3, 8)
                .mapToObj(i -> rule(
                        "f" + i,
                        "publish.release",
                        "when.credential = \"" + kind + ".n" + i + "\"\ndemand.credential = \"service-account\""))
                .collect(Collectors.joining());
        String three = IntStream.range(0, 3)
                .mapToObj(i -> rule("t" + i, "publish.release", "demand.credential = \"" + kind + ".n" + i + "\""))
                .collect(Collectors.joining());
        return names("labels", kind, 8) + shut + three;
    }

    @Test
    void labels_thatAreNotAmongThoseTried_areNoDeadEndButAWarning() {
        assertCutShort(labelled("api-token"));
        assertCutShort(labelled("session"));
    }

    /** What is cut elsewhere says nothing of a way out that does not look at it. */
    @Test
    void deadEnd_besideAListThatIsCut_isStillOne() {
        String shut = rule("shut", "publisher.add", "demand.enrolled = \"any\"")
                + rule("view", "factor.view", "demand.enrolled = \"any\"")
                + rule("one", "project.settings", "demand.enrolled = \"any\"");

        assertThat(deadEnds(labelled("session") + shut))
                .filteredOn(finding -> finding.severity() == Finding.Severity.ERROR)
                .extracting(Finding::path)
                .contains("requirement.one", "requirement.view");
    }
}
