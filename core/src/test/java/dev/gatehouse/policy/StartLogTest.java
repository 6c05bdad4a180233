package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.policy.document.Presets;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** What is said of rules that are over when a policy starts: one line for a preset's history, a warning for each of the host's own. */
class StartLogTest {
    private static final Instant TODAY = Instant.parse("2026-08-25T12:00:00Z");
    private static final String EXTENDING = """
            gatehouse-policy = 1
            name = "mine"
            revision = 1
            zone = "Etc/UTC"
            extends = "pypi/1"
            """;
    private static final String OWN_AND_OVER = """

            [requirement.own]
            actions = ["project"]
            demand.email-verified = true
            message = "m"
            phases = [{ from = 2024-01-01, until = 2025-01-01, mode = "enforce" }]
            """;

    private static List<String> told(PolicyDefinition definition) {
        Map<String, Boolean> switches = new TreeMap<>();
        definition
                .vocabulary()
                .of(dev.gatehouse.policy.rule.Vocabulary.Section.SWITCHES)
                .keySet()
                .forEach(name -> switches.put(name, false));
        Setting setting = new Setting(
                Supplied.everything(definition.vocabulary()),
                PolicyControls.of(switches),
                Map.of(),
                new Share(null),
                java.time.Duration.ofSeconds(30),
                Setting.LONGEST_WAIVER);
        Lines lines = new Lines();
        StartLog.tell(lines, InForce.of(definition, setting, TODAY), setting, TODAY);
        return lines.all.stream().filter(line -> line.contains(" P47 ")).toList();
    }

    private static PolicyDefinition read(String text) {
        return PolicyDocuments.standard().read("mine.toml", text).definition();
    }

