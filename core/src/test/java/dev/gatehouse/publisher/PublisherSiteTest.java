package dev.gatehouse.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which addresses are a publisher's: PyPI's table, and what a browser would read in another way. */
class PublisherSiteTest {
    @ParameterizedTest
    @CsvSource({
        "https://example.com,https://example.com,true",
        "https://example.com,https://example.com/,true",
        "https://example.com,https://example.com/subpage,true",
        "https://example.com,HTTPS://EXAMPLE.com/subpage,true",
        "https://example.com/,https://example.com,false",
        "https://example.com/,https://example.com/,true",
        "https://example.com,http://example.com,false",
        "https://example.com,https://example.org,false",
        "https://example.com,https://example.com.evil.org/,false",
        "https://example.com,https://user@example.com:443,false",
        "https://example.com,https://example.com:443/,false",
        "https://example.com,https://evil.org/https://example.com,false",
        "https://example.com/owner/project,https://example.com/owner/project,true",
        "https://example.com/owner/project,https://example.com/owner/project/,true",
        "https://example.com/owner/project,https://example.com/owner/project/issues,true",
        "https://example.com/owner/project,https://example.com/owner/project?a=b#c,true",
        "https://example.com/owner/project,https://example.com/owner/project22,false",
        "https://example.com/owner/project,https://example.com/owner,false",
        "https://example.com/owner/project,https://example.com/owner/,false",
        "https://example.com/owner/project,https://example.com/,false",
        "https://example.com/owner/project,https://example.com,false",
        "https://example.com/owner/project,https://example.com/Owner/project,false",
        "https://example.com/path1/,https://example.com/path1/../malicious,false",
        "https://example.com/path1/,https://example.com/path1/..\\x/../malicious,false",
        "https://example.com/path1/,https://example.com/path1/..\\malicious,false",
        "https://example.com/path1/,https://example.com/path1/%2e%2e/malicious,false",
        "https://example.com/path1/,https://example.com/path1/%2E%2E/malicious,false",
        "https://example.com/path1/,https://example.com/path1/.%2e/malicious,false",
        "https://example.com/path1/,https://example.com/path1/%2e./malicious,false",
        "https://example.com/path1/,https://example.com/path1/./x,false",
        "https://example.com/path1/,https://example.com/path1/..,false",
        "https://example.com/path1/,https://example.com/path1/...,true",
        "https://example.com/path1/,https://example.com/path1/a..b,true",
        "https://example.com/path1/,https://example.com/path1/.well-known,true",
        "https://example.com,https://example.com\\@evil.org,false",
        "https://example.com,example.com,false",
        "https://example.com,//example.com,false",
        "https://example.com,https:///example.com,false",
        "https://example.com,'',false",
        "https://example.com,https://example.com/ x,false",
        "https://example.com,https://example.com/\u00e9,false"
    })
    void isBelow_eachRow_isAsItSays(String reference, String url, boolean below) {
        assertThat(PublisherSite.isBelow(reference, url, false)).isEqualTo(below);
    }

    @ParameterizedTest
    @CsvSource({
        "https://github.com/octo-org/octo-repo,true",
        "https://github.com/OCTO-org/Octo-Repo/issues,true",
        "https://github.com/octo-org/octo-repo.git,true",
        "https://github.com/octo-org/octo-repo.git/,true",
        "https://github.com/octo-org/octo-repo.git/issues,false",
        "https://github.com/octo-org/octo-repo.git//,false",
        "https://github.com/octo-org/octo-repo.gitx,false",
        "https://github.com/octo-org/other,false",
        "https://github.com/octo-org,false",
        "https://github.com/octo-org/octo-repo/../evil,false",
        "https://octo-org.github.io/octo-repo,true",
        "https://octo-org.github.io/octo-repo/,true",
        "https://OCTO-ORG.github.io/OCTO-repo/index.html,true",
        "https://octo-org.github.io/,false",
        "https://octo-org.github.io/other,false",
        "https://octo-org.github.io/octo-repo/../evil,false",
        "https://evil.github.io/octo-repo,false"
    })
    void verifies_gitHub_eachRow(String url, boolean verified) {
        Runs.Run run = Runs.github();
        assertThat(run.provider().verifies(run.settings(), url)).isEqualTo(verified);
    }

