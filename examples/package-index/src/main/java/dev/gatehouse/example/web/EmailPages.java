package dev.gatehouse.example.web;

import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.Accounts;
import dev.gatehouse.example.account.Passwords;
import dev.gatehouse.example.mail.MailText;
import dev.gatehouse.example.mail.MailedLinks;
import dev.gatehouse.example.mail.Post;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Registering, and showing that one reads mail at one's address. */
final class EmailPages {
    private final Accounts accounts;
    private final Limits limits;
    private final MailedLinks links;
    private final Post post;

    EmailPages(Accounts accounts, Limits limits, MailedLinks links, Post post) {
        this.accounts = accounts;
        this.limits = limits;
        this.links = links;
        this.post = post;
    }

    Reply registerForm(Visit visit) {
        return register(Form.empty());
    }

    private static Reply.Html register(Form form) {
        return Reply.page("register.jte", "Register").with("form", form).status(form.hasErrors() ? 422 : 200);
    }

    Reply register(Visit visit) {
        String name = visit.field("username");
        String email = visit.field("email");
        Form form = new Form().value("username", name).value("email", email);
        if (!Accounts.isName(name)) {
            form.error(
                    "username",
                    "A user name has 1 to 50 letters, digits, dots, hyphens and underscores, and begins and ends with a"
                            + " letter or digit.");
        }
        if (!Accounts.isEmail(email)) {
            form.error("email", "Enter an email address such as name@example.org.");
        }
        checkNewPassword(visit, name, form);
        if (form.hasErrors()) {
            return register(form);
        }
        Attempts.Answer place = limits.registration(visit.address(), visit.now());
        if (place.ticket().isEmpty()) {
            return Logins.locked(visit, place.retryAfter());
        }
        return switchOn(accounts.register(name, email, visit.raw("password"), visit.now()), visit, form);
    }

    private Reply switchOn(Accounts.Registration answer, Visit visit, Form form) {
        if (!(answer instanceof Accounts.Registration.Registered registered)) {
            return register(form.error("username", "Somebody has this user name already. Choose another one."));
        }
        Account account = registered.account();
        askToVerify(account, visit.now());
        accounts.loggedIn(account.id());
        visit.visitor().begin();
        visit.visitor().logIn(account, List.of(Logins.password(account, visit)), visit.now());
        visit.note(
                Note.Kind.SUCCESS,
                "Your account is ready. We have sent a mail to " + account.email()
                        + "; open the link in it to confirm the address.");
        return Reply.to(Site.VERIFY);
    }

    /** What a new password must be: long enough, typed twice, and not the name. */
    static void checkNewPassword(Visit visit, String name, Form form) {
        String password = visit.raw("password");
        if (password.length() < Passwords.SHORTEST || password.length() > Passwords.LONGEST) {
            form.error("password", "A password has 10 to 200 characters.");
        } else if (password.equalsIgnoreCase(name)) {
            form.error("password", "The password must not be the user name.");
        } else if (!password.equals(visit.raw("password2"))) {
            form.error("password2", "The two passwords differ.");
        }
    }

    void askToVerify(Account account, Instant now) {
        String secret = links.make(
                new MailedLinks.Purpose(
                        MailedLinks.Kind.VERIFY_ADDRESS,
                        account.id(),
                        account.email(),
                        "-",
                        now.plus(MailedLinks.LIFETIME)),
                now);
        String link = post.link(Site.VERIFY + "confirm/?token=" + Site.encode(secret));
        post.sendTo(account.email(), account, MailText.verifyEmail(account.name(), link), now);
    }

    /** The page on which somebody waits for the mail, or asks for another. */
    Reply waiting(Visit visit) {
        return Reply.page("verify-email.jte", "Confirm your email address");
    }

    Reply sendAgain(Visit visit) {
        Account account = visit.owner();
        if (account.emailVerified()) {
            return Reply.to(Site.ACCOUNT);
        }
        Attempts.Answer place = limits.mail(account.id(), visit.now());
        if (place.ticket().isEmpty()) {
            return Logins.locked(visit, place.retryAfter());
        }
        askToVerify(account, visit.now());
        visit.note(Note.Kind.SUCCESS, "We have sent another mail to " + account.email() + ".");
        return Reply.to(Site.VERIFY);
    }

    /** The link of the mail: it only asks, because programs follow links too. */
    Reply confirmForm(Visit visit) {
        return Reply.page("verify-confirm.jte", "Confirm your email address").with("token", visit.field("token"));
    }

    Reply confirm(Visit visit) {
        String token = visit.field("token");
        Optional<MailedLinks.Purpose> link = links.take(MailedLinks.Kind.VERIFY_ADDRESS, token, visit.now());
        boolean spent = false;
        try {
            Optional<MailedLinks.Purpose> own =
                    link.filter(p -> p.account().equals(visit.owner().id()));
            if (own.isEmpty()) {
                return Reply.message(
                        410,
                        "This link no longer works",
                        "It was used before, is older than six hours, or belongs to another account. Ask for another mail.");
            }
            String address = own.get().address();
            Accounts.EmailVerification result =
                    accounts.verifyEmail(visit.owner().id(), address);
            // The reader of a taken address is told, once for each link.
            spent = result != Accounts.EmailVerification.OTHER_ADDRESS;
            return answer(result, address, visit);
        } finally {
            if (!spent && link.isPresent()) {
                links.putBack(token, link.get(), visit.now());
            }
        }
    }

    private Reply answer(Accounts.EmailVerification result, String address, Visit visit) {
        if (result == Accounts.EmailVerification.VERIFIED) {
            visit.note(Note.Kind.SUCCESS, "The address " + address + " is confirmed.");
            return Reply.to(Site.TWO_FACTOR);
        }
        if (result == Accounts.EmailVerification.TAKEN) {
            post.sendTo(
                    address, visit.owner(), MailText.emailTaken(visit.owner().name()), visit.now());
        }
        return Reply.message(
                409,
                "The address was not confirmed",
                "The account has another address by now, or this one is confirmed for another account.");
    }
}
