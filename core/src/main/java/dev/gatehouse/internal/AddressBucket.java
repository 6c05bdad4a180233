package dev.gatehouse.internal;

import com.google.common.base.CharMatcher;
import com.google.common.net.InetAddresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What a network address is counted by: IPv4 by the whole address, IPv6 by its first 64 bits; what is no address, as one unknown one.
 *
 * @param text the whole address in its canonical form, or {@code unknown}
 * @param bucket what it is counted by
 */
public record AddressBucket(String text, String bucket) {
    /** Bits of an IPv6 address that are counted by. */
    public static final int IPV6_PREFIX = 64;

    private static final String UNKNOWN = "unknown";
    private static final int MAX_TEXT = 64;

    /** The bucket of the address that a text names; names are never resolved. */
    public static AddressBucket of(String text) {
        String bare = withoutBracketsAndZone(text);
        boolean isPlain = bare.length() <= MAX_TEXT && CharMatcher.ascii().matchesAllOf(bare);
        if (!isPlain || !InetAddresses.isInetAddress(bare)) {
            return new AddressBucket(UNKNOWN, UNKNOWN);
        }
        // Written as an IPv6 address, an IPv4 one comes out as what it is.
        InetAddress address = InetAddresses.forString(bare);
        String whole = InetAddresses.toAddrString(address);
        return new AddressBucket(whole, address instanceof Inet6Address ? prefix(address.getAddress()) : whole);
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
}
