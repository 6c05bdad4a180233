package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DrainTest {
    private static final long LIMIT = 64L << 20;

    private long now;
    private long sent;

    /** A client that sends so many octets, and that many at once, with a pause before each. */
    private final class Sending extends ServletInputStream {
        private final long all;
        private final int step;
        private final long pause;

        Sending(long all, int step, long pauseInMillis) {
            this.all = all;
            this.step = step;
            this.pause = TimeUnit.MILLISECONDS.toNanos(pauseInMillis);
        }

        @Override
        public int read() {
            throw new AssertionError("octet by octet");
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int read = (int) Math.min(Math.min(step, length), all - sent);
            now += pause;
            sent += read;
            return read == 0 ? -1 : read;
        }

        @Override
        public boolean isFinished() {
            return sent == all;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {}
    }

    private void drain(Sending client) {
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
                DrainTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "getInputStream" -> client;
                    case "getContentLengthLong" -> -1L;
                    default -> null;
                });
        new Drain(LIMIT, () -> now).read(request);
    }

    @Test
    void read_anUploadOfAnHonestClient_readsItToItsEnd() {
        drain(new Sending(LIMIT - 1, 16_384, 0));
        assertThat(sent).isEqualTo(LIMIT - 1);

        sent = 0;
        drain(new Sending(10_000_000, 16_384, 900));
        assertThat(sent).isEqualTo(10_000_000);
    }

    @Test
    void read_aClientThatSendsAnOctetNowAndThen_endsSoon() {
        drain(new Sending(LIMIT, 1, 25_000));

        assertThat(sent).isEqualTo(1);
    }

    @Test
    void read_aClientThatSendsLessThanTheLeast_endsAfterAWhile() {
        drain(new Sending(LIMIT, 1_000, 1_000));

        assertThat(sent).isBetween(10_000L, 12_000L);
    }

    @Test
    void read_moreThanTheLimit_isNotAllRead() {
        drain(new Sending(2 * LIMIT, 16_384, 0));

        assertThat(sent).isBetween(LIMIT, LIMIT + 16_384);
    }
}
