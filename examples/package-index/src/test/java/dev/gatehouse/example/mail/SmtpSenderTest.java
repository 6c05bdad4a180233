package dev.gatehouse.example.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.gatehouse.example.Options;
import dev.gatehouse.example.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rounds of a sender that is not started: each tries what waits. */
class SmtpSenderTest {
    private static final Instant NOW = Instant.parse("2024-02-01T12:00:00Z");

    private final Jdbi jdbi = TestDatabase.make();
    private final MailQueue queue = MailQueue.toSend(jdbi);
    private GreenMail server;
    private SmtpSender sender;

    @BeforeEach
    void start() {
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        int port = server.getSmtp().getPort();
        sender = new SmtpSender(
                queue,
                InstantSource.fixed(NOW),
                new Options.Smtp("127.0.0.1", port, null, null, false, "index@example.org"));
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private void add(String address) {
        queue.add("account", address, new MailText("test", "Hello", "Hello."), NOW);
    }

    @Test
    void round_whileTheServerIsAway_givesNoMailUp() {
        int port = server.getSmtp().getPort();
        server.stop();
        add("anna@example.org");
        add("other@example.org");
        for (int i = 0; i < 10; i++) {
            sender.round();
        }

        server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        sender.round();

        assertThat(server.getReceivedMessages()).hasSize(2);
        assertThat(queue.latest(2)).allMatch(Mail::sent);
    }

    @Test
    void round_withAMailThatCannotBeSent_givesThatOneUpAndSendsTheOthers() {
        add("not an address");
        add("anna@example.org");
        sender.round();

        assertThat(queue.next(0, NOW.plus(Duration.ofDays(1)))).isEmpty();
        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(queue.latest(2)).extracting(Mail::sent).containsExactly(true, false);
    }

    @Test
    void round_withMailsThatWereKeptForTheOutbox_leavesThemThere() {
        MailQueue.toKeep(jdbi).add("account", "other@example.org", new MailText("test", "Hello", "Hello."), NOW);
        add("anna@example.org");
        sender.round();

        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(queue.latest(2)).extracting(Mail::sent).containsExactly(true, false);
    }
}
