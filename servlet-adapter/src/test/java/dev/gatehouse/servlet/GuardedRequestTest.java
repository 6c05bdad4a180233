package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.CredentialKind;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way to read a request, for each carrier: over one that a container has signed in, with cookies, session and overrides. */
class GuardedRequestTest {
    private static final Route PAGE = Route.browser(Action.PROJECT_VIEW);
    private static final Route API = Route.api(Action.READ_PRIVATE);
    private static final Route EXCHANGE = Route.exchange(Action.PUBLISH_FILE);
    private static final List<Route> ALL = List.of(PAGE, API, EXCHANGE, Route.publicRead());
    private static final List<String> OVERRIDES =
            List.of("X-HTTP-Method-Override", "x-http-method", "X-METHOD-Override");
    private static final Identity ALICE = Identity.account(CredentialKind.SESSION, "id-alice", "alice");

    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String[]> parameters =
            new TreeMap<>(Map.of("_method", new String[] {"DELETE"}, "a", new String[] {"b"}));
    private final HttpSession session = standIn(HttpSession.class, (name, argument) -> null);
    private final HttpServletRequest source = standIn(HttpServletRequest.class, this::answer);
    private String signedInByContainer = "alice";

    GuardedRequestTest() {
        headers.put("Authorization", "7");
        headers.put("Cookie", "7");
        headers.put("Cookie2", "7");
        headers.put("Accept", "7");
        OVERRIDES.forEach(name -> headers.put(name, "7"));
    }

    @FunctionalInterface
    private interface Calls {
        @Nullable
        Object of(String method, @Nullable Object argument);
    }

    private static <T> T standIn(Class<T> type, Calls calls) {
        return type.cast(Proxy.newProxyInstance(
                GuardedRequestTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> calls.of(method.getName(), arguments == null ? null : arguments[0])));
    }

    private @Nullable Object answer(String method, @Nullable Object argument) {
        String value = argument instanceof String name ? headers.get(name) : null;
        return switch (method) {
            case "getHeader" -> value;
            case "getHeaders" -> Collections.enumeration(value == null ? List.of() : List.of(value));
            case "getHeaderNames" -> Collections.enumeration(headers.keySet());
            case "getIntHeader" -> value == null ? -1 : Integer.parseInt(value);
            case "getDateHeader" -> value == null ? -1L : Long.parseLong(value);
            case "getCookies" -> new Cookie[] {new Cookie("sid", "alice")};
            case "getSession" -> session;
            case "getRequestedSessionId", "changeSessionId" -> "session-id";
            case "isRequestedSessionIdValid", "isRequestedSessionIdFromCookie", "isRequestedSessionIdFromURL" -> true;
            case "getUserPrincipal" -> (Principal) () -> signedInByContainer;
            case "getRemoteUser" -> signedInByContainer;
            case "getAuthType" -> "BASIC";
            case "isUserInRole" -> "admin".equals(argument);
            case "getParameter" -> parameters.containsKey(argument) ? parameters.get(argument)[0] : null;
            case "getParameterValues" -> parameters.get(argument);
            case "getParameterNames" -> Collections.enumeration(parameters.keySet());
            case "getParameterMap" -> parameters;
            default -> throw new AssertionError("not foreseen: " + method);
        };
    }

    private GuardedRequest guarded(Route route, @Nullable Identity identity, boolean override) {
        return new GuardedRequest(source, source, new Outcome(route, null, null, identity, null), override);
    }

    private void isShown(GuardedRequest request, String header, boolean shown) {
        String named = header + " on " + request.outcome().route();
        assertThat(request.getHeader(header)).as(named).isEqualTo(shown ? "7" : null);
        assertThat(Collections.list(request.getHeaders(header))).as(named).hasSize(shown ? 1 : 0);
        assertThat(request.getIntHeader(header)).as(named).isEqualTo(shown ? 7 : -1);
        assertThat(request.getDateHeader(header)).as(named).isEqualTo(shown ? 7 : -1);
        assertThat(Collections.list(request.getHeaderNames()).stream().anyMatch(header::equalsIgnoreCase))
                .as(named)
                .isEqualTo(shown);
    }

    @Test
    void header_ofAnotherCarrier_isHiddenHoweverItIsRead() {
        for (Route route : ALL) {
            GuardedRequest request = guarded(route, null, false);
            for (String spelt : List.of("Authorization", "authorization", "AUTHORIZATION")) {
                isShown(request, spelt, route.equals(API));
            }
            for (String spelt : List.of("Cookie", "cookie", "COOKIE", "Cookie2")) {
                isShown(request, spelt, route.equals(PAGE));
            }
            isShown(request, "Accept", true);
        }
    }