    @ParameterizedTest
    @CsvSource({
        "group,proj,https://gitlab.com/group/proj,true",
        "group,proj,https://gitlab.com/GROUP/proj/-/issues,true",
        "group,proj,https://gitlab.com/group/proj.git,true",
        "group,proj,https://gitlab.com/group/proj.git/,true",
        "group,proj,https://gitlab.com/group/proj.git/issues,false",
        "group,proj,https://group.gitlab.io/proj,true",
        "group,proj,https://group.gitlab.io/proj/index.html,true",
        "group,proj,https://group.gitlab.io/,false",
        "group,proj,https://group.gitlab.io/other,false",
        "group,proj,https://proj-123abc.gitlab.io/,false",
        "group/sub,proj,https://gitlab.com/group/sub/proj,true",
        "group/sub,proj,https://group.gitlab.io/sub/proj,true",
        "group/sub,proj,https://group.gitlab.io/proj,false",
        "group,group.gitlab.io,https://group.gitlab.io/,true",
        "group,group.gitlab.io,https://group.gitlab.io/anything,true",
        "group/sub,group.gitlab.io,https://group.gitlab.io/,false",
        "group/sub,group.gitlab.io,https://group.gitlab.io/sub/group.gitlab.io,true"
    })
    void verifies_gitLab_eachRow(String namespace, String project, String url, boolean verified) {
        PublisherProvider gitlab = PublisherProvider.gitlab();
        PublisherSettings settings =
                Runs.read(gitlab, Map.of("namespace", namespace, "project", project, "workflow", "a.yml"));

        assertThat(gitlab.verifies(settings, url)).isEqualTo(verified);
    }

    @Test
    void verifies_anInstanceOfOnesOwn_onlyThere() {
        PublisherProvider gitlab = PublisherProvider.gitlab();
        PublisherSettings settings = PublisherSettings.of(
                "gitlab", "https://git.example.com", Runs.gitlab().settings().values());

        assertThat(gitlab.verifies(settings, "https://git.example.com/octocat/hello-world"))
                .isTrue();
        assertThat(gitlab.verifies(settings, "https://gitlab.com/octocat/hello-world"))
                .isFalse();
        assertThat(gitlab.verifies(settings, "https://octocat.gitlab.io/hello-world"))
                .isFalse();
    }

    @Test
    void verifies_theOthers_theirOwnOrNone() {
        Runs.Run activeState = Runs.activeState();
        assertThat(activeState
                        .provider()
                        .verifies(activeState.settings(), "https://platform.activestate.com/fakeorg/fakeproject"))
                .isTrue();
        for (Runs.Run run : List.of(Runs.google(), Runs.circleCi(), Runs.buildkite())) {
            for (String url : List.of(
                    "https://github.com/octo-org/octo-repo", run.settings().issuer(), "")) {
                assertThat(run.provider().verifies(run.settings(), url)).isFalse();
            }
        }
    }

    @Test
    void verifies_anAddressOverTheLimit_none() {
        Runs.Run run = Runs.github();
        String base = "https://github.com/octo-org/octo-repo/";
        assertThat(run.provider().verifies(run.settings(), base + "a".repeat(2_048 - base.length())))
                .isTrue();
        assertThat(run.provider().verifies(run.settings(), base + "a".repeat(2_049 - base.length())))
                .isFalse();
    }

    /** The table of another server must not vouch for addresses on github.com. */
    @Test
    void verifies_theTableForAnotherIssuer_none() {
        Runs.Run run = Runs.github();
        PublisherProvider server =
                run.provider().forIssuer("ghes", "GitHub Server", "https://ghes.example/_services/token");
        PublisherSettings settings = Runs.read(server, run.settings().values());

        assertThat(server.verifies(settings, "https://github.com/octo-org/octo-repo"))
                .isFalse();
    }

    @Test
    void of_whatHasNoSchemeOrAuthority_orIsNotVisible_isNoAddress() {
        for (String url :
                List.of("://example.com", "https://", "https:///x", "https://?x", "https://e.example/\u007f")) {
            assertThat(PublisherSite.Address.of(url)).as(url).isEmpty();
        }
        assertThat(PublisherSite.Address.of("h://e/~?a")).contains(new PublisherSite.Address("h://e", "/~"));
    }

    @Test
    void below_covers_theAddressAndAllBelowIt_andNoneWithoutAValue() {
        PublisherSite site = PublisherSite.below("https://example.com/{owner}");
        PublisherSettings settings = PublisherSettings.of("own", "https://i", Map.of("owner", "a"));

        assertThat(site.covers(settings, "https://example.com/a/x")).isTrue();
        assertThat(site.covers(settings, "https://example.com/b")).isFalse();
        assertThat(site.covers(PublisherSettings.of("own", "https://i", Map.of("x", "a")), "https://example.com/a"))
                .isFalse();
    }
}
