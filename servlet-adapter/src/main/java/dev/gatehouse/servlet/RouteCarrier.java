package dev.gatehouse.servlet;

/**
 * What may carry the credential on a route; exactly one thing does, and the others are never read there.
 *
 * <p>The request that is passed on hides what the route does not read.
 */
public enum RouteCarrier {
    /** Nothing: the caller is anonymous whatever they send. A bad {@code Authorization} is ignored, alike for GET and HEAD. */
    NONE,
    /** The host's session cookie; {@code Authorization} is never read. */
    COOKIE,
    /** The {@code Authorization} header; cookies are never read. */
    AUTHORIZATION,
    /**
     * The body, as with an identity token to exchange: nothing is decided before the host completes the
     * {@link OpenDecision} with the credential it has verified.
     */
    BODY
}
