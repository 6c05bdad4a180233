package dev.gatehouse.testkit.contract;

import dev.gatehouse.testkit.contract.StoreFaults.Call;
import dev.gatehouse.testkit.contract.StoreFaults.Plan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs one ceremony again and again, each time in a new world and with another call of its stores going wrong: every call that it makes,
 * with every {@link StoreFault} that the call can have.
 *
 * <p>After each it holds that
 *
 * <ul>
 *   <li>nobody was let through where the store did not truthfully answer;
 *   <li>nothing came out but an outcome, or an exception that says of a broken environment (an {@link IllegalArgumentException} says
 *       that the caller was wrong, a {@link ClassCastException} that nobody has thought of it);
 *   <li>no message, of the exception and all its causes, shows a secret;
 *   <li>with healthy stores the same proof again, twice, is answered, and in all is good no more often than it may be;
 *   <li>the ceremony's own look at its stores finds no contradiction;
 *   <li>a call that hangs keeps its caller waiting, and lets go at the deadline.
 * </ul>
 *
 * <p>Ceremonies must make their calls in the same order in each new world. Immutable; a sweep takes as long as some hundred runs of
 * its ceremony.
 */
public final class FaultSweep {
    private static final long LIMIT_SECONDS = 60;

    private final Function<? super StoreFaults, ? extends Ceremony> worlds;
    private final int most;
    private final boolean isLasting;
    private final Set<String> tolerated;

    private FaultSweep(
            Function<? super StoreFaults, ? extends Ceremony> worlds,
            int most,
            boolean isLasting,
            Set<String> tolerated) {
        this.worlds = worlds;
        this.most = most;
        this.isLasting = isLasting;
        this.tolerated = tolerated;
    }

    /** What became of a ceremony. */
    public enum Outcome {
        /** Somebody was let through: verified, signed in, permitted; or something was made. */
        GRANTED,
        /** Nobody was, nothing was. */
        REFUSED
    }

    /** A ceremony and all that it needs, ready to be run. */
    public interface Ceremony {
        /** Runs it with the one proof that it has; the first time in a new world it is granted if nothing goes wrong. */
        Outcome run();

        /** What no message may hold; by default nothing is secret. */
        default List<String> secrets() {
            return List.of();
        }

        /**
         * Looks at the stores themselves, after the fault and two runs without one.
         *
         * @throws AssertionError if they are in contradiction
         */
        default void check() {}
    }

    /**
     * How much was tried.
     *
     * @param calls how many calls the ceremony makes when nothing goes wrong
     * @param faults how many runs had one go wrong
     */
    public record Tried(int calls, int faults) {}

    /**
     * A sweep of a ceremony whose proof is good once.
     *
     * @param worlds makes a new world: new stores with the faults in front of them, and a scene that is set
     */
    public static FaultSweep of(Function<? super StoreFaults, ? extends Ceremony> worlds) {
        return new FaultSweep(worlds, 1, false, Set.of());
    }

    /**
     * A sweep of a ceremony that is refused, and stays refused whatever goes wrong: with a wrong code, a revoked token, a last factor
     * that is to go. That a store says a write was made which was not ({@link StoreFault#OTHER}) is left out: nobody can find that out.
     *
     * @param worlds makes a new world: new stores with the faults in front of them, and a scene that is set
     */
    public static FaultSweep ofRefusal(Function<? super StoreFaults, ? extends Ceremony> worlds) {
        return new FaultSweep(worlds, 0, false, Set.of());
    }

    /** The same for a ceremony that may be granted again and again, such as a look at a policy. */
    public FaultSweep grantedAnyNumberOfTimes() {
        return new FaultSweep(worlds, Integer.MAX_VALUE, isLasting, tolerated);
    }

    /**
     * The same, where a store that lies goes on with that lie. For a ceremony that gives up what it has begun when an answer cannot be,
     * and begins anew: a store that lied once then tells it the truth, and it is rightly granted.
     */
    public FaultSweep withLiesThatLast() {
        return new FaultSweep(worlds, most, true, tolerated);
    }

    /**
     * The same, where this call may go wrong without a refusal: it serves no decision, or its failure is a decision of its own, as with
     * a waiver that cannot be read. Say why beside it.
     *
     * @param store the interface
     * @param method the method
     * @param faults those that are tolerated
     */
    public FaultSweep tolerating(Class<?> store, String method, StoreFault... faults) {
        Set<String> more = new HashSet<>(tolerated);
        for (StoreFault fault : faults) {
            more.add(name(store.getSimpleName(), method, fault));
        }
        return new FaultSweep(worlds, most, isLasting, Set.copyOf(more));
    }

