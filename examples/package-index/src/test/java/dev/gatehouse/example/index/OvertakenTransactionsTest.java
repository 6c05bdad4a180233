package dev.gatehouse.example.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testkit.Race;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcDataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of transactions that write one row each finds it written or writes it, whatever was between its look and its write. */
class OvertakenTransactionsTest {
    private final JdbcDataSource source = new JdbcDataSource();
    private Jdbi jdbi;

    @BeforeEach
    void make() {
        source.setURL("jdbc:h2:mem:overtaken-" + System.identityHashCode(this) + ";DB_CLOSE_DELAY=-1");
        jdbi = Jdbi.create(source).setTransactionHandler(new OvertakenTransactions());
        jdbi.useHandle(h -> h.execute("CREATE TABLE made (what INT NOT NULL PRIMARY KEY, by_whom INT NOT NULL)"));
    }

    private static void insert(Handle handle, int what, int by) {
        handle.execute("INSERT INTO made (what, by_whom) VALUES (?, ?)", what, by);
    }

    private static int maker(Handle handle, int what, int by) {
        String select = "SELECT by_whom FROM made WHERE what = ?";
        return handle.select(select, what).mapTo(Integer.class).findOne().orElseGet(() -> {
            insert(handle, what, by);
            return by;
        });
    }

    @Test
    void inTransaction_ofManyThatMakeOneThing_findsTheOneThatWasMade() {
        for (int round = 0; round < 100; round++) {
            int what = round;
            List<Integer> makers = Race.of(4, i -> jdbi.inTransaction(h -> maker(h, what, i)));

            assertThat(makers).hasSize(4);
            assertThat(Collections.nCopies(4, makers.get(0))).isEqualTo(makers);
        }
    }

    /** As an upload to a project that its owner deletes: it does not see the project a second time. */
    @Test
    void inTransaction_whoseParentIsDeletedBetweenItsLookAndItsWrite_looksAgain() {
        jdbi.useHandle(h -> h.execute("CREATE TABLE part (of_what INT NOT NULL REFERENCES made (what))"));
        jdbi.useTransaction(h -> insert(h, 1, 1));
        AtomicInteger attempts = new AtomicInteger();

        boolean written = jdbi.inTransaction(h -> {
            boolean seen = h.select("SELECT by_whom FROM made WHERE what = 1")
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent();
            if (attempts.incrementAndGet() == 1) {
                Jdbi.create(source).useHandle(other -> other.execute("DELETE FROM made WHERE what = 1"));
            }
            if (seen) {
                h.execute("INSERT INTO part (of_what) VALUES (1)");
            }
            return seen;
        });

        assertThat(written).isFalse();
        assertThat(attempts).hasValue(2);
    }

    @Test
    void inTransaction_thatCanNeverBeDone_endsWithItsFailureAndChangesNothing() {
        AtomicInteger attempts = new AtomicInteger();
        jdbi.useTransaction(h -> insert(h, 1, 1));

        assertThatThrownBy(() -> jdbi.useTransaction(h -> {
                    attempts.incrementAndGet();
                    insert(h, 2, 2);
                    insert(h, 1, 2);
                }))
                .isInstanceOf(UnableToExecuteStatementException.class);
        assertThat(attempts).hasValueBetween(2, 10);
        assertThat(jdbi.<Integer, RuntimeException>withHandle(h -> h.select("SELECT COUNT(*) FROM made")
                        .mapTo(Integer.class)
                        .one()))
                .isEqualTo(1);
    }

    @Test
    void inTransaction_thatFailsOfItself_isDoneOnce() {
        AtomicInteger attempts = new AtomicInteger();

        assertThatThrownBy(() -> jdbi.useTransaction(h -> {
                    attempts.incrementAndGet();
                    h.execute("INSERT INTO made (what, by_whom) VALUES (1, NULL)");
                }))
                .isInstanceOf(UnableToExecuteStatementException.class);
        assertThatThrownBy(() -> jdbi.useTransaction(h -> {
                    attempts.incrementAndGet();
                    throw new IllegalStateException("of itself");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(attempts).hasValue(2);
    }
}
