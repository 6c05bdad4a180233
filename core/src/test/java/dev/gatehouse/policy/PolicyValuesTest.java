package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.Finding;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.Reach;
import dev.gatehouse.policy.rule.ReasonCode;
import dev.gatehouse.policy.rule.Remedy;
import dev.gatehouse.policy.rule.ThingTest;
import dev.gatehouse.policy.rule.Vocabulary;
import dev.gatehouse.policy.rule.Vocabulary.Section;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The small values of the package: what they refuse, keep, equal and print as. */
@SuppressWarnings("NullAway")
class PolicyValuesTest {
    private static final Instant NOW = Samples.NOW;

    @Test
    void occurrence_equalsByItsInstant() {
        assertThat(Occurrence.at(NOW))
                .isEqualTo(Occurrence.at(NOW))
                .hasSameHashCodeAs(Occurrence.at(NOW))
                .isNotEqualTo(Occurrence.at(NOW.plusNanos(1)))
                .isNotEqualTo(Occurrence.never())
                .isNotEqualTo("never")
                .hasToString("2024-06-01T12:00:00Z");
        assertThat(Occurrence.never()).hasToString("never").isEqualTo(Occurrence.never());
        assertThat(Occurrence.never().last()).isEmpty();
        assertThat(Occurrence.at(NOW).last()).hasValue(NOW);
        assertThat(Occurrence.at(NOW).hashCode())
                .isNotEqualTo(Occurrence.never().hashCode());
        assertThatNullPointerException().isThrownBy(() -> Occurrence.at(null)).withMessage("last");
    }

    @Test
    void newToken_keepsItsOwnLabelsAndNeedsTheRest() {
        Set<String> labels = new HashSet<>(Set.of("scoped"));
        NewToken token = new NewToken(labels, Lifetime.endless(), Reach.ACCOUNT);
        labels.add("more");

        assertThat(token.labels()).containsExactly("scoped");
        assertThatNullPointerException()
                .isThrownBy(() -> new NewToken(Set.of(), null, Reach.ACCOUNT))
                .withMessage("lifetime");
        assertThatNullPointerException()
                .isThrownBy(() -> new NewToken(Set.of(), Lifetime.endless(), null))
                .withMessage("reach");
    }

    @Test
    void way_isOfAtLeastOneStepAndPrintsInTheWordsOfTheLanguage() {
        Way way = Way.of(Remedy.VERIFY_EMAIL, Remedy.ENROL_FACTOR);

        assertThat(way).hasToString("[verify-email, enrol-factor]");
        assertThat(way.first()).isEqualTo(Remedy.VERIFY_EMAIL);
        assertThatIllegalArgumentException().isThrownBy(Way::of).withMessage("steps: empty");
    }

    @Test
    void waiver_saysWhatIsMissing() {
        assertThatNullPointerException()
                .isThrownBy(() -> new Waiver("r", null, "a", NOW, NOW.plusNanos(1), "why", "by"))
                .withMessage("subject");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> waiver(" ", "a", NOW.plusNanos(1), "why", "by"))
                .withMessage("requirement: blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> waiver("r", "", NOW.plusNanos(1), "why", "by"))
                .withMessage("subjectId: blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> waiver("r", "a", NOW.plusNanos(1), "\t", "by"))
                .withMessage("reason: blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> waiver("r", "a", NOW.plusNanos(1), "why", ""))
                .withMessage("by: blank");
        assertThatNullPointerException()
                .isThrownBy(() -> waiver("r", "a", NOW.plusNanos(1), null, "by"))
                .withMessage("reason");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> waiver("r", "a", NOW, "why", "by"))
                .withMessage("until: not after from");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> waiver("r", "a", NOW.plusNanos(1), "why", "a"))
                .withMessage("by: an account cannot give itself a waiver");
        assertThat(new Waiver("r", Waiver.Subject.PROJECT, "a", NOW, NOW.plusNanos(1), "why", "a").by())
                .as("a project has another id than whoever gives it")
                .isEqualTo("a");
    }

    private static Waiver waiver(String rule, String subject, Instant until, String reason, String by) {
        return new Waiver(rule, Waiver.Subject.ACCOUNT, subject, NOW, until, reason, by);
    }

