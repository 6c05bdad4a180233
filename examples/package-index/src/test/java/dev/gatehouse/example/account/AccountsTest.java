package dev.gatehouse.example.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.example.TestDatabase;
import dev.gatehouse.example.account.Accounts.EmailVerification;
import dev.gatehouse.secret.Argon2Gate;
import dev.gatehouse.testkit.Race;
import java.security.SecureRandom;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class AccountsTest {
    private static final Instant NOW = Instant.parse("2024-02-01T12:00:00Z");
    private static final String OLD = "the first password";

    private final Jdbi jdbi = TestDatabase.make();
    private final Accounts accounts = new Accounts(jdbi, new Passwords(new SecureRandom(), Argon2Gate.of(1)));
    private final Account anna = register("anna");

    private Account register(String name) {
        return ((Accounts.Registration.Registered) accounts.register(name, name + "@example.org", OLD, NOW)).account();
    }

    /** Who confirms one address while they set another has confirmed none but the one. */
    @Test
    void verifyEmail_whileTheAddressIsChanged_neverVerifiesTheOther() {
        for (int round = 0; round < 50; round++) {
            accounts.changeEmail(anna, "old@example.org", NOW);

            Race.of(2, i -> {
                if (i == 0) {
                    return accounts.verifyEmail(anna.id(), "old@example.org");
                }
                accounts.changeEmail(anna, "new@example.org", NOW);
                return EmailVerification.VERIFIED;
            });

            Account after = accounts.byId(anna.id()).orElseThrow();
            assertThat(after.email()).isEqualTo("new@example.org");
            assertThat(after.emailVerified()).as("round %d", round).isFalse();
            assertThat(accounts.byNameOrAddress("old@example.org")).isEmpty();
        }
    }

    @Test
    void verifyEmail_ofAnotherAddressOrAnothersAddress_verifiesNothing() {
        Account other = register("other");
        assertThat(accounts.verifyEmail(anna.id(), "other@example.org")).isEqualTo(EmailVerification.OTHER_ADDRESS);
        assertThat(accounts.verifyEmail("nobody", "other@example.org")).isEqualTo(EmailVerification.OTHER_ADDRESS);
        assertThat(accounts.verifyEmail(anna.id(), "anna@example.org")).isEqualTo(EmailVerification.VERIFIED);

        accounts.changeEmail(other, "anna@example.org", NOW);
        assertThat(accounts.verifyEmail(other.id(), "anna@example.org")).isEqualTo(EmailVerification.TAKEN);
        assertThat(accounts.byId(other.id()).orElseThrow().emailVerified()).isFalse();
        assertThat(accounts.byNameOrAddress("anna@example.org"))
                .hasValueSatisfying(account -> assertThat(account.id()).isEqualTo(anna.id()));
    }

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
}
