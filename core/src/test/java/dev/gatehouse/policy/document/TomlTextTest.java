package dev.gatehouse.policy.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Bounds;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.MetricTest;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.ThingTest;
import dev.gatehouse.policy.rule.Vocabulary;
import dev.gatehouse.policy.rule.Vocabulary.Section;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written is what a person would write: nothing quoted or escaped that need not be. */
class TomlTextTest {
    @Test
    void string_withWhatCannotBeSeen_isEscapedAndNothingElse() {
        assertThat(TomlText.string("\u001f ~\u007f\u009f\u00a0\u00e9"))
                .isEqualTo("\"\\u001F ~\\u007F\\u009F\u00a0\u00e9\"");
        assertThat(TomlText.string("\"\\\n\r\t\u2028\u2029\uFEFF"))
                .isEqualTo("\"\\\"\\\\\\n\\r\\t\\u2028\\u2029\\uFEFF\"");
    }

    @Test
    void key_withOtherThanLettersAndDigits_isQuotedInThatPart() {
        assertThat(TomlText.key("project.2-hot_A")).isEqualTo("project.2-hot_A");
        assertThat(TomlText.key("project.h\u00f6t")).isEqualTo("project.\"h\u00f6t\"");
        assertThat(TomlText.key("project.")).isEqualTo("project.\"\"");
    }

    @Test
    void number_thatIsWhole_isWrittenSoAsFarAsItIsReadSo() {
        assertThat(TomlText.number(10)).isEqualTo("10");
        assertThat(TomlText.number(-0x1p53)).isEqualTo("-9007199254740992");
        assertThat(TomlText.number(0x1p53 + 2)).isEqualTo("9.007199254740994E15");
        assertThat(TomlText.number(0)).isEqualTo("0");
        assertThat(TomlText.number(-0.0)).isEqualTo("-0.0");
        assertThat(TomlText.number(0.5)).isEqualTo("0.5");
    }

    @Test
    void definition_written_isShort() {
        PolicyDefinition definition = PolicyDefinition.builder("p", 2)
                .vocabulary(Vocabulary.empty().with(Section.METRICS, "project.size", "s"))
                .requirement(Requirement.builder("r", List.of("publish"), Condition.all(new Atom.EmailVerified()))
                        .when(Condition.all(
                                new Atom.Project(ThingTest.any().andMetric(new MetricTest("size", Bounds.over(10.0))))))
                        .message("m")
                        .build())
                .build();

        assertThat(PolicyDocuments.write(definition)).isEqualTo("""
                gatehouse-policy = 1
                name = "p"
                revision = 2

                [vocabulary.metrics]
                project.size = "s"

                [requirement.r]
                actions = ["publish"]
                when = { project = { metric = "size", over = 10 } }
                demand = { email-verified = true }
                message = "m"
                """);
    }
}
