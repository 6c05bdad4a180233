package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.servlet.AuthorizationHeader.Absent;
import dev.gatehouse.servlet.AuthorizationHeader.Malformed;
import dev.gatehouse.servlet.AuthorizationHeader.Password;
import dev.gatehouse.servlet.AuthorizationHeader.Problem;
import dev.gatehouse.servlet.AuthorizationHeader.Token;
import dev.gatehouse.vectors.VectorRows;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** RFC 7617 and RFC 9110 section 11, PyPI's table, and the shared vectors. */
class AuthorizationHeaderTest {

    @TestFactory
    Stream<DynamicTest> vector_always_isReadAsItSays() {
        return VectorRows.of("http/authorization-headers.json", "rows")
                .node()
                .valueStream()
                .map(row -> DynamicTest.dynamicTest(
                        row.get("why").asString() + " "
                                + row.get("authorization").asString().length(),
                        () -> {
                            VectorRows rows = VectorRows.of("http/authorization-headers.json", "rows");
                            rows.ran(row);
                            check(row);
                            rows.passed();
                        }));
    }

    /** Sentences: said here, so that the table of the build says it. */
    @Test
    void rows_thatAreNoInput_areNamed() {
        VectorRows rows = VectorRows.of("http/authorization-headers.json", "also");
        for (int i = 0; i < rows.node().size(); i++) {
            rows.skipped(i, "a sentence; AuthorizationHeaderTest, AnswerContract and LayoutContract hold its rule");
        }
    }

    private static void check(JsonNode row) {
        AuthorizationHeader read =
                AuthorizationHeader.parse(row.get("authorization").asString());
        JsonNode expect = row.get("expect");
        if (expect.has("bearer")) {
            assertThat(read).isEqualTo(new Token(expect.get("bearer").asString()));
        } else if (expect.has("user") && expect.get("user").asString().equals("__token__")) {
            assertThat(read).isEqualTo(new Token(expect.get("secret").asString()));
        } else if (expect.has("user")) {
            assertThat(read)
                    .isEqualTo(new Password(
                            expect.get("user").asString(), expect.get("secret").asString()));
        } else if (expect.asString().startsWith("treat as absent")) {
            assertThat(read).isInstanceOf(Absent.class);
        } else if (expect.asString().contains("tolerate missing padding")) {
            assertThat(read).isEqualTo(new Password("Aladdin", "open sesame"));
        } else if (expect.asString().contains("8 KiB+ macaroons exist")) {
            assertThat(read).isInstanceOf(Token.class);
        } else {
            assertThat(read).isInstanceOf(Malformed.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "notarealtoken, UNSUPPORTED_SCHEME",
        "maybeafuturemethod foobar, UNSUPPORTED_SCHEME",
        "Basic, NO_CREDENTIALS",
        "bearer, NO_CREDENTIALS",
        "basic notbase64!, NOT_BASE64",
        "Basic dGVzdDoxMjOj, NOT_UTF8",
        "Basic YWxpY2U=, NO_COLON",
        "Basic X19UT0tFTl9fOng=, TOKEN_USER_MISSPELT",
        "'Basic YTpi, Bearer x', SEVERAL_CREDENTIALS",
        "Bearer a b, SEVERAL_CREDENTIALS",
        "'Bearer a,b', SEVERAL_CREDENTIALS",
        "Bas YTpi, UNSUPPORTED_SCHEME",
        "b YTpi, UNSUPPORTED_SCHEME",
        "Basic YTpi!, NOT_BASE64",
        "Basic YTpiYx==, NOT_BASE64",
        "Basic YTpiYx, NOT_BASE64",
        "Basic YTpiY2R=, NOT_BASE64"
    })
    void header_thatIsMalformed_hasItsProblem(String header, Problem problem) {
        assertThat(AuthorizationHeader.parse(header)).isEqualTo(new Malformed(problem));
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "' __token__:x', TOKEN_USER_MISSPELT",
        "'alice: pypi-x\n', TOKEN_WITH_USER_NAME",
        "'a:b\u0001', CONTROL_CHARACTER",
        "'a:b\u007f', CONTROL_CHARACTER",
        "'a\n:b', CONTROL_CHARACTER",
        "'__token__:a\u0001b', CONTROL_CHARACTER",
        "'__token__: \n', NO_CREDENTIALS"
    })
    void basicCredentials_thatAreRefused_haveTheirProblem(String credentials, Problem problem) {
        assertThat(AuthorizationHeader.parse(basic(credentials))).isEqualTo(new Malformed(problem));
    }

