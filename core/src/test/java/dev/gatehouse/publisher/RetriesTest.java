package dev.gatehouse.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** How often a transaction is begun again before the store is said to be at fault. */
class RetriesTest {
    /** Loses the first races. */
    private static final class Losing implements PublishingStore {
        private final int lost;
        private int begun;

        private Losing(int lost) {
            this.lost = lost;
        }

        @Override
        @SuppressWarnings("NullAway") // the work looks at no unit
        public <T> T inTransaction(Function<? super Unit, ? extends T> work) {
            begun++;
            Retries.hold(begun > lost);
            return work.apply(null);
        }
    }

    @Test
    void inTransaction_thirtyOneRacesLost_isDoneAtTheLastAttempt() {
        Losing store = new Losing(31);
        assertThat(Retries.<String>inTransaction(store, unit -> "done")).isEqualTo("done");
        assertThat(store.begun).isEqualTo(32);
    }

    @Test
    void inTransaction_everyRaceLost_isGivenUpAfterThirtyTwo() {
        Losing store = new Losing(Integer.MAX_VALUE);
        assertThatIllegalStateException()
                .isThrownBy(() -> Retries.<String>inTransaction(store, unit -> "done"))
                .withMessageContaining("publishers change all the time")
                .withCauseInstanceOf(Retries.LostRaceException.class);
        assertThat(store.begun).isEqualTo(32);
    }
}
