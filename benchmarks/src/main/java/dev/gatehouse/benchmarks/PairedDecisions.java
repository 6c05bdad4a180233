package dev.gatehouse.benchmarks;

import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.TwoFactorPolicy;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Times contenders in turns of 25 ms inside one virtual machine, and prints for each the lower quartile of its times, of its
 * ratio to the first of its group in the same round, and what it allocates. Arguments: rounds, and a word that the groups to
 * run must contain.
 */
public final class PairedDecisions {
    private static final long TURN = 25_000_000;

    private PairedDecisions() {}

    /** One thing to do many times. */
    private interface Work {
        /** Does it {@code times} times and answers something that depends on all of them. */
        int run(int times);
    }

    private record Contender(String name, Work work) {}

    public static void main(String[] args) {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 40;
        String only = args.length > 1 ? args[1] : "";
        InstantSource fixed = InstantSource.fixed(DecisionCases.NOW);
        groups(fixed).forEach((name, group) -> {
            if (name.contains(only)) {
                System.out.println(name);
                measure(group.get(), rounds);
            }
        });
    }

    /** A group is made only when it is run: what another one loads would change how this one is compiled. */
    private static Map<String, Supplier<List<Contender>>> groups(InstantSource fixed) {
        Map<String, Supplier<List<Contender>>> groups = new LinkedHashMap<>();
        groups.put("one class, read", () -> against(fixed, DecisionCases.read(0)));
        groups.put("one class, upload", () -> against(fixed, DecisionCases.upload(0)));
        groups.put("one class, settings", () -> against(fixed, DecisionCases.settings(0)));
        groups.put(
                "mixed classes and actions",
                () -> List.of(
                        many("by hand", new HandWritten(fixed), DecisionCases.mixed()),
                        many("policy", DecisionCases.pypi(fixed), DecisionCases.mixed())));
        groups.put(
                "system clock",
                () -> List.of(
                        new Contender("the clock alone", PairedDecisions::clock),
                        one("upload", DecisionCases.pypi(InstantSource.system()), DecisionCases.upload(0))));
        groups.put(
                "refused",
                () -> List.of(
                        one("1", DecisionCases.pypi(fixed), DecisionCases.refused(1)),
                        one("2", DecisionCases.pypi(fixed), DecisionCases.refused(2)),
                        one("3", DecisionCases.pypi(fixed), DecisionCases.refused(3)),
                        one("4", DecisionCases.pypi(fixed), DecisionCases.refused(4))));
        groups.put(
                "warned",
                () -> List.of(one(
                        "in 2023",
                        DecisionCases.pypi(InstantSource.fixed(DecisionCases.WARNING)),
                        DecisionCases.warned())));
        groups.put(
                "large, 1000 requirements over 26 actions",
                () -> List.of(many("all met or not bound", LargePolicies.spread(fixed), LargePolicies.requests())));
        groups.put(
                "large, 1000 requirements on one action",
                () -> List.of(one("all met or not bound", LargePolicies.onOne(fixed), LargePolicies.requests()[0])));
        groups.put(
                "phases",
                () -> List.of(
                        one("10", LargePolicies.phases(10, fixed), LargePolicies.requests()[0]),
                        one("1000", LargePolicies.phases(1000, fixed), LargePolicies.requests()[0])));
        return groups;
    }

    private static List<Contender> against(InstantSource clock, AccessRequest q) {
        return List.of(one("by hand", new HandWritten(clock), q), one("policy", DecisionCases.pypi(clock), q));
    }

    private static int clock(int times) {
        InstantSource clock = InstantSource.system();
        int sum = 1;
        for (int i = 0; i < times; i++) {
            Instant now = clock.instant();
            sum += (int) (now.getEpochSecond() ^ now.getNano()) & 1;
        }
        return sum;
    }

    private static Contender one(String name, TwoFactorPolicy policy, AccessRequest q) {
        return new Contender(name + " " + shape(policy.decide(q)), times -> {
            int sum = 0;
            for (int i = 0; i < times; i++) {
                sum += policy.decide(q) instanceof Decision.Permitted ? 1 : 2;
            }
            return sum;
        });
    }

    private static Contender many(String name, TwoFactorPolicy policy, AccessRequest[] all) {
        return new Contender(name, times -> {
            int sum = 0;
            for (int i = 0; i < times; i++) {
                sum += policy.decide(all[i & 15]) instanceof Decision.Permitted ? 1 : 2;
            }
            return sum;
        });
    }

    private static Contender one(String name, HandWritten policy, AccessRequest q) {
        return new Contender(name + " " + policy.permits(q), times -> {
            int sum = 0;
            for (int i = 0; i < times; i++) {
                sum += policy.permits(q) ? 1 : 2;
            }
            return sum;
        });
    }

    private static Contender many(String name, HandWritten policy, AccessRequest[] all) {
        return new Contender(name, times -> {
            int sum = 0;
            for (int i = 0; i < times; i++) {
                sum += policy.permits(all[i & 15]) ? 1 : 2;
            }
            return sum;
        });
    }

    private static String shape(Decision decision) {
        String answer = decision.<String>fold(
                p -> "permitted", r -> "refused " + r.refusals().size());
        return "(" + answer + ", " + decision.notices().size() + " notices)";
    }

    private static void measure(List<Contender> group, int rounds) {
        int[] times = new int[group.size()];
        for (int i = 0; i < times.length; i++) {
            times[i] = calibrated(group.get(i).work());
        }
        double[][] nanos = new double[group.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < times.length; i++) {
                nanos[i][round] = timed(group.get(i).work(), times[i]);
            }
        }
        for (int i = 0; i < times.length; i++) {
            double[] ratios = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                ratios[round] = nanos[i][round] / nanos[0][round];
            }
            System.out.printf(
                    Locale.ROOT,
                    "  %-40s %8.1f ns  x%5.2f  %5.0f B%n",
                    group.get(i).name(),
                    lowerQuartile(nanos[i]),
                    lowerQuartile(ratios),
                    allocated(group.get(i).work(), times[i]));
        }
    }

    /** How often the work is done in one turn, after it has been compiled. */
    private static int calibrated(Work work) {
        int times = 1_000;
        for (int i = 0; i < 60; i++) {
            double each = timed(work, times);
            times = (int) Math.max(1_000, Math.min(20_000_000, TURN / Math.max(each, 1)));
        }
        return times;
    }

    private static double timed(Work work, int times) {
        long start = System.nanoTime();
        int sum = work.run(times);
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
            work.run(times);
            all.add((double) (threads.getThreadAllocatedBytes(id) - before) / times);
        }
        return Collections.min(all);
    }

    private static double lowerQuartile(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 4];
    }
}
