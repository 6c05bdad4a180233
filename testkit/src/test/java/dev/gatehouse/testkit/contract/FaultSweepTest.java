package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.testkit.contract.FaultSweep.Ceremony;
import dev.gatehouse.testkit.contract.FaultSweep.Outcome;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a sweep finds out: each way in which a ceremony can trust its store too much. */
class FaultSweepTest {
    /** A store of tickets, each good once. */
    interface Tickets {
        enum Use {
            USED,
            GONE
        }

        Optional<String> ownerOf(String ticket);

        Use use(String ticket);
    }

    private static final class Kept implements Tickets {
        private final Set<String> left = ConcurrentHashMap.newKeySet();

        Kept() {
            left.addAll(List.of("bob's", "mallory's"));
        }

        @Override
        public Optional<String> ownerOf(String ticket) {
            return left.contains(ticket) ? Optional.of(ticket.replace("'s", "")) : Optional.empty();
        }

        @Override
        public Use use(String ticket) {
            return left.remove(ticket) ? Use.USED : Use.GONE;
        }
    }

    private static FaultSweep sweep(Function<? super Tickets, Outcome> ceremony) {
        return FaultSweep.of(faults -> {
            Tickets tickets = faults.in(Tickets.class, new Kept());
            assertThat(tickets.ownerOf("mallory's")).isPresent();
            return new Ceremony() {
                @Override
                public Outcome run() {
                    return ceremony.apply(tickets);
                }

                @Override
                public List<String> secrets() {
                    return List.of("bob's");
                }
            };
        });
    }

    private static Outcome granted(boolean is) {
        return is ? Outcome.GRANTED : Outcome.REFUSED;
    }

    private static boolean isBobs(Tickets tickets) {
        return tickets.ownerOf("bob's").filter("bob"::equals).isPresent();
    }

    private static void assertFound(Function<? super Tickets, Outcome> ceremony, String... what) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> sweep(ceremony).run())
                .satisfies(e -> assertThat(e.getMessage()).contains(what));
    }

    @Test
    void run_overACeremonyThatTrustsNobody_triesEachCallInEachWay() {
        FaultSweep.Tried tried = sweep(tickets -> granted(isBobs(tickets) && tickets.use("bob's") == Tickets.Use.USED))
                .run();

        assertThat(tried).isEqualTo(new FaultSweep.Tried(2, 15));
    }

    @Test
    void run_overACeremonyThatBelievesWhoever_findsIt() {
        assertFound(
                tickets -> granted(tickets.ownerOf("bob's").isPresent() && tickets.use("bob's") == Tickets.Use.USED),
                "ownerOf FOREIGN: it was granted");
        assertFound(
                tickets -> granted(isBobs(tickets) && tickets.use("bob's") != Tickets.Use.GONE),
                "use NULL: it was granted");
        assertFound(
                tickets -> {
                    boolean isTheirs = isBobs(tickets);
                    tickets.use("bob's");
                    return granted(isTheirs);
                },
                "use OTHER: it was granted");
    }

    @Test
    void run_overACeremonyThatGoesOnWithoutItsStore_findsIt() {
        assertFound(
                tickets -> {
                    boolean isTheirs = isBobs(tickets);
                    return granted(isTheirs && (quietly(() -> tickets.use("bob's")) != Tickets.Use.GONE));
                },
                "use THROWS_BEFORE: it was granted",
                "use HANGS: it was granted",
                "use THROWS_BEFORE: one proof was granted 2 times");
    }

    private static Tickets.Use quietly(Supplier<Tickets.Use> use) {
        try {
            return use.get();
        } catch (StoreFaults.PlantedException e) {
            return Tickets.Use.USED;
        }
    }

    @Test
    void run_overACeremonyThatTellsOrBlames_findsIt() {
        assertFound(
                tickets -> {
                    String owner = tickets.ownerOf("bob's").orElseThrow(() -> new NoSuchElementException("no bob's"));
                    return granted(owner.equals("bob") && tickets.use("bob's") == Tickets.Use.USED);
                },
                "ownerOf EMPTY: with the fault: a message shows a secret");
        assertFound(
                tickets -> {
                    if (tickets.ownerOf("bob's").isEmpty()) {
                        throw new IllegalArgumentException("ticket: unknown");
                    }
                    return granted(isBobs(tickets) && tickets.use("bob's") == Tickets.Use.USED);
                },
                "ownerOf EMPTY: with the fault: it threw");
    }

    @Test
    void run_ofARefusalThatAFaultTurns_findsIt() {
        FaultSweep sweep = FaultSweep.ofRefusal(faults -> {
            Tickets tickets = faults.in(Tickets.class, new Kept());
            assertThat(tickets.ownerOf("mallory's")).isPresent();
            return () -> granted(tickets.ownerOf("nobody's").isPresent());
        });

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(sweep::run)
                .withMessageContaining("ownerOf FOREIGN: it was granted");
    }
}
