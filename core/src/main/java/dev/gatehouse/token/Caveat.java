package dev.gatehouse.token;

/**
 * One restriction of a token. It can refuse a request and do nothing else.
 *
 * <p>The restrictions that PyPI knows, and some more, come from {@link Caveats}; a host makes its own by implementing this and
 * a {@link CaveatKind} that reads it back. Implementations are immutable and thread-safe, and equal where they restrict alike.
 */
public interface Caveat {
    /** The name of its kind, for logs and for the list of what a bearer added. */
    String name();

    /** The text that a token carries: a compact JSON array of the kind's tag and the fields, visible ASCII. */
    String json();

    /**
     * Whether the request is within the restriction.
     *
     * <p>What it throws reaches the caller of the verification, which has then verified nothing.
     */
    CaveatCheck check(CaveatContext context);
}
