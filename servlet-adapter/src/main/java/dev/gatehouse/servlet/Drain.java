package dev.gatehouse.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what the client of a refused upload is still sending: one that finds its connection closed in the middle does not read the
 * answer. Up to a number of octets, and only while they come as fast as an upload would. Thread-safe.
 */
final class Drain {
    private static final Logger LOG = LoggerFactory.getLogger(TwoFactorFilter.class);
    private static final int STEP = 16_384;

    /** Nobody is known here: who sends an octet now and then must not have a thread for as long. */
    private static final long SECONDS_BEFORE_RATE = 10;

    private static final long LEAST_OCTETS_A_SECOND = 16_384;

    private final long limit;
    private final LongSupplier nanos;

    Drain(long limit, LongSupplier nanos) {
        this.limit = limit;
        this.nanos = nanos;
    }

    void read(HttpServletRequest request) {
        if (limit == 0 || request.getHeader("Expect") != null || request.getContentLengthLong() > limit) {
            return;
        }
        try {
            InputStream in = request.getInputStream();
            byte[] step = new byte[STEP];
            long start = nanos.getAsLong();
            long all = 0;
            int read = in.read(step);
            while (read >= 0 && all < limit && !isSlow(all, nanos.getAsLong() - start)) {
                all += read;
                read = in.read(step);
            }
        } catch (IOException | IllegalStateException e) {
            // The container or the client has ended it, or somebody else is reading: the answer goes out all the same.
            LOG.debug("The rest of a refused upload could not be read", e);
        }
    }

    private static boolean isSlow(long octets, long spent) {
        return spent > TimeUnit.SECONDS.toNanos(SECONDS_BEFORE_RATE + octets / LEAST_OCTETS_A_SECOND);
    }
}
