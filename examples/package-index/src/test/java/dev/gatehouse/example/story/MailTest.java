package dev.gatehouse.example.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mails through a real mail server. */
class MailTest {
    private static final long WAIT_MILLIS = 20_000;

    @TempDir
    Path data;

    private GreenMail server;

    @BeforeEach
    void start() {
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private String[] options() {
        return new String[] {
            "--smtp-host",
            "127.0.0.1",
            "--smtp-port",
            Integer.toString(server.getSmtp().getPort()),
            "--mail-from",
            "index@example.org"
        };
    }

    @Test
    void register_withAMailServer_sendsTheLinkThereAndHasNoOutbox() throws Exception {
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z", options())) {
            Browser browser = index.browser().open("/account/register/");
            browser.submit(
                    "/account/register/",
                    "username",
                    "anna",
                    "email",
                    "anna@example.org",
                    "password",
                    "a long password",
                    "password2",
                    "a long password");
            assertThat(server.waitForIncomingEmail(WAIT_MILLIS, 1)).isTrue();
            MimeMessage mail = server.getReceivedMessages()[0];
            assertThat(mail.getSubject()).isEqualTo("Confirm your email address");
            assertThat(mail.getFrom()[0].toString()).isEqualTo("index@example.org");
            assertThat(mail.getAllRecipients()[0].toString()).isEqualTo("anna@example.org");
            assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
            String text = (String) mail.getContent();
            String link = text.lines()
                    .filter(line -> line.strip().startsWith("http"))
                    .findFirst()
                    .orElseThrow()
                    .strip();
            browser.open(link.substring(index.address().length())).submit("/account/verify-email/confirm/");
            assertThat(browser.text()).contains("The address anna@example.org is confirmed.");

            assertThat(browser.open("/outbox/").status()).isEqualTo(404);
            assertThat(browser.text()).doesNotContain("For this machine only.");
        }
    }

    @Test
    void mails_whileTheServerIsAway_areSentWhenItIsBack() throws Exception {
        String[] options = options();
        int port = server.getSmtp().getPort();
        server.stop();
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z", options)) {
            index.browser()
                    .open("/account/register/")
                    .submit(
                            "/account/register/",
                            "username",
                            "anna",
                            "email",
                            "anna@example.org",
                            "password",
                            "a long password",
                            "password2",
                            "a long password");
        }
        server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        try (Index index = Index.start(data, "2024-02-01T12:01:00Z", options)) {
            assertThat(index.browser().open("/").status()).isEqualTo(200);
            assertThat(server.waitForIncomingEmail(WAIT_MILLIS, 1)).isTrue();
        }
    }
}
