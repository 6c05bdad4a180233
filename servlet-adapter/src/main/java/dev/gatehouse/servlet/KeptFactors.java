package dev.gatehouse.servlet;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.signin.FactorWrite;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The factors of one kind, as the endpoints list and remove them. Thread-safe. */
interface KeptFactors {
    FactorKind kind();

    /** The factors of an account, oldest first; one of another account is an exception. */
    List<Listed> list(String account);

    /** Removes one at a version of the account. */
    FactorWrite.Answer<String> remove(
            String account, String id, long version, UnaryOperator<AuditEvent.Builder> origin);

    /** PyPI's words for a removal. */
    String removed();

    /**
     * What a person sees of a factor.
     *
     * @param strength the id of its class
     * @param lastUsed {@code null} if it was never used
     */
    record Listed(
            String id,
            String label,
            @Nullable String strength,
            Instant created,
            @Nullable Instant lastUsed) {}

    /** The store's answer as a change of factors takes it. */
    static FactorWrite.Answer<String> answer(boolean removed, boolean found, String id) {
        return removed
                ? new FactorWrite.Written<>(id)
                : found ? new FactorWrite.Conflict<>() : new FactorWrite.NotFound<>();
    }

    /** A store may not show the factors of others. */
    static void check(String account, String owner) {
        if (!owner.equals(account)) {
            throw new IllegalStateException("store: answered with a factor of another account");
        }
    }
}
