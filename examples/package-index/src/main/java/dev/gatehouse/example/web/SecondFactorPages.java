package dev.gatehouse.example.web;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.Accounts;
import dev.gatehouse.example.account.Factors;
import dev.gatehouse.example.account.RecoveryCodes;
import dev.gatehouse.example.mail.MailText;
import dev.gatehouse.example.mail.MailedLinks;
import dev.gatehouse.example.mail.Post;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.Verification;
import dev.gatehouse.policy.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The second step of a login: a code, or a recovery code, and where the device is unknown a mailed link. */
final class SecondFactorPages {
    private final Accounts accounts;
    private final Factors factors;
    private final RecoveryCodes codes;
    private final Devices devices;
    private final Limits limits;
    private final MailedLinks links;
    private final Post post;
    private final Asking asking;
    private final AuditSink audit;

    SecondFactorPages(Backend backend, Devices devices, Limits limits, Asking asking) {
        this.accounts = backend.accounts;
        this.factors = backend.factors;
        this.codes = backend.codes;
        this.devices = devices;
        this.limits = limits;
        this.links = backend.links;
        this.post = backend.post;
        this.asking = asking;
        this.audit = backend.audit;
    }

    Reply form(Visit visit) {
        return pending(visit).isEmpty() ? expired() : form(visit, Form.empty());
    }

    private static Reply.Html form(Visit visit, Form form) {
        return Reply.page("second-factor.jte", "Second step of the login")
                .with("form", form)
                .with("next", visit.next(""))
                .status(form.hasErrors() ? 422 : 200);
    }

    private static Reply expired() {
        return Reply.to(Site.LOGIN);
    }

    /** Who is half logged in; nobody if the password was changed meanwhile. */
    private Optional<Account> pending(Visit visit) {
        return visit.visitor()
                .pending(visit.now())
                .flatMap(pending -> accounts.byId(pending.account())
                        .filter(account -> account.passwordVersion() == pending.version()));
    }

    Reply withCode(Visit visit) {
        return proven(
                visit,
                "code",
                "The code is wrong.",
                (account, carrier) -> factors.verify(account.id(), visit.field("code"), carrier)
                        .fold(Verification.Verified::evidence, rejected -> null));
    }

    Reply withRecoveryCode(Visit visit) {
        return proven(visit, "recovery", "The recovery code is wrong, or was used before.", (account, carrier) -> {
            RecoveryCodes.Use use = codes.use(account.id(), visit.field("recovery"), visit.now());
            return use == RecoveryCodes.Use.ACCEPTED
                    ? Evidence.asserted(
                            account.id(),
                            EnrolledFactor.of(FactorKind.RECOVERY_CODE),
                            visit.now(),
                            carrier,
                            Logins.VERIFIER)
                    : null;
        });
    }

    private interface Verifier {
        @Nullable
        Evidence verify(Account account, Carrier carrier);
    }

    private Reply proven(Visit visit, String field, String wrong, Verifier verifier) {
        Optional<Account> account = pending(visit);
        if (account.isEmpty()) {
            return expired();
        }
        Attempts.Answer place = limits.factor(account.get().id(), visit.address(), visit.now());
        if (place.ticket().isEmpty()) {
            visit.visitor().end();
            return Logins.locked(visit, place.retryAfter());
        }
        Carrier carrier = Carrier.request(UUID.randomUUID().toString());
        Evidence proof = verifier.verify(account.get(), carrier);
        if (proof == null) {
            audit.record(AuditEvent.of(AuditTag.LOGIN_FAILURE, visit.now())
                    .account(account.get().id())
                    .address(visit.address())
                    .attribute("reason", field.equals("code") ? "invalid_totp" : "invalid_recovery_code")
                    .build());
            return form(visit, new Form().error(field, wrong));
        }
        place.ticket().get().giveBack();
        return complete(visit, account.get(), proof, null);
    }

