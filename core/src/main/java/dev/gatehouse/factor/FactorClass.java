package dev.gatehouse.factor;

/**
 * A strength class of second factors; a stronger class is contained in every weaker one.
 *
 * <p>{@code HARDWARE_BOUND} is inside {@code PHISHING_RESISTANT} is inside {@code ANY}. A strength that nobody asserted is
 * the weakest its kind has.
 */
public enum FactorClass {
    /** Every kind that counts as a second factor. */
    ANY("any", 0),
    /** Factors that a relaying site cannot use, such as WebAuthn. */
    PHISHING_RESISTANT("phishing-resistant", 1),
    /** Phishing-resistant factors whose key cannot leave its device. */
    HARDWARE_BOUND("hardware-bound", 2);

    private final String id;
    private final int rank;

    FactorClass(String id, int rank) {
        this.id = id;
        this.rank = rank;
    }

    /** The word of the policy language for this class. */
    public String id() {
        return id;
    }

    /** Position from the weakest, 0, to the strongest, 2. */
    int rank() {
        return rank;
    }

    /** Whether a factor of the given strength belongs to this class. */
    public boolean contains(FactorClass strength) {
        return strength.compareTo(this) >= 0;
    }
}
