package dev.gatehouse.example.web;

import dev.gatehouse.example.account.Account;
import dev.gatehouse.servlet.ReturnPath;
import dev.gatehouse.signin.NetworkAddress;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request for a page: who asks, when, and what they have typed. */
final class Visit {
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final Map<String, String> path;
    private final Visitor visitor;
    private final @Nullable Account account;
    private final Instant now;

    Visit(
            HttpServletRequest request,
            HttpServletResponse response,
            Map<String, String> path,
            Visitor visitor,
            @Nullable Account account,
            Instant now) {
        this.request = request;
        this.response = response;
        this.path = path;
        this.visitor = visitor;
        this.account = account;
        this.now = now;
    }

    HttpServletRequest request() {
        return request;
    }

    HttpServletResponse response() {
        return response;
    }

    Visitor visitor() {
        return visitor;
    }

    /** The one clock reading of this request. */
    Instant now() {
        return now;
    }

    String address() {
        return request.getRemoteAddr();
    }

    NetworkAddress network() {
        return NetworkAddress.of(address());
    }

    /** Who is logged in, if anybody. */
    Optional<Account> account() {
        return Optional.ofNullable(account);
    }

    /** Who is logged in, on pages that only they reach. */
    Account owner() {
        return Objects.requireNonNull(account, "nobody is logged in");
    }

    /** A segment of the path. */
    String path(String name) {
        return Objects.requireNonNull(path.get(name), name);
    }

    /** A field of the form or the query, without blanks around it; empty if it is not there. */
    String field(String name) {
        return raw(name).strip();
    }

    /** A field as it was typed. */
    String raw(String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value;
    }

    /** Where the person was going, or the given page. */
    String next(String otherwise) {
        return ReturnPath.parse(request.getParameter("next"))
                .map(ReturnPath::text)
                .filter(place -> !isStepOfLogin(place))
                .orElse(otherwise);
    }

    /** Nobody was going there for its own sake, and going back there would go in a circle. */
    private static boolean isStepOfLogin(String place) {
        return place.startsWith(Site.LOGIN)
                || place.startsWith(Site.SECOND_FACTOR)
                || place.startsWith(Site.PASSKEY)
                || place.startsWith(Site.REAUTHENTICATE)
                || place.startsWith(Site.LOGOUT);
    }

    void note(Note.Kind kind, String text) {
        visitor.note(Note.of(kind, text));
    }
}
