package dev.gatehouse.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.oidc.IdentityClaims;
import dev.gatehouse.publisher.PublisherMatch.Matched;
import dev.gatehouse.publisher.Runs.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds of every table, whatever a token says. */
class ClaimLawsTest {
    private static final List<Run> RUNS = Runs.all();

    /** Every constraint with values of it; some hold for the run, some do not. */
    private static final Map<String, List<String>> CONSTRAINTS = Map.ofEntries(
            Map.entry("environment", List.of("pypi", "other")),
            Map.entry("ref-type", List.of("tag", "branch", "x")),
            Map.entry("ref-pattern", List.of("*", "v*", "main", "x")),
            Map.entry("ref-protected", List.of("true", "x")),
            Map.entry("events", List.of("push", "web", "pull_request_target")),
            Map.entry("events-refused", List.of("push", "web")),
            Map.entry("runner", List.of("github-hosted", "gitlab-hosted", "self-hosted", "x")),
            Map.entry("actor-id", List.of("12", "39035", "x")),
            Map.entry("renames", List.of("refuse")),
            Map.entry("sub", List.of("111260650121185072906", "x")),
            Map.entry("context-id", List.of("00000000-0000-1000-8000-00000000000d", "x")),
            Map.entry("vcs-origin", List.of("github.com/octo-org/octo-repo", "x")),
            Map.entry("step", List.of("publish", "x")));

    @Provide
    Arbitrary<Run> runs() {
        return Arbitraries.of(RUNS);
    }

