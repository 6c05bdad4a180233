package dev.gatehouse.publisher;

import dev.gatehouse.audit.AuditEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The pending publishers of an {@link InMemoryPublishingStore}. */
final class InMemoryPendingPublishers implements PendingPublisherRepository {
    private static final Comparator<Row> OLDEST = Comparator.comparing(
                    (Row row) -> row.pending().created())
            .thenComparing(row -> row.pending().id());
    private static final Comparator<Row> ENDING = Comparator.comparing(
                    (Row row) -> row.pending().expires())
            .thenComparing(row -> row.pending().id());

    private record Row(PendingPublisher pending, Set<String> keys) {}

    private final InMemoryPublishingStore store;
    private Map<String, Row> rows = new HashMap<>();

    InMemoryPendingPublishers(InMemoryPublishingStore store) {
        this.store = store;
    }

    /** Puts everything back as it is now. */
    Runnable snapshot() {
        Map<String, Row> before = new HashMap<>(rows);
        return () -> rows = before;
    }

    @Override
    public Optional<PendingPublisher> find(String id) {
        return store.together(() -> Optional.ofNullable(rows.get(id)).map(Row::pending));
    }

    @Override
    public List<PendingPublisher> withAnyKey(Set<String> keys, int limit) {
        LookupKeys.check(keys);
        return all(row -> row.keys().stream().anyMatch(keys::contains), OLDEST, LookupKeys.limit(limit));
    }

    @Override
    public List<PendingPublisher> ofRegistrant(String account) {
        return all(row -> isOf(row, account), OLDEST, Long.MAX_VALUE);
    }

    private static boolean isOf(Row row, String account) {
        return row.pending().organization().isEmpty()
                && row.pending().registrant().equals(account);
    }

    @Override
    public List<PendingPublisher> ofOrganization(String organization) {
        return all(row -> row.pending().organization().equals(Optional.of(organization)), OLDEST, Long.MAX_VALUE);
    }

    @Override
    public List<PendingPublisher> ofName(String normalizedName, int limit) {
        return all(row -> row.pending().normalizedName().equals(normalizedName), OLDEST, LookupKeys.limit(limit));
    }

    @Override
    public List<PendingPublisher> ending(Instant by, boolean unremindedOnly, int limit) {
        return all(
                row -> !row.pending().expires().isAfter(by)
                        && !(unremindedOnly && row.pending().reminded()),
                ENDING,
                LookupKeys.limit(limit));
    }

    private List<PendingPublisher> all(Predicate<Row> wanted, Comparator<Row> order, long limit) {
        return store.together(() -> rows.values().stream()
                .filter(wanted)
                .sorted(order)
                .limit(limit)
                .map(Row::pending)
                .toList());
    }

    @Override
    public Insertion insert(PendingPublisher pending, Set<String> keys, int most, AuditEvent event) {
        LookupKeys.limit(most);
        Row row = new Row(pending, LookupKeys.check(keys));
        return store.together(() -> {
            if (rows.containsKey(pending.id())) {
                return Insertion.ID_TAKEN;
            }
            String identity = pending.identity();
            if (rows.values().stream()
                    .anyMatch(other -> other.pending().identity().equals(identity))) {
                return Insertion.IDENTITY_TAKEN;
            }
            if (pending.organization().isEmpty() && live(pending) >= most) {
                return Insertion.LIMIT;
            }
            rows.put(pending.id(), row);
            store.record(event);
            return Insertion.INSERTED;
        });
    }

    private long live(PendingPublisher pending) {
        return rows.values().stream()
                .filter(row -> isOf(row, pending.registrant())
                        && row.pending().expires().isAfter(pending.created()))
                .count();
    }

    @Override
    public Change remind(PendingPublisher expected, AuditEvent event) {
        return store.together(() -> {
            Row row = rows.get(expected.id());
            if (expected.reminded() || row == null || !row.pending().equals(expected)) {
                return Change.CONFLICT;
            }
            rows.put(expected.id(), new Row(expected.toBuilder().reminded(true).build(), row.keys()));
            store.record(event);
            return Change.CHANGED;
        });
    }

    @Override
    public Change remove(PendingPublisher expected, AuditEvent event) {
        return store.together(() -> {
            Row row = rows.get(expected.id());
            if (row == null || !row.pending().equals(expected)) {
                return Change.CONFLICT;
            }
            rows.remove(expected.id());
            store.record(event);
            return Change.CHANGED;
        });
    }
}
