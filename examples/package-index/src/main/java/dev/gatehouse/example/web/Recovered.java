package dev.gatehouse.example.web;

import dev.gatehouse.example.account.Account;
import dev.gatehouse.signin.AfterRecovery;
import dev.gatehouse.signin.NetworkAddress;
import dev.gatehouse.token.Requester;
import dev.gatehouse.token.TokenOwner;
import java.time.InstantSource;
import java.util.function.Supplier;

/** What follows when somebody came in without the factors of the account, over the library's steps. Thread-safe. */
final class Recovered {
    private final AfterRecovery steps;

    Recovered(Backend backend, InstantSource clock) {
        this.steps = AfterRecovery.builder(
                        recovery -> backend.tokens.suspendAll(
                                TokenOwner.account(recovery.account()),
                                new Requester(recovery.actor(), recovery.address())),
                        backend.versions,
                        backend.cutoff)
                .devices(recovery ->
                        backend.devices.revokeAll(recovery.account(), NetworkAddress.of(recovery.address())))
                .limits(backend.attempts)
                .events(backend.audit)
                .clock(clock)
                .build();
    }

    /** After a login with a recovery code, before its session begins. */
    void byCode(Account account, Visit visit) {
        steps.take(recovery(AfterRecovery.Cause.RECOVERY_CODE, account, visit));
    }

    /** Around the writing of the new password. */
    <T> T byReset(Account account, Visit visit, Supplier<T> writing) {
        return steps.take(recovery(AfterRecovery.Cause.PASSWORD_RESET, account, visit), writing);
    }

    private static AfterRecovery.Recovery recovery(AfterRecovery.Cause cause, Account account, Visit visit) {
        return new AfterRecovery.Recovery(account.id(), cause, account.id(), visit.address());
    }
}
