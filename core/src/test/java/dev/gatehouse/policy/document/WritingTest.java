package dev.gatehouse.policy.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.Finding;
import dev.gatehouse.policy.rule.InvalidPolicyException;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is written and read again is the same, and says the same about itself. */
class WritingTest {
    private static final PolicyDocuments DOCUMENTS = PolicyDocuments.standard().factors(RandomDefinitions.SMART_CARD);

    @Property(tries = 300)
    void definition_writtenAndReadAgain_isEqual(@ForAll long seed) {
        PolicyDefinition definition = new RandomDefinitions(seed).next();

        String text = PolicyDocuments.write(definition);
        LoadedPolicy again = DOCUMENTS.read("written.toml", text);

        assertThat(again.definition()).as(text).isEqualTo(definition);
        assertThat(again.definition().hashCode()).isEqualTo(definition.hashCode());
        assertThat(PolicyDocuments.write(again.definition())).isEqualTo(text);
    }

    @Property(tries = 300)
    void findings_ofADefinition_areThoseOfItsDocument(@ForAll long seed) {
        PolicyDefinition definition = new RandomDefinitions(seed).next();

        LoadedPolicy again = DOCUMENTS.read("written.toml", PolicyDocuments.write(definition));

        assertThat(again.warnings().stream().map(DocumentFinding::finding))
                .containsExactlyInAnyOrderElementsOf(definition.findings());
    }

    @Property(tries = 300)
    void place_ofEachPart_isInTheDocument(@ForAll long seed) {
        PolicyDefinition definition = new RandomDefinitions(seed).next();
        String text = PolicyDocuments.write(definition);
        List<String> lines = text.lines().toList();
        LoadedPolicy loaded = DOCUMENTS.read("written.toml", text);

        for (Requirement requirement : definition.requirements()) {
            for (int i = 0; i < requirement.phases().size(); i++) {
                String path = "requirement." + requirement.id() + ".phases[" + i + "].mode";
                DocumentFinding found = loaded.locate(Finding.note("P43", path, "t"));
                String line = lines.get(found.line() - 1);
                assertThat(line.substring(line.offsetByCodePoints(0, found.column() - 1)))
                        .startsWith(
                                "mode = \"" + requirement.phases().get(i).mode().id() + "\"");
            }
        }
    }

    @Example
    void definition_withErrors_isNotWritten() {
        PolicyDefinition definition = PolicyDefinition.builder("p", 1)
                .requirement(Requirement.builder("r", List.of("publsh"), Condition.all(new Atom.EmailVerified()))
                        .message("m")
                        .build())
                .build();

        assertThatThrownBy(() -> PolicyDocuments.write(definition))
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessageContaining("P10");
    }
}
