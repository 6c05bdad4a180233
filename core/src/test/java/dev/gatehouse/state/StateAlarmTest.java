package dev.gatehouse.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateAlarmTest {
    private static final Instant T0 = Instant.parse("2024-01-01T05:00:00Z");
    private static final StateSpace SPACE = StateSpace.counters("tried", 10);

    private final List<AuditEvent> told = new ArrayList<>();
    private boolean isBroken;
    private final StateAlarm alarm = StateAlarm.to(event -> {
        if (isBroken) {
            throw new IllegalStateException("no audit");
        }
        told.add(event);
    });

    @Test
    void full_again_isToldOnceAMinute() {
        alarm.full(SPACE, T0);
        alarm.full(SPACE, T0.plusSeconds(60).minusNanos(1));
        assertThat(told).hasSize(1);

        alarm.full(SPACE, T0.plusSeconds(60));
        assertThat(told).hasSize(2);
    }

    @Test
    void full_whereTheEventCannotBeRecorded_isToldWithTheNextRefusal() {
        isBroken = true;
        assertThat(alarm.full(SPACE, T0).getSuppressed()).hasSize(1);
        isBroken = false;

        alarm.full(SPACE, T0.plusSeconds(1));
        alarm.full(SPACE, T0.plusSeconds(2));

        assertThat(told).extracting(AuditEvent::tag).containsExactly(AuditTag.STATE_FULL);
        assertThat(told.get(0).at()).isEqualTo(T0.plusSeconds(1));
    }
}
