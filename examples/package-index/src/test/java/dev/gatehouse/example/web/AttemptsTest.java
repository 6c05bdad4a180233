package dev.gatehouse.example.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final Map<String, List<Attempts.Limit>> THREE_A_MINUTE =
            Map.of("key", List.of(new Attempts.Limit(3, Duration.ofMinutes(1))));

    private final Attempts attempts = new Attempts();

    private boolean isAllowed(Instant at) {
        return attempts.tryNow(THREE_A_MINUTE, at).ticket().isPresent();
    }

    @Test
    void tryNow_overTheLimit_waitsUntilTheOldestFailureIsOutOfTheWindow() {
        assertThat(isAllowed(START)).isTrue();
        assertThat(isAllowed(START.plusSeconds(10))).isTrue();
        assertThat(isAllowed(START.plusSeconds(20))).isTrue();

        Attempts.Answer answer = attempts.tryNow(THREE_A_MINUTE, START.plusSeconds(30));
        assertThat(answer.ticket()).isEmpty();
        assertThat(answer.retryAfter()).isEqualTo(Duration.ofSeconds(30));
        assertThat(isAllowed(START.plusSeconds(60).minusNanos(1))).isFalse();
        assertThat(isAllowed(START.plusSeconds(60))).isTrue();
        assertThat(isAllowed(START.plusSeconds(60))).isFalse();
    }

    @Test
    void giveBack_afterASuccess_leavesRoomForAnother() {
        for (int i = 0; i < 10; i++) {
            attempts.tryNow(THREE_A_MINUTE, START).ticket().orElseThrow().giveBack();
        }
        assertThat(isAllowed(START)).isTrue();
    }

    @Test
    void tryNow_manyUnderWay_areCountedBeforeAnyHasFailed() {
        List<Attempts.Answer> all = java.util.stream.IntStream.range(0, 5)
                .mapToObj(i -> attempts.tryNow(THREE_A_MINUTE, START))
                .toList();

        assertThat(all).filteredOn(answer -> answer.ticket().isPresent()).hasSize(3);
    }

    @Test
    void tryNow_twoKeysOneFull_takesNoPlaceOfTheOther() {
        Map<String, List<Attempts.Limit>> both =
                Map.of("key", THREE_A_MINUTE.get("key"), "other", List.of(new Attempts.Limit(4, Duration.ofHours(1))));
        for (int i = 0; i < 10; i++) {
            attempts.tryNow(both, START);
        }

        Map<String, List<Attempts.Limit>> other = Map.of("other", both.get("other"));
        assertThat(attempts.tryNow(other, START).ticket()).isPresent();
        assertThat(attempts.tryNow(other, START).ticket()).isEmpty();
    }
}
