package dev.gatehouse.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.publisher.PendingPublisher;
import dev.gatehouse.publisher.PublisherSettings;
import dev.gatehouse.publisher.TrustedPublisher;
import dev.gatehouse.state.StateUnavailableException;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A row of publishers that nobody here wrote is a refusal. */
class LyingPublishersTest {
    private static final PublisherSettings SETTINGS =
            PublisherSettings.of("github", "https://github.example", Map.of("repository", "r"));

    @RegisterExtension
    final Databases databases = new Databases();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "identity = 'other'",
                "provider = 'gitlab'",
                "provider = 'NO WORD'",
                "issuer = 'https://evil.example'",
                "settings = 'x'",
                "settings = 'repository=evil'",
                "pins = ''",
                "pins = 'a b=1'",
                "organization = 'other'",
                "organization = ' '",
                "added_by = ''",
                "created_at = 99999999999999999"
            })
    void find_withARowThatIsNoPublisher_fails(String edit) {
        DataSource source = databases.fresh();
        JdbcRepositories all = JdbcStore.of(source).repositories();
        TrustedPublisher publisher = TrustedPublisher.builder("p1", SETTINGS, Samples.T0)
                .pins(Map.of("id", "1"))
                .projects(Set.of("a"))
                .addedBy("alice")
                .build();
        all.publishers().insert(publisher, Set.of("k"), Samples.EVENT);
        assertThat(Statements.run(source, "UPDATE gatehouse_publisher SET " + edit))
                .isEqualTo(1);

        assertThatExceptionOfType(StateUnavailableException.class)
                .isThrownBy(() -> all.publishers().find("p1"))
                .withMessageNotContaining("evil");
        assertThatExceptionOfType(StateUnavailableException.class)
                .isThrownBy(() -> all.publishers().withAnyKey(Set.of("k"), 9));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "identity = 'other'",
                "provider = 'gitlab'",
                "settings = ''",
                "normalized_name = 'other'",
                "project_name = ''",
                "registrant = ' '",
                "expires_at = created_at",
                "pins = 'x'"
            })
    void find_withARowThatIsNoPendingPublisher_fails(String edit) {
        DataSource source = databases.fresh();
        JdbcRepositories all = JdbcStore.of(source).repositories();
        PendingPublisher pending = PendingPublisher.builder("p1", SETTINGS, "New", "new", "alice", Samples.T0)
                .build();
        all.pendingPublishers().insert(pending, Set.of("k"), 3, Samples.EVENT);
        assertThat(Statements.run(source, "UPDATE gatehouse_pending_publisher SET " + edit))
                .isEqualTo(1);

        assertThatExceptionOfType(StateUnavailableException.class)
                .isThrownBy(() -> all.pendingPublishers().find("p1"));
    }
}
