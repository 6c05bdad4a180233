package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.policy.rule.Action;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTest {
    private static final IndexLayout PYPI = PypiLayout.standard();

    @ParameterizedTest
    @CsvSource({
        "GET, /simple/, read.public, NONE",
        "GET, /simple/foo/, read.public, NONE",
        "GET, /packages/ab/cd/foo-1.whl, read.public, NONE",
        "GET, /packages/, read.public, NONE",
        "GET, /pypi/foo/json, read.public, NONE",
        "GET, /pypi/foo/1.0/json, read.public, NONE",
        "GET, /project/foo/, read.public, COOKIE",
        "POST, /legacy/, publish.release, AUTHORIZATION",
        "POST, /account/login/, sign-in.start, COOKIE",
        "POST, /account/register/, sign-in.register, COOKIE",
        "GET, /manage/account/, account.view, COOKIE",
        "GET, /manage/account/two-factor/, factor.view, COOKIE",
        "POST, /manage/account/totp-provision, factor.enrol, COOKIE",
        "POST, /manage/account/token/, token.create, COOKIE",
        "GET, /manage/projects/, project.view, COOKIE",
        "POST, /manage/project/foo/delete_project/, project.delete, COOKIE",
        "POST, /manage/project/foo/collaboration/, member.add, COOKIE",
        "GET, /_/oidc/audience, read.public, NONE",
        "POST, /_/oidc/mint-token, publish.exchange, BODY",
        "POST, /_/oidc/github/mint-token, publish.exchange, BODY",
        "POST, /_/secrets/disclose-token, read.public, NONE",
        "POST, /_/github/disclose-token, read.public, NONE",
        "GET, /danger-api/echo, read.private, AUTHORIZATION"
    })
    void pypiRoute_always_hasItsActionAndCarrier(String method, String path, String action, RouteCarrier carrier) {
        Route route = PYPI.route(method, path);

        assertThat(route.isMapped()).isTrue();
        assertThat(route.action().id()).isEqualTo(action);
        assertThat(route.carrier()).isEqualTo(carrier);
        assertThat(route).isSameAs(PYPI.route(method, path));
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /simple/foo/",
        "GET, /legacy/",
        "PUT, /legacy/",
        "HEAD, /simple/",
        "get, /simple/",
        "GET, /Simple/",
        "GET, /simple",
        "GET, /simple//",
        "GET, /packages",
        "GET, /manage/accountant/",
        "GET, /manage/account/tokens/",
        "GET, simple/",
        "GET, ''",
        "DELETE, /manage/project/foo/"
    })
    void anythingElse_always_isUnmapped(String method, String path) {
        assertThat(PYPI.route(method, path).isMapped()).isFalse();
    }

    @Test
    void project_inThePath_isNamed() {
        assertThat(PYPI.route("GET", "/manage/project/Foo_Bar/settings/").project("/manage/project/Foo_Bar/settings/"))
                .contains("Foo_Bar");
        assertThat(PYPI.route("GET", "/simple/foo/").project("/simple/foo/")).isEmpty();
        IndexLayout named = PypiLayout.builder().projectsOnReads().build();
        assertThat(named.route("GET", "/simple/foo").project("/simple/foo")).contains("foo");
    }

    @Test
    void openRoute_always_listsWhatItMayMean() {
        assertThat(PYPI.route("POST", "/legacy/").isOpen()).isTrue();
        assertThat(PYPI.route("POST", "/legacy/").actions())
                .containsExactlyInAnyOrder(Action.PUBLISH_PROJECT, Action.PUBLISH_RELEASE, Action.PUBLISH_FILE);
    }

    @Test
    void prefixes_always_moveTheirGroups() {
        IndexLayout moved = PypiLayout.builder()
                .simple("/pypi/simple")
                .upload("/upload")
                .routes(routes -> routes.get("/own", Route.publicRead()))
                .build();

        assertThat(moved.route("GET", "/pypi/simple/foo/").isMapped()).isTrue();
        assertThat(moved.route("GET", "/simple/foo/").isMapped()).isFalse();
        assertThat(moved.route("POST", "/upload/").isOpen()).isTrue();
        assertThat(moved.route("GET", "/own").isMapped()).isTrue();
    }

    @Test
    void specificTemplate_withoutTheMethod_isNotServedByTheSubtree() {
        IndexLayout layout = IndexLayout.builder()
                .get("/a/**", Route.publicRead())
                .post("/a/upload", Route.api(Action.PUBLISH_FILE))
                .get("/a/{x}/one", Route.publicRead())
                .get("/a/b/two", Route.publicRead())
                .build();

        assertThat(layout.route("GET", "/a/upload").isMapped()).isFalse();
        assertThat(layout.route("GET", "/a/other").isMapped()).isTrue();
        assertThat(layout.route("GET", "/a/b/one").isMapped())
                .as("back to the variable")
                .isTrue();
        assertThat(layout.route("GET", "/a/b/three").isMapped())
                .as("back to the subtree")
                .isTrue();
        assertThat(layout.route("GET", "/ab").isMapped()).isFalse();
        assertThat(layout.route("GET", "/a").isMapped()).isFalse();
    }

    @Test
    void builder_afterBuild_doesNotChangeWhatItBuilt() {
        LayoutBuilder builder = IndexLayout.builder().get("/a", Route.publicRead());
        IndexLayout first = builder.build();
        builder.get("/b", Route.publicRead());

        assertThat(first.route("GET", "/b").isMapped()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "", "/a//b", "/a/./b", "/a/../b", "/a*b", "/a/**/b", "/a{b}", "/{a", "/**x"})
    void template_thatIsMalformed_isACallersMistake(String template) {
        assertThatThrownBy(() -> IndexLayout.builder().get(template, Route.publicRead()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("template");
    }

    @Test
    void head_listedByItself_isACallersMistake() {
        assertThatThrownBy(() -> IndexLayout.builder().route("HEAD", "/a", Route.publicRead()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> IndexLayout.builder().get("/a", Route.unmapped()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void mapping_ofAServlet_isListedOrNot() {
        for (String listed : List.of("/", "/simple", "/simple/foo/", "/manage/project", "/packages/x", "/packages")) {
            assertThat(PYPI.lists(listed)).as(listed).isTrue();
        }
        for (String unlisted : List.of("/metrics", "/actuator/health", "/simple/a/b/c", "/manage/secret")) {
            assertThat(PYPI.lists(unlisted)).as(unlisted).isFalse();
        }
    }

    @Provide
    Arbitrary<List<String>> segments() {
        return Arbitraries.of("simple", "manage", "project", "foo", "account", "settings", "", "packages", "x")
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    /** The tree and a plain reading of the templates agree. */
    @Property
    void lookup_always_isWhatThePlainReadingSays(@ForAll("segments") List<String> segments) {
        String path = "/" + String.join("/", segments);
        List<String> templates = List.of(
                "/simple/",
                "/simple/{a}/",
                "/manage/project/{a}/settings/",
                "/manage/account/",
                "/manage/{b}",
                "/packages/**",
                "/x/{a}/**");
        LayoutBuilder builder = IndexLayout.builder();
        templates.forEach(template -> builder.get(template, Route.publicRead()));

        boolean plain = templates.stream()
                .anyMatch(template ->
                        path.matches(template.replaceAll("\\{.}", "[^/]+").replace("**", "(?s).*")));
        assertThat(builder.build().route("GET", path).isMapped()).as(path).isEqualTo(plain);
    }
}
