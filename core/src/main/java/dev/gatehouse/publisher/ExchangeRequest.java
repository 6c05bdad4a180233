package dev.gatehouse.publisher;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An identity token that a client wants to exchange. Immutable and thread-safe; {@code toString} holds nothing of the token. */
public final class ExchangeRequest {
    private final String token;
    private final String address;
    private final @Nullable String project;

    private ExchangeRequest(String token, String address, @Nullable String project) {
        this.token = Objects.requireNonNull(token, "token");
        this.address = Objects.requireNonNull(address, "address");
        this.project = project;
    }

    /**
     * A request for a token for all projects of the publisher.
     *
     * @param token the identity token as it was received
     * @param address the network address of the connection, or the one that trusted proxies tell; what is no address counts as one
     *     unknown one
     */
    public static ExchangeRequest of(String token, String address) {
        return new ExchangeRequest(token, address, null);
    }

    /** The same for a token for one project alone, by its name. */
    public ExchangeRequest forProject(String name) {
        return new ExchangeRequest(token, address, Objects.requireNonNull(name, "name"));
    }

    public String token() {
        return token;
    }

    public String address() {
        return address;
    }

    /** The only project that the token is to be for. */
    public Optional<String> project() {
        return Optional.ofNullable(project);
    }

    @Override
    public String toString() {
        return "ExchangeRequest[" + token.length() + " characters]";
    }
}
