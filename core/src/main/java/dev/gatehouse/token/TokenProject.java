package dev.gatehouse.token;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The project that a request is about, as the host knows it. Immutable and thread-safe.
 *
 * <p>A project that does not exist yet has a name only: no restriction to ids or publishers is met for it.
 */
public final class TokenProject {
    private final String name;
    private final @Nullable String id;
    private final Set<String> publishers;

    private TokenProject(String name, @Nullable String id, Set<String> publishers) {
        this.name = name;
        this.id = id;
        this.publishers = publishers;
    }

    /** A project of this name, in whatever spelling. */
    public static TokenProject of(String name) {
        return new TokenProject(Objects.requireNonNull(name, "name"), null, Set.of());
    }

    /** The same with the host's immutable id. */
    public TokenProject withId(String projectId) {
        return new TokenProject(name, Objects.requireNonNull(projectId, "projectId"), publishers);
    }

    /** The same with the ids of the trusted publishers that are linked to it now. */
    public TokenProject withPublishers(Set<String> publisherIds) {
        return new TokenProject(name, id, Set.copyOf(publisherIds));
    }

    public String name() {
        return name;
    }

    /** The host's immutable id; empty if the project does not exist yet. */
    public Optional<String> id() {
        return Optional.ofNullable(id);
    }

    /** The ids of the trusted publishers that are linked to it now. */
    public Set<String> publishers() {
        return publishers;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenProject that
                && name.equals(that.name)
                && Objects.equals(id, that.id)
                && publishers.equals(that.publishers);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return "TokenProject[" + CaveatText.cut(name) + "]";
    }
}
