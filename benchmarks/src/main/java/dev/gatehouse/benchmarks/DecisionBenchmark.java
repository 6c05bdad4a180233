package dev.gatehouse.benchmarks;

import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.TwoFactorPolicy;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Decisions of the {@code pypi} preset with everything in force; run with {@code -prof gc} for what they allocate. Ratios come
 * from {@link PairedDecisions}, whose contenders take turns.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class DecisionBenchmark {
    private final TwoFactorPolicy policy = DecisionCases.pypi(InstantSource.fixed(DecisionCases.NOW));
    private final TwoFactorPolicy september = DecisionCases.pypi(InstantSource.fixed(DecisionCases.WARNING));
    private final HandWritten handWritten = new HandWritten(InstantSource.fixed(DecisionCases.NOW));
    private final AccessRequest read = DecisionCases.read(0);
    private final AccessRequest upload = DecisionCases.upload(0);
    private final AccessRequest settings = DecisionCases.settings(0);
    private final AccessRequest refused = DecisionCases.refused(4);
    private final AccessRequest warned = DecisionCases.warned();
    private final AccessRequest[] mixed = DecisionCases.mixed();
    private int turn;

    /** A benchmark's state is made by JMH. */
    public DecisionBenchmark() {}

    @Benchmark
    public Decision read() {
        return policy.decide(read);
    }

    @Benchmark
    public Decision upload() {
        return policy.decide(upload);
    }

    @Benchmark
    public Decision settings() {
        return policy.decide(settings);
    }

    @Benchmark
    public Decision mixed() {
        return policy.decide(mixed[turn++ & 15]);
    }

    @Benchmark
    public boolean mixedByHand() {
        return handWritten.permits(mixed[turn++ & 15]);
    }

    @Benchmark
    public Decision refusedForFourReasons() {
        return policy.decide(refused);
    }

    @Benchmark
    public Decision permittedWithTwoNotices() {
        return september.decide(warned);
    }
}
