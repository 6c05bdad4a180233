package dev.gatehouse.servlet;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.signin.NetworkAddress;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One request to an endpoint.
 *
 * @param request as the filter passed it on
 * @param response to which a host may add cookies
 * @param given the body; {@code null} for a GET
 */
record EndpointCall(
        HttpServletRequest request,
        HttpServletResponse response,
        @Nullable EndpointBody given) {

    /** What answers it. */
    @FunctionalInterface
    interface Handler {
        EndpointAnswer answer(EndpointCall call);
    }

    EndpointBody body() {
        if (given == null) {
            throw new IllegalStateException("a GET has no body");
        }
        return given;
    }

    /** The decision that the endpoint completes; the layout lists its route as open. */
    OpenDecision open() {
        return OpenDecision.of(request)
                .orElseThrow(() -> new IllegalStateException("the layout does not list this endpoint as open"));
    }

    /** Who is signed in, as the filter has decided; nobody where it lets nobody in particular through. */
    @Nullable
    SignedIn signedIn(IndexHost host) {
        Identity proven = OpenDecision.of(request)
                .map(OpenDecision::caller)
                .or(() -> TwoFactorFilter.identity(request))
                .orElse(null);
        String account = proven == null ? null : proven.accountIdOrNull();
        SignedIn in = host.session(request).orElse(null);
        if (account == null ? in != null : in == null || !in.accountId().equals(account)) {
            throw new IllegalStateException("host: session is of another account than the filter was told");
        }
        return in;
    }

    /** Where it is from. */
    NetworkAddress address(IndexHost host) {
        return Objects.requireNonNull(host.address(request), "host: address is null");
    }

    /** The question to the policy for a change of the factors of who asks; a proof may have come with it. */
    Function<Action, AccessRequest> asked() {
        OpenDecision open = open();
        return action -> open.asked(OpenTarget.of(action));
    }

    /** Adds the address to the event of a change. */
    UnaryOperator<AuditEvent.Builder> origin() {
        String address = open().address().text();
        return event -> event.address(address);
    }
}
