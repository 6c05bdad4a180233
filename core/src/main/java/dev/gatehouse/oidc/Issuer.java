package dev.gatehouse.oidc;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whose identity tokens are taken: the exact text of its {@code iss} claim, and from where its keys may come.
 *
 * <p>Its keys are those of the document that its discovery document names as {@code jwks_uri} (OpenID Connect Discovery 1.0, 4),
 * which has to be at one of the issuer's stated hosts; or those of an address that is stated here. Which tokens of it are a
 * publisher's is the business of its provider's claim table.
 *
 * <p>Immutable and thread-safe; equal if all that is stated is equal.
 */
public final class Issuer {
    /** The longest URL, in characters. */
    public static final int MAX_URL = 400;

    private static final Pattern PROVIDER = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final Pattern AUTHORITY =
            Pattern.compile("([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?(:[1-9][0-9]{0,4})?");
    private static final int MAX_ORGANIZATION = 255;
    private static final int MAX_HOSTS = 8;

    private final String url;
    private final String providerId;
    private final Set<String> keyHosts;
    private final @Nullable URI keySet;
    private final @Nullable String organization;
    private final boolean loopback;

    private Issuer(Builder b, Set<String> keyHosts) {
        this.url = b.url;
        this.providerId = b.providerId;
        this.keyHosts = keyHosts;
        this.keySet = b.keySet;
        this.organization = b.organization;
        this.loopback = b.loopback;
    }

    /**
     * Starts the set-up.
     *
     * @param url the {@code iss} claim, compared exactly: {@code https://gitlab.com} is not {@code https://gitlab.com/}
     * @param providerId whose claim table applies, such as {@code github}
     */
    public static Builder builder(String url, String providerId) {
        return new Builder(url, providerId);
    }

    /** GitHub Actions on github.com. */
    public static Issuer github() {
        return builder("https://token.actions.githubusercontent.com", "github").build();
    }

    /** GitLab on gitlab.com. */
    public static Issuer gitlab() {
        return builder("https://gitlab.com", "gitlab").build();
    }

    /** Google, whose keys are at another host. */
    public static Issuer google() {
        return builder("https://accounts.google.com", "google")
                .keyHosts("www.googleapis.com")
                .build();
    }

    /** The ActiveState Platform. */
    public static Issuer activeState() {
        return builder("https://platform.activestate.com/api/v1/oauth/oidc", "activestate")
                .build();
    }

    /** Buildkite. */
    public static Issuer buildkite() {
        return builder("https://agent.buildkite.com", "buildkite").build();
    }

    /**
     * CircleCI for one of its organisations; each is an issuer of its own.
     *
     * @param organizationId CircleCI's id of the organisation, a UUID in lower case, as the publisher was registered with
     * @throws IllegalArgumentException if it is none
     */
    public static Issuer circleCi(String organizationId) {
        if (!organizationId.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            throw new IllegalArgumentException("organizationId: not a UUID in lower case");
        }
        return builder("https://oidc.circleci.com/org/" + organizationId, "circleci")
                .build();
    }

    /** The exact text of the {@code iss} claim. */
    public String url() {
        return url;
    }

    /** Whose claim table applies. */
    public String providerId() {
        return providerId;
    }

    /** The hosts from which its keys may come, in lower case, with a port if it is not the usual one. */
    public Set<String> keyHosts() {
        return keyHosts;
    }

    /** Where its keys are, if they are not to be discovered. */
    public Optional<URI> keySet() {
        return Optional.ofNullable(keySet);
    }

    /** The organisation that registered it and whose projects alone it may publish; empty if the index did. */
    public Optional<String> organization() {
        return Optional.ofNullable(organization);
    }

    /** Where the discovery document is. */
    URI discovery() {
        String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        return URI.create(base + "/.well-known/openid-configuration");
    }

    /** Whether keys may be asked for there. */
    boolean mayServeKeys(URI address) {
        return isAddress(address, loopback)
                && address.getRawFragment() == null
                && keyHosts.contains(authorityOf(address));
    }

    private static boolean isAddress(URI address, boolean loopback) {
        String scheme = Objects.requireNonNullElse(address.getScheme(), "");
        return (scheme.equals("https") || (loopback && scheme.equals("http")))
                && address.getHost() != null
                && address.getRawUserInfo() == null
                && address.toString().equals(address.toASCIIString());
    }

