package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.document.Presets;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Bounds;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.CredentialTest;
import dev.gatehouse.policy.rule.Finding;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.ThingTest;
import dev.gatehouse.policy.rule.Vocabulary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A policy that tells very many cases apart still builds, and says what was not searched. */
@Tag("unmutated")
class LargePolicyBuildTest {
    private static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");

    @Test
    void check_moreWorkThanAllowed_endsAndSaysSo() {
        List<Finding> findings = new ArrayList<>();

        new DeadEnds(large(1000), NOW, findings, 1_000_000).check();

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("P40");
            assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
            assertThat(finding.text()).contains("cut short");
        });
    }

    @Test
    void findings_aThousandThresholdsAndFlags_areSearchedToTheEnd() {
        assertThat(PolicyAnalysis.findings(large(1000), Supplied.nothing(), NOW))
                .noneSatisfy(finding -> assertThat(finding.text()).contains("cut short"));
    }

    @ParameterizedTest
    @MethodSource("presets")
    void findings_aPreset_isSearchedToTheEndFromItsFirstDate(String preset) {
        assertThat(PolicyAnalysis.findings(
                        Presets.load(preset), Supplied.nothing(), Instant.parse("2019-01-01T00:00:00Z")))
                .noneSatisfy(finding -> assertThat(finding.text()).contains("cut short"));
    }

    static List<String> presets() {
        return Presets.names();
    }

    private static PolicyDefinition large(int requirements) {
        Vocabulary vocabulary = Vocabulary.empty().with(Vocabulary.Section.METRICS, "project.downloads", "downloads");
        for (int i = 0; i < requirements / 2; i++) {
            vocabulary = vocabulary.with(Vocabulary.Section.FLAGS, "project.f" + i, "flag " + i);
        }
        PolicyDefinition.Builder large = PolicyDefinition.builder("large", 1).vocabulary(vocabulary);
        Condition token = Condition.all(
                new Atom.Credential(CredentialTest.kinds(CredentialKind.SESSION, CredentialKind.API_TOKEN)));
        for (int i = 0; i < requirements; i++) {
            ThingTest project = i % 2 == 0
                    ? ThingTest.metric("downloads", Bounds.over(1_000_000d + i))
                    : ThingTest.flag("f" + i / 2);
            large.requirement(Requirement.builder("r" + i, List.of(Action.PUBLISH_RELEASE.id()), token)
                    .when(Condition.all(new Atom.Project(project)))
                    .message("m")
                    .build());
        }
        return large.build();
    }
}
