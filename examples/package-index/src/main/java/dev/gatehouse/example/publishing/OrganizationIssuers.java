package dev.gatehouse.example.publishing;

import dev.gatehouse.oidc.Issuer;
import dev.gatehouse.oidc.IssuerDirectory;
import dev.gatehouse.publisher.PublisherProvider;
import dev.gatehouse.publisher.PublisherSettings;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;

/** The issuers of a provider that has one for each organisation (CircleCI), once somebody has registered a publisher of it. Thread-safe. */
final class OrganizationIssuers implements IssuerDirectory {
    private static final Pattern CIRCLE_CI = Pattern.compile("https://oidc\\.circleci\\.com/org/([0-9a-f-]{36})");

    private final Jdbi jdbi;

    OrganizationIssuers(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Those that may be registered: any organisation's. */
    static Optional<Issuer> registrable(String url) {
        Matcher matcher = CIRCLE_CI.matcher(url);
        try {
            return matcher.matches() ? Optional.of(Issuer.circleCi(matcher.group(1))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Issuer> find(String url) {
        return registrable(url)
                .filter(issuer ->
                        jdbi.withHandle(h -> h.createQuery("SELECT 1 FROM organization_issuer WHERE url = :url")
                                .bind("url", url)
                                .mapTo(Integer.class)
                                .findOne()
                                .isPresent()));
    }

    /** Notes the issuer of a publisher, if its provider has one for each organisation. */
    void note(PublisherProvider provider, PublisherSettings settings) {
        if (provider.issuer().isPresent()) {
            return;
        }
        jdbi.useTransaction(h -> h.createUpdate(
                        "MERGE INTO organization_issuer (url, provider) KEY (url)" + " VALUES (:url, :provider)")
                .bind("url", settings.issuer())
                .bind("provider", provider.id())
                .execute());
    }
}
