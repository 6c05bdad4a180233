package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.servlet.RawPath.Fault;
import dev.gatehouse.vectors.VectorRows;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jakarta Servlet 6 section 3.5.2 on its own, without a container. */
class RawPathTest {

    @TestFactory
    Stream<DynamicTest> vector_always_isReadOrRefusedAsTheSpecificationSays() {
        return VectorRows.read("http/servlet-uri-canonicalisation.json")
                .get("rows")
                .valueStream()
                .map(row -> DynamicTest.dynamicTest(row.get("encoded").asString(), () -> {
                    VectorRows rows = VectorRows.of("http/servlet-uri-canonicalisation.json", "rows");
                    rows.ran(row);
                    String encoded = row.get("encoded").asString();
                    int query = encoded.indexOf('?');
                    PathReading reading = PathReading.of(query < 0 ? encoded : encoded.substring(0, query));

                    boolean fragment = query >= 0 && encoded.indexOf('#') > query;
                    if (!row.get("reject400").isNull() && !fragment) {
                        assertThat(reading.fault()).isNotNull();
                    } else if (reading.fault() != Fault.EMPTY_SEGMENT) {
                        assertThat(reading.fault()).isNull();
                        assertThat(reading.path()).isEqualTo(row.get("decoded").asString());
                    }
                    rows.passed();
                }));
    }

    @ParameterizedTest
    @CsvSource({
        "foo, NOT_ABSOLUTE",
        "/a%01, CONTROL",
        "/a%7f, CONTROL",
        "/a#b, FRAGMENT",
        "/a\\b, BACKSLASH",
        "/a%5cb, BACKSLASH",
        "/a%2fb, ENCODED_SLASH",
        "/a;x=%2F/b, ENCODED_SLASH",
        "/a/%2e%2E/b, ENCODED_DOTS",
        "/a/.%2e;x/b, ENCODED_DOTS",
        "/a/..;/b, DOTS_WITH_PARAMETER",
        "/a/;x/b, EMPTY_WITH_PARAMETER",
        "//a, EMPTY_SEGMENT",
        "/a/../../b, ABOVE_ROOT",
        "/a%zz, MALFORMED",
        "/a%, MALFORMED",
        "/a%c0%af, MALFORMED",
        "/a%e2%82, MALFORMED",
        "/a;x=%c3/b, MALFORMED",
        "/a%\uff10\uff11, MALFORMED",
        "'', NOT_ABSOLUTE",
        "/a\u0001b, CONTROL",
        "/a\u007fb, CONTROL",
        "/a\u0080b, MALFORMED",
        "/a\u00e9, MALFORMED",
        "/a b, MALFORMED",
        "/a?b, MALFORMED"
    })
    void path_thatCanBeReadInTwoWays_hasItsFault(String uri, Fault fault) {
        assertThat(RawPath.fault(uri, "", "/a/b")).isEqualTo(fault);
    }

    @Test
    void path_thatTheContainerReadsDifferently_isRefused() {
        assertThat(RawPath.fault("/a/b", "", "/a/c")).isEqualTo(Fault.READ_DIFFERENTLY);
        assertThat(RawPath.fault("/a/%62", "", "/a/%62")).isEqualTo(Fault.READ_DIFFERENTLY);
        assertThat(RawPath.fault("/a/./b", "", "/a/./b")).isEqualTo(Fault.READ_DIFFERENTLY);
        assertThat(RawPath.fault("/a/", "", "/a/.")).isEqualTo(Fault.READ_DIFFERENTLY);
        assertThat(RawPath.fault("/a/", "", "/a/../b")).isEqualTo(Fault.READ_DIFFERENTLY);
        assertThat(RawPath.fault("/a", "", "/ab")).isEqualTo(Fault.READ_DIFFERENTLY);
        assertThat(RawPath.fault("/a/", "", "/a/..")).isEqualTo(Fault.READ_DIFFERENTLY);
        assertThat(RawPath.fault("/a/", "", "/b/index.html")).isEqualTo(Fault.READ_DIFFERENTLY);
        assertThat(RawPath.fault("/app/b", "/app", "/app/b")).isEqualTo(Fault.READ_DIFFERENTLY);
    }

