package dev.gatehouse.servlet;

import dev.gatehouse.factor.Carrier;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Handles that no request has had: a number below what is this filter's own among all there ever are. Thread-safe. */
final class RequestHandles {
    private final String own;
    private final AtomicLong last = new AtomicLong();

    RequestHandles(SecureRandom random) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        this.own = HexFormat.of().formatHex(bytes) + '-';
    }

    Carrier next() {
        return Carrier.request(own + last.incrementAndGet());
    }
}
