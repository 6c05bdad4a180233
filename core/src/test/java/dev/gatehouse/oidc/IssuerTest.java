package dev.gatehouse.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an entry of the list may say, and from where its keys may then come. */
class IssuerTest {
    private static Issuer of(String url) {
        return Issuer.builder(url, "gitlab").build();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ci.example",
                "http://ci.example",
                "HTTPS://ci.example",
                "https:ci.example",
                "https://",
                "https://user@ci.example",
                "https://ci.example?x",
                "https://ci.example#x",
                "https://ci.example/ä",
                "https://ci .example",
                "file:///keys",
                "https://ci_example:x"
            })
    void build_withAnotherUrl_throwsWithoutIt(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(url))
                .withMessage("url: not an https URL that an issuer can have");
    }

    @Test
    void build_withALongUrl_throws() {
        String longest = "https://ci.example/" + "x".repeat(Issuer.MAX_URL - 19);

        assertThat(of(longest).url()).isEqualTo(longest);
        assertThatIllegalArgumentException().isThrownBy(() -> of(longest + "x"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://ci.example, https://ci.example/.well-known/openid-configuration",
        "https://ci.example/, https://ci.example/.well-known/openid-configuration",
        "https://ci.example/a/b, https://ci.example/a/b/.well-known/openid-configuration",
        "https://ci.example:8443/a, https://ci.example:8443/a/.well-known/openid-configuration"
    })
    void discovery_ofAnIssuer_isBelowItsUrl(String url, String discovery) {
        assertThat(of(url).discovery()).isEqualTo(URI.create(discovery));
    }

    @ParameterizedTest
    @CsvSource({
        "https://ci.example/keys, true",
        "https://CI.EXAMPLE/keys, true",
        "https://ci.example:443/keys?v=1, true",
        "http://ci.example/keys, false",
        "https://ci.example:8443/keys, false",
        "https://ci.example.evil.example/keys, false",
        "https://evil.example/ci.example, false",
        "https://sub.ci.example/keys, false",
        "https://ci.example@evil.example/keys, false",
        "https://x@ci.example/keys, false",
        "https://ci.example/keys#x, false",
        "https://ci.example./keys, false",
        "//ci.example/keys, false",
        "/keys, false",
        "ftp://ci.example/keys, false"
    })
    void mayServeKeys_byDefault_isItsOwnHostAlone(String address, boolean may) {
        assertThat(of("https://ci.example").mayServeKeys(URI.create(address))).isEqualTo(may);
    }

    @Test
    void mayServeKeys_withStatedHosts_isThoseInstead() {
        Issuer google = Issuer.google();

        assertThat(google.mayServeKeys(URI.create("https://www.googleapis.com/oauth2/v3/certs")))
                .isTrue();
        assertThat(google.mayServeKeys(URI.create("https://accounts.google.com/certs")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://keys.example",
                "*.example",
                "keys.example/",
                "keys.example:0",
                "a b",
                "-a.example",
                "é.example"
            })
    void keyHosts_withWhatIsNoHost_throws(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Issuer.builder("https://ci.example", "gitlab").keyHosts(host));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Issuer.builder("https://ci.example", "gitlab").keyHosts());
    }

    /** Security 11: whoever registers an issuer for an organisation cannot send the index elsewhere for its keys. */
    @Test
    void build_ofAnOrganizationsIssuerWithHostsOfOthers_throws() {
        Issuer.Builder builder =
                Issuer.builder("https://gitlab.corp.example", "gitlab").organization("o1");

        assertThat(builder.build().organization()).contains("o1");
        assertThat(builder.keyHosts("gitlab.corp.example").build().keyHosts()).containsExactly("gitlab.corp.example");
        assertThatIllegalStateException()
                .isThrownBy(() -> builder.keyHosts("keys.example").build())
                .withMessageContaining("keyHosts and organization");
    }

    @Test
    void build_withKeysAtAnotherHost_throws() {
        Issuer.Builder builder =
                Issuer.builder("https://ci.example", "gitlab").keySet(URI.create("https://keys.example/k"));

        assertThatIllegalStateException().isThrownBy(builder::build);
        assertThat(builder.keyHosts("keys.example").build().keySet()).contains(URI.create("https://keys.example/k"));
    }

    @Test
    void build_overHttp_isForTestsAndSaysSo() {
        Issuer local = Issuer.builder("http://127.0.0.1:8080", "github")
                .allowHttpAndLoopback()
                .build();

        assertThat(local.toString()).contains("http and loopback allowed");
        assertThat(local.mayServeKeys(URI.create("http://127.0.0.1:8080/keys"))).isTrue();
        assertThat(local.mayServeKeys(URI.create("http://127.0.0.1:8081/keys"))).isFalse();
        assertThat(of("https://ci.example").toString()).doesNotContain("allowed");
    }

    @Test
    void circleCi_ofAnOrganization_isAnIssuerOfItsOwn() {
        assertThat(Issuer.circleCi("0f5d9a3e-1111-4a4a-8b8b-1234567890ab").url())
                .isEqualTo("https://oidc.circleci.com/org/0f5d9a3e-1111-4a4a-8b8b-1234567890ab");
        for (String id :
                List.of("", "x", "0F5D9A3E-1111-4A4A-8B8B-1234567890AB", "../0f5d9a3e-1111-4a4a-8b8b-1234567890ab")) {
            assertThatIllegalArgumentException().isThrownBy(() -> Issuer.circleCi(id));
        }
    }

    @Test
    void find_inALine_isTheFirstAnswerByTheExactText() {
        Issuer fixed = of("https://ci.example");
        Issuer replaced = Issuer.builder("https://ci.example", "github").build();
        Issuer more = of("https://more.example");
        IssuerDirectory line = IssuerDirectory.of(List.of(fixed)).or(IssuerDirectory.of(List.of(replaced, more)));

        assertThat(line.find("https://ci.example")).contains(fixed);
        assertThat(line.find("https://more.example")).contains(more);
        assertThat(line.find("https://ci.example/")).isEmpty();
        assertThat(IssuerDirectory.standard().find("https://gitlab.com")).contains(Issuer.gitlab());
        assertThatIllegalArgumentException().isThrownBy(() -> IssuerDirectory.of(List.of(fixed, replaced)));
    }
}
