package dev.gatehouse.token;

import java.net.InetAddress;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the request that a token came with. What is not said is not there, and restrictions that ask for it are
 * not met. Immutable and thread-safe.
 */
public final class TokenContext {
    private static final TokenContext NOTHING = new TokenContext(null, null, Map.of());

    private final @Nullable TokenProject project;
    private final @Nullable InetAddress address;
    private final Map<String, String> attributes;

    private TokenContext(
            @Nullable TokenProject project, @Nullable InetAddress address, Map<String, String> attributes) {
        this.project = project;
        this.address = address;
        this.attributes = attributes;
    }

    /** A request about no project, from no known address. */
    public static TokenContext withoutProject() {
        return NOTHING;
    }

    /** A request about a project. */
    public static TokenContext about(TokenProject project) {
        return NOTHING.withProject(project);
    }

    /** The same about a project. */
    public TokenContext withProject(TokenProject known) {
        return new TokenContext(Objects.requireNonNull(known, "known"), address, attributes);
    }

    /** The same from a network address; behind proxies, the one that trusted proxies tell. */
    public TokenContext from(InetAddress client) {
        return new TokenContext(project, Objects.requireNonNull(client, "client"), attributes);
    }

    /** The same with a value that a host's own caveats ask for. */
    public TokenContext withAttribute(String name, String value) {
        Map<String, String> more = new TreeMap<>(attributes);
        more.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return new TokenContext(project, address, Map.copyOf(more));
    }

    /** The project that the request is about. */
    public Optional<TokenProject> project() {
        return Optional.ofNullable(project);
    }

    /** The network address that the request came from. */
    public Optional<InetAddress> address() {
        return Optional.ofNullable(address);
    }

    /** A value for a host's own caveats. */
    public Optional<String> attribute(String name) {
        return Optional.ofNullable(attributes.get(name));
    }
}
