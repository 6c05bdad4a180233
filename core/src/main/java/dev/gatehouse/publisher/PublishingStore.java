package dev.gatehouse.publisher;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.token.ApiTokenRepository;
import java.util.function.Function;

/**
 * Everything that an exchange of a token changes, in one transaction.
 *
 * <p>Publishers, pending publishers, tokens, projects and the events of all of them are changed together or not at all. An
 * implementation is thread-safe and passes {@code PublishingStoreContract} of the testkit.
 */
public interface PublishingStore {

    /** The parts of one transaction, for its thread and until it ends. */
    interface Unit {
        PublisherRepository publishers();

        PendingPublisherRepository pending();

        ApiTokenRepository tokens();

        PublishingProjects projects();

        /** Where further events of the transaction go; they are recorded if it is committed. */
        AuditSink audit();
    }

    /**
     * Does several changes in one transaction, which is committed if the work returns and rolled back if it throws.
     *
     * <p>Where the store gives the transaction up for another's sake, the work is done again: it must do nothing else than use the
     * unit, and be ready to be asked twice.
     *
     * @return what the work returned
     * @throws RuntimeException whatever the work threw, or that the store failed; nothing is changed then
     */
    <T> T inTransaction(Function<? super Unit, ? extends T> work);
}
