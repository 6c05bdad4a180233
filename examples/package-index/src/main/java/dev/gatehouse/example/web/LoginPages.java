package dev.gatehouse.example.web;

import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.Factors;
import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Remedy;
import dev.gatehouse.signin.LoginStart;
import dev.gatehouse.signin.Reauthenticated;
import dev.gatehouse.signin.Reauthentication;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Logging in with a password, logging out, and proving again that it is you. */
final class LoginPages {
    private static final String WRONG = "The user name or the password is wrong.";

    private final Factors factors;
    private final Guesses guesses;
    private final Logins logins;
    private final Asking asking;
    private final Routes routes;
    private final Reauthentication reauthentication;

    LoginPages(
            Factors factors,
            Guesses guesses,
            Logins logins,
            Asking asking,
            Routes routes,
            Reauthentication reauthentication) {
        this.factors = factors;
        this.guesses = guesses;
        this.logins = logins;
        this.asking = asking;
        this.routes = routes;
        this.reauthentication = reauthentication;
    }

    Reply form(Visit visit) {
        return visit.account().isPresent() ? Reply.to(visit.next(Site.PROJECTS)) : form(visit, Form.empty());
    }

    private Reply.Html form(Visit visit, Form form) {
        return Reply.page("login.jte", "Log in")
                .with("form", form)
                .with("next", visit.next(""))
                .with("withPasskey", factors.hasKeys())
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
        // Taken before the check: a password that is changed during it opens nothing.
        Optional<Account> known = guesses.known(name);
        LoginStart start = logins.start(known);
        Guesses.Checked checked = guesses.check(name, known, visit.raw("password"), visit.address());
        if (checked.locked().isPresent()) {
            return Logins.locked(visit, checked.locked().get());
        }
        return checked.account().isEmpty()
                ? form(visit, form.error("username", WRONG))
                : logins.begin(visit, start, checked.account().get());
    }

    Reply logOut(Visit visit) {
        visit.visitor().end();
        return Reply.to("/");
    }

    Reply againForm(Visit visit) {
        return visit.account().isEmpty() ? Reply.to(Site.LOGIN) : again(visit, Form.empty());
    }

    /** What the page asks for: the password, a code, the answer of a key. */
    private record Asked(boolean password, boolean code, boolean key) {
        boolean factor() {
            return code || key;
        }
    }

    private Reply.Html again(Visit visit, Form form) {
        Asked asked = asked(visit);
        return Reply.page("reauthenticate.jte", "Confirm that it is you")
                .with("form", form)
                .with("next", visit.next(Site.ACCOUNT))
                .with("factor", visit.field("factor").isEmpty() ? "" : "1")
                .with("withPassword", asked.password())
                .with("withCode", asked.code())
                .with(
                        "options",
                        asked.key()
                                ? factors.keyOptions(
                                        visit.owner().id(), visit.visitor().carrier())
                                : null)
                .status(form.hasErrors() ? 422 : 200);
    }

    /** A factor alone where the policy is content with it; else the password, and a factor with it if the policy wants both. */
    private Asked asked(Visit visit) {
        List<EnrolledFactor> all = factors.enrolled(visit.owner().id()).list();
        if (all.isEmpty()) {
            return new Asked(true, false, false);
        }
        // A form that brought the password itself was refused: what is missing is the factor.
        if (!visit.field("factor").isEmpty()) {
            return asked(false, all);
        }
        String next = visit.next(Site.ACCOUNT);
        String path = next.indexOf('?') < 0 ? next : next.substring(0, next.indexOf('?'));
        Action action = routes.layout().route("GET", path).action();
        Asked factor = asked(
                false,
                all.stream()
                        .filter(each -> !asking.asksForMoreThan(visit, action, Logins.proof(each, visit)))
                        .toList());
        if (factor.factor()) {
            return factor;
        }
        boolean more = asking.asksForMoreThan(visit, action, Logins.password(visit.owner(), visit));
        return asked(true, more ? all : List.of());
    }

    private static Asked asked(boolean password, List<EnrolledFactor> factors) {
        return new Asked(
                password,
                factors.stream().anyMatch(each -> each.kind().equals(FactorKind.TOTP)),
                factors.stream().anyMatch(each -> each.kind().equals(FactorKind.WEBAUTHN)));
    }

    /** Where somebody proves a factor again whose change was refused for want of a fresh proof; empty if that is not why. */
    static Optional<Reply> prove(Visit visit, Decision.Refused refused, String next) {
        if (!refused.first().way().steps().contains(Remedy.PROVE)) {
            return Optional.empty();
        }
        visit.note(Note.Kind.ERROR, refused.first().message().text());
        return Optional.of(Reply.to(Site.REAUTHENTICATE + "?factor=1&next=" + Site.encode(next)));
    }

    Reply again(Visit visit) {
        if (visit.account().isEmpty()) {
            return Reply.to(Site.LOGIN);
        }
        Asked asked = asked(visit);
        List<Evidence> proofs = new ArrayList<>();
        if (asked.password()) {
            Optional<Reply> wrong = guesses.wrongPassword(
                    visit, new Form(), form -> again(visit, new Form().error("password", "The password is wrong.")));
            if (wrong.isPresent()) {
                return wrong.get();
            }
            proofs.add(Logins.password(visit.owner(), visit));
        }
        if (asked.factor()) {
            boolean byKey = !visit.raw("credential").isEmpty();
            String field = byKey ? "credential" : "code";
            Reauthenticated proof = reauthentication.prove(
                    visit.owner().id(),
                    visit.visitor().carrier(),
                    byKey ? FactorKind.WEBAUTHN : FactorKind.TOTP,
                    visit.raw(field),
                    visit.network());
            if (proof instanceof Reauthenticated.Throttled throttled) {
                return Logins.locked(visit, throttled.retryAfter());
            }
            if (!(proof instanceof Reauthenticated.Proven proven)) {
                return again(
                        visit,
                        new Form()
                                .error(
                                        field,
                                        byKey
                                                ? "The security key was not accepted. Try again."
                                                : "The code is wrong. Wait for the next one."));
            }
            proofs.add(proven.evidence());
        }
        proofs.forEach(visit.visitor()::add);
        return Reply.to(visit.next(Site.ACCOUNT));
    }
}
