package dev.gatehouse.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.rule.Vocabulary.Section;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a definition made with the builder says about itself, with the path of each part at fault. */
class DefinitionFindingsTest {
    private static final Condition ENROLLED =
            Condition.all(new Atom.Enrolled(FactorSelector.ofClasses(FactorClass.ANY)));
    private static final Instant T = Instant.parse("2024-01-01T00:00:00Z");

    private static Requirement.Builder rule(String... actions) {
        return Requirement.builder("r", List.of(actions), ENROLLED).message("m");
    }

    private static List<String> findings(Requirement.Builder requirement) {
        return findings(PolicyDefinition.builder("p", 1).requirement(requirement.build()));
    }

    private static List<String> findings(PolicyDefinition.Builder definition) {
        return definition.build().findings().stream().map(Finding::toString).toList();
    }

    private static List<String> when(Atom atom) {
        return findings(rule("publish").when(Condition.all(atom)));
    }

    private static List<String> phase(Phase.Builder phase) {
        return findings(rule("publish").notice("n").phases(phase.build()));
    }

    @Test
    void findings_ofASoundDefinition_areNone() {
        assertThat(findings(rule("publish"))).isEmpty();
    }

    @Test
    void definition_withoutRequirementNameOrRevision_isTold() {
        assertThat(findings(PolicyDefinition.builder("2fa", 0).ungated(List.of("hook"))))
                .containsExactly(
                        "P06 name: '2fa' is not an id: lower-case letters, digits and '-', starting with a letter",
                        "P04 revision: 'revision' needs a whole number above zero, found 0",
                        "P10 ungated: unknown action or group 'hook'; declare it under vocabulary.actions",
                        "P07 : the policy has no requirement");
    }

    @Test
    void requirement_withoutActionsOrDemand_isTold() {
        assertThat(findings(Requirement.builder("R", List.of(), Condition.empty())))
                .containsExactly(
                        "P06 requirement.R: 'R' is not an id: lower-case letters, digits and '-', starting with a letter",
                        "P05 requirement.R.demand: 'demand' is missing from requirement 'R'",
                        "P36 requirement.R: 'R' enforces but has no message",
                        "P05 requirement.R.actions: 'actions' is missing from requirement 'R'");
    }

    @Test
    void actions_thatAreUnknownExceptedOrDoubled_areTold() {
        assertThat(findings(rule("publsh")))
                .containsExactly("P10 requirement.r.actions: unknown action or group 'publsh'; declare it under"
                        + " vocabulary.actions");
        assertThat(findings(rule("publish").except(List.of("token.create", "publish"))))
                .containsExactly(
                        "P11 requirement.r.except: 'token.create' in except is not among the actions of 'r'",
                        "P12 requirement.r.except: requirement 'r' gates no action: except removes all");
        assertThat(findings(rule("all", "token.view", "read")))
                .containsExactly(
                        "P13 requirement.r.actions: 'read' is listed inside 'all' which is listed too",
                        "P13 requirement.r.actions: 'token.view' is listed inside 'all' which is listed too");
    }

    @Test
    void names_thatNobodyDeclared_areTold() {
        assertThat(when(new Atom.Maintains(ThingTest.flag("hot").andMetric(new MetricTest("size", Bounds.over(1d))))))
                .containsExactly(
                        "P20 requirement.r.when.maintains.flag: flag 'project.hot' is not declared in vocabulary.flags",
                        "P20 requirement.r.when.maintains.metrics[0]: metric 'project.size' is not declared in"
                                + " vocabulary.metrics");
        assertThat(phase(Phase.builder(Mode.ENFORCE).switchName("go")))
                .containsExactly(
                        "P20 requirement.r.phases[0].switch: switch 'go' is not declared in" + " vocabulary.switches");
    }

