package dev.gatehouse.example.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.gatehouse.example.PackageIndex;
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

    private static Browser register(Index index, String name) throws Exception {
        return index.browser()
                .open("/account/register/")
                .submit(
                        "/account/register/",
                        "username",
                        name,
                        "email",
                        name + "@example.org",
                        "password",
                        "a long password",
                        "password2",
                        "a long password");
    }

    /** The path of the link in a mail. */
    private static String link(Index index, MimeMessage mail) throws Exception {
        String link = ((String) mail.getContent())
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("http"))
                .findFirst()
                .orElseThrow();
        return link.substring(index.address().length());
    }

    @Test
    void register_withAMailServer_sendsTheLinkThereAndHasNoOutbox() throws Exception {
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z", options())) {
            Browser browser = register(index, "anna");
            assertThat(server.waitForIncomingEmail(WAIT_MILLIS, 1)).isTrue();
            MimeMessage mail = server.getReceivedMessages()[0];
            assertThat(mail.getSubject()).isEqualTo("Confirm your email address");
            assertThat(mail.getFrom()[0].toString()).isEqualTo("index@example.org");
            assertThat(mail.getAllRecipients()[0].toString()).isEqualTo("anna@example.org");
            assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
            browser.open(link(index, mail)).submit("/account/verify-email/confirm/");
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
            register(index, "anna");
        }
        server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        try (Index index = Index.start(data, "2024-02-01T12:01:00Z", options)) {
            assertThat(index.browser().open("/").status()).isEqualTo(200);
            assertThat(server.waitForIncomingEmail(WAIT_MILLIS, 1)).isTrue();
        }
    }

    /** An index that was tried out first, with people whom nobody knows, and is then used. */
    @Test
    void mails_ofAnIndexWithoutAMailServer_areNotSentWhenThereIsOne() throws Exception {
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z")) {
            register(index, "invented");
            assertThat(index.browser().open("/outbox/").text()).contains("To invented@example.org");
        }
        try (Index index = Index.start(data, "2024-02-01T12:01:00Z", options())) {
            register(index, "anna");
            assertThat(server.waitForIncomingEmail(WAIT_MILLIS, 1)).isTrue();
            register(index, "berta");
            assertThat(server.waitForIncomingEmail(WAIT_MILLIS, 2)).isTrue();
            assertThat(server.getReceivedMessages())
                    .extracting(mail -> mail.getAllRecipients()[0].toString())
                    .containsExactly("anna@example.org", "berta@example.org");
        }
    }

    /** The command has no mail server; the index that is started next has. */
    @Test
    void breakGlass_beforeAStartWithAMailServer_isMailedWithoutAnybodysDoing() throws Exception {
        String[] options = options();
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z", options)) {
            Browser browser = register(index, "lost");
            assertThat(server.waitForIncomingEmail(WAIT_MILLIS, 1)).isTrue();
            browser.open(link(index, server.getReceivedMessages()[0])).submit("/account/verify-email/confirm/");
        }
        PackageIndex.main(new String[] {"--data", data.toString(), "--break-glass", "lost"});
        try (Index index = Index.start(data, "2024-02-01T12:01:00Z", options)) {
            assertThat(index.address()).isNotEmpty();
            assertThat(server.waitForIncomingEmail(WAIT_MILLIS, 2)).isTrue();
            assertThat(server.getReceivedMessages()[1].getSubject()).isEqualTo("Your second factors were removed");
        }
    }
}
