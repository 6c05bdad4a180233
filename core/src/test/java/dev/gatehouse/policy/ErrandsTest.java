package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Finding;
import dev.gatehouse.policy.rule.Finding.Severity;
import dev.gatehouse.policy.rule.PolicyDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which states a person can reach alone, what they can make there, and who is blamed where they cannot. */
class ErrandsTest {
    private static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");
    private static final int EMAIL = Surroundings.EMAIL;
    private static final int CODES = Surroundings.CODES;

    /** After address and codes: the one setting, then the one factor. */
    private static final int LEVEL = 4;

    private static final int FACTOR = 8;

    /** Tells every bit of a state apart, and stands in nobody's way. */
    private static final String ALL = """
            [vocabulary.flags]
            account.level = "v"
            [requirement.all]
            actions = ["release.yank"]
            demand.email-verified = true
            demand.recovery-codes-saved = true
            demand.enrolled = "any"
            demand.account.flag = "level"
            message = "m"
            """;

    private static String rule(String id, String action, String more) {
        return "[requirement." + id + "]\nactions = [\"" + action + "\"]\nmessage = \"m\"\n" + more + "\n";
    }

    private static Errands errands(String text) {
        return new Errands(new Surroundings(DeadEndsTest.read(text)), new Cohort(List.of()), NOW);
    }

    @Test
    void reach_whereNothingStandsInTheWay_isEveryStateThatHasMoreThoseWithMostFirst() {
        assertThat(errands(ALL).reach(0)).containsExactly(15, 7, 11, 13, 14, 3, 5, 6, 9, 10, 12, 1, 2, 4, 8, 0);
        assertThat(errands(ALL).reach(EMAIL | FACTOR)).containsExactly(15, 11, 13, 9);
        assertThat(errands(ALL).reach(15)).containsExactly(15);
    }

    @ParameterizedTest
    @CsvSource({
        "account.verify-email, 1",
        "factor.recovery-codes, 2",
        "factor.settings, 4",
        "factor.enrol, 8",
        "factor.view, 8"
    })
    void reach_whereAStepIsShut_isWithoutIt(String action, int bit) {
        List<Integer> states = errands(ALL + rule("shut", action, "demand.credential = \"trusted-publisher\""))
                .reach(0);

        assertThat(states).hasSize(8).allMatch(state -> (state & bit) == 0);
    }

    @Test
    void reach_whereOneStepNeedsAnother_goesThroughIt() {
        List<Integer> states = errands(ALL + rule("first", "account.verify-email", "demand.enrolled = \"any\""))
                .reach(0);

        assertThat(states)
                .hasSize(12)
                .allMatch(state -> (state & EMAIL) == 0 || (state & FACTOR) != 0)
                .contains(FACTOR | EMAIL, CODES, LEVEL);
    }

    /** A host tells neither project nor organization there: what the search supposes must be what the builder does. */
    @Test
    void action_thatIsToldNoProject_isDecidedLikeARequestThatNamesNone() {
        PolicyDefinition definition = DeadEndsTest.read(ALL.replace(
                        "account.level", "project.critical = \"v\"\n" + "organization.strict = \"v\"\naccount.level")
                + rule("projects", "all", "when.project.flag = \"critical\"\ndemand.enrolled = \"any\"")
                + rule("organizations", "all", "when.organization.flag = \"strict\"\ndemand.enrolled = \"any\""));
        Surroundings surroundings = new Surroundings(definition);
        Cohort cohort = new Cohort(List.of());
        Person person = new Person(surroundings, cohort, NOW);
        Credential session = person.session(java.util.Set.of());
        List<Action> untold = Action.core().stream()
                .filter(action -> !Surroundings.isAboutThings(action))
                .toList();

        assertThat(untold).contains(Action.FACTOR_VIEW, Action.TOKEN_VIEW, Action.READ_PRIVATE);
        for (Action action : untold) {
            AccessRequest asked = AccessRequest.of(action, session)
                    .account(AccountValues.builder("a", "a")
                            .enrolled(EnrolledFactors.of(List.of()))
                            .build())
                    .build();
            boolean passes = surroundings.passes(asked, cohort, NOW);
            assertThat(person.passes(action, "session", session, 0))
                    .as(action.id())
                    .isEqualTo(passes);
            assertThat(passes).as(action.id()).isEqualTo(AtAction.isOfAccount(action));
        }
    }

