package dev.gatehouse.fetch;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses belong to hosts of the public internet (IANA's special-purpose address registries, RFC 6890).
 *
 * <p>Of IPv6 only global unicast, {@code 2000::/3}, can be public; an IPv4 address within an IPv6 one counts as itself.
 */
final class PublicAddresses {
    private static final List<Block> SPECIAL_V4 = List.of(
            // This network (RFC 791), private (RFC 1918), shared by carriers (RFC 6598), loopback, link-local (RFC
            // 3927).
            new Block(8, 0),
            new Block(8, 10),
            new Block(10, 100, 64),
            new Block(8, 127),
            new Block(16, 169, 254),
            new Block(12, 172, 16),
            new Block(16, 192, 168),
            // Protocol assignments, documentation (RFC 5737), 6to4 relays (RFC 7526), measurements (RFC 2544).
            new Block(24, 192, 0, 0),
            new Block(24, 192, 0, 2),
            new Block(24, 198, 51, 100),
            new Block(24, 203, 0, 113),
            new Block(24, 192, 88, 99),
            new Block(15, 198, 18),
            // Multicast, reserved and broadcast.
            new Block(4, 224),
            new Block(4, 240));

    private static final Block GLOBAL_UNICAST = new Block(3, 0x20);
    private static final Block NAT64 = new Block(96, 0x00, 0x64, 0xff, 0x9b);
    private static final Block MAPPED = new Block(96, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff);

    private static final List<Block> SPECIAL_V6 = List.of(
            // Protocol assignments with Teredo and ORCHID (RFC 2928), documentation (RFC 3849, RFC 9637).
            new Block(23, 0x20, 0x01),
            new Block(32, 0x20, 0x01, 0x0d, 0xb8),
            new Block(20, 0x3f, 0xff, 0x00),
            // 6to4 (RFC 7526): an IPv4 address in disguise, and out of use.
            new Block(16, 0x20, 0x02));

    private PublicAddresses() {}

    /** Whether a host of the public internet can have the address. */
    static boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return isPublicV4(bytes);
        }
        // Where a network has only IPv6, NAT64 (RFC 6052) is how the IPv4 internet is reached.
        if (NAT64.holds(bytes) || MAPPED.holds(bytes)) {
            return isPublicV4(Arrays.copyOfRange(bytes, 12, 16));
        }
        return GLOBAL_UNICAST.holds(bytes) && SPECIAL_V6.stream().noneMatch(block -> block.holds(bytes));
    }

    private static boolean isPublicV4(byte[] bytes) {
        return SPECIAL_V4.stream().noneMatch(block -> block.holds(bytes));
    }

    /** The addresses that begin with the same bits. */
    private static final class Block {
        private final int bits;
        private final int[] first;

        Block(int bits, int... first) {
            this.bits = bits;
            this.first = first;
        }

        boolean holds(byte[] address) {
            for (int i = 0; i * Byte.SIZE < bits; i++) {
                int mask = 0xff00 >> Math.min(Byte.SIZE, bits - i * Byte.SIZE) & 0xff;
                int expected = i < first.length ? first[i] : 0;
                if (((address[i] ^ expected) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
