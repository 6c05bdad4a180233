package dev.gatehouse.secret;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A store whose rows hold sealed values, as {@link KeyRotation} sees it.
 *
 * <p>Implementations are thread-safe. A store that cannot be reached throws; nothing is then known to be replaced.
 */
public interface Resealable {
    /** The purpose that these rows are sealed with; see {@link SealContext#purpose}. */
    String purpose();

    /** How many rows each key has sealed, by key id; keys without rows may be left out. */
    Map<String, Long> sealedRowsByKey();

    /**
     * Rows that any other key has sealed, in an order of the store's choice that does not change.
     *
     * @param keyId the key whose rows are left out
     * @param afterRowId the last row seen, or empty for the first rows
     * @param limit the most rows to return, at least 1
     */
    List<SealedRow> rowsNotSealedWith(String keyId, Optional<String> afterRowId, int limit);

    /**
     * Replaces sealed values, each only if the row still holds {@link Resealed#before}; all in one transaction, together
     * with the audit event of the rotation if anything was replaced.
     *
     * @return how many rows were replaced; the others were changed or removed meanwhile
     */
    int replaceSealed(List<Resealed> batch, Instant now);

    /**
     * A row as it lies in the store.
     *
     * @param ownerId the owner that it is sealed for
     * @param rowId its id, unique in the store
     * @param value the sealed value
     */
    record SealedRow(String ownerId, String rowId, SealedSecret value) {}

    /**
     * A row and the value that takes the place of its present one.
     *
     * @param before the row as it was read
     * @param after the same secret, sealed anew
     */
    record Resealed(SealedRow before, SealedSecret after) {}
}
