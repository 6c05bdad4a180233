package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Password uploads in June 2023: refused for accounts with two-factor authentication, so that the host checks them. */
class PasswordEraTest extends FilterContract {
    private static final String WORDS = "an API Token or Trusted Publisher must be used to upload";

    @Override
    Container container() {
        return new JettyContainer(false);
    }

    @Override
    TestIndex index() {
        return new TestIndex(Instant.parse("2023-06-15T12:00:00Z"));
    }

    @Test
    void password_ofAnAccountWithTwoFactor_isRefusedInTheWordsOfThatTime() {
        Wire.Response response = post("/legacy/", "file", basic("alice", "secret"), "X-Project: foo");

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.body()).startsWith("User alice has two factor auth enabled, " + WORDS);
        assertThat(index.host.calls).contains("password alice");
        assertThat(index.app.reached).isEmpty();
    }

    @Test
    void password_ofAnAccountWithoutTwoFactor_uploads() {
        Wire.Response response = post("/legacy/", "file", basic("bob", "secret"), "X-Project: foo");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).contains("uploaded by bob");
    }

    @Test
    void password_fromBehindAHeader_isCheckedAsFromTheConnection() {
        post("/legacy/", "file", basic("bob", "wrong"), "X-Forwarded-For: 203.0.113.9", "Forwarded: for=203.0.113.9");

        assertThat(index.host.addresses).containsExactly("127.0.0.1");
    }

    @Test
    void password_fromBehindAProxy_isCheckedAsFromTheClientThatTheHostReads() {
        post("/legacy/", "file", basic("bob", "wrong"), "X-Client: 203.0.113.9");

        assertThat(index.host.addresses).containsExactly("203.0.113.9");
    }

    @Test
    void password_thatIsWrong_isChallengedAndTellsNothing() {
        Wire.Response known = post("/legacy/", "file", basic("alice", "wrong"));
        Wire.Response unknown = post("/legacy/", "file", basic("nobody", "wrong"));

        assertThat(known.status()).isEqualTo(401);
        assertThat(known.body()).contains(WORDS).isEqualTo(unknown.body());
        assertThat(known.all("WWW-Authenticate")).hasSize(2);
    }

    @Test
    void password_afterTooManyAttempts_hasToWait() {
        Wire.Response response = post("/legacy/", "file", basic("busy", "secret"));

        assertThat(response.status()).isEqualTo(429);
        assertThat(response.header("Retry-After")).isEqualTo("90");
        assertThat(response.body()).contains(WORDS);
    }

    @Test
    void verifier_thatThrows_is503() {
        index.host.failing = "password";
        assertThat(post("/legacy/", "file", basic("bob", "secret")).status()).isEqualTo(503);
        assertThat(index.app.reached).isEmpty();
    }
}
