package dev.gatehouse.example.readme;

// region publishing
import dev.gatehouse.fetch.DocumentFetch;
import dev.gatehouse.oidc.IdentityTokens;
import dev.gatehouse.oidc.IssuerDirectory;
import dev.gatehouse.publisher.ExchangePermit;
import dev.gatehouse.publisher.ExchangeRequest;
import dev.gatehouse.publisher.PublisherProvider;
import dev.gatehouse.publisher.PublisherProviders;
import dev.gatehouse.publisher.PublisherRegistrations;
import dev.gatehouse.publisher.PublishingStore;
import dev.gatehouse.publisher.RegistrantStatus;
import dev.gatehouse.publisher.TokenExchange;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.token.ApiTokens;
import dev.gatehouse.token.Requester;
import java.time.InstantSource;
import java.util.Map;

/** Lets runs of builds publish without a secret that anybody keeps. */
public final class Publishing {
    private final PublisherRegistrations registrations;
    private final TokenExchange exchange;

    public Publishing(
            PublishingStore store,
            ApiTokens tokens,
            EphemeralState state,
            ExchangePermit permit,
            RegistrantStatus registrants,
            DocumentFetch fetch,
            InstantSource clock) {
        PublisherProviders providers = PublisherProviders.standard();
        IssuerDirectory issuers = IssuerDirectory.standard();
        registrations = PublisherRegistrations.builder(store, providers, issuers, state)
                .clock(clock)
                .build();
        // An issuer is on the list before anything of its token is believed, and before anything is fetched.
        IdentityTokens identities = IdentityTokens.builder("index.example", issuers, fetch)
                .clock(clock)
                .build();
        exchange = TokenExchange.builder(identities, providers, store, tokens, state)
                .permit(permit)
                .registrants(registrants)
                .clock(clock)
                .build();
    }

    /** An owner's form, checked as PyPI checks it: the workflow that may publish the project, from tags of versions alone. */
    public String trust(String project, Map<String, String> form, Requester owner) {
        return PublisherProvider.github()
                .read(form)
                .fold(
                        accepted -> registrations
                                .add(project, accepted.settings(), Map.of(), owner)
                                .fold(added -> "added", not -> not.text()),
                        refused -> refused.problems().get(0).text());
    }

    /** The run's own identity token, once, for a token of fifteen minutes. */
    public String mint(String identityToken, String address) {
        return exchange.exchange(ExchangeRequest.of(identityToken, address))
                .fold(
                        given -> given.secret(),
                        refused -> refused.code() + ": " + refused.description(),
                        throttled -> "again in " + throttled.retryAfter());
    }
}
// endregion
