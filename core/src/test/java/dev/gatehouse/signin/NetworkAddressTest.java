package dev.gatehouse.signin;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkAddressTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, 192.0.2.1",
        "::ffff:192.0.2.1, 192.0.2.1, 192.0.2.1",
        "::FFFF:c000:201, 192.0.2.1, 192.0.2.1",
        "[::ffff:192.0.2.1], 192.0.2.1, 192.0.2.1",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:3:4:5:6, 20010db800010002/64",
        "2001:DB8:1:2::, 2001:db8:1:2::, 20010db800010002/64",
        "[2001:db8:1:2::9], 2001:db8:1:2::9, 20010db800010002/64",
        "fe80::1%eth0, fe80::1, fe80000000000000/64",
        "::1, ::1, 0000000000000000/64"
    })
    void of_anAddress_isCountedByIt(String text, String whole, String bucket) {
        assertThat(NetworkAddress.of(text).text()).isEqualTo(whole);
        assertThat(NetworkAddress.of(text).bucket()).isEqualTo(bucket);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost",
                "example.org",
                "192.0.2.1:443",
                "192.0.2.1, 192.0.2.2",
                "192.0.2.256",
                "192.0.2",
                "3232235777",
                "[]",
                "%",
                "@/run/socket",
                "2001:db8::1::2",
                "\u0661\u0669\u0662.0.2.1",
                "unknown"
            })
    void of_whatIsNoAddress_isTheOneUnknown(String text) {
        assertThat(NetworkAddress.of(text)).isEqualTo(NetworkAddress.of("nothing"));
        assertThat(NetworkAddress.of(text)).hasToString("unknown").isNotEqualTo(NetworkAddress.of("::1"));
    }

    @Property
    void of_anyText_neverThrowsAndHasABucket(@ForAll String text) {
        assertThat(NetworkAddress.of(text).bucket()).isNotEmpty().hasSizeLessThan(40);
    }

    @Property(tries = 200)
    void of_twoAddressesOfOneNetwork_areOne(@ForAll long network, @ForAll long one, @ForAll long other) {
        assertThat(NetworkAddress.of(ipv6(network, one))).isEqualTo(NetworkAddress.of(ipv6(network, other)));
        if (network != 0) {
            assertThat(NetworkAddress.of(ipv6(network, one))).isNotEqualTo(NetworkAddress.of(ipv6(network + 1, one)));
        }
    }

    private static String ipv6(long network, long host) {
        StringBuilder text = new StringBuilder();
        for (long half : new long[] {network, host}) {
            for (int shift = 48; shift >= 0; shift -= 16) {
                text.append(text.isEmpty() ? "" : ":").append(Long.toHexString(half >>> shift & 0xffff));
            }
        }
        return text.toString();
    }
}