    @Test
    void path_thatIsNotWithinTheApplicationThatTheContainerNames_isRefused() {
        assertThat(RawPath.fault("/xyz/b", "/app", "/b")).isEqualTo(Fault.READ_DIFFERENTLY);
        assertThat(RawPath.fault("/app", "/app", "/secret")).isEqualTo(Fault.READ_DIFFERENTLY);
        assertThat(RawPath.fault("/%62", "/a%2f", "/b"))
                .as("the application's own path cannot be read")
                .isEqualTo(Fault.READ_DIFFERENTLY);
    }

    /** U+FFFD stands for what cannot be decoded, and may also be what was sent. */
    @Test
    void path_withTheReplacementCharacterItself_isRead() {
        assertThat(PathReading.of("/a%EF%BF%BD").path()).isEqualTo("/a\ufffd");
        assertThat(PathReading.of("/a%EF%BF%BD%c3").fault()).isEqualTo(Fault.MALFORMED);
        assertThat(PathReading.of("/a;x=%EF%BF%BD/b").path()).isEqualTo("/a/b");
    }

    @Test
    void path_withinAnApplication_isReadWithoutItsPrefix() {
        assertThat(RawPath.fault("/app/b", "/app", "/b")).isNull();
        assertThat(RawPath.fault("/%61pp/b", "/%61pp", "/b")).isNull();
        assertThat(RawPath.fault("/app", "/app", "/")).isNull();
        assertThat(RawPath.fault("/app/dir/", "/app", "/dir/index.html")).isNull();
    }

    @Provide
    Arbitrary<String> hostile() {
        Arbitrary<String> piece = Arbitraries.of(
                "/", "a", "b", ".", "..", "%2e", "%2F", "%5c", "\\", ";", ";x=1", "//", "%00", "%", "%61", "#", "?",
                "%c3%a9", "%c3", " ", "secret");
        return piece.list().ofMaxSize(12).map(pieces -> "/" + String.join("", pieces));
    }

    @Property
    void anyPath_always_isRefusedOrReadWithoutAmbiguity(@ForAll("hostile") String uri) {
        PathReading reading = PathReading.of(uri);

        if (reading.fault() == null) {
            assertThat(List.of(reading.path().split("/", -1))).doesNotContain(".", "..");
            assertThat(reading.path()).startsWith("/").doesNotContain("//", "\\", "\0");
        }
    }

    @Property
    void plainPath_always_isWhatTheFullReadingSays(@ForAll("hostile") String uri) {
        if (RawPath.isPlain(uri)) {
            assertThat(PathReading.of(uri)).isEqualTo(new PathReading(uri, null));
        }
    }

    /** Whatever a container makes of a path: it is passed on only as what the specification reads. */
    @Property
    void anyPath_asTheContainerReadsIt_isPassedOnOnlyAsTheSpecificationDoes(
            @ForAll("hostile") String uri, @ForAll("hostile") String container) {
        if (RawPath.fault(uri, "", container) == null) {
            String read = PathReading.of(uri).path();
            assertThat(container).startsWith(read);
            assertThat(container.substring(read.length())).doesNotContain("/");
        }
    }

    /** Each character is read a bounded number of times and copied once: read before anybody is known. */
    @ParameterizedTest
    @ValueSource(strings = {"/a;b", "/a;%41", "/a%41", "/%c3%a9", "/a/.."})
    void reading_ofManySegments_takesLittleMoreThanTheyAreLong(String segment) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        String uri = "/x" + segment.repeat(16_384);
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        PathReading reading = PathReading.of(uri);
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;

        assertThat(reading.fault()).isNull();
        assertThat(allocated).isLessThan(60L * uri.length());
    }
}
