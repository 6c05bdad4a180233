package dev.gatehouse.signin;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Devices in a map; an event is recorded before the change, under the same lock. */
final class InMemoryDevices implements DeviceRepository {
    private static final Comparator<Stored> NEWEST_FIRST = Comparator.comparing(
                    (Stored stored) -> stored.device().since())
            .reversed()
            .thenComparing(stored -> stored.device().id());

    private final AuditSink events;
    private final Map<String, List<Stored>> accounts = new TreeMap<>();

    InMemoryDevices(AuditSink events) {
        this.events = Objects.requireNonNull(events, "events");
    }

    @Override
    public synchronized List<Stored> ofAccount(String account) {
        return List.copyOf(accounts.getOrDefault(account, List.of()));
    }

    @Override
    public synchronized void add(Stored stored, int most, AuditEvent remembered) {
        String id = stored.device().id();
        if (accounts.values().stream()
                .flatMap(List::stream)
                .anyMatch(each -> each.device().id().equals(id))) {
            throw new IllegalStateException("stored: its id is in use");
        }
        events.record(remembered);
        List<Stored> devices = new ArrayList<>(ofAccount(stored.device().account()));
        devices.add(stored);
        devices.sort(NEWEST_FIRST);
        accounts.put(stored.device().account(), devices.subList(0, Math.min(most, devices.size())));
    }

    @Override
    public synchronized void used(String account, String id, Instant now) {
        accounts.computeIfPresent(
                account,
                (same, devices) -> devices.stream()
                        .map(each -> each.device().id().equals(id)
                                ? new Stored(each.device().usedAt(now), each.secretHash())
                                : each)
                        .toList());
    }

    @Override
    public synchronized Removal remove(String account, String id, AuditEvent forgotten) {
        List<Stored> devices = ofAccount(account);
        List<Stored> left =
                devices.stream().filter(each -> !each.device().id().equals(id)).toList();
        if (left.size() == devices.size()) {
            return Removal.NOT_FOUND;
        }
        events.record(forgotten);
        accounts.put(account, left);
        return Removal.REMOVED;
    }

    @Override
    public synchronized void removeAll(String account, AuditEvent forgotten) {
        if (!ofAccount(account).isEmpty()) {
            events.record(forgotten);
            accounts.remove(account);
        }
    }
}
