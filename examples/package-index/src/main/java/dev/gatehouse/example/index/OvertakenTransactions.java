package dev.gatehouse.example.index;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.LocalTransactionHandler;
import org.jdbi.v3.core.transaction.SerializableTransactionRunner;
import org.jdbi.v3.core.transaction.TransactionHandler;

/**
 * Does a transaction again, a few times at most, that another has overtaken: it was given up for the other's sake, or a row that it did
 * not see is there when it writes its own, or one that it saw is gone. Of two uploads that make one release, or two people who add one member, the second finds
 * what the first has made. What a transaction does must be ready to be done twice.
 */
public final class OvertakenTransactions extends SerializableTransactionRunner {
    /** H2's words for a row of that key that is there, for none that a reference names, and for one that another transaction is changing. */
    private static final String DUPLICATE_KEY = "23505";

    private static final String PARENT_MISSING = "23506";

    private static final String CONCURRENT_UPDATE = "90131";

    public OvertakenTransactions() {
        this(new LocalTransactionHandler());
    }

    private OvertakenTransactions(TransactionHandler delegate) {
        super(delegate);
    }

    @Override
    public TransactionHandler specialize(Handle handle) throws SQLException {
        return new OvertakenTransactions(getDelegate().specialize(handle));
    }

    @Override
    protected boolean isSqlState(String givenUp, Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof SQLException cause && cause.getSQLState() != null) {
                String state = cause.getSQLState();
                return state.startsWith(givenUp)
                        || state.equals(DUPLICATE_KEY)
                        || state.equals(PARENT_MISSING)
                        || state.equals(CONCURRENT_UPDATE);
            }
        }
        return false;
    }
}
