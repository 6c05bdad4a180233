package dev.gatehouse.example.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.secret.Argon2Gate;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class AccountsTest {
    private static final Instant NOW = Instant.parse("2024-01-01T00:00:00Z");
    private static final String OLD = "the first password";

    private final Accounts accounts = accounts();
    private final Account anna =
            ((Accounts.Registration.Registered) accounts.register("anna", "anna@example.org", OLD, NOW)).account();

    @Test
    void changePassword_twiceFromOneReading_refusesTheSecond() {
        Account changed =
                accounts.changePassword(anna, "the second password", NOW).orElseThrow();

        assertThat(accounts.changePassword(anna, "the third password", NOW)).isEmpty();
        assertThat(accounts.byId(anna.id())).contains(changed);
        assertThat(accounts.isPassword(changed, "the second password")).isTrue();
        assertThat(changed.passwordVersion()).isEqualTo(anna.passwordVersion() + 1);
    }

    /** The present password was right, and a reset came between the check and the change. */
    @Test
    void changePassword_afterAReset_leavesTheReset() {
        Account reset = accounts.resetPassword(anna, "the reset password", NOW).orElseThrow();

        assertThat(accounts.changePassword(anna, "the thief's password", NOW)).isEmpty();
        assertThat(accounts.isPassword(reset, "the reset password")).isTrue();
    }

    /** The account that is read before the check is the one that is answered: its session has the version that was checked. */
    @Test
    void authenticate_whereThePasswordIsChangedMeanwhile_answersWhatWasReadBefore() {
        var known = accounts.toLogIn("anna");
        accounts.changePassword(anna, OLD, NOW);

        assertThat(accounts.authenticate(known, OLD)).contains(anna);
        assertThat(accounts.authenticate(accounts.toLogIn("no name!"), OLD)).isEmpty();
    }

    private static Accounts accounts() {
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        Flyway.configure(Accounts.class.getClassLoader())
                .dataSource(url, "", "")
                .locations("classpath:dev/gatehouse/example/schema")
                .load()
                .migrate();
        return new Accounts(Jdbi.create(url), new Passwords(new SecureRandom(), Argon2Gate.of(1)));
    }
}
