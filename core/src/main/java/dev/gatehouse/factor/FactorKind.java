package dev.gatehouse.factor;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A kind of proof that a person can bring, such as {@code totp} or {@code password}.
 *
 * <p>Some kinds belong to a {@link FactorClass} and count as second factors; the others ({@code recovery-code}, {@code
 * email}, {@code sms}, {@code password}) count only where a rule names them. Immutable and thread-safe; equal by id.
 */
public final class FactorKind {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    /** Time-based one-time password, RFC 6238. */
    public static final FactorKind TOTP = new FactorKind("totp", FactorClass.ANY, true, 0);
    /** Public-key credential, WebAuthn Level 3. */
    public static final FactorKind WEBAUTHN = new FactorKind("webauthn", FactorClass.PHISHING_RESISTANT, true, 1);
    /** A second factor asserted by an identity provider. */
    public static final FactorKind FEDERATED = new FactorKind("federated", FactorClass.ANY, true, 2);
    /** A single-use recovery code; never counts as an enrolled factor. */
    public static final FactorKind RECOVERY_CODE = new FactorKind("recovery-code", null, true, 3);
    /** A code or link sent to the verified address. */
    public static final FactorKind EMAIL = new FactorKind("email", null, false, 4);
    /** A code sent by text message. */
    public static final FactorKind SMS = new FactorKind("sms", null, false, 5);
    /** The account's password, for re-authentication. */
    public static final FactorKind PASSWORD = new FactorKind("password", null, false, 6);

    private static final List<FactorKind> BUILT_IN =
            List.of(TOTP, WEBAUTHN, FEDERATED, RECOVERY_CODE, EMAIL, SMS, PASSWORD);

    private final String id;
    private final @Nullable FactorClass weakest;
    private final boolean needsEnrolment;
    private final int bit;

    private FactorKind(String id, @Nullable FactorClass weakest, boolean needsEnrolment, int bit) {
        this.id = id;
        this.weakest = weakest;
        this.needsEnrolment = needsEnrolment;
        this.bit = bit;
    }

    /** The kinds that every policy document may name. */
    public static List<FactorKind> builtIn() {
        return BUILT_IN;
    }

    /**
     * A host's own kind that counts as a second factor.
     *
     * @param id lower-case letters, digits and {@code -}, starting with a letter, at most 64 characters
     * @param weakest the strength that every factor of this kind has
     * @throws IllegalArgumentException if the id is malformed or built in
     */
    public static FactorKind custom(String id, FactorClass weakest) {
        return new FactorKind(checkedId(id), Objects.requireNonNull(weakest, "weakest"), true, -1);
    }

    /**
     * A host's own kind that counts only where a rule names it.
     *
     * @param needsEnrolment whether a person must set it up before it can be proven
     * @throws IllegalArgumentException if the id is malformed or built in
     */
    public static FactorKind customOutsideClasses(String id, boolean needsEnrolment) {
        return new FactorKind(checkedId(id), null, needsEnrolment, -1);
    }

    private static String checkedId(String id) {
        if (!ID.matcher(Objects.requireNonNull(id, "id")).matches()) {
            throw new IllegalArgumentException("id: lower-case letters, digits and '-', starting with a letter");
        }
        for (FactorKind kind : BUILT_IN) {
            if (kind.id.equals(id)) {
                throw new IllegalArgumentException("id: '" + id + "' is built in");
            }
        }
        for (FactorClass factorClass : FactorClass.values()) {
            if (factorClass.id().equals(id)) {
                throw new IllegalArgumentException("id: '" + id + "' is a class");
            }
        }
        return id;
    }

    /** The word of the policy language for this kind. */
    public String id() {
        return id;
    }

    /** The class that every factor of this kind belongs to, or empty if the kind counts only where it is named. */
    public Optional<FactorClass> weakestClass() {
        return Optional.ofNullable(weakest);
    }

    /** Whether a person must set this kind up before it can be proven. */
    public boolean needsEnrolment() {
        return needsEnrolment;
    }

    /** Position of a built-in kind in a bit set, or -1 for a host's own kind. */
    int bit() {
        return bit;
    }

    @Nullable
    FactorClass weakestOrNull() {
        return weakest;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        // No other kind has the id of a built-in one.
        return this == other || (bit < 0 && other instanceof FactorKind that && id.equals(that.id));
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return id;
    }
}
