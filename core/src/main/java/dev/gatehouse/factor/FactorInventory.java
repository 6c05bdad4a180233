package dev.gatehouse.factor;

import java.util.List;

/**
 * The factors of one kind that accounts have set up, as the ceremonies that change factors see them.
 *
 * <p>Implementations are thread-safe and check what their store answers: a factor of another account is an exception, never an
 * answer. An unreachable store is an unchecked exception.
 */
public interface FactorInventory {
    /** The kind of every factor here. */
    FactorKind kind();

    /** The factors of an account, oldest first. */
    List<EnrolledFactor> enrolled(String account);
}
