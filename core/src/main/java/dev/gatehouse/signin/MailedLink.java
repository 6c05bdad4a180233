package dev.gatehouse.signin;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.Verification;
import java.time.Instant;

/** The proof that somebody read the mail of a login: the secret of the last link that was sent for it. Stateless. */
final class MailedLink {
    private static final String VERIFIER = "gatehouse.signin";

    private MailedLink() {}

    static String hash(String secret) {
        return Secrets.hash("link", secret);
    }

    static Verification verify(PendingLogin login, String secret, Carrier session, Instant now) {
        PendingLogin.Link link = login.link();
        if (link == null
                || !now.isBefore(link.until())
                || !Secrets.isFormed(secret)
                || !Secrets.areEqual(link.hash(), hash(secret))) {
            return new Verification.Rejected(SignInRejection.LINK);
        }
        return new Verification.Verified(Evidence.asserted(login.account(), FactorKind.EMAIL, now, session, VERIFIER));
    }
}
