package dev.gatehouse.example.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.store.jdbc.JdbcStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forms of which a client sends the last part when its session is over: nothing comes of them. */
class HeldFormsTest {
    private static final String RESET = "/account/reset-password/";
    private static final String SET = "/account/reset-password/confirm/";
    private static final String EMAIL = "/manage/account/email/";
    private static final String PUBLISHERS = "/manage/project/held/publishing/";

    @TempDir
    Path data;

    private Index index;
    private Person owner;

    @BeforeEach
    void start() throws Exception {
        index = Index.start(data.resolve("data"), "2024-02-01T12:00:00Z", "--demo");
        owner = new Person(index, "owner").registerWithTwoFactor();
    }

    @AfterEach
    void stop() {
        index.close();
    }

    /** A form whose headers and half of whose fields are sent, and which the index has begun to read. */
    private final class Held implements AutoCloseable {
        private final Socket socket;
        private final byte[] form;

        Held(Browser browser, String path, String fields) throws IOException {
            form = ("csrf=" + browser.hidden(path).get("csrf") + "&" + fields).getBytes(StandardCharsets.US_ASCII);
            URI at = URI.create(index.address());
            socket = new Socket(InetAddress.getLoopbackAddress(), at.getPort());
            socket.setSoTimeout(20_000);
            send("POST " + path + " HTTP/1.1\r\nHost: " + at.getAuthority() + "\r\nCookie: index-session="
                    + browser.cookie("index-session") + "\r\nOrigin: " + index.address()
                    + "\r\nSec-Fetch-Site: same-origin\r\nAccept: text/html\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length
                    + "\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");
            assertThat(read("\r\n\r\n")).as("the form is being read").startsWith("HTTP/1.1 100");
            socket.getOutputStream().write(form, 0, form.length / 2);
            socket.getOutputStream().flush();
        }

        /** Sends the rest, and gives the answer. */
        String finish() throws IOException {
            socket.getOutputStream().write(form, form.length / 2, form.length - form.length / 2);
            socket.getOutputStream().flush();
            return read("no such end");
        }

        private void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        }

        private String read(String end) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (int b = socket.getInputStream().read();
                    b >= 0;
                    b = socket.getInputStream().read()) {
                out.write(b);
                if (out.toString(StandardCharsets.ISO_8859_1).endsWith(end)) {
                    break;
                }
            }
            return out.toString(StandardCharsets.ISO_8859_1);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private void resetElsewhere() throws Exception {
        index.browser().open("/account/login/").open(RESET).submit(RESET, "account", owner.name());
        Browser elsewhere = index.browser().open(owner.link(SET));
        elsewhere.submit(SET, "password", "another good password", "password2", "another good password");
        assertThat(elsewhere.text()).contains("Your password is changed");
    }

    private static void assertSentToTheLogin(String answer) {
        assertThat(answer).startsWith("HTTP/1.1 303").containsPattern("Location: (http://[^/]+)?/account/login/");
    }

    @Test
    void publisher_whoseFormEndsAfterTheSession_isNotLinked() throws Exception {
        String token = owner.makeToken("all", "account");
        assertThat(Uploads.of(index, Wheels.make(data.resolve("dist"), "held", "1.0"), "held", "1.0")
                        .send("__token__", token)
                        .statusCode())
                .isEqualTo(200);
        Browser browser = owner.browser().open(PUBLISHERS);
        owner.confirmIfAsked();
        String fields = "provider=github&owner=intruders&repository=theirs&workflow=release.yml";
        try (Held held = new Held(browser, PUBLISHERS, fields)) {
            resetElsewhere();
            assertSentToTheLogin(held.finish());
        }
        assertThat(index.browser().open("/outbox/").text()).doesNotContain("trusted-publisher-added");
    }

    @Test
    void address_whoseFormEndsAfterTheSession_isNotChanged() throws Exception {
        Browser browser = owner.browser().open("/manage/account/");
        owner.confirmIfAsked();
        try (Held held = new Held(browser, EMAIL, "email=intruder%40example.org")) {
            resetElsewhere();
            assertSentToTheLogin(held.finish());
        }
        assertThat(index.browser().open("/outbox/").text()).doesNotContain("intruder@example.org");
    }

    /** Forms of which the policy is asked only when they are read: their end is one that was decided, and no alarm is given. */
    @ParameterizedTest
    @CsvSource({
        "/manage/account/tokens/, name=held&scope=account",
        "/manage/account/publishing/, project-name=new&provider=github&owner=o&repository=r&workflow=release.yml"
    })
    void form_thatIsDecidedWhenItIsRead_isRefusedAndNotForgotten(String path, String fields) throws Exception {
        Browser browser = owner.browser().open(path);
        owner.confirmIfAsked();
        try (Held held = new Held(browser, path, fields)) {
            resetElsewhere();
            assertSentToTheLogin(held.finish());
        }
        index.close();
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:file:" + data.resolve("data").resolve("index"));
        List<String> tags = JdbcStore.of(database).repositories().auditLog().read(0, 1_000).stream()
                .map(entry -> entry.event().tag().text())
                .toList();
        assertThat(tags)
                .contains("account:password:reset")
                .doesNotContain("gatehouse:request:open_not_completed", AuditTag.TOKEN_ADDED.text());
    }

    @Test
    void form_ofASessionThatGoesOn_isTakenHoweverLongItTakes() throws Exception {
        Browser browser = owner.browser().open("/manage/account/");
        owner.confirmIfAsked();
        try (Held held = new Held(browser, EMAIL, "email=moved%40example.org")) {
            index.browser().open("/");
            assertThat(held.finish()).startsWith("HTTP/1.1 303").contains("/account/verify-email/");
        }
        assertThat(index.browser().open("/outbox/").text()).contains("moved@example.org");
    }
}
