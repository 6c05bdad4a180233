package dev.gatehouse.policy.document;

import static dev.gatehouse.policy.document.Documents.findings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.policy.rule.Finding;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.Vocabulary.Section;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Section 9 of the policy model, and its codes P50 to P53. */
class ExtendingTest {
    private static final String BASE = """
            gatehouse-policy = 1
            name = "base"
            revision = 2
            zone = "America/New_York"
            ungated = ["read"]
            [vocabulary.flags]
            project.hot = "much used"
            [requirement.a]
            actions = ["publish"]
            when.project.flag = "hot"
            demand = { enrolled = "any", email-verified = true }
            message = "a"
            phases = [{ from = 2024-07-01, mode = "enforce" }]
            [requirement.b]
            actions = ["token"]
            demand.enrolled = "any"
            message = "b"
            """;

    private static final PolicyDocuments DOCUMENTS = PolicyDocuments.standard().and("base.toml", BASE);

    private static String child(String... lines) {
        return "gatehouse-policy = 1\nname = \"child\"\nrevision = 1\nextends = \"base/2\"\n" + String.join("\n", lines)
                + "\n";
    }

    private static PolicyDefinition read(String... lines) {
        return DOCUMENTS.read("test.toml", child(lines)).definition();
    }

    private static Requirement requirement(PolicyDefinition definition, String id) {
        return definition.requirement(id).orElseThrow();
    }

    @Test
    void key_givenInTheChild_replacesThatKeyWholeAndNoOther() {
        PolicyDefinition base = DOCUMENTS.preset("base/2").definition();

        PolicyDefinition child = read("[requirement.a]", "demand.proven = { factor = \"any\", within = \"PT5M\" }");

        Requirement was = requirement(base, "a");
        Requirement is = requirement(child, "a");
        assertThat(is.demand().atoms()).extracting(atom -> atom.key()).containsExactly("proven");
        assertThat(is.when()).isEqualTo(was.when());
        assertThat(is.phases()).isEqualTo(was.phases());
        assertThat(is.message()).isEqualTo(was.message());
        assertThat(requirement(child, "b")).isEqualTo(requirement(base, "b"));
        assertThat(child.ungated()).containsExactly("read");
        assertThat(child.lineage()).containsExactly("base/2");
    }

    @Test
    void zone_ofEachDocument_readsItsOwnDates() {
        PolicyDefinition child = read(
                "zone = \"Etc/UTC\"",
                "[requirement.c]",
                "actions = [\"token\"]",
                "demand.enrolled = \"any\"",
                "message = \"c\"",
                "phases = [{ from = 2024-07-01, mode = \"enforce\" }]");

        assertThat(requirement(child, "a").phases().get(0).from()).hasValue(Instant.parse("2024-07-01T04:00:00Z"));
        assertThat(requirement(child, "c").phases().get(0).from()).hasValue(Instant.parse("2024-07-01T00:00:00Z"));
    }

    @Test
    void zone_ofTheParent_doesNotReadDatesOfTheChild() {
        assertThat(findings(
                        DOCUMENTS, child("[requirement.a]", "phases = [{ from = 2024-07-01, mode = \"enforce\" }]")))
                .containsExactly("6:13 P30 a date without offset needs 'zone'");
    }

    @Test
    void drop_ofAParentsRequirement_removesAndShowsIt() {
        PolicyDefinition child = read("drop = [\"b\"]");

        assertThat(child.requirements()).extracting(Requirement::id).containsExactly("a");
        assertThat(child.dropped()).containsExactly("b");
        assertThat(child.toString()).contains("LOOSENED").contains("[b]");
    }

    @Test
    void vocabulary_ofParentAndChild_isJoined() {
        PolicyDefinition child = read(
                "[vocabulary.flags]",
                "project.hot = \"much used\"",
                "project.new = \"n\"",
                "[requirement.b]",
                "when.project.flag = [\"hot\", \"new\"]");

        assertThat(child.vocabulary().of(Section.FLAGS)).containsOnlyKeys("project.hot", "project.new");
    }

    @Test
    void extends_ofWhatIsNotThere_isToldAloneWithOtherFaultsOfTheDocument() {
        String text = child("[requirement.z]", "mesage = \"m\"").replace("base/2", "pypi/99");

        assertThat(findings(DOCUMENTS, text))
                .containsExactly(
                        "4:1 P50 no such preset or revision 'pypi/99'",
                        "6:1 P03 unknown key 'mesage' in requirement 'z'; did you mean 'message'?");
    }

