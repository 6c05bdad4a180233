package dev.gatehouse.example.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.AccountValues;
import dev.gatehouse.policy.PolicyControls;
import dev.gatehouse.policy.Supplied;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.document.Presets;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.signin.NetworkAddress;
import dev.gatehouse.signin.SignInRequest;
import dev.gatehouse.signin.SignInStep;
import dev.gatehouse.store.jdbc.JdbcMigrations;
import dev.gatehouse.store.jdbc.JdbcStore;
import dev.gatehouse.totp.TotpRejection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class LoginsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-26T12:00:00Z"));

    @Test
    void password_ofAnAccountWithoutFactor_isAll() {
        Logins logins = logins(EnrolledFactors.none());
        SignInStep step = logins.password(logins.start("a1"), request("s1", "s2"));

        assertThat(step).isInstanceOf(SignInStep.Completed.class);
    }

    @Test
    void password_ofAnAccountWithApp_asksForItsCode() {
        Logins logins = logins(EnrolledFactors.of(FactorKind.TOTP));

        SignInStep.MoreNeeded asked = (SignInStep.MoreNeeded) logins.password(logins.start("a1"), request("s1", "s2"));
        SignInStep wrong = logins.code(asked.next(), "not a code", request("s2", "s3"));
        SignInStep again = logins.code(asked.next(), "not a code", request("s2", "s3"));

        assertThat(asked.next().offered()).contains(FactorKind.TOTP);
        assertThat(((SignInStep.Rejected) wrong).code()).isEqualTo(TotpRejection.MALFORMED);
        assertThat(again).as("a ticket is good once").isInstanceOf(SignInStep.Expired.class);
    }

    private static SignInRequest request(String session, String next) {
        return SignInRequest.of(session, next, NetworkAddress.of("192.0.2.7"));
    }

    private static Logins logins(EnrolledFactors factors) {
        PolicyDefinition pypi = Presets.load("pypi/1");
        TwoFactorPolicy policy = TwoFactorPolicy.builder(pypi)
                .clock(CLOCK)
                .supplies(Supplied.everything(pypi.vocabulary()))
                .controls(PolicyControls.of(
                        Map.of("project-requirement", false, "mandate-available", false, "mandate-enabled", false)))
                .build();
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:logins-" + factors.list().size() + ";DB_CLOSE_DELAY=-1");
        JdbcMigrations.apply(database);
        return new Logins(
                policy,
                id -> AccountValues.builder(id, "alice")
                        .enrolled(factors)
                        .emailVerified(true)
                        .build(),
                JdbcStore.of(database),
                new Sealer(KeyRing.sealingWith("k1", SecretBytes.copyOf(new byte[32]))
                        .build()),
                CLOCK);
    }
}
