package dev.gatehouse.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.oidc.IdentityClaims;
import dev.gatehouse.publisher.PublisherSelection.Candidate;
import dev.gatehouse.publisher.Runs.Run;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of several publishers is meant, and by which keys they are found. */
class PublisherSelectionTest {
    private static final String NONE = "none";

    private static Candidate<String> candidate(String id, Run run) {
        return new Candidate<>(id, run.settings(), Map.of(), id);
    }

    private static String selected(PublisherProvider provider, List<Candidate<String>> candidates, Run run) {
        return PublisherSelection.of(provider, candidates, run.identity())
                .fold(selected -> selected.candidate().publisher(), none -> NONE);
    }

    /** PyPI's tables: stored are one publisher without an environment and one with it. */
    @ParameterizedTest
    @CsvSource({
        "github,,general",
        "github,other,general",
        "github,some_environment,specific",
        "github,SomE_eNvIrOnMeNt,specific",
        "gitlab,,general",
        "gitlab,other,general",
        "gitlab,some_environment,specific",
        "gitlab,SomE_eNvIrOnMeNt,general"
    })
    void of_environments_asPyPI(String provider, String claim, String expected) {
        Run run = (provider.equals("github") ? Runs.github() : Runs.gitlab()).with("environment", claim);
        List<Candidate<String>> both =
                List.of(candidate("general", run), candidate("specific", run.set("environment", "some_environment")));

        assertThat(selected(run.provider(), both, run)).isEqualTo(expected);
    }

    /** What a pattern of SQL would take for the same is not. */
    @ParameterizedTest
    @CsvSource({
        "release_pypi,release-pypi,none",
        "release%pypi,release-pypi,none",
        "release-pypi,release_pypi,none",
        "release_pypi,release_pypi,stored",
        "Production,production,none"
    })
    void of_namesThatAPatternWouldMatch_keepsThemApart(String stored, String claim, String expected) {
        Run run = Runs.gitlab().with("environment", claim);
        assertThat(selected(run.provider(), List.of(candidate("stored", run.set("environment", stored))), run))
                .isEqualTo(expected);
    }

    @Test
    void of_googlesSubject_theNarrowerOne() {
        Run run = Runs.google();
        List<Candidate<String>> both =
                List.of(candidate("general", run), candidate("specific", run.set("sub", "111260650121185072906")));

        assertThat(selected(run.provider(), both, run)).isEqualTo("specific");
        assertThat(selected(run.provider(), both, run.with("sub", "other"))).isEqualTo("general");
    }

    @Test
    void of_anEnvironment_beforeAnyNumberOfOtherConstraints() {
        Run run = Runs.github().with("environment", "pypi");
        Run many = run.set("ref-type", "tag")
                .set("ref-pattern", "v*")
                .set("events", "push")
                .set("runner", "github-hosted")
                .set("actor-id", "12")
                .set("renames", "refuse");
        List<Candidate<String>> all = List.of(
                candidate("none", run),
                candidate("one", run.set("events", "push")),
                candidate("many", many),
                candidate("environment", run.set("environment", "pypi")));

        assertThat(selected(run.provider(), all, run)).isEqualTo("environment");
        assertThat(selected(run.provider(), all.subList(0, 3), run)).isEqualTo("many");
        assertThat(selected(run.provider(), all.subList(0, 2), run)).isEqualTo("one");
    }

    @Property(tries = 200)
    void of_anyOrderOfCandidates_selectsTheSame(@ForAll long seed) {
        Run run = Runs.github().with("environment", "pypi");
        List<Candidate<String>> all = new ArrayList<>(List.of(
                candidate("a", run.set("events", "push")),
                candidate("b", run.set("runner", "github-hosted")),
                candidate("c", run.set("actor-id", "12")),
                candidate("d", run.set("actor-id", "12")),
                candidate("e", run.set("environment", "other")),
                candidate("f", run)));
        String expected = selected(run.provider(), all, run);
        Collections.shuffle(all, new Random(seed));

        assertThat(selected(run.provider(), all, run)).isEqualTo(expected);
    }

    @Test
    void of_equalSettings_theSmallerId() {
        Run run = Runs.github();
        assertThat(selected(run.provider(), List.of(candidate("b", run), candidate("a", run)), run))
                .isEqualTo("a");
    }

    @Test
    void of_noneThatMatches_tellsTheNearest() {
        Run run = Runs.github();
        for (String other : List.of("a.yml", "b.yml", "c.yml", "d.yml", "e.yml", "f.yml")) {
            PublisherSelection<String> selection = PublisherSelection.of(
                    run.provider(),
                    List.of(
                            candidate("far", run.set("workflow", "x.yml").set("environment", "x")),
                            candidate("near", run.set("workflow", other))),
                    run.identity());
            PublisherSelection.None<String> none = (PublisherSelection.None<String>) selection;
            assertThat(none.nearest().orElseThrow().candidate().publisher()).isEqualTo("near");
            assertThat(none.text()).contains(other);
            assertThat(none.unfit()).isEmpty();
        }
    }

