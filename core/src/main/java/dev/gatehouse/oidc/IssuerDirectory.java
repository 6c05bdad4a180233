package dev.gatehouse.oidc;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The list of issuers whose identity tokens are taken; asked before anything is fetched.
 *
 * <p>A host whose organisations register issuers of their own implements it over its database and puts it behind the fixed ones:
 * {@code IssuerDirectory.of(List.of(Issuer.github(), Issuer.gitlab())).or(ofTheOrganizations)}. What it answers with is
 * distrusted: an issuer with another URL than was asked for is an error.
 *
 * <p>Implementations are thread-safe and quick, for anybody can have them asked. Whatever one throws reaches the caller, and
 * nothing is verified.
 */
@FunctionalInterface
public interface IssuerDirectory {
    /**
     * The issuer with exactly this URL.
     *
     * @param url the {@code iss} claim of a token that is not verified: 1 to 400 characters of anything
     */
    Optional<Issuer> find(String url);

    /**
     * A list that is given.
     *
     * @throws IllegalArgumentException if two have one URL
     */
    static IssuerDirectory of(Collection<Issuer> issuers) {
        Map<String, Issuer> byUrl = new HashMap<>();
        for (Issuer issuer : issuers) {
            if (byUrl.put(issuer.url(), issuer) != null) {
                throw new IllegalArgumentException("issuers: " + issuer.url() + " twice");
            }
        }
        return url -> Optional.ofNullable(byUrl.get(url));
    }

    /** GitHub, GitLab, Google, ActiveState and Buildkite; CircleCI has an issuer for each organisation. */
    static IssuerDirectory standard() {
        return of(List.of(Issuer.github(), Issuer.gitlab(), Issuer.google(), Issuer.activeState(), Issuer.buildkite()));
    }

    /** This list, and where it has no answer the other; what this one has cannot be replaced. */
    default IssuerDirectory or(IssuerDirectory next) {
        Objects.requireNonNull(next, "next");
        return url -> find(url).or(() -> next.find(url));
    }
}
