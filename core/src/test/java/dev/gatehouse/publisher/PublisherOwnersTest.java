package dev.gatehouse.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.token.OwnerStatus.Standing;
import dev.gatehouse.token.TokenOwner;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may act: a publisher while its own row is there, all others as the host says. */
class PublisherOwnersTest {
    private static final TrustedPublisher PUBLISHER = TrustedPublisher.builder(
                    "p1", PublisherSettings.of("github", "https://i", Map.of("owner", "acme")), Instant.EPOCH)
            .build();

    /** Answers every question with the same row. */
    private record Answering(Optional<TrustedPublisher> row) implements PublisherRepository {
        @Override
        public Optional<TrustedPublisher> find(String id) {
            return row;
        }

        @Override
        public List<TrustedPublisher> withAnyKey(Set<String> keys, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<TrustedPublisher> ofProject(String projectId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Insertion insert(TrustedPublisher publisher, Set<String> keys, AuditEvent event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Change replace(TrustedPublisher expected, TrustedPublisher next, Set<String> keys, AuditEvent event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Change relink(TrustedPublisher expected, TrustedPublisher next, AuditEvent event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Change remove(TrustedPublisher expected, AuditEvent event) {
            throw new UnsupportedOperationException();
        }
    }

    private static PublisherOwners owners(Optional<TrustedPublisher> row) {
        return PublisherOwners.of(new Answering(row), owner -> Standing.FROZEN);
    }

    @Test
    void standingOf_aPublisher_isActiveOnlyWithItsOwnRow() {
        assertThat(owners(Optional.of(PUBLISHER)).standingOf(TokenOwner.publisher("p1")))
                .isEqualTo(Standing.ACTIVE);
        assertThat(owners(Optional.empty()).standingOf(TokenOwner.publisher("p1")))
                .isEqualTo(Standing.GONE);
        assertThat(owners(Optional.of(PUBLISHER)).standingOf(TokenOwner.publisher("p2")))
                .isEqualTo(Standing.GONE);
    }

    @Test
    void standingOf_anAccount_isAsTheHostSays() {
        assertThat(owners(Optional.of(PUBLISHER)).standingOf(TokenOwner.account("p1")))
                .isEqualTo(Standing.FROZEN);
    }
}
