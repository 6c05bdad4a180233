package dev.gatehouse.testkit.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.document.Presets;
import dev.gatehouse.policy.rule.PolicyDefinition;
import java.util.Arrays;
import java.util.Objects;
import net.jqwik.api.Example;
import net.jqwik.api.Group;
import net.jqwik.api.Label;

/** Every policy that ships is held to the laws. */
@SuppressWarnings("ClassCanBeStatic")
class PresetLawsTest {
    /** The label is the preset. */
    private interface Shipped extends PolicyLaws {
        @Override
        default PolicyDefinition policy() {
            return Presets.load(preset(getClass()));
        }
    }

    private static String preset(Class<?> group) {
        return Objects.requireNonNull(group.getAnnotation(Label.class)).value();
    }

    @Example
    void everyPreset_isHeldToTheLaws() {
        assertThat(Arrays.stream(PresetLawsTest.class.getDeclaredClasses())
                        .filter(group -> group.isAnnotationPresent(Group.class))
                        .map(PresetLawsTest::preset))
                .containsExactlyInAnyOrderElementsOf(Presets.names());
    }

    @Group
    @Label("clojars/1")
    class Clojars implements Shipped {}

    @Group
    @Label("crates-io/1")
    class CratesIo implements Shipped {}

    @Group
    @Label("hex/1")
    class Hex implements Shipped {}

    @Group
    @Label("jsr/1")
    class Jsr implements Shipped {}

    @Group
    @Label("nist-aal2/1")
    class NistAal2 implements Shipped {}

    @Group
    @Label("npm/1")
    class Npm implements Shipped {}

    @Group
    @Label("nuget/1")
    class Nuget implements Shipped {}

    @Group
    @Label("open-vsx/1")
    class OpenVsx implements Shipped {}

    @Group
    @Label("openssf-level-1/1")
    class OpenssfLevel1 implements Shipped {}

    @Group
    @Label("openssf-level-2/1")
    class OpenssfLevel2 implements Shipped {}

    @Group
    @Label("openssf-level-3/1")
    class OpenssfLevel3 implements Shipped {}

    @Group
    @Label("packagist/1")
    class Packagist implements Shipped {}

    @Group
    @Label("project-modes/1")
    class ProjectModes implements Shipped {}

    @Group
    @Label("pub-dev/1")
    class PubDev implements Shipped {}

    @Group
    @Label("pypi/1")
    class Pypi implements Shipped {}

    @Group
    @Label("pypi-by-hand/1")
    class PypiByHand implements Shipped {}

    @Group
    @Label("pypi-strict/1")
    class PypiStrict implements Shipped {}

    @Group
    @Label("rubygems/1")
    class Rubygems implements Shipped {}

    @Group
    @Label("testpypi/1")
    class Testpypi implements Shipped {}
}
