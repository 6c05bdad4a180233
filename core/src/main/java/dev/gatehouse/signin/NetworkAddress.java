package dev.gatehouse.signin;

import com.google.common.base.CharMatcher;
import com.google.common.net.InetAddresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
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
    public static final int IPV6_PREFIX = 64;

    private static final String UNKNOWN = "unknown";
    private static final int MAX_TEXT = 64;

    private final String text;
    private final String bucket;

    private NetworkAddress(String text, String bucket) {
        this.text = text;
        this.bucket = bucket;
    }

    /** The address that a text names, or an unknown one. */
    public static NetworkAddress of(String text) {
        String bare = withoutBracketsAndZone(Objects.requireNonNull(text, "text"));
        boolean isPlain = bare.length() <= MAX_TEXT && CharMatcher.ascii().matchesAllOf(bare);
        if (!isPlain || !InetAddresses.isInetAddress(bare)) {
            return new NetworkAddress(UNKNOWN, UNKNOWN);
        }
        // Written as an IPv6 address, an IPv4 one comes out as what it is.
        InetAddress address = InetAddresses.forString(bare);
        String whole = InetAddresses.toAddrString(address);
        return new NetworkAddress(whole, address instanceof Inet6Address ? prefix(address.getAddress()) : whole);
    }

    private static String withoutBracketsAndZone(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") && text.length() > 2
                ? text.substring(1, text.length() - 1)
                : text;
        int zone = bare.indexOf('%');
        return zone < 0 ? bare : bare.substring(0, zone);
    }

    private static String prefix(byte[] address) {
        return HexFormat.of().formatHex(Arrays.copyOf(address, IPV6_PREFIX / Byte.SIZE)) + "/" + IPV6_PREFIX;
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
