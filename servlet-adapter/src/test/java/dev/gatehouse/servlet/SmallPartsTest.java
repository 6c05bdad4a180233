package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.PublisherRun;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.Remedy;
import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.eclipse.jetty.ee10.servlet.DefaultServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmallPartsTest {

    @Property
    void reasonPhrase_ofAnyText_isVisibleAsciiWithinItsLength(
            @ForAll String text, @ForAll @IntRange(min = 0, max = 200) int limit) {
        String phrase = ReasonPhrase.ascii(text, limit);

        assertThat(phrase).hasSizeLessThanOrEqualTo(limit).matches("[ -~]*").isEqualTo(phrase.strip());
    }

    @Test
    void reasonPhrase_ofSeveralLines_isTheFirst() {
        assertThat(ReasonPhrase.ascii("one  two\r\nSet-Cookie: a=b", 200)).isEqualTo("one two");
        assertThat(ReasonPhrase.ascii("\ud83d\ude00 smile \u00e9", 200)).isEqualTo("? smile ?");
        assertThat(ReasonPhrase.ascii("abcdef gh", 7)).isEqualTo("abcdef");
    }

    @Property
    void html_ofAnyText_hasNoMarkup(
            @ForAll @Chars({'<', '>', '"', '\'', '&', ';', '#', 'a', '\u00e9'}) @StringLength(max = 12) String text) {
        String html = Texts.escaped(text);

        assertThat(html).doesNotContainPattern("[<>\"']").doesNotContainPattern("&(?!(amp|lt|gt|quot|#39);)");
        assertThat(html.replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&quot;", "\"")
                        .replace("&#39;", "'")
                        .replace("&amp;", "&"))
                .isEqualTo(text);
    }

    @Test
    void phrase_ofARefusedPassword_isWholeHoweverLongTheTextIs() {
        Answer answer = Answer.of(403, "X", "a long text ".repeat(30)).withPhrase();

        assertThat(answer.reason(dev.gatehouse.policy.MessageContext.plain()))
                .hasSizeLessThanOrEqualTo(200)
                .contains(Answer.PHRASE);
        assertThat(answer.text(dev.gatehouse.policy.MessageContext.plain())).endsWith(Answer.PHRASE + ".");
    }

    @Test
    void servletMappings_thatTheLayoutDoesNotList_areNamed() throws Exception {
        TestIndex index = new TestIndex();
        TwoFactorFilter filter = index.filter(PypiLayout.standard(), ReasonPhrase.none());
        ServletContextHandler handler = new ServletContextHandler();
        handler.addServlet(DefaultServlet.class, "/simple/*");
        handler.addServlet(DefaultServlet.class, "/metrics/*");
        handler.addServlet(DefaultServlet.class, "*.jsp");
        ServletContext context = handler.getServletContext();

        assertThat(filter.unlistedMappings(context))
                .hasSize(2)
                .allMatch(text -> text.matches("(\\*\\.jsp|/metrics/\\*) .*"));
        IndexLayout anyName =
                IndexLayout.builder().get("/{project}", Route.publicRead()).build();
        assertThat(index.filter(anyName, ReasonPhrase.none()).unlistedMappings(context))
                .anyMatch(text -> text.startsWith("*.jsp "));
    }

    @Test
    void flash_withBracesAndUnknownValues_isPlainText() {
        Flash flash =
                new Flash("r", Remedy.WAIT, "{{x} {account} at {link}: {wait-until}", Map.of("account", "a<b {link}"));

        assertThat(flash.text("/there")).isEqualTo("{x} a<b {link} at /there: the wait until");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.test", "ftp://x.test", "https://x.test/path", "https://x.test?x", "//x.test"})
    void address_thatIsNone_isACallersMistake(String address) {
        assertThatThrownBy(() -> Pages.at(address)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void page_onAnotherSite_isACallersMistake() {
        assertThatThrownBy(() -> Pages.none().page(Remedy.PROVE, "//evil.test"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Answers.of(Pages.none()).realm("a\"b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Answers.of(Pages.none()).drainLimit(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SignedIn.of("a", "b", Carrier.request("r")))
                .isInstanceOf(IllegalArgumentException.class);
        SignedIn in = SignedIn.of("a", "b", Carrier.session("s"));
        Evidence brought =
                Evidence.asserted("a", FactorKind.EMAIL, TestHost.NOW, Carrier.request("r"), "the mailed link");
        assertThatThrownBy(() -> in.evidence(List.of(brought))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TokenUse(Optional.of("p"), true, "::1"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void acceptedToken_whoseIdentityDoesNotFit_isACallersMistake() {
        Credential token = Credential.apiToken().build();
        assertThatThrownBy(() -> new TokenVerifier.Accepted(
                        token, Identity.account(CredentialKind.SESSION, "a", "a"), PublisherRun.absent()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TokenVerifier.Accepted(
                        token, Identity.withoutAccount(CredentialKind.API_TOKEN, "a"), PublisherRun.absent()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TokenVerifier.Accepted(
                        Credential.trustedPublisher(),
                        Identity.account(CredentialKind.TRUSTED_PUBLISHER, "a", "a"),
                        PublisherRun.absent()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void reads_ofARequirement_areWhatItsConditionsName() {
        Reads reads = new Reads(TestIndex.definition());

        assertThat(reads.account("upload-needs-token")).isFalse();
        assertThat(reads.account("upload-by-2fa-user-needs-token")).isTrue();
        assertThat(reads.account("management-needs-2fa")).isTrue();
        assertThat(reads.thing("pypi-mandates-2fa")).isTrue();
        assertThat(reads.body("old-release-is-closed", false)).isTrue();
        assertThat(reads.body("last-factor-stays", false)).isTrue();
        assertThat(reads.body("upload-needs-2fa", true)).isFalse();
        assertThat(reads.body("password-needs-the-address", true)).isTrue();
        assertThat(reads.body("password-needs-the-address", false)).isFalse();
        assertThat(reads.body("accepting-needs-the-address", false)).isTrue();
        assertThat(reads.gatesAll("upload-needs-2fa", List.of(Action.PUBLISH_FILE, Action.PUBLISH_PROJECT)))
                .isTrue();
        assertThat(reads.gatesAll("old-release-is-closed", List.of(Action.PUBLISH_FILE, Action.PUBLISH_PROJECT)))
                .isFalse();
    }
}
