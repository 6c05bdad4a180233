package dev.gatehouse.publisher;

import dev.gatehouse.publisher.PublishingStore.Unit;
import java.util.function.Function;

/** Transactions that are begun again where somebody else has changed what they were about to change. */
final class Retries {
    private static final int ATTEMPTS = 32;

    private Retries() {}

    /** Somebody else was faster. */
    static final class LostRaceException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LostRaceException() {
            super("lost a race", null, false, false);
        }
    }

    static <T> T inTransaction(PublishingStore store, Function<? super Unit, ? extends T> work) {
        LostRaceException last = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return store.inTransaction(work::apply);
            } catch (LostRaceException e) {
                last = e;
            }
        }
        throw new IllegalStateException("store: publishers change all the time", last);
    }

    /** Goes on if a condition held when it was written, else gives the transaction up. */
    static void hold(boolean holds) {
        if (!holds) {
            throw new LostRaceException();
        }
    }
}
