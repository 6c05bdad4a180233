package dev.gatehouse.example.publishing;

import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.Accounts;
import dev.gatehouse.example.account.Factors;
import dev.gatehouse.publisher.PendingPublisher;
import dev.gatehouse.publisher.RegistrantStatus;
import java.util.Optional;

/** Whether who has registered a pending publisher may still have its project made. Thread-safe. */
final class Registrants implements RegistrantStatus {
    private final Accounts accounts;
    private final Factors factors;

    Registrants(Accounts accounts, Factors factors) {
        this.accounts = accounts;
        this.factors = factors;
    }

    @Override
    public Standing standingOf(PendingPublisher pending) {
        Optional<Account> account = accounts.byId(pending.registrant());
        if (account.isEmpty()) {
            return Standing.GONE;
        }
        if (!account.get().emailVerified()) {
            return Standing.EMAIL_UNVERIFIED;
        }
        return factors.hasAny(account.get().id()) ? Standing.READY : Standing.NO_SECOND_FACTOR;
    }
}
