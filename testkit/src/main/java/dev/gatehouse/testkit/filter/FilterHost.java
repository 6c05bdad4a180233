package dev.gatehouse.testkit.filter;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A running host, as {@link FilterContract} needs to know it: where it is, one path of each sort, and credentials. Immutable and
 * thread-safe; its text holds no credential.
 */
public final class FilterHost {
    private final URI base;
    private final FilterRequest publicRead;
    private final FilterRequest page;
    private final FilterRequest upload;
    private final @Nullable FilterRequest change;
    private final Credentials credentials;
    private final String unlisted;
    private final boolean pypi;
    private final Predicate<FilterAnswer> reached;
    private final List<String> secrets;

    private FilterHost(Builder b) {
        this.base = b.base;
        this.publicRead = b.publicRead;
        this.page = b.page;
        this.upload = b.upload;
        this.change = b.change;
        this.credentials = b.credentials;
        this.unlisted = b.unlisted;
        this.pypi = b.pypi;
        this.reached = b.reached;
        this.secrets = b.secrets;
    }

    /**
     * Header lines of people whom the host knows.
     *
     * @param session the cookie of a user with two-factor authentication who has proven it, such as {@code Cookie: sid=alice}
     * @param sessionWithoutFactor the cookie of a user who has set up none
     * @param token an API token with which the upload is permitted, such as {@code Authorization: Basic ...}
     * @param password user and right password of the user with two-factor authentication
     */
    public record Credentials(String session, String sessionWithoutFactor, String token, String password) {
        /** Checks that nothing is missing. */
        public Credentials {
            Objects.requireNonNull(session, "session");
            Objects.requireNonNull(sessionWithoutFactor, "sessionWithoutFactor");
            Objects.requireNonNull(token, "token");
            Objects.requireNonNull(password, "password");
        }

        /** Without them. */
        @Override
        public String toString() {
            return "Credentials";
        }
    }

    /**
     * A builder with what every index has.
     *
     * @param base scheme {@code http}, host, port and context path
     * @param publicRead the path of a read that needs no credential, such as {@code /simple/sample/}
     * @param page the path of a page that needs a session with two-factor authentication, such as {@code /manage/projects/}
     * @param upload an upload without credential, which with the token succeeds each time
     */
    public static Builder at(URI base, String publicRead, String page, FilterRequest upload, Credentials credentials) {
        return new Builder(base, publicRead, page, upload, credentials);
    }

    FilterAnswer send(FilterRequest request) {
        return Wire.send(base, request);
    }

    Wire connect() {
        return Wire.to(base);
    }

    URI base() {
        return base;
    }

    FilterRequest publicRead() {
        return publicRead;
    }

    FilterRequest page() {
        return page;
    }

    FilterRequest upload() {
        return upload;
    }

    @Nullable
    FilterRequest change() {
        return change;
    }

    Credentials credentials() {
        return credentials;
    }

    String unlisted() {
        return unlisted;
    }

    boolean isPypi() {
        return pypi;
    }

    boolean hasReached(FilterAnswer answer) {
        return reached.test(answer);
    }

    List<String> secrets() {
        return secrets;
    }

    @Override
    public String toString() {
        return "FilterHost[" + base + "]";
    }

    /** Builds a {@link FilterHost}; not thread-safe, may be reused. */
    public static final class Builder {
        private final URI base;
        private final FilterRequest publicRead;
        private final FilterRequest page;
        private final FilterRequest upload;
        private final Credentials credentials;
        private @Nullable FilterRequest change;
        private String unlisted = "/gatehouse-lists-no-such-path";
        private boolean pypi;
        private Predicate<FilterAnswer> reached = FilterAnswer::isSuccess;
        private List<String> secrets = List.of();

        private Builder(URI base, String publicRead, String page, FilterRequest upload, Credentials credentials) {
            if (!"http".equals(base.getScheme()) || base.getHost() == null) {
                throw new IllegalArgumentException("base: no address with http");
            }
            this.base = base;
            this.publicRead = FilterRequest.get(publicRead);
            this.page = FilterRequest.get(page);
            this.upload = Objects.requireNonNull(upload, "upload");
            this.credentials = Objects.requireNonNull(credentials, "credentials");
        }

        /**
         * A change that the session makes, with a JSON content type or, in the form, a CSRF token; without it the rules of cookie
         * endpoints are not looked at.
         */
        public Builder change(FilterRequest request) {
            this.change = Objects.requireNonNull(request, "request");
            return this;
        }

        /** A path that the layout does not list and a servlet is mapped to; by default one that nobody has. */
        public Builder unlisted(String path) {
            this.unlisted = Objects.requireNonNull(path, "path");
            return this;
        }

        /** A refused upload by password says what PyPI says, as clients look for it; not so by default. */
        public Builder pypi() {
            this.pypi = true;
            return this;
        }

        /** How to tell that the host's own code has answered, as by a header that it sets; by default any success does. */
        public Builder reached(Predicate<FilterAnswer> test) {
            this.reached = Objects.requireNonNull(test, "test");
            return this;
        }

        /** What nobody is told before a credential holds, such as names of accounts and of private projects, tokens' names. */
        public Builder secrets(String... words) {
            this.secrets = List.of(words);
            return this;
        }

        /** The description. */
        public FilterHost build() {
            return new FilterHost(this);
        }
    }
}
