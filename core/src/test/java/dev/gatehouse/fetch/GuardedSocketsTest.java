package dev.gatehouse.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.gatehouse.fetch.FetchFailedException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;

/** A platform that went another way to its sockets than the one it goes would reach nobody. */
class GuardedSocketsTest {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final Dial dial = new Dial(false, Duration.ofSeconds(1), Duration.ofSeconds(1));
    private final GuardedSockets sockets = new GuardedSockets((SSLSocketFactory) SSLSocketFactory.getDefault(), dial);

    private interface Way {
        Socket to(GuardedSockets factory) throws IOException;
    }

    @Test
    void createSocket_inAnyOtherWay_isRefused() {
        InetAddress host = InetAddress.getLoopbackAddress();
        List<Way> ways = List.of(
                factory -> factory.createSocket("127.0.0.1", 443),
                factory -> factory.createSocket("127.0.0.1", 443, host, 0),
                factory -> factory.createSocket(host, 443),
                factory -> factory.createSocket(host, 443, host, 0));

        for (Way way : ways) {
            Dial own = new Dial(false, Duration.ofSeconds(1), Duration.ofSeconds(1));
            GuardedSockets factory = new GuardedSockets((SSLSocketFactory) SSLSocketFactory.getDefault(), own);
            assertThatIOException().isThrownBy(() -> way.to(factory));
            // Nobody was asked: what is refused by whoever is dialled has no such word.
            assertThat(own.refusal()).isEqualTo(Reason.UNREACHABLE);
        }
    }

    @Test
    void createSocket_overASocketThatIsNotGuarded_isRefused() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByAddress(LOOPBACK));
                Socket plain = new Socket(InetAddress.getByAddress(LOOPBACK), server.getLocalPort())) {
            Dial anywhere = new Dial(true, Duration.ofSeconds(1), Duration.ofSeconds(1));
            GuardedSockets lenient = new GuardedSockets((SSLSocketFactory) SSLSocketFactory.getDefault(), anywhere);

            assertThatIOException().isThrownBy(() -> lenient.createSocket(plain, "127.0.0.1", 443, true));
            assertThat(anywhere.refusal()).isEqualTo(Reason.FORBIDDEN_HOST);
        }
    }

    /** TLS is not laid over a connection to where it may not go, however it came about. */
    @Test
    void createSocket_overAConnectionToAForbiddenHost_isRefused() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByAddress(LOOPBACK));
                Socket other = new GuardedSocket(new Dial(true, Duration.ofSeconds(1), Duration.ofSeconds(1)))) {
            other.connect(server.getLocalSocketAddress());

            assertThatIOException().isThrownBy(() -> sockets.createSocket(other, "127.0.0.1", 443, true));
            assertThat(dial.refusal()).isEqualTo(Reason.FORBIDDEN_HOST);
        }
    }

    /** The name says nothing: what is looked at is the address that is then connected to. */
    @Test
    void connect_toALoopbackAddressUnderAnotherName_isRefused() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByAddress(LOOPBACK));
                Socket socket = sockets.createSocket()) {
            InetSocketAddress disguised =
                    new InetSocketAddress(InetAddress.getByAddress("keys.example", LOOPBACK), server.getLocalPort());

            assertThatIOException().isThrownBy(() -> socket.connect(disguised, 1_000));
            assertThatIOException().isThrownBy(() -> socket.connect(disguised));
            assertThat(socket.isConnected()).isFalse();
            assertThat(dial.refusal()).isEqualTo(Reason.FORBIDDEN_HOST);
        }
    }

    @Test
    void connect_toANameThatIsNotResolved_isRefused() throws IOException {
        try (Socket socket = sockets.createSocket()) {
            assertThatIOException()
                    .isThrownBy(() -> socket.connect(InetSocketAddress.createUnresolved("keys.example", 443), 1_000));
            assertThat(dial.refusal()).isEqualTo(Reason.UNKNOWN_HOST);
        }
    }

    @Test
    void connect_afterTheTimeIsOver_isNotTried() throws IOException {
        Dial over = new Dial(true, Duration.ofSeconds(1), Duration.ZERO);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByAddress(LOOPBACK));
                Socket socket = new GuardedSocket(over)) {
            assertThatIOException()
                    .isThrownBy(() -> socket.connect(server.getLocalSocketAddress(), 60_000))
                    .isInstanceOf(SocketTimeoutException.class);
            assertThat(socket.isConnected()).isFalse();
        }
    }
}
