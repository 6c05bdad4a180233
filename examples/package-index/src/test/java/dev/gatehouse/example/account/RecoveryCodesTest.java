package dev.gatehouse.example.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.MutableClock;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecoveryCodesTest {
    private final MutableClock clock = MutableClock.at("2024-02-01T12:00:00Z");
    private RecoveryCodes codes;
    private String account;

    @BeforeEach
    void makeAccount() {
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:dev/gatehouse/example/schema")
                .load()
                .migrate();
        Jdbi jdbi = Jdbi.create(url);
        Passwords passwords = new Passwords(new SecureRandom(), 16);
        codes = new RecoveryCodes(jdbi, passwords, new SecureRandom());
        Accounts accounts = new Accounts(jdbi, passwords);
        account = ((Accounts.Registration.Registered)
                        accounts.register("anna", "anna@example.org", "a long password", now()))
                .account()
                .id();
    }

    private Instant now() {
        return clock.instant();
    }

    @Test
    void generate_always_givesEightCodesOf64BitsThatWorkOnceWithAnyBlanks() {
        List<String> all = codes.generate(account, now());

        assertThat(all).hasSize(8).doesNotHaveDuplicates().allMatch(code -> code.matches("[0-9a-f]{16}"));
        assertThat(codes.status(account)).isEqualTo(new RecoveryCodes.Status(8, 0));
        assertThat(codes.use(account, " " + all.get(3).replaceAll("(.{4})", "$1 "), now()))
                .isEqualTo(RecoveryCodes.Use.ACCEPTED);
        assertThat(codes.use(account, all.get(3), now())).isEqualTo(RecoveryCodes.Use.USED_BEFORE);
        assertThat(codes.status(account).isSaved()).isTrue();
    }

    @Test
    void use_whatIsNoCode_isWrong() {
        assertThat(codes.use(account, "0123456789abcdef", now())).isEqualTo(RecoveryCodes.Use.WRONG);
        List<String> all = codes.generate(account, now());
        for (String text : new String[] {"", "wu-tang", "ghijklmnopqrstuv", all.get(0) + "0", "a".repeat(5000)}) {
            assertThat(codes.use(account, text, now())).isEqualTo(RecoveryCodes.Use.WRONG);
        }
        assertThat(codes.use("somebody else", all.get(0), now())).isEqualTo(RecoveryCodes.Use.WRONG);
    }

    @Test
    void generate_again_voidsTheSetBefore() {
        List<String> before = codes.generate(account, now());
        codes.generate(account, now());

        assertThat(codes.use(account, before.get(0), now())).isEqualTo(RecoveryCodes.Use.WRONG);
        assertThat(codes.status(account).isSaved()).isFalse();
    }

    @Test
    void use_sameCodeManyTimesAtOnce_isAcceptedOnce() throws Exception {
        String code = codes.generate(account, now()).get(0);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<RecoveryCodes.Use>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                calls.add(() -> codes.use(account, code, now()));
            }
            int accepted = 0;
            for (Future<RecoveryCodes.Use> answer : threads.invokeAll(calls)) {
                accepted += answer.get() == RecoveryCodes.Use.ACCEPTED ? 1 : 0;
            }
            assertThat(accepted).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }
}
