package dev.gatehouse.example.web;

import dev.gatehouse.example.account.Account;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** What every way to log in ends with. */
final class Logins {
    static final String VERIFIER = "package-index";

    private Logins() {}

    /** Evidence of the password, brought by this request. */
    static Evidence password(Account account, Instant now) {
        return Evidence.asserted(
                account.id(),
                FactorKind.PASSWORD,
                now,
                Carrier.request(UUID.randomUUID().toString()),
                VERIFIER);
    }

    static Reply locked(Visit visit, Duration wait) {
        long seconds = Math.max(1, (wait.toMillis() + 999) / 1000);
        visit.response().setHeader("Retry-After", Long.toString(seconds));
        long minutes = (seconds + 59) / 60;
        return Reply.message(
                429,
                "Too many attempts",
                "There have been too many unsuccessful attempts. You have been locked out for " + minutes
                        + (minutes == 1 ? " minute" : " minutes") + ". Please try again later.");
    }
}
