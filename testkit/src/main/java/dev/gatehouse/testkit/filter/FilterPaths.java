package dev.gatehouse.testkit.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@link FilterContract} says of reads, paths and methods. */
abstract class FilterPaths {
    /** The host, which is running. */
    protected abstract FilterHost host();

    final FilterAnswer send(FilterRequest request) {
        return host().send(request);
    }

    final FilterHost.Credentials credentials() {
        return host().credentials();
    }

    final FilterAnswer assertReached(FilterRequest request) {
        FilterAnswer answer = send(request);
        assertThat(host().hasReached(answer))
                .as("%s is answered by the host, but was %d %s", request, answer.status(), answer.body())
                .isTrue();
        return answer;
    }

    /** Nothing of the host's own has answered, nor could a browser take it for success. */
    final FilterAnswer assertRefused(FilterRequest request, String why) {
        FilterAnswer answer = send(request);
        assertThat(host().hasReached(answer) || answer.isSuccess())
                .as("%s was answered with %d, though %s", request, answer.status(), why)
                .isFalse();
        return answer;
    }

    final FilterRequest pageOfSession() {
        return host().page().with(credentials().session());
    }

    /** Without this, whoever refuses everything would keep all else. */
    @Test
    final void publicRead_withoutCredential_passes() {
        assertReached(host().publicRead());
    }

    /** A session that holds, a token that holds. */
    @Test
    final void goodCredential_onItsPath_passes() {
        assertReached(pageOfSession());
        assertReached(host().upload().with(credentials().token()));
    }

    @Test
    final void head_isAnsweredAsItsGet() {
        for (FilterRequest request : List.of(
                host().publicRead(),
                host().page(),
                pageOfSession(),
                host().page().with(credentials().sessionWithoutFactor()),
                FilterRequest.get(host().unlisted()))) {
            assertThat(send(request.by("HEAD")).status())
                    .as("HEAD of %s", request.target())
                    .isEqualTo(send(request).status());
        }
    }

    @Test
    final void unlistedPath_byAnyMethodAndCredential_isRefused() {
        for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")) {
            FilterRequest request = FilterRequest.get(host().unlisted()).by(method);
            assertRefused(request, "the path is not listed");
            assertRefused(request.with(credentials().session()), "the path is not listed");
            assertRefused(request.with(credentials().token()), "the path is not listed");
        }
    }

    @Test
    final void unlistedMethod_ofAListedPath_isRefused() {
        for (String method : List.of("DELETE", "PUT", "PATCH", "PROPFIND", "GeT", "get", "BREW", "TRACE")) {
            assertRefused(host().publicRead().by(method), "the method is not listed");
            assertRefused(pageOfSession().by(method), "the method is not listed");
            assertRefused(host().upload().by(method).with(credentials().token()), "the method is not listed");
        }
    }

    @Test
    final void overridingMethod_byHeaderOrParameter_isRefused() {
        for (String header : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")) {
            for (String method : List.of("DELETE", "GET", "PUT")) {
                String line = header + ": " + method;
                assertRefused(host().publicRead().with(line), line);
                assertRefused(pageOfSession().with(line), line);
                assertRefused(host().upload().with(credentials().token(), line), line);
            }
        }
        FilterRequest read = host().publicRead();
        assertRefused(read.to(read.target() + "?_method=DELETE"), "_method");
    }

    /** However the path to the page is written, nobody without a session gets there; each of these was somebody's way in. */
    @Test
    final void spelling_ofAProtectedPath_neverGoesAroundTheFilter() {
        String page = host().page().target();
        String read = host().publicRead().target();
        for (String target : spellings(page, read)) {
            assertRefused(host().page().to(target), "it leads to " + page);
        }
    }

    private static List<String> spellings(String page, String read) {
        String rest = page.substring(1);
        String first = "%" + Integer.toHexString(rest.charAt(0)) + rest.substring(1);
        String up = "../".repeat((int) read.chars().filter(c -> c == '/').count() + 1);
        return Stream.concat(
                        Stream.of(
                                        "//",
                                        "/./",
                                        "/x/../",
                                        "/;/",
                                        "/;x=1/",
                                        "/%2e/",
                                        "/x/%2e%2e/",
                                        "/x/..;/",
                                        "/x/..;a=b/")
                                .map(prefix -> prefix + rest),
                        Stream.of(
                                page + ";x=1",
                                page.replaceFirst("/$", "") + ";/",
                                "/" + first,
                                "/%2f" + rest,
                                "/%5c" + rest,
                                "/\\" + rest,
                                "/%00/../" + rest,
                                "/%c0%af" + rest,
                                "/%c0%ae%c0%ae/" + rest,
                                page + "%00",
                                page + "%zz",
                                page + "%",
                                page + "#x",
                                read + up + rest,
                                read + up.replace("../", "..;/") + rest,
                                read + up.replace("../", "%2e%2e/") + rest,
                                read + up.replace("../", "%2e%2e%2f") + rest,
                                read + up.replace("../", "..%5c") + rest,
                                read + up.replace("../", "..\\") + rest))
                .toList();
    }

    /** A path that two readers may take for two is refused whoever sends it. */
    @Test
    final void ambiguousPath_withAGoodSession_isRefused() {
        String page = host().page().target();
        String rest = page.substring(1);
        for (String target : List.of(
                "/%2f" + rest,
                "/x%2f..%2f" + rest,
                "/%5c" + rest,
                "/x\\..\\" + rest,
                "/x/..;/" + rest,
                "/x/..;a=b/" + rest,
                page + "%00",
                page + "%zz",
                page + "%",
                page + "%c0%af",
                page + "%0d%0aX-Forged:%20yes",
                "/%c0%ae%c0%ae/" + rest,
                "/%252e%252e/" + rest)) {
            FilterAnswer answer = assertRefused(pageOfSession().to(target), "the path is ambiguous");
            assertThat(answer.status()).as("%s", target).isBetween(300, 499);
            assertThat(answer.all("X-Forged")).as("%s", target).isEmpty();
        }
    }
}
