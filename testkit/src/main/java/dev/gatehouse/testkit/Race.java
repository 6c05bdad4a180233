package dev.gatehouse.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Lets several threads do something at the same moment; for tests that hold one of them may win. Thread-safe. */
public final class Race {
    private static final long LIMIT_SECONDS = 60;

    /** Kept for the next race: a thread that has yet to be made comes late to a race of microseconds. */
    private static final ExecutorService RUNNERS = Executors.newCachedThreadPool(run -> {
        Thread runner = new Thread(run, "race");
        runner.setDaemon(true);
        return runner;
    });

    private Race() {}

    /**
     * What each of so many threads answered; all begin together.
     *
     * @param threads 2 to 64
     * @param runner what the thread of this number, from 0, does
     * @throws AssertionError if one of them throws, or they are not done within a minute
     */
    public static <T> List<T> of(int threads, IntFunction<? extends T> runner) {
        if (threads < 2 || threads > 64) {
            throw new IllegalArgumentException("threads: 2 to 64");
        }
        List<Future<T>> running = new ArrayList<>();
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            for (int i = 0; i < threads; i++) {
                int number = i;
                running.add(RUNNERS.submit(() -> {
                    start.await(LIMIT_SECONDS, TimeUnit.SECONDS);
                    return runner.apply(number);
                }));
            }
            List<T> answers = new ArrayList<>();
            for (Future<T> one : running) {
                answers.add(one.get(LIMIT_SECONDS, TimeUnit.SECONDS));
            }
            return answers;
        } catch (ExecutionException e) {
            throw new AssertionError("a runner failed", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("a runner is stuck", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            running.forEach(one -> one.cancel(true));
        }
    }
}