    @Test
    void mayEnrol_whatAnIdentityProviderAsserts_isSetUpThere() {
        Errands errands = errands(ALL
                + rule("federated", "project.settings", "demand.enrolled = [\"federated\"]")
                + rule("shut", "factor.view", "demand.credential = \"trusted-publisher\""));

        assertThat(errands.mayEnrol(EnrolledFactor.of(FactorKind.FEDERATED), 0)).isTrue();
        assertThat(errands.mayEnrol(EnrolledFactor.of(FactorKind.TOTP), 0)).isFalse();
    }

    @Test
    void tokensAndPublishers_areThoseThatCanBeMadeSomewhereWithinReach() {
        String tokens = ALL
                + rule(
                        "use",
                        "publish.release",
                        "demand.credential = { kind = \"api-token\", lifetime.at-most = \"P7D\" }")
                + rule(
                        "make",
                        "token.create",
                        "demand.email-verified = true\ndemand.new-token.lifetime.at-most = \"P7D\"")
                + rule("add", "publisher.add", "demand.enrolled = \"any\"");

        assertThat(errands(tokens).tokens(0)).hasSize(2);
        assertThat(errands(tokens).hasPublisher(0)).isTrue();
        String shut = tokens
                + rule("no-mail", "account.verify-email", "demand.credential = \"trusted-publisher\"")
                + rule("no-factor", "factor.view", "demand.credential = \"trusted-publisher\"");
        assertThat(errands(shut).tokens(0)).isEmpty();
        assertThat(errands(shut).tokens(EMAIL)).hasSize(2);
        assertThat(errands(shut).hasPublisher(0)).isFalse();
        assertThat(errands(shut).hasPublisher(FACTOR)).isTrue();
    }

    @Test
    void missing_isWhatIsNotSetUp() {
        assertThat(errands(ALL).missing(0)).extracting(EnrolledFactor::kind).containsExactly(FactorKind.TOTP);
        assertThat(errands(ALL).missing(FACTOR)).isEmpty();
    }

    @Test
    void canReach_bySessionTokenLabelOrPublisher_isEnough() {
        String labels = "[vocabulary.labels]\nsession.known-device = \"v\"\n";
        String shutTokens = rule("no-tokens", "token.create", "demand.credential = \"trusted-publisher\"");
        String shutPublishers = rule("no-publishers", "publisher.add", "demand.credential = \"trusted-publisher\"");

        assertThat(reaches(rule("r", "publish.release", "demand.credential = \"session\"")))
                .isTrue();
        assertThat(reaches(rule("r", "publish.release", "demand.credential = \"api-token\"")))
                .isTrue();
        assertThat(reaches(rule("r", "publish.release", "demand.credential = \"api-token\"") + shutTokens))
                .isFalse();
        assertThat(reaches(labels + rule("r", "publish.release", "demand.credential = \"session.known-device\"")))
                .isTrue();
        assertThat(reaches(rule("r", "publish.release", "demand.credential = \"trusted-publisher\"")))
                .isTrue();
        assertThat(reaches(rule("r", "publish.release", "demand.credential = \"trusted-publisher\"") + shutPublishers))
                .isFalse();
        assertThat(reaches(rule("r", "publish.release", "demand.credential = \"service-account\"")))
                .isFalse();
    }

    private static boolean reaches(String text) {
        Errands errands = errands(text);
        return errands.canReach(errands.person(), Action.PUBLISH_RELEASE, 0);
    }

    private static List<String> deadEnds(String text) {
        PolicyDefinition definition = DeadEndsTest.read(text);
        return PolicyAnalysis.findings(definition, Supplied.everything(definition.vocabulary()), NOW).stream()
                .filter(finding -> finding.code().equals("P40"))
                .map(finding -> finding.text()
                        .replaceFirst(".* is refused (\\S+) by '([^']+)' from \\S+, and the way out ", "$1 $2 "))
                .filter(found -> found.startsWith("publish.release"))
                .toList();
    }

