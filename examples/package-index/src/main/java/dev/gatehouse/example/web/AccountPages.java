package dev.gatehouse.example.web;

import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.Accounts;
import dev.gatehouse.example.account.Factors;
import dev.gatehouse.example.mail.MailText;
import dev.gatehouse.example.mail.Post;
import dev.gatehouse.recovery.RecoveryCodes;
import dev.gatehouse.signin.KnownDevices;
import dev.gatehouse.state.AccountVersions;
import dev.gatehouse.token.ApiTokens;
import dev.gatehouse.token.Requester;
import dev.gatehouse.token.TokenOwner;
import java.util.Optional;

/** The account page: address and password. */
final class AccountPages {
    private final Accounts accounts;
    private final Factors factors;
    private final RecoveryCodes codes;
    private final KnownDevices devices;
    private final AccountVersions versions;
    private final Guesses guesses;
    private final Post post;
    private final EmailPages email;
    private final ApiTokens tokens;

    AccountPages(Backend backend, Guesses guesses, EmailPages email) {
        this.accounts = backend.accounts;
        this.factors = backend.factors;
        this.codes = backend.codes;
        this.devices = backend.devices;
        this.versions = backend.versions;
        this.guesses = guesses;
        this.post = backend.post;
        this.email = email;
        this.tokens = backend.tokens;
    }

    Reply overview(Visit visit) {
        return overview(visit, Form.empty());
    }

    private Reply overview(Visit visit, Form form) {
        String account = visit.owner().id();
        return Reply.page("account.jte", "Your account")
                .with("form", form)
                .with("hasFactor", factors.hasAny(account))
                .with("codes", codes.status(account))
                .with("tokens", tokens.list(TokenOwner.account(account)).size())
                .status(form.hasErrors() ? 422 : 200);
    }

    Reply changeEmail(Visit visit) {
        Account account = visit.owner();
        String next = visit.field("email");
        Form form = new Form().value("email", next);
        if (!Accounts.isEmail(next)) {
            return overview(visit, form.error("email", "Enter an email address such as name@example.org."));
        }
        Attempts.Answer place = guesses.limits().mail(account.id(), visit.now());
        if (place.ticket().isEmpty()) {
            return Logins.locked(visit, place.retryAfter());
        }
        accounts.changeEmail(account, next, visit.now());
        post.send(account, MailText.primaryEmailChange(account.name(), next), visit.now());
        email.askToVerify(accounts.byId(account.id()).orElseThrow(), visit.now());
        tokens.ownerChanged(TokenOwner.account(account.id()), new Requester(account.id(), visit.address()));
        visit.note(
                Note.Kind.SUCCESS, "We have sent a mail to " + next + "; open the link in it to confirm the address.");
        return Reply.to(Site.VERIFY);
    }

    Reply changePassword(Visit visit) {
        Account account = visit.owner();
        Form form = new Form();
        EmailPages.checkNewPassword(visit, account.name(), form);
        if (form.hasErrors()) {
            return overview(visit, form);
        }
        Optional<Reply> wrong = guesses.wrongPassword(visit, "current", form, f -> overview(visit, f));
        if (wrong.isPresent()) {
            return wrong.get();
        }
        Optional<Account> changed = accounts.changePassword(account, visit.raw("password"), visit.now());
        if (changed.isEmpty()) {
            return Reply.message(
                    409,
                    "Your password was changed meanwhile",
                    "While this was being done your password was changed in another place, and all sessions ended. What you"
                            + " have typed here was not set. Log in with the password that was set there; if it was not"
                            + " you, reset it.");
        }
        versions.advance(account.id());
        devices.revokeAll(account.id(), visit.network());
        visit.visitor().renew(changed.get());
        post.send(account, MailText.passwordChange(account.name()), visit.now());
        visit.note(Note.Kind.SUCCESS, "Your password is changed. All other sessions are over.");
        return Reply.to(Site.ACCOUNT);
    }
}
