package dev.gatehouse.fetch;

import dev.gatehouse.fetch.FetchFailedException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Gets documents over https with the platform's own client.
 *
 * <p><b>Whom it reaches.</b> Hosts at addresses of the public internet, and no others: loopback, private, shared, link-local,
 * unique-local, multicast, documentation and other special addresses are refused after the name was resolved, IPv4 addresses
 * within IPv6 ones (mapped, NAT64) as well, and the address that was checked is the one that is dialled. A name that resolves
 * differently a moment later changes nothing. No proxy is used, not even one of the system's properties; a host that needs
 * one writes a {@link DocumentFetch}, and sees to this itself.
 *
 * <p><b>What it takes.</b> Status 200 and a body of bounded size. Redirects are not followed, nobody is answered who asks for a
 * password, and each document has a connection of its own, which then ends. TLS and names of certificates are checked as the
 * platform does.
 *
 * <p><b>How long.</b> Connecting, TLS and the answer together have one limit, also for an answer that comes one byte at a time.
 * Only the resolution of the name is outside of it, for the platform's resolver has limits of its own and no others.
 *
 * <p>Starts no thread. Immutable and thread-safe.
 */
public final class HttpsFetch implements DocumentFetch {
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]{0,4096}");
    private static final Set<String> OWN_HEADERS =
            Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade", "expect", "te", "trailer");
    private static final Pattern LOOPBACK_HOST = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

    private static final Authenticator NOBODY = new Authenticator() {};

    private final Duration connect;
    private final Duration total;
    private final int maxBytes;
    private final boolean loopback;
    private final @Nullable SSLContext trust;

    private HttpsFetch(Builder b) {
        this.connect = b.connect;
        this.total = b.total;
        this.maxBytes = b.maxBytes;
        this.loopback = b.loopback;
        this.trust = b.trust;
    }

    /** One with every default. */
    public static HttpsFetch create() {
        return builder().build();
    }

    /** Starts the set-up. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if a header is not one to be sent: its name is no name or one that the connection sets,
     *     its value is not visible ASCII
     */
    @Override
    public byte[] get(URI address, Map<String, String> headers) {
        headers.forEach(HttpsFetch::checkHeader);
        String host = checkedHost(address);
        Dial dial = new Dial(loopback, connect, total);
        try {
            return fetch(open(address, dial), headers, dial, host);
        } catch (IOException e) {
            throw new FetchFailedException(reasonOf(e, dial), host, e);
        }
    }

    private static void checkHeader(String name, String value) {
        if (!HEADER_NAME.matcher(name).matches() || OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("headers: a name that is not sent");
        }
        // The value may be secret: nothing of it is said.
        if (!HEADER_VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("headers: the value of " + name + " is not visible ASCII");
        }
    }

    private String checkedHost(URI address) {
        String host = Objects.requireNonNullElse(address.getHost(), "");
        boolean https = "https".equalsIgnoreCase(address.getScheme());
        boolean plain = loopback
                && "http".equalsIgnoreCase(address.getScheme())
                && LOOPBACK_HOST.matcher(host).matches();
        if (host.isEmpty()
                || !(https || plain)
                || address.getRawUserInfo() != null
                || address.getRawFragment() != null
                || !address.toString().equals(address.toASCIIString())) {
            throw new FetchFailedException(Reason.ADDRESS, host);
        }
        return host;
    }

    private HttpURLConnection open(URI address, Dial dial) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
        if (connection instanceof HttpsURLConnection secure) {
            secure.setSSLSocketFactory(new GuardedSockets(tls(), dial));
        } else {
            // Plain text is for tests: its sockets are the platform's, and its time is that of each single read.
            connection.setConnectTimeout(dial.connectMillis());
            connection.setReadTimeout(dial.remainingMillis());
        }
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setAuthenticator(NOBODY);
        return connection;
    }

    private SSLSocketFactory tls() {
        return trust == null ? (SSLSocketFactory) SSLSocketFactory.getDefault() : trust.getSocketFactory();
    }

    private byte[] fetch(HttpURLConnection connection, Map<String, String> headers, Dial dial, String host)
            throws IOException {
        connection.setRequestProperty("Accept", "application/json");
        connection.setRequestProperty("User-Agent", "gatehouse");
        headers.forEach(connection::setRequestProperty);
        connection.setRequestProperty("Connection", "close");
        try {
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw new FetchFailedException(status / 100 == 3 ? Reason.REDIRECT : Reason.STATUS, host);
            }
            long length = connection.getContentLengthLong();
            if (length > maxBytes) {
                throw new FetchFailedException(Reason.TOO_LARGE, host);
            }
            byte[] body = body(connection.getInputStream(), dial, host);
            // The platform takes the end of the connection for the end of the document.
            if (length >= 0 && body.length != length) {
                throw new FetchFailedException(Reason.UNREACHABLE, host);
            }
            return body;
        } finally {
            connection.disconnect();
        }
    }

    private byte[] body(InputStream in, Dial dial, String host) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        for (int read = in.read(part); read >= 0; read = in.read(part)) {
            if (body.size() + read > maxBytes) {
                throw new FetchFailedException(Reason.TOO_LARGE, host);
            }
            body.write(part, 0, read);
            if (dial.isOver()) {
                throw new FetchFailedException(Reason.TIMEOUT, host);
            }
        }
        return body.toByteArray();
    }

    private static Reason reasonOf(IOException e, Dial dial) {
        Reason refusal = dial.refusal();
        if (refusal != null) {
            return refusal;
        }
        if (e instanceof SocketTimeoutException || dial.isOver()) {
            return Reason.TIMEOUT;
        }
        if (e instanceof UnknownHostException) {
            return Reason.UNKNOWN_HOST;
        }
        return e instanceof SSLException ? Reason.UNTRUSTED : Reason.UNREACHABLE;
    }

    /** The limits, and that loopback is allowed if it is. */
    @Override
    public String toString() {
        return "HttpsFetch[connect " + connect + ", total " + total + ", " + maxBytes + " bytes"
                + (loopback ? ", http and loopback allowed" : "") + "]";
    }

    /** Sets up {@link HttpsFetch}; not thread-safe, may be reused. */
    public static final class Builder {
        private static final Duration MOST = Duration.ofMinutes(1);
        private static final int MOST_BYTES = 16 << 20;

        private Duration connect = Duration.ofSeconds(5);
        private Duration total = Duration.ofSeconds(5);
        private int maxBytes = 256 << 10;
        private boolean loopback;
        private @Nullable SSLContext trust;

        private Builder() {}

        /**
         * How long a connection may take to come about; 5 seconds by default.
         *
         * @throws IllegalArgumentException if it is not 1 millisecond to 1 minute
         */
        public Builder connectTimeout(Duration longest) {
            this.connect = checked(longest);
            return this;
        }

        /**
         * How long all of it may take; 5 seconds by default.
         *
         * @throws IllegalArgumentException if it is not 1 millisecond to 1 minute
         */
        public Builder totalTimeout(Duration longest) {
            this.total = checked(longest);
            return this;
        }

        /**
         * How large a document may be; 256 KiB by default.
         *
         * @throws IllegalArgumentException if it is not 1 byte to 16 MiB
         */
        public Builder maxBytes(int most) {
            if (most < 1 || most > MOST_BYTES) {
                throw new IllegalArgumentException("most: 1 to " + MOST_BYTES);
            }
            this.maxBytes = most;
            return this;
        }

        /** Whose certificates are trusted, for a host within an organisation; those of the platform by default. */
        public Builder trust(SSLContext context) {
            this.trust = Objects.requireNonNull(context, "context");
            return this;
        }

        /**
         * Reaches loopback addresses too, and there, by the names {@code localhost}, {@code 127.x.x.x} and {@code [::1]}, plain
         * {@code http}; for tests and demonstrations only.
         */
        public Builder allowLoopback() {
            this.loopback = true;
            return this;
        }

        public HttpsFetch build() {
            return new HttpsFetch(this);
        }

        private static Duration checked(Duration longest) {
            if (longest.compareTo(Duration.ofMillis(1)) < 0 || longest.compareTo(MOST) > 0) {
                throw new IllegalArgumentException("longest: 1 millisecond to " + MOST);
            }
            return longest;
        }
    }
}
