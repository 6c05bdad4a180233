package dev.gatehouse.webauthn;

import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.internal.Base64Url;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One public-key credential that an account has registered, as it lies in the store (WebAuthn Level 3, 4, "credential
 * record").
 *
 * <p>The id is unique over all accounts. Instants are kept to the millisecond. Nothing in it is secret. Immutable and
 * thread-safe; equal by content.
 */
public final class WebAuthnCredential {
    /** Longest account id in UTF-16 units. */
    public static final int MAX_ACCOUNT = 255;

    /** Largest user handle in bytes (WebAuthn Level 3, 5.4.3). */
    public static final int MAX_USER_HANDLE_BYTES = 64;

    /** Longest label in UTF-16 units. */
    public static final int MAX_LABEL = 64;

    private final String account;
    private final String userHandle;
    private final NewCredential registered;
    private final long signCount;
    private final boolean userVerified;
    private final boolean backedUp;
    private final Instant createdAt;
    private final String label;
    private final @Nullable Instant lastUsedAt;

    private WebAuthnCredential(
            String account,
            String userHandle,
            NewCredential registered,
            long signCount,
            boolean userVerified,
            boolean backedUp,
            Instant createdAt,
            String label,
            @Nullable Instant lastUsedAt) {
        this.account = account;
        this.userHandle = userHandle;
        this.registered = registered;
        this.signCount = signCount;
        this.userVerified = userVerified;
        this.backedUp = backedUp;
        this.createdAt = createdAt;
        this.label = label;
        this.lastUsedAt = lastUsedAt;
    }

    /**
     * A credential without label that was never used.
     *
     * @param account the host's immutable id of the account that owns it
     * @param userHandle base64url without padding of 1 to {@value #MAX_USER_HANDLE_BYTES} bytes; the same for all
     *     credentials of an account
     * @throws IllegalArgumentException if an id is malformed or too long
     */
    public static WebAuthnCredential of(
            String account, String userHandle, NewCredential registered, Instant createdAt) {
        if (account.isBlank() || account.length() > MAX_ACCOUNT) {
            throw new IllegalArgumentException("account: blank or over " + MAX_ACCOUNT + " characters");
        }
        byte[] handle = Base64Url.decode(Objects.requireNonNull(userHandle, "userHandle"), 0);
        if (handle == null || handle.length == 0 || handle.length > MAX_USER_HANDLE_BYTES) {
            throw new IllegalArgumentException("userHandle: base64url of 1 to " + MAX_USER_HANDLE_BYTES + " bytes");
        }
        return new WebAuthnCredential(
                account,
                userHandle,
                Objects.requireNonNull(registered, "registered"),
                registered.signCount(),
                registered.isUserVerified(),
                registered.isBackedUp(),
                createdAt.truncatedTo(ChronoUnit.MILLIS),
                "",
                null);
    }

    /**
     * The same with a name that its owner gave it.
     *
     * @throws IllegalArgumentException if it is longer than {@value #MAX_LABEL} characters or holds control characters
     */
    public WebAuthnCredential withLabel(String other) {
        if (other.length() > MAX_LABEL || other.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("label: at most " + MAX_LABEL + " characters, none of them control");
        }
        return new WebAuthnCredential(
                account, userHandle, registered, signCount, userVerified, backedUp, createdAt, other, lastUsedAt);
    }

    /**
     * The same after an assertion at an instant.
     *
     * @param count the signature counter, 0 to 2^32-1
     * @param verified whether the user was ever verified with it
     * @param nowBackedUp whether the key is backed up
     * @throws IllegalArgumentException if the counter is out of bounds, or it is backed up without being eligible
     */
    public WebAuthnCredential usedAt(long count, boolean verified, boolean nowBackedUp, Instant now) {
        if (nowBackedUp && !registered.isBackupEligible()) {
            throw new IllegalArgumentException("nowBackedUp: the credential is not eligible");
        }
        return new WebAuthnCredential(
                account,
                userHandle,
                registered,
                NewCredential.Builder.checkedCount(count),
                verified,
                nowBackedUp,
                createdAt,
                label,
                now.truncatedTo(ChronoUnit.MILLIS));
    }

    /** The credential id in base64url without padding. */
    public String id() {
        return registered.id();
    }

    /** The host's immutable id of the account that owns it. */
    public String account() {
        return account;
    }

    /** The user handle of its account in base64url without padding. */
    public String userHandle() {
        return userHandle;
    }

    /** What its registration said. */
    public NewCredential registered() {
        return registered;
    }

    /** The public key as a COSE_Key in CBOR; a copy. */
    public byte[] publicKey() {
        return registered.publicKey();
    }

    /** The signature counter as last accepted, 0 to 2^32-1. */
    public long signCount() {
        return signCount;
    }

    /** Whether the authenticator verified its user at registration or since ({@code uvInitialized}). */
    public boolean isUserVerified() {
        return userVerified;
    }

    /** Whether the key may be backed up; never changes (BE). */
    public boolean isBackupEligible() {
        return registered.isBackupEligible();
    }

    /** Whether the key was backed up when it was last used (BS). */
    public boolean isBackedUp() {
        return backedUp;
    }

    /** How the client may reach the authenticator; unknown words are kept. */
    public List<String> transports() {
        return registered.transports();
    }

    /** The model of the authenticator, or {@link NewCredential#NO_AAGUID}. */
    public UUID aaguid() {
        return registered.aaguid();
    }

    /** {@code PHISHING_RESISTANT}, or {@code HARDWARE_BOUND} where attestation proved it. */
    public FactorClass strength() {
        return registered.strength();
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** The name that its owner gave it; empty if none. */
    public String label() {
        return label;
    }

    /** When an assertion of it was last accepted. */
    public Optional<Instant> lastUsedAt() {
        return Optional.ofNullable(lastUsedAt);
    }

    /** It as one of the factors of its account. */
    public EnrolledFactor factor() {
        return EnrolledFactor.of(id(), FactorKind.WEBAUTHN).withStrength(strength());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WebAuthnCredential that
                && account.equals(that.account)
                && userHandle.equals(that.userHandle)
                && registered.equals(that.registered)
                && signCount == that.signCount
                && userVerified == that.userVerified
                && backedUp == that.backedUp
                && createdAt.equals(that.createdAt)
                && label.equals(that.label)
                && Objects.equals(lastUsedAt, that.lastUsedAt);
    }

    @Override
    public int hashCode() {
        return Objects.hash(account, registered);
    }

    @Override
    public String toString() {
        return "WebAuthnCredential[" + id() + ", " + strength().id() + "]";
    }
}
