package dev.gatehouse.publisher;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.oidc.Issuer;
import dev.gatehouse.oidc.IssuerDirectory;
import dev.gatehouse.publisher.PublishingStore.Unit;
import dev.gatehouse.publisher.Registration.NotRegistered;
import dev.gatehouse.publisher.Registration.Obstacle;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.RateWindow;
import dev.gatehouse.token.Requester;
import dev.gatehouse.token.TokenOwner;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What every registration asks first. */
final class RegistrationDesk {
    private final PublisherProviders providers;
    private final IssuerDirectory issuers;
    private final EphemeralState state;
    private final InstantSource clock;
    private final RateWindow window;

    RegistrationDesk(PublisherRegistrations.Builder b) {
        this.providers = b.providers;
        this.issuers = b.issuers;
        this.state = b.state;
        this.clock = b.clock;
        this.window = b.window;
    }

    /** Takes a place for an attempt; the answer if there is none. */
    <T> @Nullable NotRegistered<T> spend(Requester by) {
        Instant now = clock.instant();
        Optional<Instant> retryAt = RegistrationBudgets.spend(state, window, by.actor(), by.address(), now);
        return retryAt.isEmpty()
                ? null
                : new NotRegistered<>(
                        Obstacle.TOO_MANY_ATTEMPTS,
                        "There have been too many attempted trusted publisher registrations. Try again later.",
                        ExchangeBudgets.wait(now, retryAt.get()));
    }

    /** The issuer of the settings, if it may be registered. */
    @Nullable
    Issuer issuer(PublisherSettings settings) {
        return issuers.find(settings.issuer())
                .filter(issuer -> issuer.url().equals(settings.issuer())
                        && issuer.providerId().equals(settings.provider()))
                .orElse(null);
    }

    /** Whether the provider of the settings is configured (still). */
    boolean hasProvider(PublisherSettings settings) {
        return providers.find(settings.provider()).isPresent();
    }

    PublisherProvider provider(PublisherSettings settings) {
        return providers
                .find(settings.provider())
                .orElseThrow(() -> new IllegalArgumentException("settings: no such provider"));
    }

    Set<String> keys(PublisherProvider provider, PublisherSettings settings, SortedMap<String, String> pins) {
        return Digests.keys(provider.id(), settings.issuer(), provider.keys(settings, pins));
    }

    /** No exchange that was planned before goes on after. */
    static void advance(Unit unit, TrustedPublisher publisher, Requester by, Instant now) {
        AuditEvent.Builder event = AuditEvent.of(AuditTag.TOKEN_CHANGED, now)
                .actor(by.actor())
                .attribute("owner", TokenOwner.publisher(publisher.id()).text())
                .attribute("all", "changed");
        String address = by.address();
        unit.tokens()
                .advance(
                        TokenOwner.publisher(publisher.id()),
                        (address == null ? event : event.address(address)).build());
    }

    static <T> NotRegistered<T> not(Obstacle obstacle, String text) {
        return new NotRegistered<>(obstacle, text, null);
    }
}
