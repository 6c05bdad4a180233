package dev.gatehouse.servlet;

import dev.gatehouse.policy.AccountFacts;
import dev.gatehouse.policy.ThingFacts;
import dev.gatehouse.signin.NetworkAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the filter asks the index it stands in front of.
 *
 * <p>Methods are called on the request's thread, so implementations are thread-safe. Each but {@link #address} is called once per decision at
 * most, and only when a rule in force or the route needs it; the completion of an {@link OpenDecision} is another decision than the filter's. A {@code null} answer and an exception are failures of the host: the client gets 503 and
 * nothing is passed on.
 */
public interface IndexHost {

    /**
     * The account that this request's session belongs to; empty if nobody is signed in.
     *
     * <p>Asked only on routes whose carrier is the cookie; and again when an open decision is completed, since the body may have taken
     * long. The host ends sessions of disabled accounts here.
     */
    Optional<SignedIn> session(HttpServletRequest request);

    /**
     * The facts of an account whose credential has been verified; asked for when a rule reads the first of them.
     *
     * <p>The account's id is the verified one, whatever these facts say.
     */
    AccountFacts account(String accountId);

    /**
     * The facts of a project by the name in the path or in an {@link OpenTarget}, as it was written there; unknown facts for one that does not
     * exist.
     */
    ThingFacts project(String name);

    /**
     * Whether the caller may know that the project exists, so that a refusal may speak of it.
     *
     * @param identity the caller; {@code null} if nobody is proven
     * @param project the name as in the request; empty where the request names none
     */
    boolean maySee(@Nullable Identity identity, Optional<String> project);

    /**
     * Where the request is from: what attempts are counted by, what a token's restriction to addresses is held against, and what events
     * name. By default the address of the connection.
     *
     * <p>Behind a proxy that is every client's, unless the container puts the client's in its place: then read here the header that the
     * proxy sets, and only its. Called wherever the address is needed, so perhaps several times for a request.
     */
    default NetworkAddress address(HttpServletRequest request) {
        String connection = request.getRemoteAddr();
        return NetworkAddress.of(connection == null ? "" : connection);
    }
}
