package dev.gatehouse.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** First and last address of each special block, and their neighbours outside of it. */
class PublicAddressesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0", "0.255.255.255", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255",
                "127.0.0.0", "127.0.0.1", "127.255.255.255", "169.254.0.0", "169.254.169.254", "169.254.255.255",
                "172.16.0.0", "172.31.255.255", "192.0.0.0", "192.0.0.255", "192.0.2.0", "192.0.2.255",
                "192.88.99.0", "192.88.99.255", "192.168.0.0", "192.168.255.255", "198.18.0.0", "198.19.255.255",
                "198.51.100.0", "198.51.100.255", "203.0.113.0", "203.0.113.255", "224.0.0.0", "239.255.255.255",
                "240.0.0.0", "255.255.255.255"
            })
    void contains_aSpecialIpv4Address_is(String address) throws UnknownHostException {
        assertThat(PublicAddresses.contains(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0.0.0",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "191.255.255.255",
                "192.0.1.0",
                "192.0.3.0",
                "192.88.98.255",
                "192.88.100.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "198.51.99.255",
                "198.51.101.0",
                "203.0.112.255",
                "203.0.114.0",
                "223.255.255.255"
            })
    void contains_anIpv4AddressBesideASpecialBlock_isSo(String address) throws UnknownHostException {
        assertThat(PublicAddresses.contains(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "::7f00:1",
                "::a00:1",
                "64:ff9b::a00:1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::808:808",
                "100::1",
                "1fff:ffff::",
                "2001::",
                "2001:0:4136:e378::1",
                "2001:2::1",
                "2001:10::1",
                "2001:1ff:ffff::",
                "2001:db8::",
                "2001:db8:ffff::1",
                "2002::",
                "2002:a00:1::1",
                "2002:808:808::1",
                "3fff::1",
                "3fff:fff:ffff::1",
                "4000::",
                "5f00::1",
                "fc00::",
                "fd12:3456::1",
                "fdff:ffff::1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "ff02::1",
                "ff0e::1"
            })
    void contains_aSpecialIpv6Address_is(String address) throws UnknownHostException {
        assertThat(PublicAddresses.contains(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2000::1",
                "2001:200::1",
                "2001:db7:ffff::1",
                "2001:db9::1",
                "2001:4860:4860::8888",
                "2003::1",
                "2606:4700::1",
                "3ffe::1",
                "3fff:1000::1",
                "64:ff9b::808:808"
            })
    void contains_aGlobalIpv6Address_isSo(String address) throws UnknownHostException {
        assertThat(PublicAddresses.contains(InetAddress.getByName(address))).isTrue();
    }

    /** An IPv4 address within an IPv6 one is judged as itself; Java's own factory unwraps mapped ones, this does not rely on it. */
    @Property
    void contains_ofAnEmbeddedIpv4Address_isThatOfTheAddress(@ForAll @Size(4) byte[] v4) throws UnknownHostException {
        boolean alone = PublicAddresses.contains(InetAddress.getByAddress(v4));
        byte[] nat64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, v4[0], v4[1], v4[2], v4[3]};
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff, v4[0], v4[1], v4[2], v4[3]};

        assertThat(PublicAddresses.contains(InetAddress.getByAddress(nat64))).isEqualTo(alone);
        assertThat(PublicAddresses.contains(InetAddress.getByAddress(mapped))).isEqualTo(alone);
        assertThat(PublicAddresses.contains(java.net.Inet6Address.getByAddress(null, mapped, -1)))
                .isEqualTo(alone);
    }

    /** What the platform knows to be special is never public. */
    @Property
    void contains_ofAnyIpv6Address_isNotWhatThePlatformCallsSpecial(@ForAll @Size(16) byte[] v6)
            throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress(v6);
        boolean special = address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();

        assertThat(special && PublicAddresses.contains(address)).isFalse();
    }
}
