package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.signin.SwitchRepository;
import dev.gatehouse.signin.SwitchRepository.Flipped;
import dev.gatehouse.signin.SwitchRepository.State;
import dev.gatehouse.testkit.Race;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link SwitchRepository} holds. */
public abstract class SwitchRepositoryContract {
    private static final AuditEvent EVENT = AuditEvent.of(AuditTag.SWITCH_OFF, Instant.parse("2024-01-01T05:00:00Z"))
            .build();

    private final InMemoryAuditLog events = InMemoryAuditLog.create();

    /** For subclasses. */
    protected SwitchRepositoryContract() {}

    /**
     * A new, empty repository.
     *
     * @param sink told of each event within its change; what it throws must end the change
     */
    protected abstract SwitchRepository create(AuditSink sink);

    /** How many rounds a race has; fewer for a repository that is slow. */
    protected int rounds() {
        return 100;
    }

    @Test
    void states_ofAnEmptyRepository_areNone() {
        assertThat(create(events).states()).isEmpty();
    }

    @Test
    void flip_aSwitchThatIsNotKept_takesItToBeInTheStateNamed() {
        SwitchRepository switches = create(events);

        assertThat(switches.flip("a", State.ON, EVENT)).isEqualTo(Flipped.FLIPPED);
        assertThat(switches.flip("b", State.OFF, EVENT)).isEqualTo(Flipped.FLIPPED);
        assertThat(switches.states()).isEqualTo(Map.of("a", State.OFF, "b", State.ON));
        assertThat(events.events()).containsExactly(EVENT, EVENT);
    }

    @Test
    void flip_aSwitchInTheOtherState_changesAndRecordsNothing() {
        SwitchRepository switches = create(events);
        switches.flip("a", State.ON, EVENT);

        assertThat(switches.flip("a", State.ON, EVENT)).isEqualTo(Flipped.OTHER_STATE);
        assertThat(switches.states()).isEqualTo(Map.of("a", State.OFF));
        assertThat(events.events()).hasSize(1);
    }

    @Test
    void flip_andBack_isWhereItWas() {
        SwitchRepository switches = create(events);
        switches.flip("a", State.ON, EVENT);

        assertThat(switches.flip("a", State.OFF, EVENT)).isEqualTo(Flipped.FLIPPED);
        assertThat(switches.states()).isEqualTo(Map.of("a", State.ON));
    }

    @Test
    void flip_byManyAtOnce_flipsOnce() {
        SwitchRepository switches = create(events);
        for (int round = 0; round < rounds(); round++) {
            String name = "race-" + round;
            List<Flipped> first = Race.of(4, i -> switches.flip(name, State.ON, EVENT));
            List<Flipped> second = Race.of(4, i -> switches.flip(name, State.OFF, EVENT));

            assertThat(first).as(name).containsOnlyOnce(Flipped.FLIPPED);
            assertThat(second).as(name).containsOnlyOnce(Flipped.FLIPPED);
        }
        assertThat(events.events()).hasSize(2 * rounds());
    }

    @Test
    void flip_whoseEventIsNotRecorded_doesNotHappen() {
        SwitchRepository switches = create(event -> {
            throw new IllegalStateException("no audit");
        });

        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> switches.flip("a", State.ON, EVENT));
        assertThat(switches.states()).isEmpty();
    }
}
