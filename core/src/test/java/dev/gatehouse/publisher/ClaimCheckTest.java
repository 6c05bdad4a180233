package dev.gatehouse.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.oidc.IdentityClaims;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Single checks: what each says, and paths of which a half is missing. */
class ClaimCheckTest {
    private static final PublisherSettings SETTINGS = PublisherSettings.of(
            "github", "i", Map.of("owner", "acme", "repository", "tool", "events", "push,release"));

    private static Matching checked(ClaimRule rule, Map<String, String> pins, Map<String, Object> claims) {
        Matching matching = new Matching(SETTINGS, pins, IdentityClaims.of(claims));
        rule.check(matching);
        return matching;
    }

    private static List<String> said(ClaimRule rule, Map<String, Object> claims) {
        return checked(rule, Map.of(), claims).mismatches().stream()
                .map(PublisherMatch.Mismatch::text)
                .toList();
    }

    /** The ids are pinned, so that any name would do: but half a path is no name. */
    @Test
    void path_withoutOneOfItsHalves_isRefusedThoughTheIdsFit() {
        ClaimRule path = ClaimRule.path("path", "owner", "owner_id", "repository", "repository_id");
        Map<String, String> pins = Map.of("owner_id", "1", "repository_id", "2");

        for (String bad : List.of("/tool", "acme/", "/", "tool", "")) {
            assertThat(checked(path, pins, Map.of("path", bad, "owner_id", "1", "repository_id", "2"))
                            .mismatches())
                    .as(bad)
                    .hasSize(1);
        }
        for (String good : List.of("acme/tool", "a/t", "new/tool", "acme/t")) {
            assertThat(checked(path, pins, Map.of("path", good, "owner_id", "1", "repository_id", "2"))
                            .mismatches())
                    .as(good)
                    .isEmpty();
        }
    }

    @Test
    void name_thatIsEmpty_isRefusedThoughTheIdFits() {
        ClaimRule name = ClaimRule.name("name", "owner", "owner_id");

        assertThat(checked(name, Map.of("owner_id", "1"), Map.of("name", "", "owner_id", "1"))
                        .mismatches())
                .hasSize(1);
        assertThat(checked(name, Map.of("owner_id", "1"), Map.of("name", "b", "owner_id", "1"))
                        .renames())
                .containsExactly("owner \"acme\" is now \"b\"");
    }

    @Test
    void flag_ofTheOtherValue_tellsWhichItIs() {
        assertThat(said(ClaimRule.flag("f", true), Map.of("f", false)))
                .containsExactly("Check failed for required claim 'f': it is false");
        assertThat(said(ClaimRule.flag("f", false), Map.of("f", true)))
                .containsExactly("Check failed for required claim 'f': it is true");
    }

    @Test
    void words_tellWhetherTheyAreWantedOrRefused() {
        for (boolean among : List.of(true, false)) {
            ClaimRule rule = new ClaimRule(
                    "event",
                    ClaimRule.Need.REQUIRED,
                    ClaimRule.Comparison.WORDS,
                    new ClaimCheck.Words("events", among));

            assertThat(said(rule, Map.of("event", among ? "push" : "other"))).isEmpty();
            assertThat(said(rule, Map.of("event", among ? "other" : "push")))
                    .containsExactly("Check failed for required claim 'event': "
                            + (among
                                    ? "expected one of \"push,release\", got \"other\""
                                    : "refused are \"push,release\", got \"push\""));
        }
    }

    @Test
    void claim_thatCannotBeCompared_isToldWithItsReason() {
        ClaimRule equal = ClaimRule.equal("c", "{owner}");

        assertThat(said(equal, Map.of("c", "x".repeat(4_097))))
                .containsExactly("Check failed for required claim 'c': it is over 4096 characters");
        assertThat(said(equal, Map.of("c", 1))).containsExactly("Check failed for required claim 'c': it is a number");
        assertThat(said(equal, Map.of("c", "x".repeat(4_096))).get(0)).contains("expected \"acme\", got \"xx");
    }

    @Test
    void rule_tellsWhatItIs() {
        assertThat(ClaimRule.equal("c", "{owner}")).hasToString("ClaimRule[c, REQUIRED, EXACT, [owner]]");
        assertThat(ClaimRule.path("path", "owner", "o", "repository", "r").optional())
                .hasToString("ClaimRule[path, OPTIONAL, IGNORING_CASE, [owner, repository]]");
        assertThat(ClaimRule.name("name", "owner", "o").renames()).isTrue();
        assertThat(ClaimRule.equal("c", "{owner}").renames()).isFalse();
        assertThat(new ClaimCheck.Never(new TreeSet<>(List.of("x"))).settings()).isEmpty();
    }
}
