package dev.gatehouse.webauthn;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a store answers about credentials, distrusted as input is. */
final class StoredKeys {
    private StoredKeys() {}

    /** The credentials of an account, or empty if the store answered with something that cannot be. */
    static Optional<List<WebAuthnCredential>> of(WebAuthnRepository repository, String account) {
        List<WebAuthnCredential> answer = repository.ofAccount(account);
        return areOf(account, answer) ? Optional.of(List.copyOf(answer)) : Optional.empty();
    }

    /**
     * The credentials of an account.
     *
     * @throws IllegalStateException if the store answered with something that cannot be
     */
    static List<WebAuthnCredential> required(WebAuthnRepository repository, String account) {
        return of(repository, account)
                .orElseThrow(() ->
                        new IllegalStateException("repository: the answer is not the credentials of one account"));
    }

    /** Whether it is an answer, all of it of one user of this account, no id twice, and no more than an account may have. */
    private static boolean areOf(String account, @Nullable List<@Nullable WebAuthnCredential> credentials) {
        if (credentials == null || credentials.size() > WebAuthnRepository.MAX_CREDENTIALS) {
            return false;
        }
        Set<String> ids = new HashSet<>();
        Set<String> handles = new HashSet<>();
        for (WebAuthnCredential credential : credentials) {
            if (credential == null || !credential.account().equals(account) || !ids.add(credential.id())) {
                return false;
            }
            handles.add(credential.userHandle());
        }
        return handles.size() <= 1;
    }
}
