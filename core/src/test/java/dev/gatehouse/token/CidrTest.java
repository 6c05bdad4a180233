package dev.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every prefix against every single bit: what is beyond the prefix is no part of a range, and does not matter in an address. */
class CidrTest {
    /** Not within ::ffff:0:0/96, so that an IPv6 address stays one. */
    private static byte[] bit(int octets, int index) {
        byte[] address = new byte[octets];
        address[index / 8] = (byte) (0x80 >> (index % 8));
        return address;
    }

    private static InetAddress address(byte[] octets) throws UnknownHostException {
        return InetAddress.getByAddress(octets);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 16})
    void parse_aBitBeyondThePrefix_isNoRange(int octets) throws UnknownHostException {
        for (int prefix = 0; prefix <= 8 * octets; prefix++) {
            for (int index = 0; index < 8 * octets; index++) {
                String text = address(bit(octets, index)).getHostAddress() + "/" + prefix;
                if (index < prefix) {
                    assertThat(Cidr.parse(text).contains(address(bit(octets, index))))
                            .as(text)
                            .isTrue();
                } else {
                    assertThatIllegalArgumentException().as(text).isThrownBy(() -> Cidr.parse(text));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 16})
    void contains_anAddressThatDiffersInOneBit_looksAtThePrefixAlone(int octets) throws UnknownHostException {
        String zero = address(new byte[octets]).getHostAddress();
        for (int prefix = 0; prefix <= 8 * octets; prefix++) {
            Cidr range = Cidr.parse(zero + "/" + prefix);
            for (int index = 0; index < 8 * octets; index++) {
                assertThat(range.contains(address(bit(octets, index))))
                        .as(prefix + " " + index)
                        .isEqualTo(index >= prefix);
            }
        }
    }
}
