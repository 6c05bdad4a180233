package dev.gatehouse.servlet;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.PublisherRun;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.servlet.TokenVerifier.Rejected;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The verified credential of a request and whom it proves.
 *
 * @param credential what was presented
 * @param identity whom it proves; {@code null} if nobody
 * @param session the handle of the session it lives in
 * @param evidence the proofs of that session
 * @param run the run behind a trusted publisher
 * @param completion verifies the token of an open request for the project that is written
 * @param use writes the use of a token down
 * @param password whether a password was sent, verified or not
 */
record Presented(
        Credential credential,
        @Nullable Identity identity,
        @Nullable Carrier session,
        List<Evidence> evidence,
        PublisherRun run,
        @Nullable Function<Optional<String>, TokenVerifier.Answer> completion,
        @Nullable Supplier<Optional<Rejected>> use,
        boolean password) {

    static final Presented NOTHING = of(Credential.anonymous(), null, false);

    static Presented of(Credential credential, @Nullable Identity identity, boolean password) {
        return new Presented(credential, identity, null, List.of(), PublisherRun.absent(), null, null, password);
    }

    static Presented session(SignedIn in) {
        Identity identity = Identity.account(CredentialKind.SESSION, in.accountId(), in.name());
        return new Presented(
                in.credential(), identity, in.session(), in.evidence(), PublisherRun.absent(), null, null, false);
    }

    static Presented token(
            TokenVerifier.Accepted accepted, @Nullable Function<Optional<String>, TokenVerifier.Answer> completion) {
        return new Presented(
                accepted.credential(),
                accepted.identity(),
                null,
                List.of(),
                accepted.run(),
                completion,
                accepted.use(),
                false);
    }

    static Presented run(Credential credential, Identity identity, PublisherRun run) {
        return new Presented(credential, identity, null, List.of(), run, null, null, false);
    }

    @Override
    public String toString() {
        return credential.toString();
    }
}
