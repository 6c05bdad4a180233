package dev.gatehouse.totp;

import java.util.Objects;
import java.util.Optional;

/**
 * Where a new credential goes: beside those that the account has, or in the place of one of them.
 *
 * <p>It carries into the write the version of the account at which the enrolment was allowed, as {@link
 * dev.gatehouse.state.AccountVersions} describes; if that has changed, the enrolment ends in {@link EnrolmentRejection#CONFLICT}.
 * Immutable and thread-safe.
 */
public final class TotpPlacement {
    private final long version;
    private final Optional<String> replaced;
    private final String label;

    private TotpPlacement(long version, Optional<String> replaced, String label) {
        this.version = version;
        this.replaced = replaced;
        this.label = label;
    }

    /**
     * Beside the credentials that the account has.
     *
     * @param version the account's version, read before the facts that the decision rested on
     */
    public static TotpPlacement beside(long version) {
        return new TotpPlacement(version, Optional.empty(), "");
    }

    /**
     * In the place of this credential, which is gone when the new one is there.
     *
     * @param version the account's version, read before the facts that the decision rested on
     */
    public static TotpPlacement insteadOf(String id, long version) {
        return new TotpPlacement(version, Optional.of(Objects.requireNonNull(id, "id")), "");
    }

    /**
     * The same under a label, as {@link TotpCredential#withLabel} takes it.
     *
     * @throws IllegalArgumentException if the label is too long or holds control characters
     */
    public TotpPlacement labelled(String other) {
        TotpCredential.checkLabel(other);
        return new TotpPlacement(version, replaced, other);
    }

    long version() {
        return version;
    }

    Optional<String> replaced() {
        return replaced;
    }

    String label() {
        return label;
    }

    @Override
    public String toString() {
        return "TotpPlacement[" + replaced.map(id -> "instead of " + id).orElse("beside") + " at " + version + "]";
    }
}
