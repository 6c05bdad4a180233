package dev.gatehouse.secret;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The work between two sealing keys: says at start whether a key is missing, and seals rows anew with the sealing key.
 *
 * <p>{@link #reseal} runs beside the application and may be stopped and run again at any time; each row changes in one
 * step and opens before and after. Several nodes may run it at once. Thread-safe.
 */
public final class KeyRotation {
    private static final int BATCH = 200;

    private final Sealer sealer;
    private final List<Resealable> stores;
    private final InstantSource clock;

    public KeyRotation(Sealer sealer, List<? extends Resealable> stores, InstantSource clock) {
        this.sealer = Objects.requireNonNull(sealer, "sealer");
        this.stores = List.copyOf(stores);
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** How many rows each key has sealed, over all stores, by key id. */
    public Map<String, Long> rowsByKey() {
        Map<String, Long> sum = new TreeMap<>();
        for (Resealable store : stores) {
            store.sealedRowsByKey().forEach((key, rows) -> sum.merge(key, rows, Long::sum));
        }
        return sum;
    }

    /**
     * Refuses to go on while rows are sealed with a key that is retired or unknown; call it before the first request.
     *
     * @throws KeyStillNeededException with every such key and the number of its rows
     */
    public void checkAtStart() {
        Map<String, Long> needed = new TreeMap<>(rowsByKey());
        needed.keySet().removeAll(sealer.ring().openingKeyIds());
        needed.values().removeIf(rows -> rows == 0);
        if (!needed.isEmpty()) {
            throw new KeyStillNeededException(needed);
        }
    }

    /**
     * Seals every row anew that another key has sealed.
     *
     * <p>A row that does not open is left as it is and counted; the rest goes on.
     *
     * @param progress told after each batch, and once at the end of each store
     * @return the last progress of each store, in their order
     */
    public List<Progress> reseal(Consumer<? super Progress> progress) {
        List<Progress> results = new ArrayList<>();
        for (Resealable store : stores) {
            results.add(reseal(store, progress));
        }
        return List.copyOf(results);
    }

    private Progress reseal(Resealable store, Consumer<? super Progress> listener) {
        String keyId = sealer.ring().sealingKeyId();
        long toDo = remaining(store, keyId);
        Optional<String> after = Optional.empty();
        long resealed = 0;
        long unopened = 0;
        while (true) {
            List<Resealable.SealedRow> rows = store.rowsNotSealedWith(keyId, after, BATCH);
            if (rows.isEmpty()) {
                Progress last = new Progress(store.purpose(), resealed, unopened, remaining(store, keyId));
                listener.accept(last);
                return last;
            }
            List<Resealable.Resealed> batch = new ArrayList<>();
            for (Resealable.SealedRow row : rows) {
                Optional<SealedSecret> anew = sealAnew(store.purpose(), row);
                if (anew.isPresent()) {
                    batch.add(new Resealable.Resealed(row, anew.get()));
                } else {
                    unopened++;
                }
            }
            if (!batch.isEmpty()) {
                resealed += store.replaceSealed(List.copyOf(batch), clock.instant());
            }
            after = Optional.of(rows.get(rows.size() - 1).rowId());
            listener.accept(new Progress(store.purpose(), resealed, unopened, Math.max(0, toDo - resealed)));
        }
    }

    private Optional<SealedSecret> sealAnew(String purpose, Resealable.SealedRow row) {
        SealContext context = new SealContext(purpose, row.ownerId(), row.rowId());
        try {
            return Optional.of(sealer.seal(sealer.open(row.value(), context), context));
        } catch (UnsealingException e) {
            return Optional.empty();
        }
    }

    private static long remaining(Resealable store, String keyId) {
        long remaining = 0;
        for (Map.Entry<String, Long> entry : store.sealedRowsByKey().entrySet()) {
            remaining += entry.getKey().equals(keyId) ? 0 : entry.getValue();
        }
        return remaining;
    }

    /**
     * How far the sealing anew of one store has come.
     *
     * @param purpose the store's purpose
     * @param resealed rows sealed anew by this run
     * @param unopened rows that this run could not open and left alone
     * @param remaining rows that another key still seals, the unopened among them; counted anew at the end, where 0 means that
     *     the other keys may be retired
     */
    public record Progress(String purpose, long resealed, long unopened, long remaining) {}
}
