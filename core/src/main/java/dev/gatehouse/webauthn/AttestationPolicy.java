package dev.gatehouse.webauthn;

import com.google.common.collect.ImmutableSet;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * What is made of the statement by which an authenticator's maker vouches for a new credential (WebAuthn Level 3, 6.5).
 *
 * <p>The default is {@link #none}. Only a policy with trust anchors can prove a credential to be hardware-bound. Immutable
 * and thread-safe.
 */
public final class AttestationPolicy {
    private static final AttestationPolicy NONE = new AttestationPolicy(ImmutableSet.of(), false, ImmutableSet.of());

    private final ImmutableSet<X509Certificate> anchors;
    private final boolean trustRequired;
    private final ImmutableSet<UUID> syncable;

    private AttestationPolicy(
            ImmutableSet<X509Certificate> anchors, boolean trustRequired, ImmutableSet<UUID> syncable) {
        this.anchors = anchors;
        this.trustRequired = trustRequired;
        this.syncable = syncable;
    }

    /** Attestation is not asked for. A statement that comes nevertheless must be well-formed, and proves nothing. */
    public static AttestationPolicy none() {
        return NONE;
    }

    /**
     * Attestation is asked for, and a statement must be right in itself. One whose certificates lead to an anchor makes the
     * credential hardware-bound, unless its key may be backed up or its model is known to synchronise keys; every other
     * credential is accepted as one without attestation.
     *
     * @param anchors certificates of makers, which the host took from them or from the FIDO metadata service
     * @throws IllegalArgumentException if there are none
     */
    public static AttestationPolicy trusting(Collection<X509Certificate> anchors) {
        if (anchors.isEmpty()) {
            throw new IllegalArgumentException("anchors: none");
        }
        return new AttestationPolicy(ImmutableSet.copyOf(anchors), false, ImmutableSet.of());
    }

    /**
     * The same, but a registration whose statement does not lead to an anchor is refused.
     *
     * @throws IllegalStateException if there are no anchors
     */
    public AttestationPolicy requireTrusted() {
        if (anchors.isEmpty()) {
            throw new IllegalStateException("requireTrusted: there are no anchors");
        }
        return new AttestationPolicy(anchors, true, syncable);
    }

    /** The same with these models known to synchronise keys, besides those that Gatehouse knows. */
    public AttestationPolicy withSyncable(Set<UUID> models) {
        return new AttestationPolicy(
                anchors, trustRequired, ImmutableSet.copyOf(Objects.requireNonNull(models, "models")));
    }

    /** The word of the standard for what the client is asked: {@code none} or {@code direct} (5.4.7). */
    public String conveyance() {
        return anchors.isEmpty() ? "none" : "direct";
    }

    /** The certificates that statements must lead to. */
    public Set<X509Certificate> anchors() {
        return anchors;
    }

    /** Whether a registration without trusted attestation is refused. */
    public boolean isTrustRequired() {
        return trustRequired;
    }

    /** Models that the host knows to synchronise keys. */
    public Set<UUID> syncable() {
        return syncable;
    }

    @Override
    public String toString() {
        return "AttestationPolicy[" + conveyance() + ", " + anchors.size() + " anchors"
                + (trustRequired ? ", trust required]" : "]");
    }
}
