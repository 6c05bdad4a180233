package dev.gatehouse.recovery;

import java.util.Objects;
import java.util.Optional;

/** What a store answers for an account, distrusted as input is. */
final class StoredCodes {
    private StoredCodes() {}

    /** Whether it is an answer, not null, and the set in it, if any, of this account. */
    static boolean areOf(String account, Optional<RecoveryCodeSet> answer) {
        return Objects.nonNull(answer)
                && (answer.isEmpty() || answer.get().account().equals(account));
    }

    /**
     * The set of an account, checked.
     *
     * @throws IllegalStateException if the store answered with something that cannot be
     */
    static Optional<RecoveryCodeSet> of(RecoveryCodeRepository repository, String account) {
        Optional<RecoveryCodeSet> answer = repository.ofAccount(account);
        if (!areOf(account, answer)) {
            throw new IllegalStateException("repository: the answer is not the codes of this account");
        }
        return answer;
    }
}
