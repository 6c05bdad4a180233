package dev.gatehouse.signin;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Waivers in a map; the event is recorded before the change, under the same lock. */
final class InMemoryWaivers implements WaiverRepository {
    private final AuditSink events;
    private final SortedMap<String, GivenWaiver> waivers = new TreeMap<>();
    private final Set<String> ended = new HashSet<>();

    InMemoryWaivers(AuditSink events) {
        this.events = Objects.requireNonNull(events, "events");
    }

    @Override
    public synchronized Added add(GivenWaiver given, AuditEvent event) {
        if (waivers.containsKey(given.id())) {
            return Added.ID_IN_USE;
        }
        events.record(event);
        waivers.put(given.id(), given);
        return Added.ADDED;
    }

    @Override
    public synchronized Ended end(String id, Instant now, AuditEvent event) {
        GivenWaiver given = waivers.get(id);
        if (given == null || !isLive(given, now)) {
            return Ended.NOT_LIVE;
        }
        events.record(event);
        ended.add(id);
        return Ended.ENDED;
    }

    @Override
    public synchronized List<GivenWaiver> live(Instant now) {
        return waivers.values().stream().filter(given -> isLive(given, now)).toList();
    }

    private boolean isLive(GivenWaiver given, Instant now) {
        return now.isBefore(given.waiver().until()) && !ended.contains(given.id());
    }
}
