package dev.gatehouse.example.web;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.Accounts;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.totp.EnrolmentResult;
import dev.gatehouse.totp.PendingTotp;
import dev.gatehouse.totp.Totp;
import dev.gatehouse.totp.TotpSecret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Accounts whose secrets are known to whoever started the index. */
public final class DemoAccounts {
    private static final String ACTOR = "demonstration";

    private final Backend backend;

    DemoAccounts(Backend backend) {
        this.backend = backend;
    }

    /** What opens a demonstration account beside its password. */
    public record Secrets(TotpSecret totp, List<String> recoveryCodes) {}

    /** An account with a verified address and no second factor; if it is there already it gets this password. */
    public Account without(String name, String password, Instant registered, Instant now) {
        Accounts accounts = backend.accounts;
        Optional<Account> known = accounts.byName(name);
        Account account = known.isPresent()
                ? accounts.changePassword(known.get(), password, now).orElseThrow()
                : register(name, password, registered);
        accounts.verifyEmail(account.id(), account.email());
        removeFactors(account);
        return accounts.byId(account.id()).orElseThrow();
    }

    private Account register(String name, String password, Instant registered) {
        Accounts.Registration answer = backend.accounts.register(name, name + "@example.org", password, registered);
        if (answer instanceof Accounts.Registration.Registered done) {
            return done.account();
        }
        throw new IllegalStateException("the account " + name + " exists and does not exist");
    }

    private void removeFactors(Account account) {
        backend.factors.removeAll(account.id(), DemoAccounts::origin);
    }

    /** The same account with an authenticator app, recovery codes of which one is used, and administration. */
    public Secrets addFactor(Account account, Instant now) {
        List<String> codes = backend.codes
                .generate(account.id(), backend.versions.of(account.id()), DemoAccounts::origin)
                .fold(generated -> generated.codes().list(), not -> {
                    throw new IllegalStateException("no recovery codes for the demonstration: " + not.reason());
                });
        backend.recovery
                .verify(new FactorResponse(account.id(), Carrier.request(ACTOR), codes.get(0)))
                .fold(verified -> backend.recovery.settle(verified.evidence(), DemoAccounts::origin), no -> no);
        PendingTotp pending = backend.factors.begin(account);
        EnrolmentResult result = backend.factors.confirm(
                new FactorResponse(
                        account.id(),
                        Carrier.request(ACTOR),
                        Totp.codeAt(
                                pending.secret(),
                                pending.parameters(),
                                now.minus(pending.parameters().period()))),
                pending.text(),
                backend.factors.version(account.id()),
                "Demonstration",
                DemoAccounts::origin);
        if (result instanceof EnrolmentResult.NotEnrolled not) {
            throw new IllegalStateException("no factor for the demonstration: " + not.reason());
        }
        backend.accounts.makeAdmin(account.id(), true);
        return new Secrets(pending.secret(), codes.subList(1, codes.size()));
    }

    private static AuditEvent.Builder origin(AuditEvent.Builder event) {
        return event.actor(ACTOR);
    }
}
