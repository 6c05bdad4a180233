package dev.gatehouse.webauthn;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.internal.Base64Url;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a registration says about a credential: all that is kept of it, save whose it is.
 *
 * <p>Immutable and thread-safe; equal by content.
 */
public final class NewCredential {
    /** Largest credential id in bytes (WebAuthn Level 3, 7.1). */
    public static final int MAX_ID_BYTES = 1023;

    /** Largest public key in bytes; the largest of an accepted kind has about 2600. */
    public static final int MAX_KEY_BYTES = 4096;

    /** Most transports that are kept; what comes after them is dropped. */
    public static final int MAX_TRANSPORTS = 16;

    /** Longest transport in UTF-16 units; longer ones are dropped. */
    public static final int MAX_TRANSPORT = 32;

    /** The AAGUID of authenticators that do not tell their model. */
    public static final UUID NO_AAGUID = new UUID(0, 0);

    static final long MAX_COUNT = 0xFFFF_FFFFL;

    private final String id;
    private final byte[] publicKey;
    private final long signCount;
    private final boolean userVerified;
    private final boolean backupEligible;
    private final boolean backedUp;
    private final ImmutableList<String> transports;
    private final UUID aaguid;
    private final FactorClass strength;

    private NewCredential(Builder from) {
        this.id = from.id;
        this.publicKey = from.publicKey;
        this.signCount = from.signCount;
        this.userVerified = from.userVerified;
        this.backupEligible = from.backupEligible;
        this.backedUp = from.backedUp;
        this.transports = from.transports;
        this.aaguid = from.aaguid;
        this.strength = from.strength;
    }

    /**
     * Starts a credential without counter, flags, transports and AAGUID, of the weakest strength.
     *
     * @param id the credential id in base64url without padding, of 1 to {@value #MAX_ID_BYTES} bytes
     * @param publicKey the key as a COSE_Key in CBOR, at most {@value #MAX_KEY_BYTES} bytes
     * @throws IllegalArgumentException if one of them is not
     */
    public static Builder builder(String id, byte[] publicKey) {
        return new Builder(id, publicKey);
    }

    /** The credential id in base64url without padding. */
    public String id() {
        return id;
    }

    /** The public key as a COSE_Key in CBOR; a copy. */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    byte[] publicKeyShared() {
        return publicKey;
    }

    /** The signature counter, 0 to 2^32-1. */
    public long signCount() {
        return signCount;
    }

    /** Whether the authenticator verified its user. */
    public boolean isUserVerified() {
        return userVerified;
    }

    /** Whether the key may be backed up; never changes (BE). */
    public boolean isBackupEligible() {
        return backupEligible;
    }

    /** Whether the key is backed up (BS). */
    public boolean isBackedUp() {
        return backedUp;
    }

    /** How the client may reach the authenticator, as it said itself; unknown words are kept. */
    public List<String> transports() {
        return transports;
    }

    /** The model of the authenticator, or {@link #NO_AAGUID}; proven only if the strength is {@code HARDWARE_BOUND}. */
    public UUID aaguid() {
        return aaguid;
    }

    /** {@code PHISHING_RESISTANT}, or {@code HARDWARE_BOUND} where attestation proved it. */
    public FactorClass strength() {
        return strength;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NewCredential that
                && id.equals(that.id)
                && Arrays.equals(publicKey, that.publicKey)
                && signCount == that.signCount
                && userVerified == that.userVerified
                && backupEligible == that.backupEligible
                && backedUp == that.backedUp
                && transports.equals(that.transports)
                && aaguid.equals(that.aaguid)
                && strength == that.strength;
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "NewCredential[" + id + ", " + aaguid + ", " + strength.id() + "]";
    }

    /** Collects what a registration or a row of a store says. */
    public static final class Builder {
        private final String id;
        private final byte[] publicKey;
        private long signCount;
        private boolean userVerified;
        private boolean backupEligible;
        private boolean backedUp;
        private ImmutableList<String> transports = ImmutableList.of();
        private UUID aaguid = NO_AAGUID;
        private FactorClass strength = FactorClass.PHISHING_RESISTANT;

        private Builder(String id, byte[] publicKey) {
            byte[] idBytes = Base64Url.decode(Objects.requireNonNull(id, "id"), 0);
            if (idBytes == null || idBytes.length == 0 || idBytes.length > MAX_ID_BYTES) {
                throw new IllegalArgumentException("id: base64url of 1 to " + MAX_ID_BYTES + " bytes");
            }
            if (publicKey.length == 0 || publicKey.length > MAX_KEY_BYTES) {
                throw new IllegalArgumentException("publicKey: 1 to " + MAX_KEY_BYTES + " bytes");
            }
            this.id = id;
            this.publicKey = publicKey.clone();
        }

        /** The signature counter; default 0. */
        public Builder signCount(long count) {
            this.signCount = checkedCount(count);
            return this;
        }

        /** Whether the authenticator verified its user; default no. */
        public Builder userVerified(boolean verified) {
            this.userVerified = verified;
            return this;
        }

        /** Whether the key may be backed up (BE), and whether it is (BS); default neither. */
        public Builder backup(boolean eligible, boolean done) {
            this.backupEligible = eligible;
            this.backedUp = done;
            return this;
        }

        /** How the client may reach the authenticator; at most {@value #MAX_TRANSPORTS} distinct ones are kept. */
        public Builder transports(Collection<String> words) {
            this.transports = words.stream()
                    .filter(word -> !word.isEmpty() && word.length() <= MAX_TRANSPORT)
                    .filter(word -> word.chars().allMatch(c -> c > ' ' && c < 0x7F && c != ','))
                    .distinct()
                    .limit(MAX_TRANSPORTS)
                    .collect(ImmutableSet.toImmutableSet())
                    .asList();
            return this;
        }

        /** The model of the authenticator; default {@link #NO_AAGUID}. */
        public Builder aaguid(UUID model) {
            this.aaguid = Objects.requireNonNull(model, "model");
            return this;
        }

        /**
         * The strength; default {@code PHISHING_RESISTANT}.
         *
         * @throws IllegalArgumentException if it is weaker than the default
         */
        public Builder strength(FactorClass proven) {
            if (!FactorKind.WEBAUTHN.weakestClass().orElseThrow().contains(proven)) {
                throw new IllegalArgumentException("proven: a WebAuthn credential is not as weak as " + proven.id());
            }
            this.strength = proven;
            return this;
        }

        /**
         * The credential.
         *
         * @throws IllegalStateException if it is backed up without being eligible, or hardware-bound and eligible
         */
        public NewCredential build() {
            if (backedUp && !backupEligible) {
                throw new IllegalStateException("backup: done, but not eligible");
            }
            if (backupEligible && strength == FactorClass.HARDWARE_BOUND) {
                throw new IllegalStateException("strength: hardware-bound, but backup: eligible");
            }
            return new NewCredential(this);
        }

        static long checkedCount(long count) {
            if (count < 0 || count > MAX_COUNT) {
                throw new IllegalArgumentException("count: 0 to 2^32-1, not " + count);
            }
            return count;
        }
    }
}