    @Test
    void tell_aPresetAsItIs_namesItsHistoryOnceAndWarnsOfNothing() {
        assertThat(told(Presets.load("pypi/1")))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("INFO P47 requirement: no phase of '")
                        .contains("'upload-by-2fa-user-needs-token'")
                        .endsWith("is active or to come, and it once enforced; so says the preset"));
        assertThat(told(Presets.load("testpypi/1")))
                .as("a preset that extends one is a preset")
                .allMatch(line -> line.startsWith("INFO "))
                .hasSize(1);
    }

    @Test
    void tell_aDocumentThatExtendsAPreset_warnsOnlyOfWhatItSaysItself() {
        assertThat(told(read(EXTENDING))).isEqualTo(told(Presets.load("pypi/1")));
        assertThat(told(read(EXTENDING + OWN_AND_OVER)))
                .hasSize(2)
                .contains(
                        "WARN P47 requirement.own.phases: no phase of 'own' is active or to come, and it once enforced");
    }

    @Test
    void tell_aRequirementOfAPresetThatWasChanged_warns() {
        String id = "upload-by-2fa-user-needs-token";
        String changed = EXTENDING + "[requirement." + id + "]\nmessage = \"an API Token must be used\"\n";

        assertThat(told(read(changed))).anyMatch(line -> line.startsWith("WARN P47 requirement." + id + ".phases"));
        assertThat(told(read(changed))).noneMatch(line -> line.startsWith("INFO") && line.contains(id));
    }

    @Test
    void tell_aDocumentOfTheHostsOwn_warnsWhateverItIsCalled() {
        String copied = Presets.text("pypi/1");

        assertThat(told(PolicyDocuments.withoutPresets()
                        .read("pypi.toml", copied)
                        .definition()))
                .isNotEmpty()
                .allMatch(line -> line.startsWith("WARN "));
    }

    @Test
    void shipped_ofABuilder_isLostOnlyWhereARequirementIsReplaced() {
        PolicyDefinition preset = Presets.load("pypi/1");
        Requirement one = preset.requirements().get(0);
        PolicyDefinition changed = preset.toBuilder()
                .requirement(Requirement.builder(one.id(), one.actions(), one.demand())
                        .message("Another text.")
                        .build())
                .build();

        assertThat(preset.shipped()).hasSameSizeAs(preset.requirements());
        assertThat(preset.toBuilder().requirement(one).build().shipped()).isEqualTo(preset.shipped());
        assertThat(changed.shipped())
                .doesNotContain(one.id())
                .hasSize(preset.shipped().size() - 1);
        assertThat(read(EXTENDING + "drop = [\"" + one.id() + "\"]\n").shipped())
                .doesNotContain(one.id())
                .hasSize(preset.shipped().size() - 1);
    }

    private static final PolicyDefinition SWITCHED = read("""
            gatehouse-policy = 1
            name = "mine"
            revision = 3
            reviewed = 2025-01-01
            zone = "Etc/UTC"
            ungated = ["read", "sign-in", "account", "factor", "token", "publisher", "member", "organization", "publish", "release", "admin"]
            [vocabulary.switches]
            brake = "s"
            go = "s"
            [requirement.own]
            actions = ["project"]
            demand.email-verified = true
            message = "m"
            phases = [{ mode = "enforce", switch = "go" }, { mode = "enforce", switch = "brake" }]
            """);

    private static Waiver waiver(String rule, Instant from, Instant until) {
        return new Waiver(rule, Waiver.Subject.ACCOUNT, "a", from, until, "a lost key", "support");
    }

    @Test
    void tell_switchesAndWaivers_saysWhatIsOffAndWhatIsLifted() {
        PolicyControls controls = PolicyControls.of(Map.of("go", true, "brake", false));
        Instant month = TODAY.plus(Setting.LONGEST_WAIVER);
        controls.waivers(List.of(
                waiver("begun", TODAY, TODAY.plusNanos(1)),
                waiver("over", TODAY.minusSeconds(9), TODAY),
                waiver("to-come", TODAY.plusNanos(1), TODAY.plusSeconds(9)),
                waiver("month", TODAY, month),
                waiver("longer", TODAY, month.plusNanos(1))));
        Setting setting = new Setting(
                Supplied.nothing(),
                controls,
                Map.of(),
                new Share(null),
                java.time.Duration.ZERO,
                Setting.LONGEST_WAIVER);
        InForce inForce = InForce.of(SWITCHED, setting, TODAY);
        Lines lines = new Lines();

        StartLog.tell(lines, inForce, setting, TODAY);

        assertThat(lines.all.get(0)).isEqualTo("INFO policy in force: " + SWITCHED + " sha256:" + inForce.digest());
        assertThat(lines.all.stream().filter(line -> line.contains("switch ") || line.contains("waiver")))
                .containsExactly(
                        "INFO switch brake is off",
                        "INFO switch go is on",
                        "WARN a waiver of begun is in force until " + TODAY.plusNanos(1),
                        "WARN a waiver of month is in force until " + month,
                        "WARN a waiver of longer is longer than PT720H and lifts nothing");
    }

    @Test
    void tell_aSwitchOfAnEarlierPolicy_isNotNamed() {
        Setting setting = new Setting(
                Supplied.nothing(),
                PolicyControls.of(Map.of("go", true, "brake", false, "gone", true)),
                Map.of(),
                new Share(null),
                java.time.Duration.ZERO,
                Setting.LONGEST_WAIVER);
        Lines lines = new Lines();

        StartLog.tell(lines, InForce.of(SWITCHED, setting, TODAY), setting, TODAY);

        assertThat(lines.all).noneMatch(line -> line.contains("gone"));
    }

    /** A log that keeps its lines. */
    private static final class Lines extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1L;

        private final transient List<String> all = new ArrayList<>();

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String message, Object[] arguments, Throwable thrown) {
            all.add(level + " " + MessageFormatter.basicArrayFormat(message, arguments));
        }

        @Override
        protected String getFullyQualifiedCallerName() {
            return "";
        }

        @Override
        public boolean isTraceEnabled() {
            return true;
        }

        @Override
        public boolean isDebugEnabled() {
            return true;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }
}
