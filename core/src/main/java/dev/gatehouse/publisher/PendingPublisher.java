package dev.gatehouse.publisher;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A publisher that waits for its first run, which will make its project; the project's name is not reserved meanwhile.
 *
 * <p>It can be used while now is before {@link #expires}. One set of settings waits for one project name once: {@link #identity}.
 * Immutable and thread-safe.
 */
public final class PendingPublisher {
    /** How long it waits by default, as on PyPI. */
    public static final Duration LIFETIME = Duration.ofDays(30);

    private final String id;
    private final PublisherSettings settings;
    private final String projectName;
    private final String normalizedName;
    private final String registrant;
    private final Instant created;
    private final Instant expires;
    private final SortedMap<String, String> pins;
    private final @Nullable String organization;
    private final boolean reminded;

    private PendingPublisher(Builder b) {
        this.id = b.id;
        this.settings = b.settings;
        this.projectName = b.projectName;
        this.normalizedName = b.normalizedName;
        this.registrant = b.registrant;
        this.created = b.created;
        this.expires = b.expires;
        this.pins = b.pins;
        this.organization = b.organization;
        this.reminded = b.reminded;
    }

    /**
     * A builder with what every pending publisher has.
     *
     * @param id 1 to 64 visible ASCII characters
     * @param projectName the name as the registrant wrote it, 255 characters at most
     * @param normalizedName {@link PublishingProjects#normalized} of it
     * @param registrant the account that registered it and will own the project, unless an organisation will
     * @throws IllegalArgumentException if one is blank or too long
     */
    public static Builder builder(
            String id,
            PublisherSettings settings,
            String projectName,
            String normalizedName,
            String registrant,
            Instant created) {
        return new Builder(id, settings, projectName, normalizedName, registrant, created);
    }

    /** A builder that begins with the values of this one. */
    public Builder toBuilder() {
        Builder b = new Builder(id, settings, projectName, normalizedName, registrant, created);
        b.expires = expires;
        b.pins = pins;
        b.organization = organization;
        b.reminded = reminded;
        return b;
    }

    public String id() {
        return id;
    }

    public PublisherSettings settings() {
        return settings;
    }

    /** The name as the registrant wrote it. */
    public String projectName() {
        return projectName;
    }

    /** The name in the spelling in which names compete. */
    public String normalizedName() {
        return normalizedName;
    }

    /** The host's immutable id of the account that registered it. */
    public String registrant() {
        return registrant;
    }

    public Instant created() {
        return created;
    }

    /** The first instant at which it is no longer good. */
    public Instant expires() {
        return expires;
    }

    /** Immutable ids of the provider that its tokens must name; unmodifiable. */
    public SortedMap<String, String> pins() {
        return pins;
    }

    /** The organisation that will own the project; empty if the registrant will. */
    public Optional<String> organization() {
        return Optional.ofNullable(organization);
    }

    /** Whether the registrant was told that it will expire soon. */
    public boolean reminded() {
        return reminded;
    }

    /** A digest of settings and normalised name: 64 hexadecimal digits, unique among pending publishers; stable. */
    public String identity() {
        return Digests.of(settings, Collections.emptySortedMap(), null, normalizedName);
    }

    private List<@Nullable Object> values() {
        return Arrays.asList(
                id, settings, projectName, normalizedName, registrant, created, expires, pins, organization, reminded);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PendingPublisher that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "PendingPublisher[" + id + ", " + settings.provider() + "]";
    }

    /** Builds a {@link PendingPublisher}; not thread-safe, may be reused. */
    public static final class Builder {
        private final String id;
        private final PublisherSettings settings;
        private final String projectName;
        private final String normalizedName;
        private final String registrant;
        private final Instant created;
        private Instant expires;
        private SortedMap<String, String> pins = Collections.emptySortedMap();
        private @Nullable String organization;
        private boolean reminded;

        private Builder(
                String id,
                PublisherSettings settings,
                String projectName,
                String normalizedName,
                String registrant,
                Instant created) {
            this.id = Bounds.id(id, "id");
            this.settings = Objects.requireNonNull(settings, "settings");
            this.projectName = Bounds.hostId(projectName, "projectName");
            this.normalizedName = Bounds.hostId(normalizedName, "normalizedName");
            this.registrant = Bounds.hostId(registrant, "registrant");
            this.created = Objects.requireNonNull(created, "created");
            this.expires = created.plus(LIFETIME);
        }

        /**
         * The first instant at which it is no longer good; {@link PendingPublisher#LIFETIME} after its making by default.
         *
         * @throws IllegalArgumentException if it is not after {@code created}
         */
        public Builder expires(Instant end) {
            if (!end.isAfter(created)) {
                throw new IllegalArgumentException("end: not after created");
            }
            this.expires = end;
            return this;
        }

        /** The pins: 16 at most, names and values of 255 characters at most. */
        public Builder pins(Map<String, String> all) {
            this.pins = Bounds.pins(all);
            return this;
        }

        /** The organisation that will own the project. */
        public Builder organization(String organizationId) {
            this.organization = Bounds.hostId(organizationId, "organizationId");
            return this;
        }

        public Builder reminded(boolean was) {
            this.reminded = was;
            return this;
        }

        public PendingPublisher build() {
            return new PendingPublisher(this);
        }
    }
}