    @Test
    void of_noCandidates_isNotFoundInPyPIsWords() {
        Run run = Runs.github();
        PublisherSelection<String> none = PublisherSelection.of(run.provider(), List.of(), run.identity());

        assertThat(none.<String>fold(selected -> "", PublisherSelection.None::outside))
                .isEqualTo("Publisher with matching claims was not found");
    }

    /** O49, O44: what is wrong with the claims themselves is told though no publisher could be found by them. */
    @Test
    void of_noCandidatesAndAClaimMissing_namesIt() {
        Map<String, Run> texts = Map.of(
                "Missing claim 'repository'", Runs.github().with("repository", null),
                "Publishing from a workflow invoked via 'pull_request_target' is not supported.",
                        Runs.github().with("event_name", "pull_request_target"));
        texts.forEach((text, run) -> {
            PublisherSelection<String> none = PublisherSelection.of(run.provider(), List.of(), run.identity());
            assertThat(none.<String>fold(selected -> "", PublisherSelection.None::text))
                    .isEqualTo(none.<String>fold(selected -> "", PublisherSelection.None::outside))
                    .isEqualTo(text);
        });
    }

    @Test
    void keys_ofARunAndItsPublisher_meetWhateverTheCase() {
        for (Run run : Runs.all()) {
            Set<String> stored = run.provider().keys(run.settings(), Map.of());
            assertThat(stored).isNotEmpty();
            assertThat(run.provider().keys(run.identity())).containsAnyElementsOf(stored);
            assertThat(run.provider().keys(run.identity())).allMatch(key -> key.matches("[0-9a-f]{64}"));
            assertThat(run.provider().keys(run.identity()))
                    .containsAll(run.provider().keys(run.settings(), run.pins()));
        }
        Run mixed = Runs.github().with("repository", "OCTO-Org/octo-REPO");
        assertThat(mixed.provider().keys(mixed.identity()))
                .containsAll(mixed.provider().keys(mixed.settings(), Map.of()));
    }

    /** A key is of one provider and one issuer, and look-alikes do not share it. */
    @Test
    void keys_ofOthers_areOthers() {
        Run run = Runs.github();
        Set<String> keys = run.provider().keys(run.settings(), Map.of());
        for (Run other : List.of(
                run.set("repository", "octo_repo"),
                run.set("owner", "octo").set("repository", "org-octo-repo"),
                run.with("iss", "https://other.example"))) {
            PublisherSettings settings = PublisherSettings.of(
                    "github",
                    other.identity().text("iss").orElseThrow(),
                    other.settings().values());
            assertThat(run.provider().keys(settings, Map.of())).doesNotContainAnyElementsOf(keys);
        }
        assertThat(run.provider().keys(IdentityClaims.of(Map.of()))).isEmpty();
        assertThat(run.provider()
                        .keys(run.with("repository", 7)
                                .with("repository_id", 7)
                                .with("repository_owner_id", null)
                                .identity()))
                .isEmpty();
    }

    @Test
    void of_aPublisherOfAnotherProvider_matchesNothing() {
        Run run = Runs.gitlab();
        assertThat(selected(PublisherProvider.github(), List.of(candidate("x", run)), run))
                .isEqualTo(NONE);
        assertThat(PublisherProvider.github()
                        .match(run.settings(), Map.of(), run.identity())
                        .<PublisherMismatch>fold(matched -> null, PublisherMatch.Unmatched::code))
                .isEqualTo(PublisherMismatch.OTHER_PROVIDER);
    }

    /** Ids are random: which of equal publishers is taken, and which is told, must follow from what they say. */
    @Test
    void of_equallyGoodOnes_theFirstByFingerprintWhateverTheirIds() {
        Run run = Runs.github();
        List<Run> narrow = List.of(run.set("events", "push"), run.set("actor-id", "12"));
        List<Run> wrong = List.of(run.set("workflow", "a.yml"), run.set("workflow", "b.yml"));
        for (List<Run> two : List.of(narrow, wrong)) {
            boolean isFirst = two.get(0)
                            .settings()
                            .fingerprint()
                            .compareTo(two.get(1).settings().fingerprint())
                    < 0;
            Run first = two.get(isFirst ? 0 : 1);
            Run second = two.get(isFirst ? 1 : 0);
            for (String id : List.of("a", "c")) {
                PublisherSelection<String> selection = PublisherSelection.of(
                        run.provider(), List.of(candidate("b", second), candidate(id, first)), run.identity());
                assertThat(selection.<String>fold(
                                selected -> selected.candidate().id(),
                                none -> none.nearest().orElseThrow().candidate().id()))
                        .isEqualTo(id);
            }
        }
    }

    @Test
    void outside_ofTheNearest_isWhatItsMatchTells() {
        Run run = Runs.github();
        PublisherSelection.None<String> none = (PublisherSelection.None<String>) PublisherSelection.of(
                run.provider(), List.of(candidate("a", run.set("workflow", "x.yml"))), run.identity());
        assertThat(none.outside())
                .isEqualTo(none.nearest().orElseThrow().match().outside())
                .isNotEmpty();
    }
}
