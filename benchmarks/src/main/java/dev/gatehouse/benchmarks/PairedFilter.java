package dev.gatehouse.benchmarks;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Times the filter's work in turns with a look at the system clock, which says how fast the machine is at that moment. Argument:
 * rounds.
 */
public final class PairedFilter {
    private PairedFilter() {}

    public static void main(String[] args) {
        FilterBenchmark filter = new FilterBenchmark();
        Paired group = Paired.named("filter");
        group.contender("the clock alone", PairedFilter::clock);
        work(group, "read", filter::read);
        work(group, "encoded path", filter::encodedPath);
        work(group, "refused password", filter::refusedPassword);
        work(group, "upload", filter::upload);
        group.contender("its token alone", () -> filter.tokenAlone().hashCode() | 1);
        group.run(args.length > 0 ? Integer.parseInt(args[0]) : 40);
    }

    private interface Filtering {
        long pass() throws IOException, ServletException;
    }

    private static void work(Paired group, String label, Filtering filtering) {
        group.contender(label, () -> {
            try {
                return filtering.pass() + 1;
            } catch (IOException | ServletException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static long clock() {
        Instant now = InstantSource.system().instant();
        return (now.getEpochSecond() ^ now.getNano()) | 1;
    }
}
