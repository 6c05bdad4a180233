package dev.gatehouse.example.web;

import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.Accounts;
import dev.gatehouse.example.account.Factors;
import dev.gatehouse.factor.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Logging in with a password, logging out, and giving the password again. */
final class LoginPages {
    private static final String WRONG = "The user name or the password is wrong.";

    private final Accounts accounts;
    private final Factors factors;
    private final Limits limits;
    private final Asking asking;
    private final Routes routes;

    LoginPages(Accounts accounts, Factors factors, Limits limits, Asking asking, Routes routes) {
        this.accounts = accounts;
        this.factors = factors;
        this.limits = limits;
        this.asking = asking;
        this.routes = routes;
    }

    Reply form(Visit visit) {
        return visit.account().isPresent() ? Reply.to(visit.next(Site.PROJECTS)) : form(visit, Form.empty());
    }

    private static Reply.Html form(Visit visit, Form form) {
        return Reply.page("login.jte", "Log in")
                .with("form", form)
                .with("next", visit.next(""))
                .status(form.hasErrors() ? 422 : 200);
    }

    Reply logIn(Visit visit) {
        String name = visit.field("username");
        Form form = new Form().value("username", name);
        if (name.isEmpty()) {
            form.error("username", "Enter your user name.");
        }
        if (visit.raw("password").isEmpty()) {
            form.error("password", "Enter your password.");
        }
        if (form.hasErrors()) {
            return form(visit, form);
        }
        Attempts.Answer place = limits.password(name, visit.address(), visit.now());
        if (place.ticket().isEmpty()) {
            return Logins.locked(visit, place.retryAfter());
        }
        Optional<Account> account =
                check(name, visit.raw("password"), place.ticket().get());
        if (account.isEmpty()) {
            return form(visit, form.error("username", WRONG));
        }
        Evidence password = Logins.password(account.get(), visit.now());
        if (factors.hasAny(account.get().id())) {
            visit.visitor().await(account.get(), List.of(password), visit.now().plus(Visitor.PENDING));
            return Reply.to(Site.SECOND_FACTOR + next(visit));
        }
        accounts.loggedIn(account.get().id());
        visit.visitor().logIn(account.get(), List.of(password), visit.now());
        return Reply.to(visit.next(Site.PROJECTS));
    }

    private static String next(Visit visit) {
        String next = visit.next("");
        return next.isEmpty() ? "" : "?next=" + Site.encode(next);
    }

    /** A busy server is not the fault of the one who asks, and a right password no attempt. */
    private Optional<Account> check(String name, String password, Attempts.Ticket ticket) {
        boolean counts = false;
        try {
            Optional<Account> account = accounts.authenticate(name, password);
            counts = account.isEmpty();
            return account;
        } finally {
            if (!counts) {
                ticket.giveBack();
            }
        }
    }

    Reply logOut(Visit visit) {
        visit.visitor().end();
        return Reply.to("/");
    }

    Reply againForm(Visit visit) {
        return visit.account().isEmpty() ? Reply.to(Site.LOGIN) : again(visit, Form.empty());
    }

    private Reply.Html again(Visit visit, Form form) {
        return Reply.page("reauthenticate.jte", "Confirm that it is you")
                .with("form", form)
                .with("next", visit.next(Site.ACCOUNT))
                .with("withCode", needsCode(visit))
                .status(form.hasErrors() ? 422 : 200);
    }

    /** Whether the page that the person was going to asks for a second factor as well. */
    private boolean needsCode(Visit visit) {
        if (!factors.hasAny(visit.owner().id())) {
            return false;
        }
        String next = visit.next(Site.ACCOUNT);
        String path = next.indexOf('?') < 0 ? next : next.substring(0, next.indexOf('?'));
        return asking.asksForMoreThanPassword(
                visit, routes.layout().route("GET", path).action());
    }

    Reply again(Visit visit) {
        if (visit.account().isEmpty()) {
            return Reply.to(Site.LOGIN);
        }
        Account account = visit.owner();
        Form form = new Form();
        Attempts.Answer place = limits.password(account.name(), visit.address(), visit.now());
        if (place.ticket().isEmpty()) {
            return Logins.locked(visit, place.retryAfter());
        }
        if (check(account.name(), visit.raw("password"), place.ticket().get())
                .filter(found -> found.id().equals(account.id()))
                .isEmpty()) {
            return again(visit, form.error("password", "The password is wrong."));
        }
        List<Evidence> proofs = new ArrayList<>(List.of(Logins.password(account, visit.now())));
        if (needsCode(visit)) {
            Attempts.Answer codePlace = limits.factor(account.id(), visit.address(), visit.now());
            if (codePlace.ticket().isEmpty()) {
                return Logins.locked(visit, codePlace.retryAfter());
            }
            Optional<Evidence> proof = factors.verify(
                            account.id(), visit.field("code"), visit.visitor().carrier())
                    .fold(verified -> Optional.of(verified.evidence()), rejected -> Optional.empty());
            if (proof.isEmpty()) {
                return again(visit, form.error("code", "The code is wrong. Wait for the next one."));
            }
            codePlace.ticket().get().giveBack();
            proofs.add(proof.get());
        }
        proofs.forEach(visit.visitor()::add);
        return Reply.to(visit.next(Site.ACCOUNT));
    }
}
