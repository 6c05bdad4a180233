package dev.gatehouse.token;

/**
 * A kind of caveat that a verifier understands: its tag, and how its fields are read.
 *
 * <p>Implementations are thread-safe.
 */
public interface CaveatKind {
    /** The tag, 0 to 999,999,999. Up to 4 are PyPI's; a host's own begin at 100,000, which this library never uses. */
    int tag();

    /** The name of the kind. */
    String name();

    /**
     * The caveat with these fields. Fields that the kind does not know, at the end, are ignored, as PyPI ignores them; what must
     * not be ignored needs a tag of its own.
     *
     * @throws RuntimeException if the fields are not those of this kind; the token is then refused. An
     *     {@code IllegalArgumentException} is reported as {@code invalid values for fields}, anything else as
     *     {@code unknown error}.
     */
    Caveat read(CaveatFields fields);
}
