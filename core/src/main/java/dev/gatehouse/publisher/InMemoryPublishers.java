package dev.gatehouse.publisher;

import dev.gatehouse.audit.AuditEvent;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The publishers of an {@link InMemoryPublishingStore}. */
final class InMemoryPublishers implements PublisherRepository {
    private static final Comparator<Row> ORDER = Comparator.comparing(
                    (Row row) -> row.publisher().created())
            .thenComparing(row -> row.publisher().id());

    private record Row(TrustedPublisher publisher, Set<String> keys) {}

    private final InMemoryPublishingStore store;
    private Map<String, Row> rows = new HashMap<>();

    InMemoryPublishers(InMemoryPublishingStore store) {
        this.store = store;
    }

    /** Puts everything back as it is now. */
    Runnable snapshot() {
        Map<String, Row> before = new HashMap<>(rows);
        return () -> rows = before;
    }

    @Override
    public Optional<TrustedPublisher> find(String id) {
        return store.together(() -> Optional.ofNullable(rows.get(id)).map(Row::publisher));
    }

    @Override
    public List<TrustedPublisher> withAnyKey(Set<String> keys, int limit) {
        LookupKeys.check(keys);
        return all(row -> row.keys().stream().anyMatch(keys::contains), LookupKeys.limit(limit));
    }

    @Override
    public List<TrustedPublisher> ofProject(String projectId) {
        return all(row -> row.publisher().projects().contains(projectId), Long.MAX_VALUE);
    }

    private List<TrustedPublisher> all(Predicate<Row> wanted, long limit) {
        return store.together(() -> rows.values().stream()
                .filter(wanted)
                .sorted(ORDER)
                .limit(limit)
                .map(Row::publisher)
                .toList());
    }

    @Override
    public Insertion insert(TrustedPublisher publisher, Set<String> keys, AuditEvent event) {
        Row row = new Row(publisher, LookupKeys.check(keys));
        return store.together(() -> {
            if (rows.containsKey(publisher.id())) {
                return Insertion.ID_TAKEN;
            }
            if (isTaken(publisher)) {
                return Insertion.IDENTITY_TAKEN;
            }
            rows.put(publisher.id(), row);
            store.record(event);
            return Insertion.INSERTED;
        });
    }

    @Override
    public Change replace(TrustedPublisher expected, TrustedPublisher next, Set<String> keys, AuditEvent event) {
        return put(expected, next, LookupKeys.check(keys), event);
    }

    @Override
    public Change relink(TrustedPublisher expected, TrustedPublisher next, AuditEvent event) {
        return put(expected, next, null, event);
    }

    private Change put(TrustedPublisher expected, TrustedPublisher next, @Nullable Set<String> keys, AuditEvent event) {
        if (!expected.id().equals(next.id())) {
            throw new IllegalArgumentException("next: another id");
        }
        return store.together(() -> {
            Row row = rows.get(expected.id());
            if (row == null || !row.publisher().equals(expected)) {
                return Change.CONFLICT;
            }
            if (isTaken(next)) {
                return Change.IDENTITY_TAKEN;
            }
            rows.put(next.id(), new Row(next, keys == null ? row.keys() : keys));
            store.record(event);
            return Change.CHANGED;
        });
    }

    @Override
    public Change remove(TrustedPublisher expected, AuditEvent event) {
        return store.together(() -> {
            if (!isStill(expected)) {
                return Change.CONFLICT;
            }
            rows.remove(expected.id());
            store.record(event);
            return Change.CHANGED;
        });
    }

    private boolean isStill(TrustedPublisher expected) {
        Row row = rows.get(expected.id());
        return row != null && row.publisher().equals(expected);
    }

    private boolean isTaken(TrustedPublisher publisher) {
        String identity = publisher.identity();
        return rows.values().stream()
                .map(Row::publisher)
                .anyMatch(other ->
                        !other.id().equals(publisher.id()) && other.identity().equals(identity));
    }
}
