package dev.gatehouse.fetch;

import dev.gatehouse.fetch.FetchFailedException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/**
 * The sockets of one fetch. The platform asks for a plain one, connects it, and has TLS laid over it; every other way to a
 * socket is closed, so that a platform which went another way would reach nobody.
 */
final class GuardedSockets extends SSLSocketFactory {
    private final SSLSocketFactory tls;
    private final Dial dial;

    GuardedSockets(SSLSocketFactory tls, Dial dial) {
        this.tls = tls;
        this.dial = dial;
    }

    @Override
    public Socket createSocket() {
        return new GuardedSocket(dial);
    }

    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
        if (!(plain instanceof GuardedSocket)) {
            throw dial.refuse(Reason.FORBIDDEN_HOST);
        }
        dial.check(plain.getInetAddress());
        return tls.createSocket(plain, host, port, autoClose);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw dial.refuse(Reason.UNREACHABLE);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        throw dial.refuse(Reason.UNREACHABLE);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw dial.refuse(Reason.UNREACHABLE);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        throw dial.refuse(Reason.UNREACHABLE);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return tls.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return tls.getSupportedCipherSuites();
    }
}
