package dev.gatehouse.totp;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a store answers for an account, distrusted as input is. */
final class StoredCredentials {
    private StoredCredentials() {}

    /**
     * The credentials of an account, checked.
     *
     * @throws IllegalStateException if the store answered with something that cannot be
     */
    static List<TotpCredential> of(TotpRepository repository, String account) {
        List<TotpCredential> answer = repository.ofAccount(account);
        if (!areOf(account, answer)) {
            throw new IllegalStateException("repository: the answer is not the credentials of one account");
        }
        return answer;
    }

    /** Whether it is an answer, all of it of this account, no id twice, and no more than an account may have. */
    static boolean areOf(String account, @Nullable List<@Nullable TotpCredential> credentials) {
        if (credentials == null || credentials.size() > TotpVerifier.MAX_CREDENTIALS) {
            return false;
        }
        Set<String> ids = new HashSet<>();
        for (TotpCredential credential : credentials) {
            if (credential == null || !credential.account().equals(account) || !ids.add(credential.id())) {
                return false;
            }
        }
        return true;
    }
}
