package dev.gatehouse.servlet;

import dev.gatehouse.policy.Fact;
import dev.gatehouse.policy.PublisherRun;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A policy's facts about a run, from what is recorded of it with its token ({@link dev.gatehouse.publisher.PublisherProvider#run}): provider,
 * event, kind of ref, flags. What was not recorded is unknown; the flags are known where the provider is.
 */
final class RecordedRun {
    private RecordedRun() {}

    /**
     * The facts.
     *
     * @param more flags of the host's own about the publisher
     */
    static PublisherRun of(Map<String, String> recorded, Set<String> more) {
        String provider = recorded.get("provider");
        return PublisherRun.of(
                Fact.ofNullable(provider),
                Fact.ofNullable(recorded.get("event")),
                Fact.ofNullable(refType(recorded)),
                provider == null ? Fact.unknown() : Fact.of(flags(recorded.getOrDefault("flags", ""), more)));
    }

    private static @Nullable String refType(Map<String, String> recorded) {
        String type = recorded.get("ref-type");
        String ref = recorded.getOrDefault("ref", "");
        return type != null
                ? type
                : ref.startsWith("refs/heads/") ? "branch" : ref.startsWith("refs/tags/") ? "tag" : null;
    }

    private static Set<String> flags(String recorded, Set<String> more) {
        Set<String> flags = new TreeSet<>(more);
        flags.addAll(Arrays.asList(recorded.split(" ", -1)));
        flags.remove("");
        return flags;
    }
}
