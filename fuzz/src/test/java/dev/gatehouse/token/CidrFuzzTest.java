package dev.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import dev.gatehouse.fuzz.FuzzTarget;
import dev.gatehouse.signin.NetworkAddress;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.List;

/** A range, a line feed and an address: ranges hold what arithmetic says, addresses are counted by one canonical text. */
class CidrFuzzTest extends FuzzTarget {
    @Override
    protected List<byte[]> seeds() {
        return List.of(
                utf8("192.0.2.0/24\n192.0.2.77"),
                utf8("2001:db8::/32\n[2001:db8:1:2:3:4:5:6]"),
                utf8("::ffff:192.0.2.0/120\n::ffff:192.0.2.1"),
                utf8("0.0.0.0/0\nfe80::1%eth0"),
                utf8("::1/128\nlocalhost"));
    }

    @Override
    protected void check(byte[] input) {
        String[] line = text(input).split("\n", 2);
        String address = line.length > 1 ? line[1] : line[0];
        NetworkAddress counted = NetworkAddress.of(address);
        assertThat(counted.text()).matches("unknown|[0-9a-f:.]{2,45}");
        assertThat(counted.bucket()).matches("unknown|[0-9.]{7,15}|[0-9a-f]{16}/64");
        assertThat(NetworkAddress.of(counted.text())).isEqualTo(counted);
        assertThat(NetworkAddress.of(counted.text()).text()).isEqualTo(counted.text());
        Cidr range;
        try {
            range = Cidr.parse(line[0]);
        } catch (IllegalArgumentException e) {
            return;
        }
        String[] part = line[0].split("/", 2);
        InetAddress network = InetAddresses.forString(part[0]);
        assertThat(Integer.toString(Integer.parseInt(part[1]))).isEqualTo(part[1]);
        assertThat(range.contains(network)).isTrue();
        int free = 8 * network.getAddress().length - Integer.parseInt(part[1]);
        assertThat(new BigInteger(1, network.getAddress()).getLowestSetBit())
                .as("no bits beyond the prefix")
                .satisfiesAnyOf(
                        bit -> assertThat(bit).isEqualTo(-1),
                        bit -> assertThat(bit).isGreaterThanOrEqualTo(free));
        if (InetAddresses.isInetAddress(counted.text())) {
            InetAddress other = InetAddresses.forString(counted.text());
            assertThat(range.contains(other)).isEqualTo(isWithin(other, network, Integer.parseInt(part[1])));
        }
    }

    private static boolean isWithin(InetAddress one, InetAddress network, int bits) {
        int length = network.getAddress().length;
        if (one.getAddress().length != length) {
            return false;
        }
        int shift = 8 * length - bits;
        return new BigInteger(1, one.getAddress())
                .shiftRight(shift)
                .equals(new BigInteger(1, network.getAddress()).shiftRight(shift));
    }
}