    @Test
    void extends_inACircle_isToldWithTheWholeCircle() {
        String head = "gatehouse-policy = 1\nrevision = 1\n";
        PolicyDocuments documents = PolicyDocuments.standard()
                .and("a.toml", head + "name = \"a\"\nextends = \"b/1\"\n")
                .and("b.toml", head + "name = \"b\"\nextends = \"a/1\"\n");

        assertThat(findings(documents, head + "name = \"a\"\nextends = \"b/1\"\n"))
                .containsExactly("b.toml:4:1 P50 cycle: a/1 -> b/1 -> a/1");
        assertThat(findings(documents, head + "name = \"self\"\nextends = \"self/1\"\n"))
                .containsExactly("4:1 P50 cycle: self/1 -> self/1");
    }

    @Test
    void drop_ofWhatIsNotThere_isAnError() {
        assertThat(findings(DOCUMENTS, child("drop = [\"c\"]")))
                .containsExactly("5:1 P51 drop: 'c' is not in the parent");
        assertThat(findings(Documents.with().replace("zone =", "drop = [\"x\"]\nzone =")))
                .containsExactly("4:1 P51 drop: 'x' is not in the parent");
    }

    @Test
    void name_declaredWithAnotherMeaning_isAnError() {
        assertThat(findings(DOCUMENTS, child("[vocabulary.flags]", "project.hot = \"on fire\"")))
                .containsExactly("6:1 P52 'project.hot' is declared with another meaning in base/2");
    }

    @Test
    void requirement_newInTheChild_needsActionsAndDemand() {
        assertThat(findings(DOCUMENTS, child("[requirement.c]", "message = \"m\"")))
                .containsExactly(
                        "5:1 P53 requirement 'c' is new here and lacks 'actions'",
                        "5:1 P53 requirement 'c' is new here and lacks 'demand'");
        assertThat(findings(DOCUMENTS, child("[requirement.a]", "message = \"m\"")))
                .isEmpty();
    }

    @Test
    void requirement_droppedAndWrittenAnew_inheritsNothing() {
        PolicyDefinition child = read(
                "drop = [\"a\"]",
                "[vocabulary.flags]",
                "[requirement.a]",
                "actions = [\"token\"]",
                "demand.enrolled = \"any\"",
                "message = \"new\"");

        assertThat(requirement(child, "a").when().isEmpty()).isTrue();
        assertThat(requirement(child, "a").phases()).isEmpty();
    }

    @Test
    void fault_ofAParent_isToldWithTheParentsFile() {
        PolicyDocuments documents = PolicyDocuments.standard()
                .and("bad.toml", "gatehouse-policy = 1\nname = \"base\"\nrevision = 2\nmood = 1\n");

        assertThat(findings(documents, child()))
                .containsExactly(
                        "bad.toml:1:1 P07 the policy has no requirement",
                        "bad.toml:4:1 P03 unknown key 'mood' in the document");
    }

    @Test
    void fault_causedInTheChild_isToldThere() {
        assertThat(findings(DOCUMENTS, child("[requirement.a]", "except = [\"publish\"]")))
                .containsExactly("6:1 P12 requirement 'a' gates no action: except removes all");
    }

    @Test
    void locate_ofAFinding_knowsWhichDocumentAPartCameFrom() {
        LoadedPolicy loaded = DOCUMENTS.read("test.toml", child("[requirement.a]", "message = \"m\""));

        assertThat(loaded.locate(Finding.warning("P48", "requirement.a.phases[0]", "t"))
                        .toString())
                .isEqualTo("base.toml:13:13: warning P48: t");
        assertThat(loaded.locate(Finding.error("P40", "requirement.a.message", "t"))
                        .toString())
                .isEqualTo("test.toml:6:1: error P40: t");
        assertThat(loaded.locate(Finding.error("P40", "requirement.b", "t")).toString())
                .isEqualTo("base.toml:14:1: error P40: t");
        assertThat(loaded.locate(Finding.error("P45", "", "t")).toString()).isEqualTo("test.toml:1:1: error P45: t");
    }

    @Test
    void written_effectiveDocument_keepsLineageAndWhatWasDropped() {
        PolicyDefinition child = read("drop = [\"b\"]");

        PolicyDefinition again = PolicyDocuments.standard()
                .read("written.toml", PolicyDocuments.write(child))
                .definition();

        assertThat(again).isEqualTo(child);
        assertThat(again.lineage()).isEqualTo(List.of("base/2"));
        assertThat(again.dropped()).isEqualTo(List.of("b"));
    }

    @Test
    void lineage_besideExtends_isAnError() {
        assertThat(findings(DOCUMENTS, child("lineage = [\"pypi/1\"]")))
                .containsExactly("5:1 P04 'lineage' needs a document without 'extends', found 'extends'");
    }

    @Test
    void and_ofANameThatIsTaken_isRefused() {
        assertThatThrownBy(() -> DOCUMENTS.and("again.toml", BASE)).hasMessageContaining("'base/2' exists already");
        assertThatThrownBy(() -> PolicyDocuments.standard().and("mine.toml", Presets.text("pypi/1")))
                .hasMessageContaining("'pypi/1' exists already");
    }
}
