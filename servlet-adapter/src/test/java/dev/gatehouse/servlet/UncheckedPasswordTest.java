package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** June 2023 on an index that checks no passwords here: nobody is proven, and nothing about an account is told. */
class UncheckedPasswordTest extends FilterContract {

    @Override
    Container container() {
        return new JettyContainer(false);
    }

    @Override
    TestIndex index() {
        TestIndex index = new TestIndex(Instant.parse("2023-06-15T12:00:00Z"));
        index.checksPasswords = false;
        return index;
    }

    @Test
    void password_thatNobodyChecked_tellsNothingOfAnAccount() {
        Wire.Response response = post("/legacy/", "file", basic("alice", "secret"));

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.body())
                .doesNotContain("two factor auth enabled")
                .doesNotContain("alice")
                .startsWith("This credential is not accepted here.")
                .contains("an API Token or Trusted Publisher must be used to upload");
        assertThat(index.host.calls).isEmpty();
    }
}
