package dev.gatehouse.example.web;

import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.Accounts;
import dev.gatehouse.signin.Admission;
import dev.gatehouse.signin.Attempt;
import dev.gatehouse.signin.AttemptLimits;
import dev.gatehouse.signin.AttemptTicket;
import dev.gatehouse.signin.NetworkAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Checks passwords, within the limits that the library keeps for them. Thread-safe. */
final class Guesses {
    private final Accounts accounts;
    private final AttemptLimits attempts;
    private final Limits limits;

    Guesses(Accounts accounts, AttemptLimits attempts, Limits limits) {
        this.accounts = accounts;
        this.attempts = attempts;
        this.limits = limits;
    }

    Limits limits() {
        return limits;
    }

    AttemptLimits attempts() {
        return attempts;
    }

    /** The answer to name and password. */
    record Checked(Optional<Account> account, Optional<Duration> locked) {}

    /** Whose password is asked for under this name, if anybody's. */
    Optional<Account> known(String name) {
        return accounts.toLogIn(name);
    }

    /** Checks a password for a name that need not exist; a busy server is not the fault of the one who asks. */
    Checked check(String name, String password, String address) {
        return check(name, known(name), password, address);
    }

    /** The same for the account that was found under the name; right is the password only of that. */
    Checked check(String name, Optional<Account> known, String password, String address) {
        String key = name.isBlank() ? "?" : name.toLowerCase(Locale.ROOT);
        Admission admission = attempts.admit(
                Attempt.ofPassword(key.length() > Accounts.LONGEST_EMAIL ? "?" : key, NetworkAddress.of(address)));
        if (admission instanceof Admission.Throttled throttled) {
            return new Checked(Optional.empty(), Optional.of(throttled.retryAfter()));
        }
        AttemptTicket ticket = ((Admission.Admitted) admission).ticket();
        Optional<Account> account;
        try {
            account = accounts.authenticate(known, password);
        } catch (RuntimeException e) {
            ticket.notAnAttempt();
            throw e;
        }
        if (account.isPresent()) {
            ticket.succeeded();
        } else {
            ticket.failed();
        }
        return new Checked(account, Optional.empty());
    }

    /** An answer to give instead of going on: the form again, or that it was tried too often. Empty if the password is right. */
    Optional<Reply> wrongPassword(Visit visit, Form form, Function<Form, Reply> again) {
        return wrongPassword(visit, "password", "password", form, again);
    }

    /** The same on a page with several such forms, of which this is the one of this thing. */
    Optional<Reply> wrongPasswordOf(Visit visit, String thing, Function<Form, Reply> again) {
        return wrongPassword(visit, "password", "password-" + thing, new Form(), again);
    }

    /** The same for a password in a field of another name. */
    Optional<Reply> wrongPassword(Visit visit, String field, Form form, Function<Form, Reply> again) {
        return wrongPassword(visit, field, field, form, again);
    }

    private Optional<Reply> wrongPassword(
            Visit visit, String field, String place, Form form, Function<Form, Reply> again) {
        Account account = visit.owner();
        Checked checked = check(account.name(), visit.raw(field), visit.address());
        if (checked.locked().isPresent()) {
            return Optional.of(Logins.locked(visit, checked.locked().get()));
        }
        return checked.account()
                        .filter(found -> found.id().equals(account.id()))
                        .isPresent()
                ? Optional.empty()
                : Optional.of(again.apply(form.error(place, "Invalid credentials. Try again.")));
    }
}
