package dev.gatehouse.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the issuer ends and the rest begins. */
class ReplayKeysTest {
    private static List<String> of(String url, String id) {
        return ReplayKeys.of(Issuer.builder(url, "github").build(), id.getBytes(StandardCharsets.UTF_8), id);
    }

    /** One issuer must not be able to spend the tokens of another whose URL begins with its own. */
    @Test
    void of_twoIssuersOneOfWhichBeginsWithTheOther_sharesNone() {
        assertThat(of("https://ci.example", "/sub/1")).doesNotContainAnyElementsOf(of("https://ci.example/sub", "/1"));
    }

    /** Stores keep them, and nodes of two versions share them. */
    @Test
    void of_aToken_isInTheFormThatIsKept() {
        assertThat(of("https://ci.example", "1"))
                .containsExactly(
                        "t.DgZyq4wL9Hz5TAnaxtbL1Q-5krUu-P2_37jdcKXY4IQ",
                        "j.DgZyq4wL9Hz5TAnaxtbL1Q-5krUu-P2_37jdcKXY4IQ");
    }
}
