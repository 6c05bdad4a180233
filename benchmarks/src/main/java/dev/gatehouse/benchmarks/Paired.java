package dev.gatehouse.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Times contenders that take turns of 25 ms inside one virtual machine, so that a noisy machine is noisy for all of them.
 *
 * <p>Printed are, for each, the lower quartile of its times and of its ratio to the first contender in the same round.
 */
public final class Paired {
    private static final long TURN = 25_000_000;
    private static final int WARM_UP_ROUNDS = 80;

    private final String name;
    private final Map<String, LongSupplier> contenders = new LinkedHashMap<>();

    private Paired(String name) {
        this.name = name;
    }

    /** A comparison without contenders. */
    public static Paired named(String name) {
        return new Paired(name);
    }

    /** One more contender; the first is what the others are compared with. Its answer has to depend on the work. */
    public Paired contender(String label, LongSupplier work) {
        contenders.put(label, work);
        return this;
    }

    /** Runs the rounds and prints the result. */
    public void run(int rounds) {
        LongSupplier[] works = contenders.values().toArray(LongSupplier[]::new);
        String[] labels = contenders.keySet().toArray(String[]::new);
        double[][] nanos = new double[works.length][rounds];
        long sink = 0;
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            for (int i = 0; i < works.length; i++) {
                long start = System.nanoTime();
                long times = 0;
                long spent;
                do {
                    for (int j = 0; j < 8; j++) {
                        sink += works[i].getAsLong();
                    }
                    times += 8;
                    spent = System.nanoTime() - start;
                } while (spent < TURN);
                if (round >= 0) {
                    nanos[i][round] = (double) spent / times;
                }
            }
        }
        for (int i = 0; i < works.length; i++) {
            double[] ratios = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                ratios[round] = nanos[i][round] / nanos[0][round];
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-16s %-40s %10.0f ns  x%6.3f%n",
                    name,
                    labels[i],
                    lowerQuartile(nanos[i]),
                    lowerQuartile(ratios));
        }
        if (sink == 0) {
            throw new IllegalStateException("nothing was done");
        }
    }

    private static double lowerQuartile(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 4];
    }
}
