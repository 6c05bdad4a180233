package dev.gatehouse.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Times contenders that take turns of 25 ms inside one virtual machine, so that a noisy machine is noisy for all of them.
 *
 * <p>Printed are, for each, the lower quartile of its times, of its ratio to the first contender in the same round, and what it
 * allocates each time.
 */
public final class Paired {
    private static final long TURN = 25_000_000;
    private static final int WARM_UP_TURNS = 60;
    private static final int LEAST = 8;
    private static final int MOST = 20_000_000;

    private final String name;
    private final Map<String, Work> contenders = new LinkedHashMap<>();

    private Paired(String name) {
        this.name = name;
    }

    /** One thing to do many times; what takes nanoseconds has its own loop, so that nothing of ours is in it. */
    @FunctionalInterface
    public interface Work {
        /** Does it {@code times} times and answers something that depends on all of them and is not 0. */
        long run(int times);
    }

    /** A comparison without contenders. */
    public static Paired named(String name) {
        return new Paired(name);
    }

    /** One more contender; the first is what the others are compared with. Its answer has to depend on the work. */
    public Paired contender(String label, LongSupplier work) {
        return loop(label, times -> {
            long sum = 0;
            for (int i = 0; i < times; i++) {
                sum += work.getAsLong();
            }
            return sum;
        });
    }

    /** One more contender, with a loop of its own. */
    public Paired loop(String label, Work work) {
        contenders.put(label, work);
        return this;
    }

    /** Runs the rounds and prints the result. */
    public void run(int rounds) {
        Work[] works = contenders.values().toArray(Work[]::new);
        String[] labels = contenders.keySet().toArray(String[]::new);
        int[] times = new int[works.length];
        for (int i = 0; i < works.length; i++) {
            times[i] = calibrated(works[i]);
        }
        double[][] nanos = new double[works.length][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < works.length; i++) {
                nanos[i][round] = timed(works[i], times[i]);
            }
        }
        for (int i = 0; i < works.length; i++) {
            double[] ratios = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                ratios[round] = nanos[i][round] / nanos[0][round];
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-28s %-40s %10.1f ns  x%6.3f  %6.0f B%n",
                    name,
                    labels[i],
                    lowerQuartile(nanos[i]),
                    lowerQuartile(ratios),
                    allocated(works[i], times[i]));
        }
    }

    /** How often the work is done in one turn, after it has been compiled. */
    private static int calibrated(Work work) {
        int times = LEAST;
        for (int i = 0; i < WARM_UP_TURNS; i++) {
            double each = timed(work, times);
            times = (int) Math.max(LEAST, Math.min(MOST, TURN / Math.max(each, 1)));
        }
        return times;
    }

    private static double timed(Work work, int times) {
        long start = System.nanoTime();
        long sum = work.run(times);
        long spent = System.nanoTime() - start;
        if (sum == 0) {
            throw new IllegalStateException("nothing was done");
        }
        return (double) spent / times;
    }

    private static double allocated(Work work, int times) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        List<Double> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            long before = threads.getThreadAllocatedBytes(id);
            if (work.run(times) == 0) {
                throw new IllegalStateException("nothing was done");
            }
            all.add((double) (threads.getThreadAllocatedBytes(id) - before) / times);
        }
        return all.stream().min(Double::compare).orElseThrow();
    }

    private static double lowerQuartile(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 4];
    }
}
