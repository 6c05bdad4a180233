package dev.gatehouse.policy;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A host's facts of a run, each asked at most once. Lives for one decision on one thread. */
final class MemoRun implements PublisherRun {
    private final PublisherRun host;
    private final boolean mayBeAbsent;
    private @Nullable Fact<String> provider;
    private @Nullable Fact<String> event;
    private @Nullable Fact<String> ref;
    private @Nullable Fact<Set<String>> flags;

    MemoRun(PublisherRun host, boolean mayBeAbsent) {
        this.host = host;
        this.mayBeAbsent = mayBeAbsent;
    }

    @Override
    public Fact<String> provider() {
        Fact<String> known = provider;
        if (known == null) {
            known = Fact.read(host.provider(), mayBeAbsent);
            provider = known;
        }
        return known;
    }

    @Override
    public Fact<String> event() {
        Fact<String> known = event;
        if (known == null) {
            known = Fact.read(host.event(), mayBeAbsent);
            event = known;
        }
        return known;
    }

    @Override
    public Fact<String> ref() {
        Fact<String> known = ref;
        if (known == null) {
            known = Fact.read(host.ref(), mayBeAbsent);
            ref = known;
        }
        return known;
    }

    @Override
    public Fact<Set<String>> flags() {
        Fact<Set<String>> known = flags;
        if (known == null) {
            known = Fact.read(host.flags(), mayBeAbsent);
            flags = known;
        }
        return known;
    }
}
