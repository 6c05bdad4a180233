package dev.gatehouse.example.web;

import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.Accounts;
import java.util.Optional;
import java.util.function.Function;

/** Checks the password of somebody who is logged in, within the limits that a login has. Thread-safe. */
final class Guesses {
    private final Accounts accounts;
    private final Limits limits;

    Guesses(Accounts accounts, Limits limits) {
        this.accounts = accounts;
        this.limits = limits;
    }

    Limits limits() {
        return limits;
    }

    /** An answer to give instead of going on: the form again, or that it was tried too often. Empty if the password is right. */
    Optional<Reply> wrongPassword(Visit visit, Form form, Function<Form, Reply> again) {
        return wrongPassword(visit, "password", form, again);
    }

    /** The same for a password in a field of another name. */
    Optional<Reply> wrongPassword(Visit visit, String field, Form form, Function<Form, Reply> again) {
        Account account = visit.owner();
        Attempts.Answer place = limits.password(account.name(), visit.address(), visit.now());
        if (place.ticket().isEmpty()) {
            return Optional.of(Logins.locked(visit, place.retryAfter()));
        }
        boolean counts = false;
        try {
            counts = !accounts.isPassword(account, visit.raw(field));
        } finally {
            if (!counts) {
                place.ticket().get().giveBack();
            }
        }
        return counts
                ? Optional.of(again.apply(form.error(field, "Invalid credentials. Try again.")))
                : Optional.empty();
    }
}
