package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.fuzz.FuzzTarget;
import java.net.URI;
import java.util.List;
import org.apache.tomcat.util.http.RequestUtil;
import org.eclipse.jetty.http.HttpURI;

/** Raw paths: what is not refused Jetty and Tomcat read alike, routes are found or not, and a way back stays at home. */
class PathFuzzTest extends FuzzTarget {
    private static final IndexLayout LAYOUT =
            PypiLayout.builder().projectsOnReads().build();
    private static final URI HOME = URI.create("https://index.example/account/");

    @Override
    protected List<byte[]> seeds() {
        return List.of(
                utf8("/simple/sample/"),
                utf8("/a/./b/../c%20d;v=1/%C3%A9"),
                utf8("/simple/%2e%2e/legacy/"),
                utf8("/manage/project/sample/settings/?x=%2F&y=//"),
                utf8("//evil.example/a"),
                utf8("/a;x/..;/b%2Fc%5C%00"));
    }

    @Override
    protected void check(byte[] input) {
        String text = text(input);
        PathReading reading = PathReading.of(text);
        if (reading.fault() == null) {
            String path = reading.path();
            assertThat(path).startsWith("/").doesNotContain("//", "\\");
            assertThat(path + "/").doesNotContain("/./", "/../");
            assertThat(RawPath.fault(text, "", path)).isNull();
            assertThat(RawPath.fault(text, "", path + "x/y")).isNotNull();
            containersRead(text, path);
            route(path);
        }
        if (RawPath.isPlain(text)) {
            assertThat(reading.fault()).isNull();
            assertThat(reading.path()).isEqualTo(text);
        }
        route(text.startsWith("/") ? text : "/" + text);
        ReturnPath.parse(text).ifPresent(back -> {
            assertThat(back.text()).isEqualTo(text);
            staysAtHome(text);
        });
    }

    /** Both resolve dot segments at the end with a slash, where the specification's algorithm has none. */
    private static void containersRead(String text, String path) {
        String jetty = HttpURI.build().pathQuery(text).asImmutable().getDecodedPath();
        assertThat(trimmed(jetty)).isEqualTo(trimmed(path));
        assertThat(trimmed(RequestUtil.normalize(path))).isEqualTo(trimmed(path));
    }

    private static String trimmed(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static void route(String path) {
        for (String method : List.of("GET", "POST", "PUT")) {
            Route route = LAYOUT.route(method, path);
            assertThat(LAYOUT.route(method, path)).isSameAs(route);
            if (route.isMapped()) {
                route.project(path).ifPresent(project -> assertThat(path).contains(project));
            }
        }
        LAYOUT.lists(path);
        LAYOUT.allowsMethodOverride(path);
    }

    /** By RFC 3986 where {@link URI} takes the text, and by the letters that browsers go by. */
    private static void staysAtHome(String text) {
        assertThat(text).startsWith("/").doesNotStartWith("//").doesNotContain("\\");
        try {
            URI there = HOME.resolve(new URI(text));
            assertThat(there.getHost()).isEqualTo(HOME.getHost());
            assertThat(there.getScheme()).isEqualTo("https");
        } catch (java.net.URISyntaxException e) {
            assertThat(text).matches("(?s).*[\"<>^`{|}\\[\\]%].*");
        }
    }
}
