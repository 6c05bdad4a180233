package dev.gatehouse.signin;

import dev.gatehouse.policy.AccessRequest;

/** A builder that holds all that a request has, to change something of it. */
final class RequestCopy {
    private RequestCopy() {}

    static AccessRequest.Builder of(AccessRequest asked) {
        AccessRequest.Builder copy = AccessRequest.of(asked.action(), asked.credential())
                .account(asked.account())
                .evidence(asked.evidence())
                .project(asked.project())
                .organization(asked.organization())
                .release(asked.release())
                .run(asked.run());
        asked.session().ifPresent(copy::session);
        asked.request().ifPresent(copy::request);
        if (asked.newToken().isKnown()) {
            copy.newToken(asked.newToken().value());
        }
        if (asked.newFactor().isKnown()) {
            copy.newFactor(asked.newFactor().value());
        }
        if (asked.factorsLeft().isKnown()) {
            copy.factorsLeft(asked.factorsLeft().value());
        }
        return copy;
    }
}