    @Test
    void names_thatAreMalformedOrUnused_areTold() {
        Vocabulary vocabulary = Vocabulary.empty()
                .with(Map.of(
                        Section.FLAGS, Map.of("projekt.hot", "m"),
                        Section.EVENTS, Map.of("moved", "m", "Moved", "m"),
                        Section.ACTIONS, Map.of("all.of-it", "m", "publish.file", "m")));

        assertThat(findings(PolicyDefinition.builder("p", 1)
                        .vocabulary(vocabulary)
                        .requirement(rule("token").build())))
                .containsExactly(
                        "P03 vocabulary.flags.projekt.hot: unknown key 'projekt' in vocabulary.flags; did you mean"
                                + " 'project'?",
                        "P06 vocabulary.events.Moved: 'Moved' is not an id: lower-case letters, digits and '-',"
                                + " starting with a letter",
                        "P52 vocabulary.actions.all.of-it: 'all.of-it' is declared with another meaning in the core",
                        "P52 vocabulary.actions.publish.file: 'publish.file' is declared with another meaning in the"
                                + " core",
                        "P21 vocabulary.events.moved: event 'moved' is declared and never used");
    }

    @Test
    void atoms_inTheWrongPlace_areTold() {
        Requirement.Builder demanding = Requirement.builder(
                        "r",
                        List.of("token"),
                        Condition.all(
                                        new Atom.Closed(),
                                        new Atom.NewToken(List.of(), Bounds.none(), List.of(Reach.PROJECT)))
                                .andAnyOf(List.of(Condition.all(new Atom.MemberOf(ThingTest.any())), ENROLLED)))
                .message("m");

        assertThat(findings(demanding))
                .containsExactly(
                        "P23 requirement.r.demand.closed: 'closed' stands only in a demand, and alone",
                        "P26 requirement.r.demand.new-token: 'new-token' has no meaning for action 'token.view'",
                        "P22 requirement.r.demand.any-of[1].member-of: 'member-of' cannot be demanded: nobody can"
                                + " bring it about; put it in when",
                        "P04 requirement.r.demand.any-of[1].member-of: 'member-of' needs at least one key, found none");
    }

    @Test
    void bounds_thatNothingKeeps_areTold() {
        assertThat(when(new Atom.Credential(CredentialTest.any()
                        .andIdle(Bounds.below(Duration.ofHours(-1)))
                        .andAge(Bounds.over(Duration.ofDays(2)).andAtMost(Duration.ofDays(2)))
                        .andCreated(InstantBounds.since(T).andBefore(T.minusNanos(1))))))
                .containsExactly(
                        "P28 requirement.r.when.credential.age: no value satisfies over P2D and at-most P2D",
                        "P29 requirement.r.when.credential.idle: 'PT-1H' is not a duration above zero, such as PT15M"
                                + " or P90D",
                        "P28 requirement.r.when.credential.created: no value satisfies since 2024-01-01T00:00:00Z and"
                                + " before 2023-12-31T23:59:59.999999999Z");
        assertThat(when(new Atom.Credential(CredentialTest.any())))
                .containsExactly("P04 requirement.r.when.credential: 'credential' needs at least one key, found none");
    }

    @Test
    void values_thatNoDocumentCanHold_areTold() {
        assertThat(when(new Atom.Credential(
                        CredentialTest.any().andAge(Bounds.below(Duration.ofDays(1_000_000_000L))))))
                .containsExactly("P04 requirement.r.when.credential.age: 'age' needs a duration of at most P3652500D,"
                        + " found P1000000000D");
        assertThat(phase(Phase.builder(Mode.ENFORCE).until(Instant.MAX)))
                .containsExactly("P04 requirement.r.phases[0].until: 'until' needs a date of the years 0000 to 9999,"
                        + " found +1000000000-12-31T23:59:59.999999999Z");
        assertThat(phase(Phase.builder(Mode.ENFORCE)
                        .windows(List.of(
                                new Window(Instant.MAX, Duration.ofDays(1)), new Window(T, Duration.ofDays(1))))))
                .containsExactly("P04 requirement.r.phases[0].windows[1].from: 'from' needs a date of the years 0000"
                        + " to 9999, found +1000000000-12-31T23:59:59.999999999Z");
        assertThat(when(new Atom.Project(
                        ThingTest.metric("m", Bounds.over(Double.NaN)).andRegistered(InstantBounds.since(T)))))
                .containsExactly(
                        "P03 requirement.r.when.project.registered: unknown key 'registered' in 'project'",
                        "P20 requirement.r.when.project.metrics[0]: metric 'project.m' is not declared in"
                                + " vocabulary.metrics",
                        "P04 requirement.r.when.project.metrics[0]: 'm' needs a number, found NaN");
    }

