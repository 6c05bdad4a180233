package dev.gatehouse.fetch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;

/**
 * A plain socket that looks at the address it is given to connect to, and whose every read ends with the time of the fetch.
 *
 * <p>The address that is checked is the object that is then connected to: there is no second resolution in between.
 */
final class GuardedSocket extends Socket {
    private final Dial dial;

    GuardedSocket(Dial dial) {
        // Without this a proxy of the system properties would be dialled, and the address resolved there.
        super(Proxy.NO_PROXY);
        this.dial = dial;
    }

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
        connect(endpoint, 0);
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
        dial.check(endpoint);
        super.connect(endpoint, dial.connectMillis());
    }

    /** Sets nothing: each read has what is left of the time. */
    @Override
    public synchronized void setSoTimeout(int timeout) throws SocketException {
        if (isClosed()) {
            throw new SocketException("closed");
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new InTime(super.getInputStream());
    }

    private void limitRead() throws IOException {
        super.setSoTimeout(dial.remainingMillis());
    }

    /** The bytes of the other side, until the time is over. */
    private final class InTime extends FilterInputStream {
        InTime(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            limitRead();
            return super.read();
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            limitRead();
            return super.read(bytes, from, length);
        }

        @Override
        public long skip(long count) throws IOException {
            limitRead();
            return super.skip(count);
        }
    }
}
