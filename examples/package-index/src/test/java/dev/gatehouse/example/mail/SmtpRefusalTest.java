package dev.gatehouse.example.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.example.Options;
import dev.gatehouse.example.TestDatabase;
import dev.gatehouse.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mails that a server does not take at once: each round is one of a sender that is not started. */
class SmtpRefusalTest {
    private static final Duration LONG = MailQueue.LONGEST_WAIT;

    private final MutableClock clock = MutableClock.at("2024-02-01T12:00:00Z");
    private final MailQueue queue = MailQueue.toSend(TestDatabase.make());
    private final ScriptedSmtp server = new ScriptedSmtp();
    private final SmtpSender sender = new SmtpSender(
            queue, clock, new Options.Smtp("127.0.0.1", server.port(), null, null, false, "index@example.org"));

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private void add(String name) {
        queue.add("account", name + "@example.org", new MailText("test", "Hello", "Hello."), clock.instant());
    }

    private void roundAfter(Duration wait) {
        clock.advance(wait);
        sender.round();
    }

    /** A server that has not seen the sender before, or is full for the moment. */
    @ParameterizedTest
    @CsvSource({
        "RCPT, 451 4.7.1 greylisted",
        "RCPT, 452 4.2.2 full",
        "RCPT, 421 4.3.2 closing",
        "MAIL, 451 4.3.0 later",
        "MAIL, 530 5.7.0 must issue STARTTLS first",
        "MAIL, 550 5.7.1 not this sender",
        "RCPT, 530 5.7.1 authentication required",
        "RCPT, 503 5.5.1 authenticate first",
        "DATA, 451 4.3.0 later",
        "., 452 4.3.1 disk full",
        "., ''",
        "DATA, ''",
        "RCPT, ''"
    })
    void round_ofAMailThatIsRefusedForNow_triesAgainUntilItIsTaken(String command, String answer) {
        add("anna");
        for (int i = 0; i < 20; i++) {
            server.answer(command, answer);
            roundAfter(LONG);
            assertThat(server.taken()).isEmpty();
        }
        roundAfter(LONG);
        roundAfter(LONG);

        assertThat(server.taken()).containsExactly("anna@example.org");
        assertThat(queue.latest(1)).singleElement().matches(Mail::sent);
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT, 550 5.1.1 no such user",
        "RCPT, 553 5.1.3 no such name",
        "DATA, 554 5.5.1 no valid recipients",
        "., 550 5.7.1 this looks like spam",
        "., 552 5.3.4 too big"
    })
    void round_ofAMailThatIsRefusedForGood_givesItUpAndSendsTheOthers(String command, String answer) {
        add("anna");
        add("berta");
        server.answer(command, answer);
        for (int i = 0; i < 3; i++) {
            roundAfter(LONG);
        }

        assertThat(server.taken()).containsExactly("berta@example.org");
        assertThat(server.asked()).containsExactly("anna@example.org", "berta@example.org");
        assertThat(queue.latest(2)).extracting(Mail::sent).containsExactly(true, false);
    }

    /** Each new mail wakes the sender: those that were just refused are left alone. */
    @Test
    void round_beforeAMailIsDue_leavesItAlone() {
        add("anna");
        server.answer("RCPT", "451 later").answer("RCPT", "451 later");
        roundAfter(Duration.ZERO);
        add("berta");
        roundAfter(Duration.ofSeconds(14));
        assertThat(server.asked()).containsExactly("anna@example.org", "berta@example.org");
        roundAfter(Duration.ofSeconds(1));
        assertThat(server.asked()).hasSize(3).last().isEqualTo("anna@example.org");
        roundAfter(Duration.ofSeconds(1));
        assertThat(server.asked()).hasSize(3);
    }

    @Test
    void round_ofAMailThatIsRefusedAgainAndAgain_waitsLongerAndLongerUpToFourHours() {
        add("anna");
        Instant made = clock.instant();
        Duration expected = Duration.ofSeconds(15);
        for (int i = 0; i < 14; i++) {
            server.answer("RCPT", "451 later");
            sender.round();
            Instant tried = clock.instant();
            roundAfter(expected.minusNanos(1));
            assertThat(server.asked()).as("%s after %s", expected, made).hasSize(i + 1);
            clock.set(tried.plus(expected));
            Duration twice = expected.multipliedBy(2);
            expected = twice.compareTo(LONG) < 0 ? twice : LONG;
        }
    }

    @Test
    void round_ofAMailThatIsTooOld_givesItUpWithoutTrying() {
        add("anna");
        clock.advance(SmtpSender.LONGEST_AGE.minusNanos(1));
        add("berta");
        server.answer("RCPT", "451 later");
        sender.round();
        roundAfter(LONG);

        assertThat(server.taken()).containsExactly("berta@example.org");
        assertThat(server.asked()).containsExactly("anna@example.org", "berta@example.org");
        clock.advance(LONG.multipliedBy(2).negated());
        sender.round();
        assertThat(server.asked()).hasSize(2);
    }

    /** A clock that was wrong for a while must not keep mails for as long. */
    @Test
    void round_afterTheClockWentBack_triesWhatIsDueLaterThanAnythingCouldBe() {
        clock.set(Instant.parse("2036-02-01T12:00:00Z"));
        add("anna");
        clock.set(Instant.parse("2024-02-01T12:00:00Z"));
        sender.round();

        assertThat(server.taken()).containsExactly("anna@example.org");
    }
}