    @Test
    void header_thatNamesAnotherMethod_isShownOnlyWhereTheLayoutAllowsIt() {
        for (String header : OVERRIDES) {
            for (String spelt : List.of(header, header.toLowerCase(Locale.ROOT))) {
                isShown(guarded(PAGE, null, false), spelt, false);
                isShown(guarded(PAGE, null, true), spelt, true);
            }
        }
    }

    @Test
    void parameter_thatNamesAnotherMethod_isShownOnlyWhereTheLayoutAllowsIt() {
        for (boolean override : new boolean[] {false, true}) {
            GuardedRequest request = guarded(PAGE, null, override);
            List<String> names = override ? List.of("_method", "a") : List.of("a");
            assertThat(request.getParameter("_method")).isEqualTo(override ? "DELETE" : null);
            assertThat(request.getParameterValues("_method")).isEqualTo(override ? new String[] {"DELETE"} : null);
            assertThat(Collections.list(request.getParameterNames())).isEqualTo(names);
            assertThat(new ArrayList<>(request.getParameterMap().keySet())).isEqualTo(names);
            assertThat(request.getParameter("a")).isEqualTo("b");
            assertThat(request.getParameterValues("a")).containsExactly("b");
            assertThat(request.getParameterMap().get("a")).containsExactly("b");
        }
        Map<String, String[]> shown = guarded(PAGE, null, false).getParameterMap();
        assertThatThrownBy(() -> shown.remove("a")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void parameters_withoutOneThatNamesAMethod_areThoseOfTheRequest() {
        parameters.remove("_method");

        assertThat(guarded(PAGE, null, false).getParameterMap()).isEqualTo(parameters);
    }

    @Test
    void session_whereTheCookieIsTheCarrier_isTheContainers() {
        GuardedRequest request = guarded(PAGE, ALICE, false);

        assertThat(request.getSession()).isSameAs(session);
        assertThat(request.getSession(false)).isSameAs(session);
        assertThat(request.changeSessionId()).isEqualTo("session-id");
        assertThat(request.getRequestedSessionId()).isEqualTo("session-id");
        assertThat(request.isRequestedSessionIdValid()).isTrue();
        assertThat(request.isRequestedSessionIdFromCookie()).isTrue();
        assertThat(request.isRequestedSessionIdFromURL()).isTrue();
        assertThat(request.getCookies()).hasSize(1);
    }

    @Test
    void session_whereTheCookieIsNotTheCarrier_isNeitherShownNorMadeNorChanged() {
        for (Route route : ALL.subList(1, ALL.size())) {
            GuardedRequest request = guarded(route, ALICE, true);
            assertThat(request.getSession(false)).isNull();
            assertThatThrownBy(request::getSession)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(route.carrier().name());
            assertThatThrownBy(() -> request.getSession(true)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(request::changeSessionId)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(route.carrier().name());
            assertThat(request.getRequestedSessionId()).isNull();
            assertThat(request.isRequestedSessionIdValid()).isFalse();
            assertThat(request.isRequestedSessionIdFromCookie()).isFalse();
            assertThat(request.isRequestedSessionIdFromURL()).isFalse();
            assertThat(request.getCookies()).isNull();
        }
    }

    @Test
    void user_thatTheContainerSignedIn_isNobodyWhereTheFilterLetNobodyInParticularThrough() {
        GuardedRequest request = guarded(PAGE, null, false);

        assertThat(request.getUserPrincipal()).isNull();
        assertThat(request.getRemoteUser()).isNull();
        assertThat(request.getAuthType()).isNull();
        assertThat(request.isUserInRole("admin")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "bob", "Alice"})
    void user_whomTheFilterLetThrough_isTheUserOfTheRequest_andHasRolesOnlyAsTheContainersUserToo(String container) {
        signedInByContainer = container;
        GuardedRequest request = guarded(PAGE, ALICE, false);

        assertThat(request.getUserPrincipal()).isEqualTo(ALICE);
        assertThat(request.getRemoteUser()).isEqualTo("alice");
        assertThat(request.getAuthType()).isEqualTo("GATEHOUSE");
        assertThat(request.isUserInRole("admin")).isEqualTo(container.equals("alice"));
        assertThat(request.isUserInRole("owner")).isFalse();
    }

    @Test
    void guard_insideOtherWrappers_isFound() {
        GuardedRequest request = guarded(PAGE, null, false);

        assertThat(GuardedRequest.in(new jakarta.servlet.ServletRequestWrapper(request)))
                .isSameAs(request);
        assertThat(GuardedRequest.in(source)).isNull();
    }
}