    private Reply complete(Visit visit, Account account, Evidence proof, @Nullable Evidence mail) {
        Visitor.Pending pending = visit.visitor().pending(visit.now()).orElseThrow();
        List<Evidence> proofs = new ArrayList<>(pending.evidence());
        proofs.removeIf(old -> old.factor().equals(proof.factor()));
        proofs.add(proof);
        if (mail != null) {
            proofs.add(mail);
        }
        boolean known = devices.isKnown(visit, account);
        Decision decision = asking.completeSignIn(account, proofs, known);
        return decision.fold(
                permitted -> logIn(visit, account, proofs, proof.kind()),
                refused -> mail == null ? askByMail(visit, account, proofs) : told(refused));
    }

    private static Reply told(Decision.Refused refused) {
        return Reply.message(
                403, "The login was refused", refused.first().message().text());
    }

    private Reply logIn(Visit visit, Account account, List<Evidence> proofs, FactorKind kind) {
        accounts.loggedIn(account.id());
        visit.visitor().logIn(account, proofs, visit.now());
        devices.remember(visit, account);
        audit.record(AuditEvent.of(AuditTag.LOGIN_SUCCESS, visit.now())
                .account(account.id())
                .actor(account.id())
                .address(visit.address())
                .attribute("two_factor_method", kind.id())
                .build());
        if (kind.equals(FactorKind.RECOVERY_CODE)) {
            audit.record(AuditEvent.of(AuditTag.RECOVERY_CODE_USED, visit.now())
                    .account(account.id())
                    .actor(account.id())
                    .address(visit.address())
                    .build());
            visit.note(Note.Kind.SUCCESS, "Recovery code accepted. The supplied code cannot be used again.");
        } else if (codes.status(account.id()).unused() == 0) {
            post.remind(
                    account,
                    MailText.recoveryCodeReminder(account.name(), post.link(Site.RECOVERY_CODES)),
                    MailText.REMINDER_WINDOW,
                    visit.now());
        }
        return Reply.to(visit.next(Site.PROJECTS));
    }

    private Reply askByMail(Visit visit, Account account, List<Evidence> proofs) {
        Attempts.Answer place = limits.mail(account.id(), visit.now());
        if (place.ticket().isEmpty()) {
            return Logins.locked(visit, place.retryAfter());
        }
        Instant until = visit.now().plus(Visitor.PENDING_CONFIRMATION);
        String secret = links.make(
                new MailedLinks.Purpose(
                        MailedLinks.Kind.CONFIRM_LOGIN, account.id(), account.email(), account.stamp(), until),
                visit.now());
        visit.visitor().awaitConfirmation(proofs, MailedLinks.digest(secret), until);
        String link = post.link(Site.SECOND_FACTOR + "confirm/?token=" + Site.encode(secret));
        post.send(account, MailText.unrecognizedLogin(account.name(), visit.address(), link), visit.now());
        return Reply.message(
                200,
                "Look into your mail",
                "Unrecognized device: follow the link we have sent to your email address. Open it in this browser within"
                        + " fifteen minutes.");
    }

    /** The link of the mail: it only asks, because programs follow links too. */
    Reply confirmForm(Visit visit) {
        return Reply.page("device-confirm.jte", "Confirm your login")
                .with("token", visit.field("token"))
                .with("next", "");
    }

    Reply confirm(Visit visit) {
        Optional<Account> account = pending(visit);
        Optional<Visitor.Pending> pending = visit.visitor().pending(visit.now());
        String token = visit.field("token");
        if (account.isEmpty()
                || pending.isEmpty()
                || !MailedLinks.digest(token).equals(pending.get().linkDigest())
                || links.take(MailedLinks.Kind.CONFIRM_LOGIN, token, visit.now())
                        .filter(p -> p.isOf(
                                account.get().id(),
                                account.get().email(),
                                account.get().stamp()))
                        .isEmpty()) {
            return Reply.message(
                    410,
                    "This link does not work here",
                    "It was used before, is older than fifteen minutes, or belongs to a login in another browser. Log in"
                            + " again.");
        }
        Evidence mail = Evidence.asserted(
                account.get().id(),
                FactorKind.EMAIL,
                visit.now(),
                Carrier.request(UUID.randomUUID().toString()),
                Logins.VERIFIER);
        List<Evidence> proofs = pending.get().evidence();
        return complete(visit, account.get(), proofs.get(proofs.size() - 1), mail);
    }
}
