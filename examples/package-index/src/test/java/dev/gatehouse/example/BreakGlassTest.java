package dev.gatehouse.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.example.account.Accounts;
import dev.gatehouse.example.account.Passwords;
import dev.gatehouse.example.story.Index;
import dev.gatehouse.example.story.Person;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.secret.Argon2Gate;
import dev.gatehouse.signin.FailureRepository;
import dev.gatehouse.signin.FailureRepository.Place;
import dev.gatehouse.store.jdbc.JdbcRepositories;
import dev.gatehouse.store.jdbc.JdbcStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator does for one who is locked out. */
class BreakGlassTest {
    private static final int CAP = 100;

    @TempDir
    Path data;

    @Test
    void breakGlass_forOneWhoseCodesAreSuspended_leavesNoneSuspended() throws Exception {
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z")) {
            new Person(index, "lost").registerWithTwoFactor();
        }
        String account;
        try (Database database = Database.open(data)) {
            account = suspended(database, "lost");
        }
        PackageIndex.main(new String[] {"--data", data.toString(), "--break-glass", "lost"});
        try (Database database = Database.open(data)) {
            JdbcRepositories kept = JdbcStore.of(database.source()).repositories();
            assertThat(kept.failures().ofAccount(account)).isEmpty();
            assertThat(kept.auditLog().read(0, 1_000))
                    .filteredOn(entry -> entry.event().tag().equals(AuditTag.FACTOR_REOPENED))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.event().attributes()).containsEntry("by", "break glass"));
        }
    }

    /** The id of the account, whose codes are suspended. */
    private static String suspended(Database database, String name) {
        Accounts accounts = new Accounts(database.jdbi(), new Passwords(new SecureRandom(), Argon2Gate.of(1)));
        String account = accounts.byName(name).orElseThrow().id();
        FailureRepository failures =
                JdbcStore.of(database.source()).repositories().failures();
        AuditEvent suspended = AuditEvent.of(AuditTag.FACTOR_SUSPENDED, Instant.parse("2024-02-01T13:00:00Z"))
                .account(account)
                .attribute("method", "totp")
                .build();
        for (int i = 0; i < CAP; i++) {
            Place place = (Place) failures.begin(account, FactorKind.TOTP, CAP, suspended);
            failures.failed(account, FactorKind.TOTP, place, CAP, suspended);
        }
        assertThat(failures.ofAccount(account).get(0).isSuspended()).isTrue();
        return account;
    }
}