    @Provide
    Arbitrary<@Nullable Object> values() {
        Arbitrary<Object> scalars = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(30).map(each -> (Object) each),
                Arbitraries.of("", "true", "refs/heads/main", "octo-org/octo-repo", "//", "@", ".yml@", "a.yml@b"),
                Arbitraries.of(true, false),
                Arbitraries.longs(),
                Arbitraries.doubles(),
                Arbitraries.bigIntegers().map(each -> (Object) each));
        Arbitrary<Object> lists = scalars.list().ofMaxSize(3).map(each -> (Object) each);
        Arbitrary<Object> maps = Arbitraries.of("a", "b").map(key -> (Object) Map.of(key, 1));
        return Arbitraries.oneOf(scalars, lists, maps).injectNull(0.1);
    }

    @Provide
    Arbitrary<String> names() {
        List<String> known = new ArrayList<>();
        RUNS.forEach(run -> known.addAll(run.claims().keySet()));
        return Arbitraries.of(known);
    }

    /** O51: a claim that a provider adds is nothing to refuse for. */
    @Property(tries = 500)
    void match_unknownFurtherClaims_changeNothing(
            @ForAll("runs") Run run, @ForAll Map<String, String> further, @ForAll("values") @Nullable Object value) {
        Map<String, @Nullable Object> claims = new LinkedHashMap<>();
        claims.put("repo_property_env_tier", value);
        claims.put("check_run_id", value);
        further.forEach((name, text) -> claims.put("new_" + name, text));
        claims.putAll(run.claims());
        Run more = new Run(run.provider(), run.settings(), claims);

        assertThat(more.match()).isEqualTo(run.match());
        assertThat(more.match(run.pins())).isEqualTo(run.match(run.pins()));
        assertThat(run.provider().keys(more.identity()))
                .isEqualTo(run.provider().keys(run.identity()));
        assertThat(run.provider().run(more.identity())).isEqualTo(run.provider().run(run.identity()));
    }

    /** O49: each claim that is required, dropped or null, is named, and of none of them is anything assumed. */
    @Test
    void match_anyRequiredClaimMissing_refusesNamingIt() {
        int rows = 0;
        for (Run run : RUNS) {
            for (ClaimRule rule : run.provider().rules()) {
                if (rule.need() == ClaimRule.Need.REQUIRED) {
                    Map<String, @Nullable Object> claims = new HashMap<>(run.claims());
                    for (Run without : List.of(
                            run.with(rule.claim(), null),
                            new Run(run.provider(), run.settings(), nulled(claims, rule)))) {
                        assertThat(without.unmatched(run.pins()).mismatches())
                                .anyMatch(each -> each.code() == PublisherMismatch.MISSING_CLAIM
                                        && each.claim().equals(rule.claim())
                                        && each.outside().equals("Missing claim '" + rule.claim() + "'"));
                        assertThat(run.provider()
                                        .unfit(without.identity())
                                        .orElseThrow()
                                        .claim())
                                .isEqualTo(rule.claim());
                    }
                    rows++;
                }
            }
            assertThat(run.provider().unfit(run.identity())).isEmpty();
        }
        assertThat(rows).isEqualTo(33);
    }

    private static Map<String, @Nullable Object> nulled(Map<String, @Nullable Object> claims, ClaimRule rule) {
        claims.put(rule.claim(), null);
        return claims;
    }

    /** A claim that is compared counts with its own type only. */
    @Property(tries = 500)
    void match_aComparedClaimOfAnotherType_isRefused(
            @ForAll("runs") Run run, @ForAll("values") @Nullable Object value) {
        for (ClaimRule rule : run.provider().rules()) {
            boolean compared = rule.need() == ClaimRule.Need.REQUIRED
                    && rule.comparison() != ClaimRule.Comparison.PRESENT
                    && rule.comparison() != ClaimRule.Comparison.FLAG;
            if (compared && value != null && !(value instanceof String)) {
                assertThat(run.with(rule.claim(), value).unmatched().mismatches())
                        .anyMatch(each -> each.code() == PublisherMismatch.MALFORMED_CLAIM
                                && each.claim().equals(rule.claim()));
            }
        }
    }

    @Property(tries = 300)
    void match_anyOtherPinnedId_isRefused(@ForAll("runs") Run run, @ForAll String id) {
        Map<String, String> pins = run.pins();
        for (String claim : pins.keySet()) {
            if (!id.equals(pins.get(claim))) {
                assertThat(run.with(claim, id).unmatched(pins).mismatches())
                        .anyMatch(each -> each.claim().equals(claim));
                Map<String, String> others = new HashMap<>(pins);
                others.put(claim, id);
                assertThat(run.unmatched(others).mismatches())
                        .anyMatch(each -> each.claim().equals(claim));
            }
        }
    }

    /** Whatever the claims and settings are: a result, never an exception, and the same one again. */
    @Property(tries = 600)
    void match_anyClaims_isTotal(
            @ForAll("runs") Run run,
            @ForAll Map<String, String> further,
            @ForAll("names") String one,
            @ForAll("values") @Nullable Object first,
            @ForAll("names") String two,
            @ForAll("values") @Nullable Object second) {
        Map<String, @Nullable Object> claims = new HashMap<>(run.claims());
        claims.putAll(further);
        claims.put(one, first);
        claims.put(two, second);
        IdentityClaims identity = IdentityClaims.of(claims);
        for (Run each : RUNS) {
            PublisherProvider provider = each.provider();
            assertThat(provider.match(run.settings(), run.pins(), identity))
                    .isEqualTo(provider.match(run.settings(), run.pins(), identity));
            assertThat(provider.keys(identity)).allMatch(key -> key.length() <= 64);
            assertThat(provider.run(identity))
                    .hasSizeLessThanOrEqualTo(16)
                    .allSatisfy((key, value) ->
                            assertThat(value).hasSizeLessThanOrEqualTo(255).doesNotContain("\0", "\n"));
            provider.unfit(identity);
            provider.unusedEnvironment(run.settings(), identity);
        }
    }

    @Property(tries = 500)
    void match_oneConstraintMore_neverPermitsMore(
            @ForAll("runs") Run run,
            @ForAll("names") String claim,
            @ForAll("values") @Nullable Object value,
            @ForAll boolean change,
            @ForAll int pick) {
        Run one = (change ? run.with(claim, value) : run).with("environment", change ? "pypi" : "other");
        for (PublisherSetting setting : run.provider().settings()) {
            if (setting.constraint()) {
                List<String> all = CONSTRAINTS.get(setting.name());
                assertThat(all).as(setting.name()).isNotNull();
                Run narrower = one.set(setting.name(), all.get(Math.floorMod(pick, all.size())));
                if (narrower.matches()) {
                    Matched wide = one.matched();
                    Matched narrow = narrower.matched();
                    assertThat(narrow.specificity()).isGreaterThan(wide.specificity());
                    assertThat(narrow.pinsNow()).isEqualTo(wide.pinsNow());
                }
            }
        }
    }

    /** No message holds more of a stranger's text than it may, or anything that breaks a line. */
    @Property(tries = 500)
    void match_anyText_isCutAndEscapedInMessages(
            @ForAll("runs") Run run, @ForAll("names") String claim, @ForAll String text) {
        for (String value : List.of(text, text.repeat(50), "\u202e\n\r\0" + text, "'\"\\" + text)) {
            run.with(claim, value).match(run.pins()).fold(matched -> true, unmatched -> {
                for (PublisherMatch.Mismatch each : unmatched.mismatches()) {
                    for (String told : List.of(each.text(), each.outside())) {
                        assertThat(told)
                                .doesNotContain("\n", "\r", "\0", "\u202e")
                                .hasSizeLessThan(2_500);
                    }
                }
                return false;
            });
        }
    }
}
