package dev.gatehouse.totp;

import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.secret.SealContext;
import dev.gatehouse.secret.SealedSecret;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One authenticator app that an account has set up, as it lies in the store.
 *
 * <p>An account may have several. The id is unique over all accounts and never used again. Instants are kept to the
 * millisecond. The secret is sealed for {@link #placeOfSecret}. Immutable and thread-safe; equal by content.
 */
public final class TotpCredential {
    /** The last accepted step of a credential that never accepted one, as after an import. */
    public static final long NO_STEP = Long.MIN_VALUE;

    /** Longest account id in UTF-16 units. */
    public static final int MAX_ACCOUNT = 255;

    /** Longest label in UTF-16 units. */
    public static final int MAX_LABEL = 100;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final String id;
    private final String account;
    private final TotpParameters parameters;
    private final SealedSecret secret;
    private final Instant createdAt;
    private final String label;
    private final long lastStep;
    private final @Nullable Instant lastUsedAt;

    private TotpCredential(
            String id,
            String account,
            TotpParameters parameters,
            SealedSecret secret,
            Instant createdAt,
            String label,
            long lastStep,
            @Nullable Instant lastUsedAt) {
        this.id = id;
        this.account = account;
        this.parameters = parameters;
        this.secret = secret;
        this.createdAt = createdAt;
        this.label = label;
        this.lastStep = lastStep;
        this.lastUsedAt = lastUsedAt;
    }

    /**
     * A credential without label that never accepted a code.
     *
     * @param id 1 to 64 of {@code A-Z a-z 0-9 _ -}
     * @param account the host's immutable id of the account that owns it
     * @param secret sealed for {@link #placeOfSecret(String, String)} of the same account and id
     * @throws IllegalArgumentException if an id is malformed or too long
     */
    public static TotpCredential of(
            String id, String account, TotpParameters parameters, SealedSecret secret, Instant createdAt) {
        if (!ID.matcher(Objects.requireNonNull(id, "id")).matches()) {
            throw new IllegalArgumentException("id: 1 to 64 letters, digits, '_' or '-'");
        }
        if (account.isBlank() || account.length() > MAX_ACCOUNT) {
            throw new IllegalArgumentException("account: blank or over " + MAX_ACCOUNT + " characters");
        }
        return new TotpCredential(
                id,
                account,
                Objects.requireNonNull(parameters, "parameters"),
                Objects.requireNonNull(secret, "secret"),
                createdAt.truncatedTo(ChronoUnit.MILLIS),
                "",
                NO_STEP,
                null);
    }

    /** Where the secret of a credential is sealed. */
    public static SealContext placeOfSecret(String account, String id) {
        return new SealContext(TotpRepository.PURPOSE, account, id);
    }

    /**
     * The same with a name that its owner gave it.
     *
     * @throws IllegalArgumentException if it is longer than {@value #MAX_LABEL} characters or holds control characters
     */
    public TotpCredential withLabel(String other) {
        checkLabel(other);
        return new TotpCredential(id, account, parameters, secret, createdAt, other, lastStep, lastUsedAt);
    }

    static void checkLabel(String label) {
        if (label.length() > MAX_LABEL || label.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("label: at most " + MAX_LABEL + " characters, none of them control");
        }
    }

    /** The same after it accepted the code of a step at an instant. */
    public TotpCredential usedAt(long step, Instant now) {
        return new TotpCredential(
                id, account, parameters, secret, createdAt, label, step, now.truncatedTo(ChronoUnit.MILLIS));
    }

    /** The same with its secret sealed anew. */
    public TotpCredential withSecret(SealedSecret other) {
        return new TotpCredential(
                id,
                account,
                parameters,
                Objects.requireNonNull(other, "other"),
                createdAt,
                label,
                lastStep,
                lastUsedAt);
    }

    public String id() {
        return id;
    }

    /** The host's immutable id of the account that owns it. */
    public String account() {
        return account;
    }

    public TotpParameters parameters() {
        return parameters;
    }

    public SealedSecret secret() {
        return secret;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** The name that its owner gave it; empty if none. */
    public String label() {
        return label;
    }

    /** The last time step of which a code was accepted, or {@link #NO_STEP}; only ever grows. */
    public long lastStep() {
        return lastStep;
    }

    /** When a code was last accepted. */
    public Optional<Instant> lastUsedAt() {
        return Optional.ofNullable(lastUsedAt);
    }

    /** Where its secret is sealed. */
    public SealContext placeOfSecret() {
        return placeOfSecret(account, id);
    }

    /** It as one of the factors of its account. */
    public EnrolledFactor factor() {
        return EnrolledFactor.of(id, FactorKind.TOTP);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TotpCredential that
                && id.equals(that.id)
                && account.equals(that.account)
                && parameters.equals(that.parameters)
                && secret.equals(that.secret)
                && createdAt.equals(that.createdAt)
                && label.equals(that.label)
                && lastStep == that.lastStep
                && Objects.equals(lastUsedAt, that.lastUsedAt);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, account);
    }

    @Override
    public String toString() {
        return "TotpCredential[" + id + ", " + parameters + "]";
    }
}
