package dev.gatehouse.signin;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorVerifier;
import dev.gatehouse.factor.RejectionCode;
import dev.gatehouse.factor.Verification;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.signin.PendingLogin.Began;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The course of a login between its proofs: what it began at, whether it is still good, what it needs next, and its end. Immutable
 * and thread-safe.
 */
final class LoginCourse {
    private final SignIn.Stores stores;
    private final PendingLogins pending;
    private final LoginJudge judge;
    private final Map<FactorKind, FactorVerifier> verifiers;
    private final LoginEvents events;

    LoginCourse(
            SignIn.Stores stores,
            PendingLogins pending,
            LoginJudge judge,
            Map<FactorKind, FactorVerifier> verifiers,
            LoginEvents events) {
        this.stores = stores;
        this.pending = pending;
        this.judge = judge;
        this.verifiers = verifiers;
        this.events = events;
    }

    /** A login at its start; what changed during the check of its first proof makes it none. */
    SignInStep begin(SignInRequest request, LoginStart start, Evidence first, Instant now) {
        return at(start.account()).equals(start.began())
                ? advance(request, judge.open(request, began(first, start.began(), now)), now)
                : new SignInStep.Expired();
    }

    /**
     * What the account is at is read after the proof was verified and before its facts: a factor that is removed before that is not
     * among them, and one that is removed later lets no login complete.
     */
    SignInStep identified(SignInRequest request, Evidence proof, Instant now) {
        LoginJudge.Case open = judge.open(request, began(proof, at(proof.account()), now));
        return open.isRemoved(proof) ? new SignInStep.Expired() : advance(request, open, now);
    }

    private static PendingLogin began(Evidence first, Began began, Instant now) {
        return PendingLogin.of(first, began, now.plus(SignIn.LIFETIME));
    }

    Began at(String account) {
        return new Began(stores.versions().of(account), stores.logins().completed(account));
    }

    /** The pending login of a ticket, if it is still good; the ticket is used up either way. */
    Optional<PendingLogin> take(SignInRequest request, String ticket, Instant now) {
        return pending.take(ticket, request.session(), now)
                .filter(login -> at(login.account()).equals(login.began()));
    }

    PendingStep next(SignInRequest request, PendingLogin login, Set<FactorKind> offered, Instant now) {
        String ticket = pending.put(login, request.nextSession(), now);
        return new PendingStep(login.account(), ticket, login.end(), offered);
    }

    SignInStep rejected(SignInRequest request, PendingLogin login, RejectionCode code, Instant now) {
        Set<FactorKind> offered =
                now.isBefore(login.until()) ? judge.offered(judge.open(request, login), now) : Set.of(FactorKind.EMAIL);
        return new SignInStep.Rejected(code, Optional.of(next(request, login, offered, now)));
    }

    /** Completes the login, or says what is still needed. */
    SignInStep advance(SignInRequest request, PendingLogin login, Instant now) {
        return advance(request, judge.open(request, login), now);
    }

    private SignInStep advance(SignInRequest request, LoginJudge.Case open, Instant now) {
        if (open.lacksSecondFactor()) {
            return more(request, open, Optional.empty(), now);
        }
        Decision decision = judge.decide(open);
        if (decision instanceof Decision.Refused refused) {
            return more(request, open, Optional.of(refused), now);
        }
        return complete(request, open, (Decision.Permitted) decision, now);
    }

    private SignInStep more(SignInRequest request, LoginJudge.Case open, Optional<Decision.Refused> why, Instant now) {
        Set<FactorKind> offered = judge.offered(open, now);
        if (why.isPresent() && offered.isEmpty()) {
            return new SignInStep.Refused(why.get());
        }
        // After a link that came late there may be no time left for what is still needed.
        return now.isBefore(open.login().end())
                ? new SignInStep.MoreNeeded(next(request, open.login(), offered, now), why)
                : new SignInStep.Expired();
    }

    private SignInStep complete(
            SignInRequest request, LoginJudge.Case open, Decision.Permitted permitted, Instant now) {
        PendingLogin login = open.login();
        String account = login.account();
        LoginRepository.Completion completion = stores.logins()
                .complete(account, login.began().logins(), login.began().version(), now);
        // Compared with the one good answer, so that no answer at all is none.
        if (completion != LoginRepository.Completion.COMPLETED) {
            return new SignInStep.Expired();
        }
        for (Evidence proof : login.proofs()) {
            FactorVerifier verifier = verifiers.get(proof.kind());
            if (verifier != null && verifier.settle(proof) instanceof Verification.Rejected used) {
                events.failure(account, proof.kind(), used.code(), request.address(), now);
                return new SignInStep.Expired();
            }
        }
        judge.used(open, now);
        events.success(open, request.address(), now);
        return new SignInStep.Completed(account, login.carriedBy(Carrier.session(request.nextSession())), permitted);
    }
}