    private static String name(String store, String method, StoreFault fault) {
        return store + "." + method + " " + fault;
    }

    /**
     * Runs it.
     *
     * @throws AssertionError that names every fault after which something did not hold
     */
    public Tried run() {
        StoreFaults healthy = StoreFaults.create();
        Ceremony first = worlds.apply(healthy);
        healthy.begin();
        Outcome outcome = first.run();
        healthy.end();
        List<Call> calls = healthy.calls();
        if (outcome != (most == 0 ? Outcome.REFUSED : Outcome.GRANTED) || calls.isEmpty()) {
            throw new AssertionError("without a fault: " + outcome + " after " + calls.size() + " calls");
        }
        List<String> wrong = new ArrayList<>();
        int faults = 0;
        for (Plan plan : healthy.possible()) {
            if (most == 0 && plan.fault() == StoreFault.OTHER) {
                continue;
            }
            StoreFaults planted = StoreFaults.create();
            Ceremony ceremony = worlds.apply(planted);
            for (String each : new Trial(ceremony, planted, plan).run()) {
                wrong.add(plan + ": " + each);
            }
            faults++;
        }
        if (!wrong.isEmpty()) {
            throw new AssertionError(
                    "of " + faults + " faults:\n  " + String.join("\n  ", wrong) + "\ncalls: " + calls);
        }
        return new Tried(calls.size(), faults);
    }

    /** One fault. */
    private final class Trial {
        private final Ceremony ceremony;
        private final StoreFaults faults;
        private final Plan plan;
        private final List<String> wrong = new ArrayList<>();
        private int granted;

        Trial(Ceremony ceremony, StoreFaults faults, Plan plan) {
            this.ceremony = ceremony;
            this.faults = faults;
            this.plan = plan;
        }

        List<String> run() {
            if (isLasting && plan.fault().isLie()) {
                faults.beginLasting(plan);
            } else {
                faults.begin(plan);
            }
            Outcome outcome = plan.fault() == StoreFault.HANGS ? hung() : attempted("with the fault");
            faults.end();
            if (!faults.isStruck()) {
                wrong.add("the call did not come: the ceremony is not the same in each new world");
            }
            boolean isTolerated =
                    tolerated.contains(name(plan.call().store(), plan.call().method(), plan.fault()));
            if (outcome == Outcome.GRANTED && (most == 0 || !plan.fault().isTruthful()) && !isTolerated) {
                wrong.add("it was granted");
            }
            healthy("again");
            healthy("a third time");
            if (most > 0 && granted > most) {
                wrong.add("one proof was granted " + granted + " times");
            }
            try {
                ceremony.check();
            } catch (AssertionError e) {
                wrong.add("afterwards: " + e.getMessage());
            }
            return wrong;
        }

        private void healthy(String when) {
            if (attempted(when) == null) {
                wrong.add(when + ": it threw, though nothing went wrong any more");
            }
        }

        private @Nullable Outcome attempted(String when) {
            try {
                Outcome outcome = ceremony.run();
                if (outcome == Outcome.GRANTED) {
                    granted++;
                }
                return outcome;
            } catch (RuntimeException e) {
                checkThrown(when, e);
                return null;
            }
        }

        private @Nullable Outcome hung() {
            ExecutorService other = Executors.newSingleThreadExecutor();
            try {
                Future<@Nullable Outcome> running = other.submit(() -> attempted("with the fault"));
                faults.awaitHanging();
                if (running.isDone()) {
                    wrong.add("it did not wait for the call that hangs");
                }
                faults.deadline();
                return running.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException | ExecutionException e) {
                throw new AssertionError(plan + ": " + e, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(plan + ": interrupted", e);
            } finally {
                other.shutdownNow();
            }
        }

        private void checkThrown(String when, RuntimeException thrown) {
            if (thrown instanceof IllegalArgumentException
                    || thrown instanceof ClassCastException
                    || thrown instanceof IndexOutOfBoundsException
                    || thrown instanceof ArithmeticException
                    || thrown instanceof UnsupportedOperationException) {
                wrong.add(when + ": it threw " + thrown);
            }
            Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
            checkSecrets(when, thrown, seen);
        }

        private void checkSecrets(String when, @Nullable Throwable thrown, Set<Throwable> seen) {
            if (thrown == null || !seen.add(thrown)) {
                return;
            }
            for (String secret : ceremony.secrets()) {
                if (thrown.toString().contains(secret)) {
                    wrong.add(when + ": a message shows a secret: " + thrown.getClass());
                }
            }
            checkSecrets(when, thrown.getCause(), seen);
            for (Throwable suppressed : thrown.getSuppressed()) {
                checkSecrets(when, suppressed, seen);
            }
        }
    }
}
