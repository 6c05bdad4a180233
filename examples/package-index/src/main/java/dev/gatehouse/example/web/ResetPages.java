package dev.gatehouse.example.web;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.Accounts;
import dev.gatehouse.example.account.Passwords;
import dev.gatehouse.example.mail.MailText;
import dev.gatehouse.example.mail.MailedLinks;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.factor.FactorVerifier;
import dev.gatehouse.factor.Verification;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.servlet.Completion;
import dev.gatehouse.servlet.OpenDecision;
import dev.gatehouse.servlet.OpenTarget;
import dev.gatehouse.signin.Admission;
import dev.gatehouse.signin.Attempt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A new password for somebody who has forgotten theirs, by a link in a mail to their verified address. The answer to whoever asks is
 * the same whether there is such an account or not, and the second factor is still needed to log in.
 */
final class ResetPages {
    private static final AuditTag REQUESTED = new AuditTag("account:password:reset:request");
    private static final AuditTag RESET = new AuditTag("account:password:reset");
    private static final String NOBODY = "-";
    private static final int RECOVERY_CODE_LENGTH = 16;

    private final Backend backend;
    private final Accounts accounts;
    private final Guesses guesses;
    private final Limits limits;
    private final Recovered recovered;
    private final boolean withCode;

    /**
     * The pages.
     *
     * @param withCode whether the policy may want a second factor before the new password is set
     */
    ResetPages(Backend backend, Guesses guesses, Recovered recovered, boolean withCode) {
        this.backend = backend;
        this.accounts = backend.accounts;
        this.guesses = guesses;
        this.limits = guesses.limits();
        this.recovered = recovered;
        this.withCode = withCode;
    }

    Reply askForm(Visit visit) {
        return ask(Form.empty());
    }

    private static Reply.Html ask(Form form) {
        return Reply.page("reset-ask.jte", "Forgotten password")
                .with("form", form)
                .status(form.hasErrors() ? 422 : 200);
    }

    Reply ask(Visit visit) {
        String wanted = visit.field("account");
        if (!Accounts.isName(wanted) && !Accounts.isEmail(wanted)) {
            return ask(new Form()
                    .value("account", wanted)
                    .error("account", "Enter your user name, or the email address of your account."));
        }
        Attempts.Answer place = limits.resetFrom(visit.address(), visit.now());
        if (place.ticket().isEmpty()) {
            return Logins.locked(visit, place.retryAfter());
        }
        Optional<Account> account = accounts.byNameOrAddress(wanted);
        if (account.isEmpty()) {
            link(NOBODY, NOBODY, NOBODY, visit);
        } else if (limits.reset(account.get().id(), visit.now()).ticket().isPresent()) {
            send(account.get(), visit);
        }
        return Reply.message(
                200,
                "Look into your mail",
                "If there is such an account, and its email address is confirmed, we have sent a link there. It works once, for"
                        + " six hours.");
    }

    private void send(Account account, Visit visit) {
        record(REQUESTED, account, visit);
        if (account.emailVerified()) {
            String secret = link(account.id(), account.email(), account.stamp(), visit);
            String link = backend.post.link(Site.RESET + "confirm/?token=" + Site.encode(secret));
            backend.post.send(account, MailText.passwordReset(account.name(), link), visit.now());
        } else {
            backend.post.sendTo(
                    account.email(), account, MailText.passwordResetUnverified(account.name()), visit.now());
        }
    }

    private String link(String account, String address, String stamp, Visit visit) {
        return backend.links.make(
                new MailedLinks.Purpose(
                        MailedLinks.Kind.RESET_PASSWORD,
                        account,
                        address,
                        stamp,
                        visit.now().plus(MailedLinks.LIFETIME)),
                visit.now());
    }

    Reply form(Visit visit) {
        return visit.account().isPresent() ? logOutFirst() : form(visit, Form.empty());
    }

    private Reply.Html form(Visit visit, Form form) {
        return Reply.page("reset-password.jte", "Set a new password")
                .with("form", form)
                .with("token", visit.field("token"))
                .with("withCode", withCode)
                .status(form.hasErrors() ? 422 : 200);
    }

    /** The link says who asks; a session in the same browser might say somebody else. */
    private static Reply logOutFirst() {
        return Reply.message(
                409,
                "Log out first",
                "Somebody is logged in in this browser. Log out, and open the link of the mail again.");
    }

    private static Reply over() {
        return Reply.message(
                410,
                "This link no longer works",
                "It was used before, is older than six hours, or there was a login or a new password since. Ask for another"
                        + " mail.");
    }