    /** Host in lower case, and the port if it is not the usual one. */
    private static String authorityOf(URI address) {
        int usual = "https".equals(address.getScheme()) ? 443 : 80;
        String host = address.getHost().toLowerCase(Locale.ROOT);
        return address.getPort() == -1 || address.getPort() == usual ? host : host + ":" + address.getPort();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Issuer that
                && url.equals(that.url)
                && providerId.equals(that.providerId)
                && keyHosts.equals(that.keyHosts)
                && Objects.equals(keySet, that.keySet)
                && Objects.equals(organization, that.organization)
                && loopback == that.loopback;
    }

    @Override
    public int hashCode() {
        return Objects.hash(url, providerId, organization);
    }

    /** The URL, the provider, and that http and loopback are allowed if they are. */
    @Override
    public String toString() {
        return "Issuer[" + url + ", " + providerId + (organization == null ? "" : ", of " + organization)
                + (loopback ? ", http and loopback allowed" : "") + "]";
    }

    /** Sets up {@link Issuer}; not thread-safe, may be reused. */
    public static final class Builder {
        private final String url;
        private final String providerId;
        private List<String> hosts = List.of();
        private @Nullable URI keySet;
        private @Nullable String organization;
        private boolean loopback;

        private Builder(String url, String providerId) {
            this.url = Objects.requireNonNull(url, "url");
            if (!PROVIDER.matcher(providerId).matches()) {
                throw new IllegalArgumentException("providerId: not a lower-case word of 32 characters at most");
            }
            this.providerId = providerId;
        }

        /**
         * The hosts from which its keys may come, instead of its own.
         *
         * @param all 1 to 8 names, with a port if it is not the usual one; {@code www.googleapis.com} is taken,
         *     {@code https://www.googleapis.com} and {@code *.googleapis.com} are not
         */
        public Builder keyHosts(String... all) {
            List<String> lower = new ArrayList<>();
            for (String host : all) {
                lower.add(host.toLowerCase(Locale.ROOT));
            }
            if (lower.isEmpty()
                    || lower.size() > MAX_HOSTS
                    || !lower.stream().allMatch(host -> AUTHORITY.matcher(host).matches())) {
                throw new IllegalArgumentException("all: 1 to " + MAX_HOSTS + " names of hosts");
            }
            this.hosts = lower;
            return this;
        }

        /** Where its keys are, at one of its hosts; the discovery document is then not asked for. */
        public Builder keySet(URI address) {
            this.keySet = Objects.requireNonNull(address, "address");
            return this;
        }

        /**
         * The organisation that registered it: it publishes projects of that organisation and no others, and its keys come from
         * its own host.
         *
         * @param id the host's id of the organisation, 1 to 255 characters
         */
        public Builder organization(String id) {
            if (id.isEmpty() || id.length() > MAX_ORGANIZATION) {
                throw new IllegalArgumentException("id: 1 to " + MAX_ORGANIZATION + " characters");
            }
            this.organization = id;
            return this;
        }

        /** Takes an issuer over plain http; for tests and demonstrations only, with a fetch that reaches loopback. */
        public Builder allowHttpAndLoopback() {
            this.loopback = true;
            return this;
        }

        /**
         * The issuer.
         *
         * @throws IllegalArgumentException if the URL is not an https one of 400 visible ASCII characters at most without user
         *     information, query or fragment
         * @throws IllegalStateException if an organisation's issuer states hosts of others, or the address of the keys is at none of
         *     its hosts
         */
        public Issuer build() {
            String own = ownHost();
            if (organization != null && !hosts.isEmpty() && !hosts.equals(List.of(own))) {
                throw new IllegalStateException("keyHosts and organization: its own host alone");
            }
            Issuer issuer = new Issuer(
                    this, java.util.Collections.unmodifiableSet(new TreeSet<>(hosts.isEmpty() ? List.of(own) : hosts)));
            if (keySet != null && !issuer.mayServeKeys(keySet)) {
                throw new IllegalStateException("keySet and keyHosts: not an https address of one of the hosts");
            }
            return issuer;
        }

        private String ownHost() {
            try {
                URI address = new URI(url);
                if (url.length() <= MAX_URL
                        && isAddress(address, loopback)
                        && address.getRawQuery() == null
                        && address.getRawFragment() == null) {
                    return authorityOf(address);
                }
            } catch (URISyntaxException e) {
                // Answered below, without the text.
            }
            throw new IllegalArgumentException("url: not an https URL that an issuer can have");
        }
    }
}