    /** The step that is shut is named with what shuts it; where none is, the rule itself is to blame. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            demand.email-verified = true        | account.verify-email  | (verify-email) is refused by 'shut'
            demand.recovery-codes-saved = true  | factor.recovery-codes | (save-recovery-codes) is refused by 'shut'
            demand.account.flag = "level"       | factor.settings       | (change-setting) is refused by 'shut'
            demand.enrolled = "any"             | factor.view           | (enrol-factor) is refused by 'shut'
            demand.enrolled = "any"             | factor.enrol          | (enrol-factor) is refused by 'shut'
            demand.credential = "api-token"     | token.create          | (switch-credential) is refused by 'shut'
            demand.credential = "service-account" | release.yank      | (switch-credential) is refused by 'goal'
            """)
    void check_whereTheWayOutIsShut_namesWhatShutsIt(String demand, String action, String blame) {
        String text = "[vocabulary.flags]\naccount.level = \"v\"\n"
                + rule("goal", "publish.release", demand)
                + rule("shut", action, "demand.credential = \"service-account\"");

        assertThat(deadEnds(text)).containsExactly("publish.release goal " + blame);
    }

    @Test
    void check_tokenThatAnotherRuleRefusesInUse_blamesThatRule() {
        String text = rule("a-token", "publish.release", "demand.credential = \"api-token\"")
                + rule(
                        "b-nobody",
                        "publish.release",
                        "when.credential = \"api-token\"\ndemand.credential = \"session\"");

        assertThat(deadEnds(text))
                .containsExactly("publish.release a-token (switch-credential) is refused by 'b-nobody'");
    }

    /** Beyond four settings the further ones are changed together. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 5, 9})
    void check_demandsForSettings_areNoDeadEndHoweverManyThereAre(int count) {
        String flags = "[vocabulary.flags]\n"
                + IntStream.range(0, count)
                        .mapToObj(i -> "account.f" + i + " = \"v\"\n")
                        .collect(Collectors.joining());
        String rules = IntStream.range(0, count)
                .mapToObj(i -> rule("r" + i, "publish.release", "demand.account.flag = \"f" + i + "\""))
                .collect(Collectors.joining());

        assertThat(deadEnds(flags + rules)).isEmpty();
        assertThat(deadEnds(flags + rules + rule("shut", "factor.settings", "demand.credential = \"service-account\"")))
                .containsExactly("publish.release r0 (change-setting) is refused by 'shut'");
    }

    /** More factors and settings than can be looked at are no error, but said. */
    @ParameterizedTest
    @CsvSource({"5, 0, false", "6, 0, false", "9, 0, false", "10, 0, true", "5, 4, false", "6, 4, true", "6, 9, true"})
    void check_demandsForFactors_areNoDeadEndHoweverManyThereAre(int count, int settings, boolean cutShort) {
        FactorKind[] kinds = IntStream.range(0, count)
                .mapToObj(i -> FactorKind.customOutsideClasses("k" + i, true))
                .toArray(FactorKind[]::new);
        String flags = "[vocabulary.flags]\n"
                + IntStream.range(0, settings)
                        .mapToObj(i -> "account.f" + i + " = \"v\"\n")
                        .collect(Collectors.joining());
        String rules = Stream.concat(
                        IntStream.range(0, settings)
                                .mapToObj(
                                        i -> rule("r" + i, "publish.release", "demand.account.flag = \"f" + i + "\"")),
                        IntStream.range(0, count)
                                .mapToObj(i -> rule("k" + i, "publish.release", "demand.enrolled = [\"k" + i + "\"]")))
                .collect(Collectors.joining());
        List<Finding> findings = new ArrayList<>();

        new DeadEnds(DeadEndsTest.read(PolicyDocuments.standard().factors(kinds), flags + rules), NOW, findings)
                .check();

        assertThat(findings).extracting(Finding::severity).isEqualTo(cutShort ? List.of(Severity.WARNING) : List.of());
        assertThat(findings).allSatisfy(finding -> assertThat(finding.text()).contains("cut short"));
    }
}
