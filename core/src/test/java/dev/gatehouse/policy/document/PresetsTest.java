package dev.gatehouse.policy.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.InstantBounds;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.ThingTest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PresetsTest {
    static List<String> names() {
        return Presets.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void preset_ofEachName_loadsWithoutAnyFinding(String name) {
        LoadedPolicy loaded = PolicyDocuments.standard().preset(name);

        assertThat(loaded.warnings()).isEmpty();
        assertThat(loaded.definition().name() + "/" + loaded.definition().revision())
                .isEqualTo(name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void preset_writtenAndReadAgain_isEqual(String name) {
        PolicyDefinition definition = Presets.load(name);

        String text = PolicyDocuments.write(definition);

        assertThat(PolicyDocuments.standard().read("written.toml", text).definition())
                .isEqualTo(definition);
    }

    @ParameterizedTest
    @MethodSource("names")
    void preset_extendedByAnEmptyDocument_keepsEveryRequirement(String name) {
        String text = "gatehouse-policy = 1\nname = \"mine\"\nrevision = 1\nextends = \"" + name + "\"\n";

        PolicyDefinition child =
                PolicyDocuments.standard().read("mine.toml", text).definition();

        assertThat(child.requirements()).isEqualTo(Presets.load(name).requirements());
        assertThat(child.lineage()).startsWith(name);
    }

    @Test
    void load_ofAnUnknownRevision_isRefused() {
        assertThatThrownBy(() -> Presets.load("pypi/99"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pypi/99");
    }

    @Test
    void newest_ofAPreset_isItsHighestRevision() {
        assertThat(Presets.newest("pypi")).hasValue("pypi/1");
        assertThat(Presets.newest("pyp")).isEmpty();
    }

    @Test
    void pypi_writtenWithTheBuilder_isTheSameDefinition() {
        PolicyDefinition byHand = PypiByBuilder.definition();

        assertThat(byHand.findings()).isEmpty();
        assertThat(Presets.load("pypi/1").requirements()).containsExactlyElementsOf(byHand.requirements());
        assertThat(Presets.load("pypi/1")).isEqualTo(byHand);
    }

    /** What an upload with a password is told from 2023-06-01 on, one requirement or another saying it. */
    @ParameterizedTest
    @ValueSource(strings = {"pypi/1", "testpypi/1", "pypi-strict/1", "pypi-by-hand/1"})
    void passwordUpload_onEachIndexOfPypisKind_isRefusedWithThePhrase(String name) {
        PolicyDefinition definition = Presets.load(name);

        for (String id : List.of("upload-by-2fa-user-needs-token", "upload-needs-token")) {
            assertThat(definition.requirement(id).orElseThrow().message().orElseThrow())
                    .contains("an API Token or Trusted Publisher must be used to upload");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pypi/1", "testpypi/1", "pypi-strict/1", "pypi-by-hand/1"})
    void passwordUpload_ofATwoFactorAccount_isObservedFromTheMailsOf2022On(String name) {
        Requirement requirement =
                Presets.load(name).requirement("upload-by-2fa-user-needs-token").orElseThrow();
        Instant first = Instant.parse("2022-02-28T05:00:00Z");
        Instant refused = Instant.parse("2023-06-01T04:00:00Z");

        assertThat(modes(requirement, first.minusNanos(1))).isEmpty();
        assertThat(modes(requirement, first)).containsExactly(Mode.REPORT);
        assertThat(modes(requirement, refused.minusNanos(1))).containsExactly(Mode.REPORT);
        assertThat(modes(requirement, refused)).containsExactly(Mode.ENFORCE);
    }

    /** Days are days in New York, the cohort's cut-off is an instant in UTC. */
    @Test
    void requirementForEverybody_ofEachIndex_beginsAtItsMidnightInNewYork() {
        for (String id : List.of("upload-needs-token", "upload-needs-2fa", "management-needs-2fa")) {
            assertThat(forEverybody("pypi/1", id)).isEqualTo(Instant.parse("2024-01-01T05:00:00Z"));
            assertThat(forEverybody("pypi-strict/1", id)).isEqualTo(Instant.parse("2024-01-01T05:00:00Z"));
            assertThat(forEverybody("testpypi/1", id)).isEqualTo(Instant.parse("2023-12-06T05:00:00Z"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pypi/1", "testpypi/1", "pypi-strict/1", "pypi-by-hand/1"})
    void cohort_ofNewAccounts_beginsAtMidnightInUtc(String name) {
        Condition joined = Condition.all(
                new Atom.Account(ThingTest.registered(InstantBounds.since(Instant.parse("2023-08-08T00:00:00Z")))));

        for (String id : List.of("upload-needs-2fa", "management-needs-2fa")) {
            assertThat(Presets.load(name).requirement(id).orElseThrow().phases())
                    .filteredOn(phase -> !phase.when().isEmpty())
                    .singleElement()
                    .extracting(Phase::when)
                    .isEqualTo(joined);
        }
    }

    @Test
    void pypiByHand_forEverybody_hangsOnTheSwitchAlone() {
        for (String id : List.of("upload-needs-token", "upload-needs-2fa", "management-needs-2fa")) {
            assertThat(Presets.load("pypi-by-hand/1")
                            .requirement(id)
                            .orElseThrow()
                            .phases())
                    .filteredOn(phase ->
                            phase.mode() == Mode.ENFORCE && phase.when().isEmpty())
                    .singleElement()
                    .satisfies(phase -> assertThat(phase.switchName()).hasValue("2fa-required"))
                    .satisfies(phase -> assertThat(phase.from()).isEmpty());
        }
    }

    private static Instant forEverybody(String preset, String id) {
        return Presets.load(preset).requirement(id).orElseThrow().phases().stream()
                .filter(phase -> phase.mode() == Mode.ENFORCE && phase.when().isEmpty())
                .flatMap(phase -> phase.from().stream())
                .findFirst()
                .orElseThrow();
    }

    private static List<Mode> modes(Requirement requirement, Instant now) {
        return requirement.phases().stream()
                .filter(phase -> phase.isOn(now))
                .map(Phase::mode)
                .toList();
    }
}
