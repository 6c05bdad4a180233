package dev.gatehouse.signin;

import dev.gatehouse.internal.AddressBucket;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The network address that an attempt came from, and what it is counted by: IPv4 by the whole address, IPv6 by its first 64
 * bits, since the others are its owner's to choose.
 *
 * <p><b>The address given is the one that counts.</b> It is the connection's, unless the host runs behind proxies that it trusts:
 * then reading the header they set, and only theirs, is the host's business. Whoever passes on what any client may write
 * gives every attempt an address of its own, and has no limit by address.
 *
 * <p>An IPv4 address written as an IPv6 one ({@code ::ffff:192.0.2.1}) is the IPv4 address; a zone ({@code %eth0}) and the
 * brackets of a URL are left away. What is no address (an empty text, a host name, the path of a socket) is <em>unknown</em>, and
 * all unknown ones are counted as one: never more freely than a known one, and never an exception, since a remote party may have
 * written it. Names are never resolved. Immutable and thread-safe; equal by what it is counted by.
 */
public final class NetworkAddress {
    /** Bits of an IPv6 address that are counted by. */
    public static final int IPV6_PREFIX = AddressBucket.IPV6_PREFIX;

    private final String text;
    private final String bucket;

    private NetworkAddress(AddressBucket address) {
        this.text = address.text();
        this.bucket = address.bucket();
    }

    /** The address that a text names, or an unknown one. */
    public static NetworkAddress of(String text) {
        return new NetworkAddress(AddressBucket.of(Objects.requireNonNull(text, "text")));
    }

    /** The whole address in its canonical form, or {@code unknown}; for the audit. */
    public String text() {
        return text;
    }

    /** What attempts from here are counted by. */
    public String bucket() {
        return bucket;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NetworkAddress that && bucket.equals(that.bucket);
    }

    @Override
    public int hashCode() {
        return bucket.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
