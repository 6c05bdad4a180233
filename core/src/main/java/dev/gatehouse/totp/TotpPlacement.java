package dev.gatehouse.totp;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where a new credential goes: beside those that the account has, or in the place of one of them.
 *
 * <p>It carries into the write what the host saw when it decided that the enrolment is allowed; if that has changed, the
 * enrolment ends in {@link EnrolmentRejection#CONFLICT}. Immutable and thread-safe.
 */
public final class TotpPlacement {
    private final Set<String> present;
    private final Optional<String> replaced;
    private final String label;

    private TotpPlacement(Set<String> present, Optional<String> replaced, String label) {
        this.present = present;
        this.replaced = replaced;
        this.label = label;
    }

    /**
     * Beside the credentials that the account has.
     *
     * @param present the ids of all its TOTP credentials, as the decision saw them; empty for the first
     */
    public static TotpPlacement beside(Set<String> present) {
        return new TotpPlacement(Set.copyOf(present), Optional.empty(), "");
    }

    /** In the place of this credential, which is gone when the new one is there. */
    public static TotpPlacement insteadOf(String id) {
        return new TotpPlacement(Set.of(), Optional.of(Objects.requireNonNull(id, "id")), "");
    }

    /**
     * The same under a label, as {@link TotpCredential#withLabel} takes it.
     *
     * @throws IllegalArgumentException if the label is too long or holds control characters
     */
    public TotpPlacement labelled(String other) {
        TotpCredential.checkLabel(other);
        return new TotpPlacement(present, replaced, other);
    }

    Set<String> present() {
        return present;
    }

    Optional<String> replaced() {
        return replaced;
    }

    String label() {
        return label;
    }

    @Override
    public String toString() {
        return replaced.map(id -> "TotpPlacement[instead of " + id + "]")
                .orElse("TotpPlacement[beside " + present + "]");
    }
}
