package dev.gatehouse.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.RateWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Whatever is tried in whatever order, and however it ends: a window never holds more than its limit. */
class AttemptLimitsLawTest {
    private static final Instant T0 = Instant.parse("2024-01-01T05:00:00Z");
    private static final RateWindow SHORT = new RateWindow(2, Duration.ofSeconds(10));
    private static final RateWindow LONG = new RateWindow(4, Duration.ofSeconds(60));
    private static final RateWindow OF_ADDRESS = new RateWindow(5, Duration.ofSeconds(20));
    private static final int CAP = 6;

    /**
     * Time passes, then an attempt begins, then one that is open ends.
     *
     * @param who which account
     * @param where which address
     * @param kind 0 a code, 1 a recovery code, 2 a key, 3 before the first factor
     * @param end 0 to 3: an open attempt fails, succeeds, was none, or is told nothing
     */
    record Step(int who, int where, int kind, int passed, int end) {}

    /** An attempt as the model remembers it. */
    record Tried(Step step, Instant at, AttemptTicket ticket) {
        boolean isCounted() {
            return step.kind < 2;
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 8),
                        Arbitraries.integers().between(0, 3))
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 300, shrinking = ShrinkingMode.BOUNDED)
    void admit_anyInterleaving_neverLetsAWindowHoldMoreThanItsLimit(@ForAll("steps") List<Step> steps) {
        AtomicReference<Instant> now = new AtomicReference<>(T0);
        AttemptLimits limits = AttemptLimits.builder(
                        EphemeralState.singleNode(event -> {}), FailureRepository.inMemory(event -> {}))
                .clock(now::get)
                .account(List.of(SHORT, LONG))
                .address(List.of(OF_ADDRESS))
                .cap(CAP)
                .build();
        List<Tried> standing = new ArrayList<>();
        List<Tried> open = new ArrayList<>();
        int[][] inARow = new int[2][2];
        boolean[][] suspended = new boolean[2][2];
        for (Step step : steps) {
            now.set(now.get().plusSeconds(step.passed));
            Admission answer = limits.admit(attempt(step));
            if (answer instanceof Admission.Admitted admitted) {
                Tried tried = new Tried(step, now.get(), admitted.ticket());
                standing.add(tried);
                open.add(tried);
                if (tried.isCounted()) {
                    inARow[step.who][step.kind]++;
                }
            } else if (answer instanceof Admission.Throttled) {
                assertThat(isFull(standing, step, now.get())).isTrue();
            } else {
                assertThat(inARow[step.who][step.kind]).isGreaterThanOrEqualTo(CAP);
                suspended[step.who][step.kind] = true;
            }
            assertHeld(standing, now.get());
            if (!open.isEmpty()) {
                end(open.remove(step.passed % open.size()), step.end, standing, inARow, suspended);
            }
        }
    }

    private static void end(Tried tried, int how, List<Tried> standing, int[][] inARow, boolean[][] suspended) {
        switch (how) {
            case 0 -> tried.ticket.failed();
            case 1 -> {
                tried.ticket.succeeded();
                standing.remove(tried);
                // It begins a new count of its own kind unless that is suspended, and of another one if that is.
                // Whether a
                // kind is that was only filled, by attempts of which nothing was told, is left open here.
                if (tried.step.kind < 3) {
                    for (int kind = 0; kind < 2; kind++) {
                        boolean own = kind == tried.step.kind;
                        if (own ? inARow[tried.step.who][kind] < CAP : suspended[tried.step.who][kind]) {
                            suspended[tried.step.who][kind] = false;
                            inARow[tried.step.who][kind] = 0;
                        }
                    }
                }
            }
            case 2 -> {
                tried.ticket.notAnAttempt();
                standing.remove(tried);
            }
            default -> {}
        }
    }

    private static void assertHeld(List<Tried> standing, Instant now) {
        for (int i = 0; i < 2; i++) {
            int one = i;
            Predicate<Tried> ofAccount = tried -> tried.isCounted() && tried.step.who == one;
            assertThat(within(standing, ofAccount, SHORT, now)).isLessThanOrEqualTo(SHORT.limit());
            assertThat(within(standing, ofAccount, LONG, now)).isLessThanOrEqualTo(LONG.limit());
            assertThat(within(standing, tried -> tried.step.where == one, OF_ADDRESS, now))
                    .isLessThanOrEqualTo(OF_ADDRESS.limit());
        }
    }

    /** Nobody is refused without a reason; a second of slack, for hits of one moment are a nanosecond apart. */
    private static boolean isFull(List<Tried> standing, Step step, Instant now) {
        Instant slack = now.minusSeconds(1);
        Predicate<Tried> ofAccount = tried -> tried.isCounted() && tried.step.who == step.who;
        return within(standing, tried -> tried.step.where == step.where, OF_ADDRESS, slack) >= OF_ADDRESS.limit()
                || (step.kind < 2
                        && (within(standing, ofAccount, SHORT, slack) >= SHORT.limit()
                                || within(standing, ofAccount, LONG, slack) >= LONG.limit()));
    }

    private static long within(List<Tried> standing, Predicate<Tried> which, RateWindow window, Instant now) {
        return standing.stream()
                .filter(which)
                .filter(tried -> now.isBefore(tried.at.plus(window.length())))
                .count();
    }

    private static Attempt attempt(Step step) {
        NetworkAddress address = NetworkAddress.of("192.0.2." + step.where);
        String account = "account-" + step.who;
        return switch (step.kind) {
            case 0 -> Attempt.afterFirstFactor(account, FactorKind.TOTP, address);
            case 1 -> Attempt.afterFirstFactor(account, FactorKind.RECOVERY_CODE, address);
            case 2 -> Attempt.afterFirstFactor(account, FactorKind.WEBAUTHN, address);
            default -> Attempt.beforeFirstFactor(FactorKind.WEBAUTHN, address);
        };
    }
}