    @Test
    void blanks_aroundACredential_areCutOffOnlyWhereTheyCannotBePartOfIt() {
        assertThat(AuthorizationHeader.parse("  Bearer \tx ")).isEqualTo(new Token("x"));
        assertThat(AuthorizationHeader.parse(basic("__token__: x\n"))).isEqualTo(new Token("x"));
        assertThat(AuthorizationHeader.parse(basic("a: b "))).isEqualTo(new Password("a", " b "));
        assertThat(AuthorizationHeader.parse(basic("a:\ufffd")))
                .as("the character that stands for a fault, sent as such")
                .isEqualTo(new Password("a", "\ufffd"));
    }

    @Test
    void request_withSeveralLines_isRefused_andOneWithoutHasNoCredential() {
        assertThat(AuthorizationHeader.of(with(List.of("Bearer x")))).isEqualTo(new Token("x"));
        assertThat(AuthorizationHeader.of(with(List.of("Bearer x", "Bearer x"))))
                .isEqualTo(new Malformed(Problem.SEVERAL_CREDENTIALS));
        assertThat(AuthorizationHeader.of(with(List.of("", "Bearer x"))))
                .isEqualTo(new Malformed(Problem.SEVERAL_CREDENTIALS));
        assertThat(AuthorizationHeader.of(with(List.of()))).isEqualTo(new Absent());
        assertThat(AuthorizationHeader.of(with(null)))
                .as("a container that shows no headers")
                .isEqualTo(new Absent());
    }

    private static HttpServletRequest with(List<String> lines) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                AuthorizationHeaderTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> lines == null ? null : Collections.enumeration(lines));
    }

    @Test
    void header_thatIsAbsentOrBlank_isNoCredential() {
        assertThat(AuthorizationHeader.parse(null)).isEqualTo(new Absent());
        assertThat(AuthorizationHeader.parse("  ")).isEqualTo(new Absent());
    }

    @Test
    void header_overTheLimit_isRefusedUnread() {
        assertThat(AuthorizationHeader.parse("Bearer " + "a".repeat(AuthorizationHeader.MAX_LENGTH)))
                .isEqualTo(new Malformed(Problem.TOO_LONG));
        assertThat(AuthorizationHeader.parse("Bearer " + "a".repeat(AuthorizationHeader.MAX_LENGTH - 7)))
                .isInstanceOf(Token.class);
    }

    @Test
    void secret_always_staysOutOfTheText() {
        assertThat(new Token("hidden")).hasToString("Token[secret]");
        assertThat(new Password("who", "hidden").toString()).doesNotContain("hidden", "who");
    }

    @Property
    void anyText_always_isReadWithoutAnException(@ForAll String header) {
        assertThat(AuthorizationHeader.parse(header)).isNotNull();
        assertThat(AuthorizationHeader.parse("Basic " + header)).isNotNull();
    }

    @Property
    void anyPassword_inUtf8_comesBackWhole(@ForAll @NotBlank String user, @ForAll @NotBlank String password) {
        String name = user.replaceAll("[\\p{Cntrl}:\\p{Cs}]", "a");
        String secret = password.replaceAll("[\\p{Cntrl}\\p{Cs}]", "b");
        String header =
                "Basic " + Base64.getEncoder().encodeToString((name + ":" + secret).getBytes(StandardCharsets.UTF_8));

        assertThat(AuthorizationHeader.parse(header)).isEqualTo(new Password(name, secret));
    }
}