    @Test
    void phases_thatCannotBe_areTold() {
        assertThat(phase(Phase.builder(Mode.WARN).from(T).until(T)))
                .containsExactly("P31 requirement.r.phases[0].until: until is not after from");
        assertThat(phase(Phase.builder(Mode.WARN)
                        .windows(List.of(
                                new Window(T, Duration.ofHours(2)),
                                new Window(T.plusSeconds(7199), Duration.ofHours(1))))))
                .containsExactly("P31 requirement.r.phases[0].windows[1]: windows overlap");
        assertThat(phase(Phase.builder(Mode.WARN)
                        .windows(List.of(
                                new Window(T, Duration.ofHours(2)),
                                new Window(T.plusSeconds(7200), Duration.ofHours(1))))))
                .isEmpty();
        assertThat(phase(Phase.builder(Mode.ANNOUNCE).until(T)))
                .containsExactly("P33 requirement.r.phases[0].mode: an announce phase needs from, or tentative");
        assertThat(phase(Phase.builder(Mode.WARN).share(new BigDecimal("100.0001"))))
                .containsExactly("P35 requirement.r.phases[0].share: share is above 0 and at most 100");
        assertThat(phase(Phase.builder(Mode.WARN).share(new BigDecimal("100.000"))))
                .isEmpty();
    }

    @Test
    void texts_thatAreMissingBlankOrHoldUnknownPlaceholders_areTold() {
        assertThat(findings(rule("publish").message(" ")))
                .containsExactly("P36 requirement.r: 'r' enforces but has no message");
        assertThat(findings(rule("publish").phases(Phase.from(Mode.WARN, T))))
                .containsExactly("P36 requirement.r: 'r' warns but has no notice");
        assertThat(findings(
                        Requirement.builder("r", List.of("publish"), ENROLLED).phases(Phase.from(Mode.REPORT, T))))
                .isEmpty();
        assertThat(findings(rule("publish")
                        .phases(Phase.builder(Mode.ENFORCE).tentative().build())
                        .message("{Account}")))
                .containsExactly("P37 requirement.r.message: unknown placeholder '{Account}'");
    }

