package dev.gatehouse.fetch;

import dev.gatehouse.fetch.FetchFailedException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one fetch may do: whom it may dial, and until when.
 *
 * <p>Elapsed time, not the time of day: a clock that is set has no part in it. Not thread-safe.
 */
final class Dial {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final boolean loopback;
    private final long start = System.nanoTime();
    private final long allowance;
    private final int connectMillis;

    private @Nullable Reason refusal;

    Dial(boolean loopback, Duration connect, Duration total) {
        this.loopback = loopback;
        this.connectMillis = (int) connect.toMillis();
        this.allowance = total.toNanos();
    }

    /** Throws unless the address may be dialled. */
    void check(SocketAddress endpoint) throws IOException {
        if (!(endpoint instanceof InetSocketAddress address)) {
            throw refuse(Reason.FORBIDDEN_HOST);
        }
        if (address.getAddress() == null) {
            throw refuse(Reason.UNKNOWN_HOST);
        }
        check(address.getAddress());
    }

    /** Throws unless the address may be dialled. */
    void check(@Nullable InetAddress address) throws IOException {
        if (address == null || !(PublicAddresses.contains(address) || (loopback && address.isLoopbackAddress()))) {
            throw refuse(Reason.FORBIDDEN_HOST);
        }
    }

    /** An exception to throw; the first reason is kept here, for the platform wraps what it is thrown, and tries other ways. */
    IOException refuse(Reason reason) {
        if (refusal == null) {
            refusal = reason;
        }
        return new IOException("refused");
    }

    /** Why this was refused from here, or null. */
    @Nullable
    Reason refusal() {
        return refusal;
    }

    boolean isOver() {
        return System.nanoTime() - start >= allowance;
    }

    /** How long one step may wait: 1 millisecond at least, for 0 would mean for ever. */
    int remainingMillis() throws SocketTimeoutException {
        long left = allowance - (System.nanoTime() - start);
        if (left <= 0) {
            throw new SocketTimeoutException("over");
        }
        return (int) Math.max(1, left / NANOS_PER_MILLI);
    }

    int connectMillis() throws SocketTimeoutException {
        return Math.min(connectMillis, remainingMillis());
    }
}
