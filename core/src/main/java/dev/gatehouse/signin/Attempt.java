package dev.gatehouse.signin;

import dev.gatehouse.factor.FactorKind;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to prove something, before anything is verified: of which kind, from where, and for which account.
 *
 * <p>Start with the factory that tells the truth about the first factor: what is tried before the password was right counts for no
 * account, or a stranger who knows only a name could lock its owner out. Immutable and thread-safe.
 */
public final class Attempt {
    private static final int MAX_ACCOUNT_LENGTH = 255;

    private final @Nullable String account;
    private final FactorKind kind;
    private final NetworkAddress address;

    private Attempt(@Nullable String account, FactorKind kind, NetworkAddress address) {
        this.account = account;
        this.kind = Objects.requireNonNull(kind, "kind");
        this.address = Objects.requireNonNull(address, "address");
    }

    /**
     * An attempt by somebody who has proven the first factor of this account: in a pending login, in a session, or with a code
     * beside a credential that was verified.
     *
     * @param account the host's immutable id of the account
     */
    public static Attempt afterFirstFactor(String account, FactorKind kind, NetworkAddress address) {
        if (kind.equals(FactorKind.PASSWORD)) {
            throw new IllegalArgumentException("kind: a password is the first factor; see ofPassword");
        }
        return new Attempt(checked(account), kind, address);
    }

    /** An attempt by somebody who has proven nothing yet, such as a login by passkey alone; it counts for the address. */
    public static Attempt beforeFirstFactor(FactorKind kind, NetworkAddress address) {
        if (kind.equals(FactorKind.PASSWORD)) {
            throw new IllegalArgumentException("kind: a password has limits of its own; see ofPassword");
        }
        return new Attempt(null, kind, address);
    }

    /**
     * An attempt at a password; it has limits of its own, apart from those of all factors.
     *
     * @param name the account's id, or the name as it was typed, in one spelling; it need not exist
     */
    public static Attempt ofPassword(String name, NetworkAddress address) {
        return new Attempt(checked(name), FactorKind.PASSWORD, address);
    }

    private static String checked(String account) {
        if (account.isBlank() || account.length() > MAX_ACCOUNT_LENGTH) {
            throw new IllegalArgumentException("account: blank or over " + MAX_ACCOUNT_LENGTH + " characters");
        }
        return account;
    }

    /** The account whose first factor is proven, or whose password is tried. */
    public Optional<String> account() {
        return Optional.ofNullable(account);
    }

    public FactorKind kind() {
        return kind;
    }

    public NetworkAddress address() {
        return address;
    }

    /** Whether a failure counts for the account as well, not for the address alone. */
    boolean countsForAccount() {
        return account != null && !isBeyondGuessing(kind);
    }

    /** Whether failures one after the other suspend the factor. */
    boolean isCapped() {
        return countsForAccount() && !kind.equals(FactorKind.PASSWORD);
    }

    /** What is signed cannot be guessed: to lock its owner out would be all that counting achieves. */
    private static boolean isBeyondGuessing(FactorKind kind) {
        return kind.equals(FactorKind.WEBAUTHN) || kind.equals(FactorKind.FEDERATED);
    }

    @Override
    public String toString() {
        return kind + " from " + address;
    }
}
