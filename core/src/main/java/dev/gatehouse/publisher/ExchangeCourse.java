package dev.gatehouse.publisher;

import dev.gatehouse.oidc.IdentityClaims;
import dev.gatehouse.oidc.VerifiedIdentityToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** One exchange on its way: who asks for what, and which pending publishers have turned out to be of no use. Not thread-safe. */
final class ExchangeCourse {
    final PublisherProvider provider;
    final VerifiedIdentityToken token;
    final ExchangeRequest request;
    final Instant now;
    final SortedMap<String, String> run;
    final Set<String> keys;
    final Set<String> skipped = new HashSet<>();

    /** Where this was counted as a run that gets a token. */
    final List<ExchangeBudgets.Place> counted = new ArrayList<>();

    ExchangeCourse(PublisherProvider provider, VerifiedIdentityToken token, ExchangeRequest request, Instant now) {
        this.provider = provider;
        this.token = token;
        this.request = request;
        this.now = now;
        this.run = provider.run(token.claims());
        this.keys = keysOf(provider.keys(token.claims()));
    }

    IdentityClaims claims() {
        return token.claims();
    }

    Optional<String> organization() {
        return token.issuer().organization();
    }

    /** The keys under which a publisher is kept. */
    Set<String> keysOf(TrustedPublisher publisher) {
        return keysOf(provider.keys(publisher.settings(), publisher.pins()));
    }

    private Set<String> keysOf(Set<String> keys) {
        return Digests.keys(provider.id(), token.issuer().url(), keys);
    }

    /** Whether a store's answer is about this run's provider and issuer at all. */
    boolean fits(PublisherSettings settings) {
        return settings.provider().equals(provider.id())
                && settings.issuer().equals(token.issuer().url());
    }

    PublisherMatch match(PublisherSettings settings, SortedMap<String, String> pins) {
        return provider.match(settings, pins, token.claims());
    }
}
