package dev.gatehouse.example.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.example.Options;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What shows secrets works on this machine only. */
class SafeToLeaveRunningTest {
    @TempDir
    Path data;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--host 0.0.0.0",
                "--host 0.0.0.0 --base-url https://index.example --demo --smtp-host mail.example",
                "--host 0.0.0.0 --base-url https://index.example --at 2024-01-01 --smtp-host mail.example",
                "--host 0.0.0.0 --base-url https://index.example",
                "--base-url https://index.example",
                "--host 0.0.0.0 --smtp-host mail.example",
                "--host 0.0.0.0 --smtp-host mail.example --base-url http://192.0.2.1",
            })
    void start_reachableByOthersAndShowingSecrets_isRefused(String line) {
        assertThatThrownBy(() -> Options.parse(List.of(line.split(" ")), null))
                .isInstanceOf(Options.InvalidOptionsException.class);
    }

    @Test
    void start_reachableByOthersWithMailServerAndTls_isAllowed() throws Exception {
        Options options = Options.parse(
                List.of("--host", "0.0.0.0", "--base-url", "https://192.0.2.1", "--smtp-host", "mail.example"), null);

        assertThat(options.isDemonstration()).isFalse();
    }

    @Test
    void start_atTheNumberOfThisMachine_servesThereAndUnderItsNames() throws Exception {
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z", "--host", "127.0.0.1")) {
            assertThat(index.address()).startsWith("http://127.0.0.1:");
            Person anna = new Person(index, "anna").registerWithTwoFactor();
            assertThat(anna.browser().open("/manage/projects/").status()).isEqualTo(200);
            assertThat(anna.browser().text()).contains("For this machine only.");
            assertThat(statusLine(index, "localhost")).contains(" 200 ");
            assertThat(statusLine(index, "evil.example")).contains(" 421 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--port",
                "--port 65536",
                "--port -1",
                "--at yesterday",
                "--nothing x",
                "index",
                "--base-url x",
                "--smtp-port 0"
            })
    void start_optionThatMakesNoSense_isRefused(String line) {
        assertThatThrownBy(() -> Options.parse(List.of(line.split(" ")), null))
                .isInstanceOf(Options.InvalidOptionsException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:80", "localhost.evil.example", "192.0.2.1"})
    void request_underAnotherName_isNotAnswered(String host) throws Exception {
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z")) {
            assertThat(statusLine(index, host)).contains(" 421 ");
            assertThat(statusLine(index, "localhost")).contains(" 200 ");
        }
    }

    /** The JDK's client does not let one choose the Host header. */
    private static String statusLine(Index index, String host) throws IOException {
        URI address = URI.create(index.address());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            String request = "GET /outbox/ HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }

    @Test
    void everyPage_ofADemonstration_saysSoAndShowsTheTime() throws Exception {
        try (Index index = Index.start(data, "2023-12-20T12:00:00Z")) {
            for (String page : new String[] {"/", "/account/login/", "/account/register/", "/outbox/", "/nowhere"}) {
                assertThat(index.browser().open(page).text())
                        .contains("For this machine only.")
                        .contains("2023-12-20T12:00:00Z");
            }
        }
    }

    @Test
    void addressThatNobodyListed_lookedAt_isNotFoundAndAnythingElseRefused() throws Exception {
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z")) {
            Person anna = new Person(index, "anna").register();
            for (String address : new String[] {"/nowhere", "/simple/a/b/c/", "/manage/nothing/", "/static/"}) {
                assertThat(anna.browser().open(address).status()).as(address).isEqualTo(404);
                assertThat(anna.browser().text())
                        .contains("There is nothing at this address.")
                        .contains("Log out");
                String csrf = anna.browser().hidden("/account/logout/").get("csrf");
                anna.browser().post(address, java.util.Map.of("csrf", csrf));
                assertThat(anna.browser().status()).as(address).isEqualTo(403);
            }
        }
    }

    @Test
    void demo_accounts_canBeUsedWithWhatIsPrinted() throws Exception {
        try (Index index = Index.start(data, "2024-02-01T12:00:00Z", "--demo")) {
            String printed = index.printed();
            List<String> passwords = printed.lines()
                    .filter(line -> line.contains("password: "))
                    .map(line -> line.substring(line.indexOf(": ") + 2))
                    .toList();
            Browser newcomer = index.browser().open("/account/login/");
            newcomer.submit("/account/login/", "username", "newcomer", "password", passwords.get(0));
            assertThat(newcomer.place()).startsWith("/manage/account/two-factor/");

            Browser veteran = index.browser().open("/account/login/");
            veteran.submit("/account/login/", "username", "veteran", "password", passwords.get(1));
            veteran.submit("/account/second-factor/", "code", veteran.find("Code of veteran: <code>([0-9]{6})</code>"));
            assertThat(veteran.place()).isEqualTo("/manage/projects/");
            assertThat(veteran.open("/manage/admin/").status()).isEqualTo(200);
        }
        try (Index index = Index.start(data, "2023-06-01T12:00:00Z", "--demo", "--at", "2023-06-01")) {
            assertThat(index.printed()).contains("veteran");
            assertThat(index.browser().open("/").status()).isEqualTo(200);
        }
    }
}