    @Test
    void controls_changeOnlyTheSwitchesTheyWereMadeWith() {
        PolicyControls controls = PolicyControls.of(Map.of("go", true, "brake", false));
        controls.waivers(List.of(waiver("r", "a", NOW.plusNanos(1), "why", "by")));

        controls.set("go", false);

        assertThat(controls.switches()).isEqualTo(Map.of("go", false, "brake", false));
        assertThat(controls.waivers()).hasSize(1);
        assertThat(controls.state().byRequirement()).containsOnlyKeys("r");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> controls.set("og", true))
                .withMessage("name: no switch 'og'");
        assertThat(controls.toString())
                .endsWith(", 1 waivers")
                .startsWith("switches {")
                .contains("go=false");
        assertThat(PolicyControls.none()).hasToString("switches {}, 0 waivers");
    }

    @Test
    void controls_keepTheirOwnWaivers() {
        PolicyControls controls = PolicyControls.none();
        List<Waiver> waivers = new ArrayList<>(List.of(waiver("r", "a", NOW.plusNanos(1), "why", "by")));
        controls.waivers(waivers);
        waivers.clear();

        assertThat(controls.waivers()).hasSize(1);
        controls.waivers(List.of());
        assertThat(controls.waivers()).isEmpty();
        assertThat(controls.state().byRequirement()).isEmpty();
    }

    @Test
    void supplied_hasWhatWasNamedAndNothingElse() {
        Supplied some = Supplied.nothing().and(Section.FLAGS, "project.b", "project.a");
        Supplied more = some.and(Section.FLAGS, "project.c").and(Section.EVENTS, "moved");

        assertThat(some.has(Section.FLAGS, "project.a")).isTrue();
        assertThat(some.has(Section.FLAGS, "project.c")).as("it is not changed").isFalse();
        assertThat(some.has(Section.METRICS, "project.a")).isFalse();
        assertThat(more.has(Section.FLAGS, "project.b")).isTrue();
        assertThat(more.has(Section.EVENTS, "moved")).isTrue();
        assertThat(Supplied.nothing()).hasToString("{}");
        assertThat(some).hasToString("{FLAGS=[project.a, project.b]}");
    }

    @Test
    void setting_knowsItsConditionsAndTheSwitchesAndActionsOfThePolicy() {
        Vocabulary vocabulary = Vocabulary.empty()
                .with(Section.SWITCHES, "go", "s")
                .with(Section.ACTIONS, "webhook.fire", "a")
                .with(Section.FLAGS, "project.critical", "f");
        CustomCondition night = new CustomCondition() {
            @Override
            public String id() {
                return "night";
            }

            @Override
            public Fact<Boolean> holds(AccessRequest request) {
                return Fact.of(true);
            }
        };
        Setting setting = new Setting(
                Supplied.nothing().and(Section.EVENTS, "moved"),
                PolicyControls.none(),
                Map.of("night", night),
                new Share(null),
                Duration.ZERO,
                Setting.LONGEST_WAIVER);

        assertThat(setting.known(vocabulary))
                .hasToString("{FLAGS=[host.night], EVENTS=[moved], SWITCHES=[go], ACTIONS=[webhook.fire]}");
        assertThat(setting.condition("night")).isSameAs(night);
        assertThat(setting.condition("day")).isNull();
        assertThat(setting.loosenings()).isEmpty();
    }

    @Test
    void share_equalsByItsSecret() {
        Share secret = new Share(new byte[] {1, 2});

        assertThat(secret)
                .isEqualTo(new Share(new byte[] {1, 2}))
                .hasSameHashCodeAs(new Share(new byte[] {1, 2}))
                .isNotEqualTo(new Share(new byte[] {1, 3}))
                .isNotEqualTo(new Share(null))
                .isNotEqualTo("by id and a secret");
        assertThat(new Share(null)).isEqualTo(new Share(null)).hasToString("by id");
    }

    @Test
    void thingValues_sayWhatWasSet() {
        ThingFacts thing = ThingValues.builder("t1", "thing")
                .flags(Set.of("critical"))
                .metric("downloads", 5)
                .metric("broken", Double.NaN)
                .created(NOW)
                .build();

        assertThat(thing.id()).isEqualTo(Fact.of("t1"));
        assertThat(thing.name()).isEqualTo(Fact.of("thing"));
        assertThat(thing.flags()).isEqualTo(Fact.of(Set.of("critical")));
        assertThat(thing.metric("downloads")).isEqualTo(Fact.of(5.0));
        assertThat(thing.metric("broken").isUnknown()).isTrue();
        assertThat(thing.metric("other").isUnknown()).isTrue();
        assertThat(thing.age(NOW.plusSeconds(7))).isEqualTo(Fact.of(Duration.ofSeconds(7)));
        assertThat(ThingValues.builder("t", "t")
                        .created(NOW)
                        .age(Duration.ofDays(1))
                        .build()
                        .age(NOW))
                .as("the host knows better")
                .isEqualTo(Fact.of(Duration.ofDays(1)));
        assertThat(ThingValues.unknown().age(NOW).isUnknown()).isTrue();
        assertThat(List.of(
                        ThingValues.absent().id(),
                        ThingValues.absent().name(),
                        ThingValues.absent().flags(),
                        ThingValues.absent().metric("downloads"),
                        ThingValues.absent().created(),
                        ThingValues.absent().age(NOW)))
                .allMatch(Fact::isAbsent);
        assertThatNullPointerException()
                .isThrownBy(() -> ThingValues.builder("t", "t").metric(null, 1))
                .withMessage("metric");
    }

    @Test
    void run_isOfValuesUnknownOrAbsent() {
        for (Fact<?> fact : List.of(
                PublisherRun.unknown().provider(),
                PublisherRun.unknown().event(),
                PublisherRun.unknown().ref(),
                PublisherRun.unknown().flags(),
                new PublisherRun() {}.provider(),
                new PublisherRun() {}.event(),
                new PublisherRun() {}.ref(),
                new PublisherRun() {}.flags(),
                new ThingFacts() {}.id(),
                new ThingFacts() {}.name(),
                new ThingFacts() {}.flags(),
                new ThingFacts() {}.metric("m"),
                new ThingFacts() {}.created(),
                new ThingFacts() {}.age(NOW))) {
            assertThat(fact.isUnknown()).isTrue();
            assertThat(fact).hasToString("unknown");
        }
        assertThat(List.of(
                        PublisherRun.absent().provider(),
                        PublisherRun.absent().event(),
                        PublisherRun.absent().ref(),
                        PublisherRun.absent().flags()))
                .allMatch(Fact::isAbsent);
    }

    @Test
    void change_needsAllOfIt() {
        Optional<AllowLooser> nobody = Optional.empty();

        assertThatNullPointerException()
                .isThrownBy(() -> new PolicyChange(null, "a", "b", List.of(), nobody))
                .withMessage("at");
        assertThatNullPointerException()
                .isThrownBy(() -> new PolicyChange(NOW, null, "b", List.of(), nobody))
                .withMessage("before");
        assertThatNullPointerException()
                .isThrownBy(() -> new PolicyChange(NOW, "a", null, List.of(), nobody))
                .withMessage("after");
        assertThatNullPointerException()
                .isThrownBy(() -> new PolicyChange(NOW, "a", "b", List.of(), null))
                .withMessage("allowed");
        assertThatNullPointerException()
                .isThrownBy(() -> new Reload.Looser(null))
                .withMessage("change");
        assertThatNullPointerException()
                .isThrownBy(() -> new Reload.Reloaded(null, List.of()))
                .withMessage("change");
    }

    @Test
    void reload_keepsItsOwnFindings() {
        List<Finding> findings = new ArrayList<>(List.of(Finding.note("P43", "", "n")));
        Reload.Rejected rejected = new Reload.Rejected(findings);
        Reload.Reloaded reloaded =
                new Reload.Reloaded(new PolicyChange(NOW, "a", "b", List.of(), Optional.empty()), findings);
        findings.clear();

        assertThat(rejected.findings()).hasSize(1);
        assertThat(reloaded.warnings()).hasSize(1);
        assertThat(rejected.isInForce()).isFalse();
        assertThat(reloaded.isInForce()).isTrue();
    }

    @Test
    void context_ofAHost_givesBackWhatItWasGiven() {
        MessageContext context = MessageContext.plain()
                .link(Remedy.PROVE, "https://index.example/prove")
                .locale(Locale.GERMAN);

        assertThat(context.link(Remedy.PROVE)).hasValue("https://index.example/prove");
        assertThat(context.link(Remedy.WAIT)).isEmpty();
        assertThat(context.locale()).isEqualTo(Locale.GERMAN);
        assertThat(MessageContext.plain().locale()).isEqualTo(Locale.ROOT);
        assertThat(context.translation("r")).isEmpty();
        assertThat(context.translations((id, locale) -> id + " " + locale).translation("r"))
                .hasValue("r de");
        assertThatNullPointerException()
                .isThrownBy(() -> context.link(Remedy.WAIT, null))
                .withMessage("url");
        assertThatNullPointerException().isThrownBy(() -> context.locale(null)).withMessage("language");
        assertThatNullPointerException()
                .isThrownBy(() -> context.translations(null))
                .withMessage("templates");
    }

    @Test
    void refusalAndNotice_printWhatIsLackingAndTheWaysOut() {
        TwoFactorPolicy policy = Samples.policy(
                Samples.emailNeeded(),
                Samples.factorNeeded().phases(Phase.builder(Mode.WARN).build()).build());
        Decision.Refused refused = (Decision.Refused) policy.decide(Samples.bare());

        assertThat(refused.first()).hasToString("email-needed [EMAIL_NOT_VERIFIED] [[verify-email]]");
        assertThat(refused.first().mode()).isEqualTo(Mode.ENFORCE);
        assertThat(refused.first().way()).isEqualTo(Way.of(Remedy.VERIFY_EMAIL));
        assertThat(refused.first().message()).hasToString("No project.settings for alice.");
        assertThat(refused.first().message().requirement()).isEqualTo("email-needed");
        Notice notice = refused.notices().get(0);
        assertThat(notice).hasToString("factor-needed warn [FACTOR_NOT_ENROLLED] [[enrol-factor]]");
        assertThat(notice.stage()).isEqualTo(Remedy.ENROL_FACTOR.stage());
        assertThat(notice.codes()).containsExactly(ReasonCode.FACTOR_NOT_ENROLLED);
        assertThat(notice.waiver()).isEmpty();
        assertThat(notice.message().text()).isEqualTo("Soon no project.settings for alice.");
    }

    @Test
    void refusal_thatReadsProjectOrOrganization_saysSo() {
        Condition critical = Condition.all(new Atom.Project(ThingTest.flag("critical")));
        Condition strict = Condition.all(new Atom.Organization(ThingTest.flag("strict")));
        Condition maintains = Condition.all(new Atom.Maintains(ThingTest.flag("critical")));

        assertThat(first(Condition.empty()).readsProjectOrOrganization()).isFalse();
        assertThat(first(critical).readsProjectOrOrganization()).isTrue();
        assertThat(first(strict).readsProjectOrOrganization()).isTrue();
        assertThat(first(maintains).readsProjectOrOrganization()).isFalse();
    }

    private static Refusal first(Condition when) {
        Vocabulary vocabulary = Vocabulary.empty()
                .with(Section.FLAGS, "project.critical", "f")
                .with(Section.FLAGS, "organization.strict", "f");
        TwoFactorPolicy policy = TwoFactorPolicy.of(
                Samples.definition(Samples.requirement("one", new Atom.EmailVerified())
                                .when(when)
                                .build())
                        .vocabulary(vocabulary)
                        .build(),
                InstantSource.fixed(NOW));
        return ((Decision.Refused) policy.decide(Samples.bare())).first();
    }

    @Test
    void unmapped_isRefusedInItsOwnWords() {
        Refusal refusal = ((Decision.Refused) Unmapped.refused(Action.PROJECT_SETTINGS)).first();

        assertThat(refusal).hasToString("unmapped [UNMAPPED] [[contact-support]]");
        assertThat(refusal.message().text()).isEqualTo("The action project.settings is not open on this index.");
        assertThat(refusal.readsProjectOrOrganization()).isFalse();
    }
}