    /** Sets the password. Whatever goes wrong before that leaves the link as good as it was. */
    Reply set(Visit visit) throws IOException {
        if (visit.account().isPresent()) {
            return logOutFirst();
        }
        Form form = new Form();
        EmailPages.checkNewPassword(visit, "", form);
        if (form.hasErrors()) {
            return form(visit, form);
        }
        String token = visit.field("token");
        Optional<MailedLinks.Purpose> link = backend.links.take(MailedLinks.Kind.RESET_PASSWORD, token, visit.now());
        Optional<Account> account = link.flatMap(purpose -> accounts.byId(purpose.account())
                .filter(known -> known.emailVerified() && purpose.isOf(known.id(), known.email(), known.stamp())));
        if (account.isEmpty()) {
            return over();
        }
        boolean spent = false;
        try {
            Reply refusal = refusal(visit, account.get(), form);
            if (refusal != null) {
                return refusal;
            }
            Optional<Account> changed = recovered.byReset(
                    account.get(),
                    visit,
                    () -> accounts.resetPassword(account.get(), visit.raw("password"), visit.now()));
            spent = true;
            return changed.isEmpty() ? over() : done(visit, changed.get());
        } finally {
            if (!spent) {
                backend.links.putBack(token, link.get(), visit.now());
            }
        }
    }

    /** Why the password is not set, if it is not. */
    private @Nullable Reply refusal(Visit visit, Account account, Form form) throws IOException {
        if (visit.raw("password").equalsIgnoreCase(account.name())) {
            return form(visit, form.error("password", "The password must not be the user name."));
        }
        OpenDecision open = OpenDecision.of(visit.request()).orElseThrow();
        List<Evidence> proofs = new ArrayList<>(List.of(
                Evidence.asserted(account.id(), FactorKind.EMAIL, visit.now(), open.carrier(), Logins.VERIFIER)));
        if (!visit.field("code").isEmpty()) {
            Proof proof = prove(visit, account, open.carrier());
            if (proof.page() != null) {
                return proof.page();
            }
            if (proof.evidence() == null) {
                return form(visit, form.error("code", "The code is wrong, or was used before."));
            }
            proofs.add(proof.evidence());
        }
        Completion completion = open.complete(OpenTarget.of(Action.SIGN_IN_RECOVER)
                .account(account.id(), account.name())
                .evidence(proofs));
        if (!(completion instanceof Completion.Refused refused)) {
            for (Evidence proof : proofs) {
                if (proof.kind().equals(FactorKind.RECOVERY_CODE)
                        && backend.recovery.settle(proof) instanceof Verification.Rejected) {
                    return form(visit, form.error("code", "The code is wrong, or was used before."));
                }
            }
            return null;
        }
        if (withCode) {
            return form(visit, form.error("code", refused.text()));
        }
        refused.answer(visit.response());
        return new Reply.Written();
    }

    private record Proof(
            @Nullable Evidence evidence, @Nullable Reply page) {}

    /** A code of an app, or a recovery code, by its length. */
    private Proof prove(Visit visit, Account account, Carrier carrier) {
        String code = visit.field("code").replaceAll("\\s+", "");
        FactorVerifier verifier =
                code.length() == RECOVERY_CODE_LENGTH ? backend.recovery : backend.factors.appVerifier();
        Admission admission =
                guesses.attempts().admit(Attempt.afterFirstFactor(account.id(), verifier.kind(), visit.network()));
        if (admission instanceof Admission.Throttled throttled) {
            return new Proof(null, Logins.locked(visit, throttled.retryAfter()));
        }
        if (!(admission instanceof Admission.Admitted admitted)) {
            return new Proof(null, null);
        }
        Verification verification = verifier.verify(new FactorResponse(account.id(), carrier, code));
        if (verification instanceof Verification.Verified verified) {
            admitted.ticket().succeeded();
            return new Proof(verified.evidence(), null);
        }
        if (((Verification.Rejected) verification).code().retryAfter().isPresent()) {
            admitted.ticket().notAnAttempt();
            throw new Passwords.BusyException();
        }
        admitted.ticket().failed();
        return new Proof(null, null);
    }

    private Reply done(Visit visit, Account account) {
        record(RESET, account, visit);
        backend.post.send(
                account, MailText.passwordWasReset(account.name(), backend.post.link(Site.TOKENS)), visit.now());
        visit.visitor().end();
        return Reply.page("reset-done.jte", "Your password is changed");
    }

    private void record(AuditTag tag, Account account, Visit visit) {
        backend.audit.record(AuditEvent.of(tag, visit.now())
                .account(account.id())
                .address(visit.address())
                .build());
    }
}
