package dev.gatehouse.servlet;

import java.time.Duration;
import java.util.Objects;

/**
 * Checks user names with passwords that clients send in {@code Authorization}, for an index on which they still count.
 *
 * <p>It is asked only where the policy could let a password through, so that a password that is refused anyway cannot be tried
 * out. Thread-safe; an exception is answered 503. The attempts spend the same budgets as the login form's.
 */
@FunctionalInterface
public interface PasswordVerifier {

    /** Checks one pair. */
    Answer check(String user, String password, String address);

    /** Checks nothing: whoever sends a password stays unknown, as PyPI has it since 2024. */
    static PasswordVerifier none() {
        return (user, password, address) -> new Unchecked();
    }

    /** The result of a check. */
    sealed interface Answer {}

    /** Nobody checked; the account stays unknown. */
    record Unchecked() implements Answer {}

    /**
     * The password is the account's.
     *
     * @param accountId the host's immutable id
     * @param name the account's name
     */
    record Accepted(String accountId, String name) implements Answer {
        public Accepted {
            Objects.requireNonNull(accountId, "accountId");
            Objects.requireNonNull(name, "name");
        }
    }

    /** There is no such pair; the answer is the same for an unknown user. */
    record Rejected() implements Answer {}

    /**
     * Too many attempts.
     *
     * @param retryAfter when to try again
     */
    record Throttled(Duration retryAfter) implements Answer {
        public Throttled {
            Objects.requireNonNull(retryAfter, "retryAfter");
        }
    }
}
