package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the headers of a change say of where it comes from, one by one. */
class SameOriginTest {
    private static final String JSON = "application/json";
    private static final String ELSEWHERE = "the request comes from another site";
    private static final String UNSAID = "the request does not say where it comes from";
    private static final String NO_JSON = "a change needs a JSON content type or a CSRF token";

    private final SameOrigin sameOrigin = new SameOrigin(Set.of("https://other.test"));

    /** A header that is {@code -} is not sent. */
    private String fault(String site, String origin, String host, String type, boolean tokenChecked) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Sec-Fetch-Site", site);
        headers.put("Origin", origin);
        headers.put("Host", host);
        headers.put("Content-Type", type);
        headers.values().removeIf("-"::equals);
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
                SameOriginTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getHeader" -> headers.get((String) arguments[0]);
                    case "getContentType" -> headers.get("Content-Type");
                    default -> throw new AssertionError("not foreseen: " + method);
                });
        return sameOrigin.fault(request, tokenChecked);
    }

    @ParameterizedTest
    @CsvSource({
        "same-origin, -",
        "same-origin, https://index.test",
        "same-origin, http://elsewhere.test",
        "-, https://index.test",
        "-, http://index.test",
        "-, https://INDEX.test",
        "-, https://other.test",
        "-, HTTPS://Other.Test",
        "cross-site, https://other.test",
    })
    void change_ofTheIndexsOwnPagesOrAListedOne_isTaken(String site, String origin) {
        assertThat(fault(site, origin, "index.test", JSON, false)).isNull();
        assertThat(fault(site, origin, "index.test", "-", true)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "cross-site, -",
        "same-site, -",
        "none, -",
        "SAME-ORIGIN, -",
        "'', -",
        "cross-site, https://index.test",
        "same-site, https://index.test",
        "cross-site, https://elsewhere.test",
        "-, https://elsewhere.test",
        "-, null",
        "-, ''",
        "-, index.test",
        "-, ://index.test",
        "-, https://index.test:8443",
        "-, https://index.test.elsewhere.test",
        "-, https://elsewhere.test/index.test",
        "-, https://other.test.elsewhere.test",
        "-, http://other.test",
    })
    void change_fromElsewhere_isRefusedWhetherTheHostChecksATokenOrNot(String site, String origin) {
        assertThat(fault(site, origin, "index.test", JSON, false)).isEqualTo(ELSEWHERE);
        assertThat(fault(site, origin, "index.test", JSON, true)).isEqualTo(ELSEWHERE);
    }

    @Test
    void change_thatNamesAnOriginToAHostWithoutAName_isFromElsewhere() {
        assertThat(fault("-", "https://index.test", "-", JSON, false)).isEqualTo(ELSEWHERE);
    }

    @Test
    void change_thatDoesNotSayWhereItComesFrom_isTakenOnlyWhereTheHostChecksAToken() {
        assertThat(fault("-", "-", "index.test", JSON, false)).isEqualTo(UNSAID);
        assertThat(fault("-", "-", "index.test", JSON, true)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-",
                "",
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=application/json",
                "text/plain; application/json",
                "application/jsonp",
                "application/json+x",
                "x-application/json"
            })
    void change_thatAFormCouldSend_isTakenOnlyWhereTheHostChecksAToken(String type) {
        for (String site : new String[] {"same-origin", "-"}) {
            String origin = site.equals("-") ? "https://other.test" : "-";
            assertThat(fault(site, origin, "index.test", type, false)).isEqualTo(NO_JSON);
            assertThat(fault(site, origin, "index.test", type, true)).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "Application/JSON", "application/json;charset=utf-8", " application/json ; x"
            })
    void json_inAnySpelling_isJson(String type) {
        assertThat(fault("same-origin", "-", "index.test", type, false)).isNull();
    }

    @Test
    void method_thatChangesNothing_isSafe_andNoOther() {
        for (String method : new String[] {"GET", "HEAD", "OPTIONS"}) {
            assertThat(SameOrigin.isSafe(method)).isTrue();
        }
        for (String method : new String[] {"POST", "PUT", "PATCH", "DELETE", "TRACE", "get", ""}) {
            assertThat(SameOrigin.isSafe(method)).as(method).isFalse();
        }
    }
}
