package dev.gatehouse.testkit.filter;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * An answer as it came over the wire. Immutable and thread-safe.
 *
 * @param status the three digits
 * @param reason the reason phrase, perhaps empty
 * @param headers whole header lines
 * @param body without the frame of a chunked transfer
 */
public record FilterAnswer(int status, String reason, List<String> headers, String body) {
    /** Checks that nothing is missing. */
    public FilterAnswer {
        Objects.requireNonNull(reason, "reason");
        headers = List.copyOf(headers);
        Objects.requireNonNull(body, "body");
    }

    /** All values of a header, in order. */
    public List<String> all(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return headers.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .toList();
    }

    /** The first value of a header, or an empty text. */
    public String header(String name) {
        return all(name).stream().findFirst().orElse("");
    }

    /** Whether it is one of success. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
