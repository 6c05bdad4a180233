package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evil.test",
                "http://evil.test/",
                "https:evil.test",
                "https:/evil.test",
                "//evil.test",
                "///evil.test",
                "/\\evil.test",
                "\\/evil.test",
                "\\\\evil.test",
                "/\t/evil.test",
                "/\n/evil.test",
                "\t//evil.test",
                " //evil.test",
                "/%2f/evil.test",
                "/%5cevil.test",
                "/%09/evil.test",
                "/.//evil.test",
                "/..//evil.test",
                "/a/../../evil.test",
                "/./a",
                "/a/../b",
                "/%2e%2e//evil.test",
                "/;//evil.test",
                "/;@evil.test/x/;/",
                "javascript:alert(1)",
                "data:text/html,x",
                "/a#//evil.test",
                "/a\r\nSet-Cookie: x=y",
                "/a%0d%0aSet-Cookie:x",
                "/\u2025/evil.test",
                "/\uff0f/evil.test",
                "/a b",
                "@evil.test",
                "?next=/",
                "/%",
                "/%zz",
                "/a%00",
                "/a/..",
                "/a/.",
                "/a?b c",
                "/a?b\r\nSet-Cookie: x=y",
                "/a?b\tc",
                "/a?b\u007f",
                "/a?b\\c",
                "/a?b#//evil.test",
                "/a?b=\u2025"
            })
    void hostileText_always_isNoPlace(String text) {
        assertThat(ReturnPath.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/manage/projects/",
                "/project/foo%20bar/",
                "/a?b=c&d=//x",
                "/a?next=%2F%2Fevil",
                "/a@b/c:d",
                "/a;b=c"
            })
    void placeWithin_always_isKept(String text) {
        assertThat(ReturnPath.parse(text)).map(ReturnPath::text).contains(text);
    }

    @Test
    void nothing_always_isNoPlace() {
        assertThat(ReturnPath.parse(null)).isEmpty();
    }

    @Test
    void length_overTheLimit_isNoPlace() {
        assertThat(ReturnPath.parse("/" + "a".repeat(ReturnPath.MAX_LENGTH - 1)))
                .isPresent();
        assertThat(ReturnPath.parse("/" + "a".repeat(ReturnPath.MAX_LENGTH))).isEmpty();
    }

    @Provide
    Arbitrary<String> addresses() {
        return Arbitraries.of(
                        "/",
                        "\\",
                        "//",
                        ".",
                        "..",
                        ":",
                        "@",
                        "evil.test",
                        "http",
                        "\t",
                        "\n",
                        "%2f",
                        "%5c",
                        ";",
                        "?",
                        "#",
                        "a",
                        " ",
                        "%00",
                        "~",
                        "+")
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }

    /** As a browser resolves it: the same site, whatever the text. */
    @Property
    void anyPlace_resolved_isOnTheSameSite(@ForAll("addresses") String text) {
        ReturnPath.parse(text).ifPresent(place -> {
            assertThat(URI.create("https://index.test/manage/")
                            .resolve(place.text())
                            .getHost())
                    .isEqualTo("index.test");
            assertThat(place.text()).doesNotContain("\\").matches("/(?!/).*");
        });
    }
}
