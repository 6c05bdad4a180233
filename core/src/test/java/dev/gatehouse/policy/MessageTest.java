package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.Remedy;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.Vocabulary;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MessageTest {
    private static Message refusal(String template, AccessRequest q) {
        Requirement rule = Requirement.builder(
                        "email-needed",
                        List.of("project"),
                        dev.gatehouse.policy.rule.Condition.all(new Atom.EmailVerified()))
                .message(template)
                .build();
        return ((Decision.Refused) Samples.policy(rule).decide(q)).first().message();
    }

    private static String text(String template) {
        return refusal(template, Samples.bare()).text();
    }

    @Test
    void text_placeholders_areTheValuesOfTheRequest() {
        assertThat(text("{account} may not do {action} to {project}."))
                .isEqualTo("alice may not do project.settings to sampleproject.");
    }

    @Test
    void text_unknownValues_areTheWordsOfTheirKinds() {
        AccessRequest unknown = Samples.session().build();

        assertThat(refusal("{account} {project} {organization} {link} {enforced-from} {wait-until}", unknown)
                        .text())
                .isEqualTo("account project organization link date date");
    }

    @Test
    void text_twoBraces_areOne() {
        assertThat(text("{{account} and {{{{ and } alone")).isEqualTo("{account} and {{ and } alone");
    }

    @Test
    void text_valueThatLooksLikeAPlaceholder_staysAsItIs() {
        AccessRequest q = Samples.session()
                .account(AccountValues.builder("a1", "{link}")
                        .emailVerified(false)
                        .build())
                .build();
        MessageContext context = MessageContext.plain().link(Remedy.VERIFY_EMAIL, "https://index.example/verify");

        assertThat(refusal("{account}: {link}", q).text(context)).isEqualTo("{link}: https://index.example/verify");
    }

    @Test
    void text_longValue_isCutAtAHundredCharacters() {
        AccessRequest q = Samples.session()
                .account(AccountValues.builder("a1", "x".repeat(99) + "\uD83D\uDD11y")
                        .emailVerified(false)
                        .build())
                .build();

        assertThat(refusal("{account}", q).text()).isEqualTo("x".repeat(99));
        assertThat(refusal("{account}", q).values()).isEqualTo(Map.of("account", "x".repeat(99)));
    }

    @Test
    void text_valueOfAHundredCharacters_isWhole() {
        for (String name : List.of("x".repeat(100), "x".repeat(98) + "\uD83D\uDD11")) {
            assertThat(Template.shown("account", name)).isEqualTo(name);
            assertThat(Template.shown("account", name + "y")).isEqualTo(name);
        }
    }

    @Test
    void text_braces_areAPlaceholderOnlyAroundItsName() {
        assertThat(filled("{}{account}{ account}{Account}{nobody}{account"))
                .isEqualTo("{}alice{ account}{Account}{nobody}{account");
        assertThat(filled("{account}{account}")).isEqualTo("alicealice");
        assertThat(filled("{{{account}")).isEqualTo("{alice");
        assertThat(filled("{account{account}")).isEqualTo("{accountalice");
        assertThat(filled("")).isEmpty();
    }

    /** A translation is not checked as the policy's own words are. */
    private static String filled(String translation) {
        return Template.of(translation).fill(name -> name.equals("account") ? "alice" : null);
    }

    @Test
    void template_thatUsesAName_saysSo() {
        assertThat(Template.of("{link} {action} {enforced-from}").namesNobody()).isTrue();
        for (String name : List.of("account", "project", "organization", "wait-until")) {
            Template template = Template.of("a {" + name + "} b");
            assertThat(template.namesNobody()).as(name).isFalse();
            assertThat(template.uses(name)).isTrue();
            assertThat(template.names()).containsExactly(name);
            assertThat(template).hasToString("a {" + name + "} b");
        }
        assertThat(Template.of("{link} {account} {link}").names()).containsExactly("link", "account");
    }

    @Test
    void values_ofAMessage_areAllButTheLink() {
        Message message = refusal("{action} {organization} {link} {enforced-from} {account}", Samples.bare());

        assertThat(message.values().toString())
                .isEqualTo("{action=project.settings, organization=organization, enforced-from=date, account=alice}");
    }

    @Test
    void text_organization_isTheNameOfTheOneThatIsAskedAbout() {
        AccessRequest q = Samples.session()
                .account(Samples.bareAccount().build())
                .organization(ThingValues.builder("o1", "sample-org").build())
                .build();

        assertThat(refusal("{organization}", q).text()).isEqualTo("sample-org");
    }

    @Test
    void text_withOnlyOneOfMessageAndNotice_usesItForBoth() {
        Rule message = new Rule(
                Requirement.builder("r", List.of("project"), dev.gatehouse.policy.rule.Condition.all(new Atom.Closed()))
                        .message("No.")
                        .build(),
                java.util.Set.of());
        Rule notice = new Rule(
                Requirement.builder("r", List.of("project"), dev.gatehouse.policy.rule.Condition.all(new Atom.Closed()))
                        .notice("Soon.")
                        .build(),
                java.util.Set.of());

        assertThat(message.template(Mode.WARN)).hasToString("No.");
        assertThat(notice.template(Mode.ENFORCE)).hasToString("Soon.");
        assertThat(message.isClosed).isTrue();
        assertThat(message).hasToString("r");
    }

    @Test
    void text_link_isThePageOfTheFirstStep() {
        Message message = refusal("See {link}.", Samples.bare());
        MessageContext context = MessageContext.plain()
                .link(Remedy.VERIFY_EMAIL, "https://index.example/verify")
                .link(Remedy.ENROL_FACTOR, "https://index.example/factors");

        assertThat(message.text(context)).isEqualTo("See https://index.example/verify.");
        assertThat(message.values()).isEmpty();
    }

    private static List<String> warnedAndRefused(boolean notice, Map<String, String> translations) {
        Requirement.Builder rule = Requirement.builder(
                        "email-needed",
                        List.of("project"),
                        dev.gatehouse.policy.rule.Condition.all(new Atom.EmailVerified()))
                .message("No.");
        Requirement.Builder worded = notice ? rule.notice("Soon.") : rule;
        MessageContext context = MessageContext.plain().translations((id, locale) -> translations.get(id));
        return java.util.stream.Stream.of(notice ? Mode.WARN : Mode.REPORT, Mode.ENFORCE)
                .map(mode -> worded.phases(Phase.from(mode, Samples.NOW)).build())
                .map(built -> Samples.policy(built).decide(Samples.bare()))
                .map(decision -> decision.<Unmet>fold(
                        p -> (notice ? p.notices() : p.observed()).get(0), Decision.Refused::first))
                .map(unmet -> unmet.message().text(context))
                .toList();
    }

    /** A rule that warns first and refuses later has two texts, and so two translations. */
    @Test
    void text_translationOfANotice_isItsOwn() {
        Map<String, String> both = Map.of("email-needed", "Nein.", "email-needed.notice", "Bald.");

        assertThat(warnedAndRefused(true, both)).containsExactly("Bald.", "Nein.");
        assertThat(warnedAndRefused(false, both)).containsExactly("Bald.", "Nein.");
        assertThat(warnedAndRefused(true, Map.of("email-needed", "Nein.")))
                .as("the policy's words, not a refusal where nothing is refused")
                .containsExactly("Soon.", "Nein.");
        assertThat(warnedAndRefused(false, Map.of("email-needed", "Nein."))).containsExactly("Nein.", "Nein.");
        assertThat(warnedAndRefused(true, Map.of("email-needed.notice", "Bald.")))
                .containsExactly("Bald.", "No.");
    }

    @Test
    void text_translation_takesTheSameValues() {
        Message message = refusal("No, {account}.", Samples.bare());
        MessageContext german = MessageContext.plain()
                .locale(Locale.GERMAN)
                .translations((id, locale) ->
                        locale.equals(Locale.GERMAN) && id.equals("email-needed") ? "Nein, {account}." : null);

        assertThat(message.text(german)).isEqualTo("Nein, alice.");
        assertThat(message.text(german.locale(Locale.FRENCH))).isEqualTo("No, alice.");
        assertThat(message.template()).isEqualTo("No, {account}.");
    }

    @Test
    void text_enforcedFrom_isTheNextBeginningForEverybody() {
        Requirement rule = Samples.requirement("email-needed", new Atom.EmailVerified())
                .notice("From {enforced-from}.")
                .phases(
                        Phase.builder(Mode.WARN).build(),
                        Phase.builder(Mode.ENFORCE)
                                .from(Instant.parse("2024-07-01T00:00:00Z"))
                                .share(java.math.BigDecimal.ONE)
                                .build(),
                        Phase.from(Mode.ENFORCE, Instant.parse("2024-08-01T00:00:00Z")))
                .build();

        assertThat(Samples.policy(rule)
                        .decide(Samples.bare())
                        .notices()
                        .get(0)
                        .message()
                        .text())
                .isEqualTo("From 2024-08-01T00:00:00Z.");
    }

    @Test
    void text_waitUntil_isWhenTheLastWaitIsOver() {
        Vocabulary vocabulary = Vocabulary.empty()
                .with(Vocabulary.Section.EVENTS, "a", "one")
                .with(Vocabulary.Section.EVENTS, "b", "another");
        Requirement rule = Samples.requirement("wait", new Atom.Elapsed(List.of("a", "b"), Duration.ofHours(1)))
                .message("Wait until {wait-until}.")
                .build();
        TwoFactorPolicy policy = TwoFactorPolicy.builder(
                        Samples.definition(rule).vocabulary(vocabulary).build())
                .clock(InstantSource.fixed(Samples.NOW))
                .supplies(Supplied.everything(vocabulary))
                .build();
        AccessRequest q = Samples.session()
                .account(Samples.bareAccount()
                        .event("a", Occurrence.at(Samples.NOW.minusSeconds(1_800)))
                        .event("b", Occurrence.at(Samples.NOW.minusSeconds(600)))
                        .build())
                .build();

        Refusal refusal = ((Decision.Refused) policy.decide(q)).first();

        assertThat(refusal.message().text()).isEqualTo("Wait until 2024-06-01T12:50:00Z.");
        assertThat(refusal.ways()).containsExactly(Way.of(Remedy.WAIT));
    }

    @Test
    void text_waitUntil_isADateOnlyWhereAWaitIsAheadAndKnown() {
        Instant now = Samples.NOW;
        Duration hour = Duration.ofHours(1);

        assertThat(waiting("a", Occurrence.at(now.minusSeconds(3_599)))).isEqualTo("2024-06-01T12:00:01Z");
        assertThat(waiting("a", Occurrence.at(now.minus(hour)))).as("over").isNull();
        assertThat(waiting("a", Occurrence.never())).isNull();
        assertThat(waiting("b", Occurrence.at(now)))
                .as("nobody knows of the other")
                .isNull();
        assertThat(waiting("c", Occurrence.at(now))).as("not supplied").isNull();
    }

    private static @org.jspecify.annotations.Nullable String waiting(String event, Occurrence occurrence) {
        Vocabulary vocabulary = Vocabulary.empty()
                .with(Vocabulary.Section.EVENTS, "a", "one")
                .with(Vocabulary.Section.EVENTS, "b", "another");
        String asked = event.equals("b") ? "a" : event;
        Requirement rule = Samples.requirement("wait", new Atom.Elapsed(List.of(asked), Duration.ofHours(1)))
                .build();
        Setting setting = new Setting(
                Supplied.everything(vocabulary),
                PolicyControls.none(),
                Map.of(),
                new Share(null),
                Duration.ZERO,
                Setting.LONGEST_WAIVER);
        AccessRequest q = Samples.session()
                .account(Samples.bareAccount().event(event, occurrence).build())
                .build();
        return Waits.end(new Rule(rule, java.util.Set.of()), q, setting, Samples.NOW);
    }

    @Property
    void of_anyText_neverThrowsAndKeepsTheSource(@ForAll String source) {
        Template template = Template.of(source);

        assertThat(template.source()).isEqualTo(source);
        if (source.indexOf('{') < 0) {
            assertThat(template.fill(name -> "!")).isEqualTo(source);
        }
    }
}
