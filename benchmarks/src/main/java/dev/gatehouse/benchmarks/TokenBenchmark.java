package dev.gatehouse.benchmarks;

import dev.gatehouse.token.TokenCase;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Times of a token's verification and its parts; for ratios see {@link PairedTokens}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
public class TokenBenchmark {
    @Param({"3", "200"})
    int caveats;

    private TokenCase token = TokenCase.of(3);

    @Setup
    public void setUp() {
        token = TokenCase.of(caveats);
    }

    @Benchmark
    public long bareChain() {
        return token.chainAndCompare();
    }

    @Benchmark
    public long macaroon() {
        return token.macaroon();
    }

    @Benchmark
    public long verify() {
        return token.verify();
    }

    @Benchmark
    public long jmacaroons() {
        return token.jmacaroons();
    }
}
