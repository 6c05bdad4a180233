package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Security requirement 19: a clock that goes back opens no phase again. */
class ClockTest {
    private static final Instant START = Samples.NOW;

    private final List<ClockRegression> told = new ArrayList<>();
    private Instant now = START;

    private TwoFactorPolicy policy(Duration skew) {
        return policy(skew, () -> {});
    }

    private TwoFactorPolicy policy(Duration skew, Runnable before) {
        return TwoFactorPolicy.builder(Samples.definition(
                                Samples.requirement("email-needed", new dev.gatehouse.policy.rule.Atom.EmailVerified())
                                        .phases(Phase.from(Mode.ENFORCE, START))
                                        .build())
                        .build())
                .clock(() -> now)
                .allowedSkew(skew)
                .listener(new PolicyListener() {
                    @Override
                    public void clockWentBack(ClockRegression regression) {
                        before.run();
                        told.add(regression);
                    }
                })
                .build();
    }

    private boolean refuses(TwoFactorPolicy policy, Instant at) {
        now = at;
        return policy.decide(Samples.bare()) instanceof Decision.Refused;
    }

    @Test
    void decide_clockGoesBackBeyondTheSkew_decidesAsOfTheSecondSeenAndTellsOnce() {
        TwoFactorPolicy policy = policy(Duration.ofSeconds(30));

        assertThat(refuses(policy, START.plusMillis(500))).isTrue();
        Instant back = START.minusSeconds(30).minusNanos(1);
        assertThat(refuses(policy, back)).isTrue();
        assertThat(refuses(policy, START.minusSeconds(3_600))).isTrue();

        assertThat(told).containsExactly(new ClockRegression(START, back));
        assertThat(policy.clockRegression()).hasValue(new ClockRegression(START, START.minusSeconds(3_600)));
        assertThat(policy.explain(Samples.bare()).at()).isEqualTo(START);
    }

    @Test
    void decide_clockWentBackAndNobodyCouldBeTold_isToldWithTheNextDecision() {
        List<RuntimeException> failures = new ArrayList<>(List.of(new IllegalStateException("no audit")));
        TwoFactorPolicy policy = policy(Duration.ZERO, () -> {
            if (!failures.isEmpty()) {
                throw failures.remove(0);
            }
        });
        refuses(policy, START);

        assertThatThrownBy(() -> refuses(policy, START.minusSeconds(10))).hasMessage("no audit");
        assertThat(told).isEmpty();
        assertThat(refuses(policy, START.minusSeconds(9))).isTrue();
        assertThat(refuses(policy, START.minusSeconds(8))).isTrue();
        assertThat(told).containsExactly(new ClockRegression(START, START.minusSeconds(9)));
    }

    @Test
    void decide_clockGoesBackWithinTheSkew_takesTheClocksWord() {
        TwoFactorPolicy policy = policy(Duration.ofSeconds(30));

        assertThat(refuses(policy, START)).isTrue();
        assertThat(refuses(policy, START.minusNanos(1))).isFalse();
        assertThat(refuses(policy, START.minusSeconds(30))).isFalse();
        assertThat(told).isEmpty();
        assertThat(policy.clockRegression()).isEmpty();
    }

    @Test
    void decide_clockHasCaughtUp_goesOnAndTellsOfTheNextFall() {
        TwoFactorPolicy policy = policy(Duration.ZERO);

        refuses(policy, START);
        refuses(policy, START.minusSeconds(1));
        assertThat(refuses(policy, START.plusSeconds(10))).isTrue();
        assertThat(policy.clockRegression()).isEmpty();
        refuses(policy, START);

        assertThat(told).hasSize(2);
    }

    @Test
    void allowClockBack_afterAClockThatWasWronglyAhead_decidesByItAgain() {
        TwoFactorPolicy policy = policy(Duration.ofSeconds(30));

        refuses(policy, START.plusSeconds(1_000_000));
        now = START.minusSeconds(100);
        policy.allowClockBack();

        assertThat(refuses(policy, START.minusSeconds(100))).isFalse();
        assertThat(policy.clockRegression()).isEmpty();
    }

    @Test
    void allowClockBack_andTheSameFallAgain_isToldAgain() {
        TwoFactorPolicy policy = policy(Duration.ofSeconds(30));
        ClockRegression fall = new ClockRegression(START.plusSeconds(1_000), START);

        for (int i = 0; i < 2; i++) {
            refuses(policy, fall.seen());
            refuses(policy, fall.now());
            policy.allowClockBack();
        }

        assertThat(told).containsExactly(fall, fall);
    }

    @Test
    void admit_ofEverySecond_neverFallsBehindTheMark() {
        HighWater water = new HighWater(Duration.ZERO);

        assertThat(water.admit(10, 5)).isEqualTo(10);
        assertThat(water.admit(9, 999_999_999)).isEqualTo(10);
        assertThat(water.admit(10, 0)).isEqualTo(10);
        assertThat(water.admit(11, 0)).isEqualTo(11);
    }
}
