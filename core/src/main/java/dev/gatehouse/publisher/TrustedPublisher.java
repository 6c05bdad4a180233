package dev.gatehouse.publisher;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A workflow of a provider that may publish to the projects it is linked to: what its identity tokens have to say, and for which
 * projects they are good.
 *
 * <p>Two publishers with the same settings, pins and organisation are one: {@link #identity}. A publisher without a project has no
 * use, and is removed with its last link. It holds no secret. Immutable and thread-safe.
 */
public final class TrustedPublisher {
    /** The most projects that one publisher is linked to. */
    public static final int MAX_PROJECTS = 1_000;

    private final String id;
    private final PublisherSettings settings;
    private final Instant created;
    private final SortedMap<String, String> pins;
    private final @Nullable String organization;
    private final SortedSet<String> projects;
    private final @Nullable String addedBy;

    private TrustedPublisher(Builder b) {
        this.id = b.id;
        this.settings = b.settings;
        this.created = b.created;
        this.pins = b.pins;
        this.organization = b.organization;
        this.projects = b.projects;
        this.addedBy = b.addedBy;
    }

    /**
     * A builder with what every publisher has.
     *
     * @param id 1 to 64 visible ASCII characters; owner of its tokens is {@link dev.gatehouse.token.TokenOwner#publisher}
     * @throws IllegalArgumentException if the id is malformed
     */
    public static Builder builder(String id, PublisherSettings settings, Instant created) {
        return new Builder(id, settings, created);
    }

    /** A builder that begins with the values of this publisher. */
    public Builder toBuilder() {
        Builder b = new Builder(id, settings, created);
        b.pins = pins;
        b.organization = organization;
        b.projects = projects;
        b.addedBy = addedBy;
        return b;
    }

    public String id() {
        return id;
    }

    public PublisherSettings settings() {
        return settings;
    }

    public Instant created() {
        return created;
    }

    /** Immutable ids of the provider that its tokens must name, such as that of a repository's owner; unmodifiable. */
    public SortedMap<String, String> pins() {
        return pins;
    }

    /** The organisation whose own issuer it trusts, for whose projects alone it is good; empty for issuers of everybody. */
    public Optional<String> organization() {
        return Optional.ofNullable(organization);
    }

    /** The host's immutable ids of the projects it may publish to; unmodifiable. */
    public SortedSet<String> projects() {
        return projects;
    }

    /** The account that added it first; empty if it is not known. It has no rights of its own over it. */
    public Optional<String> addedBy() {
        return Optional.ofNullable(addedBy);
    }

    /** A digest of settings, pins and organisation: 64 hexadecimal digits, unique among publishers; stable, for stores keep it. */
    public String identity() {
        return Digests.of(settings, pins, organization, "");
    }

    private List<@Nullable Object> values() {
        return Arrays.asList(id, settings, created, pins, organization, projects, addedBy);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TrustedPublisher that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "TrustedPublisher[" + id + ", " + settings.provider() + ", " + projects.size() + " projects]";
    }

    /** Builds a {@link TrustedPublisher}; not thread-safe, may be reused. */
    public static final class Builder {
        private final String id;
        private final PublisherSettings settings;
        private final Instant created;
        private SortedMap<String, String> pins = Collections.emptySortedMap();
        private @Nullable String organization;
        private SortedSet<String> projects = Collections.emptySortedSet();
        private @Nullable String addedBy;

        private Builder(String id, PublisherSettings settings, Instant created) {
            this.id = Bounds.id(id, "id");
            this.settings = Objects.requireNonNull(settings, "settings");
            this.created = Objects.requireNonNull(created, "created");
        }

        /** The pins: 16 at most, names and values of 255 characters at most. */
        public Builder pins(Map<String, String> all) {
            this.pins = Bounds.pins(all);
            return this;
        }

        /** The organisation whose issuer it trusts. */
        public Builder organization(String organizationId) {
            this.organization = Bounds.hostId(organizationId, "organizationId");
            return this;
        }

        /** The projects, {@value TrustedPublisher#MAX_PROJECTS} at most. */
        public Builder projects(Set<String> projectIds) {
            if (projectIds.size() > MAX_PROJECTS) {
                throw new IllegalArgumentException("projectIds: more than " + MAX_PROJECTS);
            }
            projectIds.forEach(project -> Bounds.hostId(project, "projectIds"));
            this.projects = Collections.unmodifiableSortedSet(new TreeSet<>(projectIds));
            return this;
        }

        /** The account that added it. */
        public Builder addedBy(String accountId) {
            this.addedBy = Bounds.hostId(accountId, "accountId");
            return this;
        }

        public TrustedPublisher build() {
            return new TrustedPublisher(this);
        }
    }

    /** With the pins of a run. */
    TrustedPublisher pinned(Map<String, String> now) {
        SortedMap<String, String> all = new TreeMap<>(pins);
        all.putAll(now);
        return toBuilder().pins(all).build();
    }

    /** Linked to a project. */
    TrustedPublisher linkedTo(String projectId) {
        return linkedTo(Set.of(projectId));
    }

    TrustedPublisher linkedTo(Set<String> projectIds) {
        SortedSet<String> all = new TreeSet<>(projects);
        all.addAll(projectIds);
        return toBuilder().projects(all).build();
    }

    /** Not linked to a project. */
    TrustedPublisher withoutProject(String projectId) {
        SortedSet<String> all = new TreeSet<>(projects);
        all.remove(projectId);
        return toBuilder().projects(all).build();
    }
}
