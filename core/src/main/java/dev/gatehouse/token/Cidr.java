package dev.gatehouse.token;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A range of addresses in CIDR form (RFC 4632, RFC 4291); an IPv4 address mapped into IPv6 is that IPv4 address. */
final class Cidr {
    private static final Pattern FORM = Pattern.compile("([0-9A-Fa-f:.]{2,45})/(0|[1-9][0-9]{0,2})");

    private final byte[] network;
    private final int bits;

    private Cidr(byte[] network, int bits) {
        this.network = network;
        this.bits = bits;
    }

    /**
     * Reads a range.
     *
     * @throws IllegalArgumentException if it is no range, or its address has bits set beyond the prefix
     */
    static Cidr parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || !InetAddresses.isInetAddress(form.group(1))) {
            throw new IllegalArgumentException("range: not an address, '/' and a number of bits");
        }
        byte[] network = InetAddresses.forString(form.group(1)).getAddress();
        Cidr range = new Cidr(network, Integer.parseInt(form.group(2)));
        if (range.bits > 8 * network.length || range.hasHostBits()) {
            throw new IllegalArgumentException("range: bits beyond the prefix");
        }
        return range;
    }

    private boolean hasHostBits() {
        for (int bit = bits; bit < 8 * network.length; bit++) {
            if (bit(network, bit) != 0) {
                return true;
            }
        }
        return false;
    }

    boolean contains(InetAddress address) {
        byte[] other = address.getAddress();
        if (other.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            if (bit(network, bit) != bit(other, bit)) {
                return false;
            }
        }
        return true;
    }

    private static int bit(byte[] octets, int index) {
        return (octets[index / 8] >> (7 - index % 8)) & 1;
    }
}
