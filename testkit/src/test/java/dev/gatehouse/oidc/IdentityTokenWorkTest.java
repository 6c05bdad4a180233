package dev.gatehouse.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.internal.StrictJson;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The work that a hostile token makes, counted in the bytes that are allocated for it, which are the same each time: nothing for
 * what is too long, and as much as the text is long for what is not, up to a megabyte if it were let in.
 */
class IdentityTokenWorkTest {
    private static final int MEGABYTE = 1 << 20;
    private static final String HEADER = base64("{\"alg\":\"RS256\",\"kid\":\"k\"}");

    private final IdentityTokens tokens = IdentityTokens.builder(
                    "pypi", IssuerDirectory.of(List.of(Issuer.github())), (address, headers) -> {
                        throw new IllegalStateException("nothing is fetched");
                    })
            .clock(() -> Instant.EPOCH)
            .build();

    /** Payloads of about a length that are meant to cost more than that. */
    private enum Hostile {
        MANY_CLAIMS(length -> IntStream.range(0, length / 10)
                .mapToObj(i -> String.format("\"%05d\":1", i))
                .collect(Collectors.joining(",", "{", "}"))),
        ONE_NAME_OFTEN(length -> "{" + "\"a\":1,".repeat(length / 6) + "\"b\":1}"),
        // Names with one hash code, as many as there are.
        COLLIDING_NAMES(length -> IntStream.range(0, length / 40)
                .mapToObj(i -> '"' + colliding(i) + "\":1")
                .collect(Collectors.joining(",", "{", "}"))),
        LONG_TEXT(length -> "{\"iss\":\"" + "x".repeat(length) + "\"}"),
        ESCAPES(length -> "{\"iss\":\"" + "\\u0041".repeat(length / 6) + "\"}"),
        LONG_NUMBER(length -> "{\"exp\":" + "9".repeat(length) + "}"),
        DEEP(length -> "[".repeat(length)),
        DEEP_OBJECTS(length -> "{\"a\":".repeat(length / 5)),
        WIDE(length -> "{\"a\":[" + "0,".repeat(length / 2) + "0]}"),
        SPACES(length -> "{" + " ".repeat(length) + "}"),
        OPEN_TEXT(length -> "{\"" + "a".repeat(length)),
        DOTS(".."::repeat);

        @SuppressWarnings("ImmutableEnumChecker") // Each is a function of its length alone.
        private final IntFunction<String> payload;

        Hostile(IntFunction<String> payload) {
            this.payload = payload;
        }

        private static String colliding(int number) {
            return IntStream.range(0, 18)
                    .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
                    .collect(Collectors.joining());
        }

        String token(int length) {
            return HEADER + "." + (this == DOTS ? payload.apply(length) : base64(payload.apply(length))) + ".AA";
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static long allocated(Runnable work) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long before = threads.getThreadAllocatedBytes(id);
            work.run();
            least = Math.min(least, threads.getThreadAllocatedBytes(id) - before);
        }
        return least;
    }

    @ParameterizedTest
    @EnumSource
    void verify_ofAMegabyte_readsNothingOfIt(Hostile hostile) {
        String token = hostile.token(MEGABYTE);

        assertThat(allocated(() -> tokens.verify(token))).isLessThan(1_000);
    }

    /** Sixteen times the text; what is quadratic would be 256 times the work. Tables double unevenly, which is the half more. */
    @ParameterizedTest
    @EnumSource
    void read_ofSixteenTimesTheText_isNoMoreThanThatMuchMoreWork(Hostile hostile) {
        String once = hostile.token(MEGABYTE / 16);
        String all = hostile.token(MEGABYTE);

        assertThat(allocated(() -> read(all))).isLessThan(allocated(() -> read(once)) * 24 + 1_000);
    }

    private static void read(String token) {
        CompactJws jws = CompactJws.read(token);
        Map<String, Object> claims = jws == null ? null : StrictJson.readObject(jws.payload());
        if (claims != null) {
            IdentityClaims.of(claims).names();
        }
    }
}
