package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, 12.5.1, as far as an answer of the filter needs it. */
class MediumTest {
    private static Medium of(@Nullable String accept) {
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
                MediumTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, args) -> accept);
        return Medium.of(request, RouteCarrier.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html|HTML",
                "application/xhtml+xml, TEXT/HTML ;q=0.9|HTML",
                "text/html;q=0|TEXT",
                "text/html; Q = 0.000 |TEXT",
                "text/html;level=1;q=0.;x=y|TEXT",
                "text/html;q=0.0000|HTML",
                "text/html;q=0.001|HTML",
                "text/html;qq=0|HTML",
                "text/html;q=0, application/json|PROBLEM",
                "application/problem+json|PROBLEM",
                "application/json;q=0|TEXT",
                "application/json, text/html|HTML",
                "*/*|TEXT",
                "text/htmlx, x/text/html|TEXT",
                "''|TEXT"
            })
    void accept_ofAClient_choosesTheForm(String accept, Medium medium) {
        assertThat(of(accept)).isEqualTo(medium);
    }

    @Test
    void accept_thatIsNotSent_isText() {
        assertThat(of(null)).isEqualTo(Medium.TEXT);
    }

    /** Read before anybody is known. A reader that looks to the end from each place does not come back from these. */
    @ParameterizedTest
    @ValueSource(strings = {",", ";", "text/html;", "a,", ";q=0", " "})
    void accept_ofAMegabyte_isReadOnce(String part) {
        String many = part.repeat(4_000_000 / part.length());

        assertThat(of(many)).isNotNull();
        assertThat(of("text/html" + many + "\u0085")).isNotNull();
    }
}
