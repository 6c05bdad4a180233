package dev.gatehouse.policy.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.policy.rule.PolicyDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
}