    @Test
    void alternatives_thatAreTheSame_areNoChoice() {
        assertThatThrownBy(() -> Condition.anyOf(ENROLLED, ENROLLED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("alternatives:");
    }

    private static List<String> phaseOf(Phase.Builder phase) {
        return phase(phase).stream()
                .map(text -> text.replace("requirement.r.phases[0].", ""))
                .toList();
    }

    @Test
    void durations_upToTenThousandYears_canBeWritten() {
        Duration longest = Duration.ofDays(3_652_500);

        assertThat(when(new Atom.Credential(CredentialTest.any().andAge(Bounds.atMost(longest)))))
                .isEmpty();
        assertThat(when(proven(longest))).isEmpty();
        assertThat(when(proven(longest.plusNanos(1))))
                .containsExactly("P04 requirement.r.when.proven.within: 'within' needs a duration of at most P3652500D,"
                        + " found PT87660000H0.000000001S");
    }

    private static Atom proven(Duration within) {
        return new Atom.Proven(FactorSelector.ofClasses(FactorClass.ANY), Within.of(within));
    }

    @Test
    void dates_outsideTheYearsThatCanBeWritten_areToldOnEachSide() {
        Instant first = Instant.parse("0000-01-01T00:00:00Z");
        Instant last = Instant.parse("9999-12-31T23:59:59.999999999Z");

        assertThat(phaseOf(Phase.builder(Mode.ENFORCE).from(first).until(last))).isEmpty();
        assertThat(phaseOf(Phase.builder(Mode.ENFORCE).from(first.minusNanos(1))))
                .containsExactly("P04 from: 'from' needs a date of the years 0000 to 9999, found"
                        + " -0001-12-31T23:59:59.999999999Z");
        assertThat(phaseOf(Phase.builder(Mode.ENFORCE).until(last.plusNanos(1))))
                .containsExactly(
                        "P04 until: 'until' needs a date of the years 0000 to 9999, found" + " +10000-01-01T00:00:00Z");
        assertThat(when(new Atom.Project(ThingTest.any()
                        .andCreated(InstantBounds.since(first.minusNanos(1)).andBefore(last.plusNanos(1))))))
                .containsExactly(
                        "P04 requirement.r.when.project.created.since: 'since' needs a date of the years 0000 to"
                                + " 9999, found -0001-12-31T23:59:59.999999999Z",
                        "P04 requirement.r.when.project.created.before: 'before' needs a date of the years 0000 to"
                                + " 9999, found +10000-01-01T00:00:00Z");
    }

    /** Where a window ends that no document can hold is not asked: an instant may not hold it either. */
    @Test
    void windows_thatNoDocumentCanHold_areNotComparedWithOthers() {
        assertThat(phaseOf(Phase.builder(Mode.ENFORCE)
                        .windows(List.of(
                                new Window(Instant.MAX, Duration.ofDays(1)),
                                new Window(Instant.MAX, Duration.ofDays(2))))))
                .hasSize(2)
                .allMatch(text -> text.startsWith("P04 windows["));
    }

    /** What is wrong with a bound by itself is told, and not what would follow from it. */
    @Test
    void bounds_ofWhichOneIsNoDuration_areNotCompared() {
        Duration day = Duration.ofDays(1);

        assertThat(when(new Atom.Credential(CredentialTest.any()
                        .andAge(Bounds.over(day).andBelow(day.negated()))
                        .andIdle(Bounds.over(Duration.ofDays(3_652_501)).andBelow(day)))))
                .containsExactly(
                        "P29 requirement.r.when.credential.age: 'PT-24H' is not a duration above zero, such as PT15M"
                                + " or P90D",
                        "P04 requirement.r.when.credential.idle: 'idle' needs a duration of at most P3652500D, found"
                                + " P3652501D");
    }

    @Test
    void bounds_ofTheSameValue_areAsNarrowAsTheOneWithoutIt() {
        Duration day = Duration.ofDays(1);

        assertThat(age(Bounds.atLeast(day).andAtMost(day))).isEmpty();
        assertThat(age(Bounds.atLeast(day).andOver(day).andAtMost(day)))
                .containsExactly("P28 no value satisfies over P1D and at-most P1D");
        assertThat(age(Bounds.atLeast(day).andBelow(day).andAtMost(day)))
                .containsExactly("P28 no value satisfies at-least P1D and below P1D");
        assertThat(size(Bounds.atLeast(3.0), Bounds.over(3.0).andAtMost(3.0)))
                .containsExactly("P28 no value satisfies over 3 and at-most 3");
        assertThat(size(Bounds.atMost(3.0), Bounds.below(3.0).andAtLeast(3.0)))
                .containsExactly("P28 no value satisfies at-least 3 and below 3");
    }

    @Test
    void numbers_inAFinding_areWholeAsLongAsEachWholeNumberIs() {
        assertThat(size(Bounds.over(0x1p53).andBelow(0x1p53)))
                .containsExactly("P28 no value satisfies over 9007199254740992 and below 9007199254740992");
        assertThat(size(Bounds.over(0x1p54).andBelow(0.5)))
                .containsExactly("P28 no value satisfies over 1.8014398509481984E16 and below 0.5");
    }

    private static List<String> age(Bounds<Duration> bounds) {
        return bodies(when(new Atom.Credential(CredentialTest.any().andAge(bounds))));
    }

    @SafeVarargs
    private static List<String> size(Bounds<Double>... bounds) {
        ThingTest test = ThingTest.any();
        for (Bounds<Double> one : bounds) {
            test = test.andMetric(new MetricTest("size", one));
        }
        return bodies(findings(PolicyDefinition.builder("p", 1)
                .vocabulary(Vocabulary.empty().with(Section.METRICS, "project.size", "s"))
                .requirement(rule("publish")
                        .when(Condition.all(new Atom.Project(test)))
                        .build())));
    }

    private static List<String> bodies(List<String> findings) {
        return findings.stream()
                .map(text -> text.replaceAll(" requirement[^:]*:", ""))
                .toList();
    }

    @Test
    void atoms_withoutAnyKey_areTold() {
        Atom newToken = new Atom.NewToken(List.of(), Bounds.none(), List.of());
        Atom publisher = new Atom.Publisher(List.of(), List.of(), List.of(), List.of(), List.of());

        assertThat(findings(rule("token.create").when(Condition.all(newToken))))
                .containsExactly("P04 requirement.r.when.new-token: 'new-token' needs at least one key, found none");
        assertThat(when(publisher))
                .containsExactly("P04 requirement.r.when.publisher: 'publisher' needs at least one key, found none");
    }

    @Test
    void atoms_withFaultsInside_areToldWithTheKey() {
        Bounds<Duration> never = Bounds.over(Duration.ofDays(2)).andBelow(Duration.ofDays(1));

        assertThat(when(new Atom.Publisher(List.of(), List.of(), List.of(), List.of(), List.of("ours"))))
                .containsExactly("P20 requirement.r.when.publisher.flags: flag 'publisher.ours' is not declared in"
                        + " vocabulary.flags");
        assertThat(findings(rule("token.create")
                        .when(Condition.all(new Atom.NewToken(List.of(), never, List.of(Reach.PROJECT))))))
                .containsExactly(
                        "P28 requirement.r.when.new-token.lifetime: no value satisfies over P2D and below P1D");
        assertThat(when(new Atom.Release(ThingTest.any().andAge(never))))
                .containsExactly("P28 requirement.r.when.release.age: no value satisfies over P2D and below P1D");
        assertThat(phaseOf(Phase.builder(Mode.ENFORCE).unless(Condition.all(new Atom.Closed()))))
                .containsExactly("P23 unless.closed: 'closed' stands only in a demand, and alone");
    }

    @Test
    void keys_thatAThingDoesNotHave_areTold() {
        assertThat(when(new Atom.Project(ThingTest.flag("hot").andAge(Bounds.over(Duration.ofDays(1))))))
                .startsWith("P03 requirement.r.when.project.age: unknown key 'age' in 'project'");
        assertThat(when(new Atom.MemberOf(ThingTest.metric("size", Bounds.over(1.0)))))
                .startsWith("P03 requirement.r.when.member-of.metrics: unknown key 'metrics' in 'member-of'");
        assertThat(when(new Atom.Account(ThingTest.any().andCreated(InstantBounds.since(T)))))
                .containsExactly("P03 requirement.r.when.account.created: unknown key 'created' in 'account'");
    }

    @Test
    void exceptions_insideOthers_areTold() {
        assertThat(findings(rule("write").except(List.of("token", "token.create"))))
                .containsExactly(
                        "P13 requirement.r.except: 'token.create' is listed inside 'token' which is listed too");
    }

    @Test
    void name_thatBelongsToNothing_isTold() {
        assertThat(findings(PolicyDefinition.builder("p", 1)
                        .vocabulary(Vocabulary.empty().with(Section.FLAGS, ".hot", "h"))
                        .requirement(rule("publish").build())))
                .containsExactly("P03 vocabulary.flags..hot: unknown key '' in vocabulary.flags");
    }

    @Test
    void exception_forFindings_holdsThemAllAndSaysTheErrorsFirst() {
        List<Finding> all = List.of(
                Finding.warning("P45", "a", "b"),
                Finding.note("P13", "c", "d"),
                Finding.error("P05", "e", "f"),
                Finding.error("P40", "g", "h"));

        assertThat(new InvalidPolicyException(all).findings()).isEqualTo(all);
        assertThat(new InvalidPolicyException(all)).hasMessage("P05 e: f\nP40 g: h\nP45 a: b\nP13 c: d");
    }
}
