package dev.gatehouse.publisher;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The providers whose runs an index knows, by id. Immutable and thread-safe. */
public final class PublisherProviders {
    private final SortedMap<String, PublisherProvider> providers;

    private PublisherProviders(SortedMap<String, PublisherProvider> providers) {
        this.providers = providers;
    }

    /** The six that come with the library: ActiveState, Buildkite, CircleCI, GitHub, GitLab, Google. */
    public static PublisherProviders standard() {
        return of(List.of(
                PublisherProvider.activeState(),
                PublisherProvider.buildkite(),
                PublisherProvider.circleCi(),
                PublisherProvider.github(),
                PublisherProvider.gitlab(),
                PublisherProvider.google()));
    }

    /**
     * Just these.
     *
     * @throws IllegalArgumentException if two have one id
     */
    public static PublisherProviders of(Collection<PublisherProvider> all) {
        TreeMap<String, PublisherProvider> byId = new TreeMap<>();
        for (PublisherProvider each : all) {
            if (byId.putIfAbsent(each.id(), each) != null) {
                throw new IllegalArgumentException("all: two providers '" + each.id() + "'");
            }
        }
        return new PublisherProviders(Collections.unmodifiableSortedMap(byId));
    }

    /** These, with one more or another in the place of the one with its id. */
    public PublisherProviders with(PublisherProvider provider) {
        TreeMap<String, PublisherProvider> more = new TreeMap<>(providers);
        more.put(provider.id(), provider);
        return new PublisherProviders(Collections.unmodifiableSortedMap(more));
    }

    /** The provider with this id. */
    public Optional<PublisherProvider> find(String id) {
        return Optional.ofNullable(providers.get(id));
    }

    /** All of them, by id. */
    public List<PublisherProvider> all() {
        return List.copyOf(providers.values());
    }

    @Override
    public String toString() {
        return "PublisherProviders" + providers.keySet();
    }
}
