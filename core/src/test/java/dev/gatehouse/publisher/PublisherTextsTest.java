package dev.gatehouse.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.publisher.Registration.NotRegistered;
import dev.gatehouse.publisher.Registration.Obstacle;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What logs show of results: the code and never more. */
class PublisherTextsTest {
    @Test
    void toString_ofResults_tellsTheCodeAlone() {
        assertThat(new NotRegistered<String>(Obstacle.FULL, "secret", null)).hasToString("NotRegistered[FULL]");
        assertThat(RefusedExchange.of(ExchangeRefusal.REUSED, "", "secret")).hasToString("RefusedExchange[REUSED]");
        assertThat(PublisherProviders.standard().toString())
                .startsWith("PublisherProviders[activestate, ")
                .contains("github, gitlab");
    }

    @Test
    void projects_anIdThatIsNone_throws() {
        TrustedPublisher.Builder builder = TrustedPublisher.builder(
                "p1", PublisherSettings.of("github", "https://i", Map.of("owner", "acme")), Instant.EPOCH);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.projects(Set.of("good", "")))
                .withMessageContaining("projectIds");
    }
}
