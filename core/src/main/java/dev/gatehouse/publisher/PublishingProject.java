package dev.gatehouse.publisher;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A project as the host knows it. Immutable and thread-safe. */
public final class PublishingProject {
    private final String id;
    private final String name;
    private final @Nullable String organization;

    private PublishingProject(String id, String name, @Nullable String organization) {
        this.id = Bounds.hostId(id, "id");
        this.name = Bounds.hostId(name, "name");
        this.organization = organization;
    }

    /**
     * A project that belongs to no organisation.
     *
     * @param id the host's immutable id, 1 to 255 characters
     * @param name its name, 1 to 255 characters
     */
    public static PublishingProject of(String id, String name) {
        return new PublishingProject(id, name, null);
    }

    /** The same, belonging to an organisation. */
    public PublishingProject inOrganization(String organizationId) {
        return new PublishingProject(id, name, Bounds.hostId(organizationId, "organizationId"));
    }

    /** The host's immutable id. */
    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    /** The organisation it belongs to. */
    public Optional<String> organization() {
        return Optional.ofNullable(organization);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PublishingProject that
                && id.equals(that.id)
                && name.equals(that.name)
                && Objects.equals(organization, that.organization);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "PublishingProject[" + id + "]";
    }
}
