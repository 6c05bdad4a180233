package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.policy.Waiver;
import dev.gatehouse.signin.GivenWaiver;
import dev.gatehouse.signin.WaiverRepository;
import dev.gatehouse.signin.WaiverRepository.Added;
import dev.gatehouse.signin.WaiverRepository.Ended;
import dev.gatehouse.testkit.Race;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link WaiverRepository} holds. */
public abstract class WaiverRepositoryContract {
    private static final Instant T0 = Instant.parse("2024-01-01T05:00:00.123456789Z");
    private static final Instant END = T0.plus(Duration.ofDays(3));
    private static final AuditEvent GIVEN =
            AuditEvent.of(AuditTag.WAIVER_GIVEN, T0).build();
    private static final AuditEvent ENDED =
            AuditEvent.of(AuditTag.WAIVER_ENDED, T0).build();

    private final InMemoryAuditLog events = InMemoryAuditLog.create();

    /** For subclasses. */
    protected WaiverRepositoryContract() {}

    /**
     * A new, empty repository.
     *
     * @param sink told of each event within its change; what it throws must end the change
     */
    protected abstract WaiverRepository create(AuditSink sink);

    /** How many rounds a race has; fewer for a repository that is slow. */
    protected int rounds() {
        return 100;
    }

    private static GivenWaiver given(String id, Waiver.Subject subject) {
        return new GivenWaiver(
                id,
                new Waiver(
                        "two-factor", subject, "subject \u00e9\ud83d\udd11", T0, END, "on holiday; 'ok'", "admin-1"));
    }

    private static GivenWaiver given(String id) {
        return given(id, Waiver.Subject.ACCOUNT);
    }

    @Test
    void add_aNewWaiver_isLiveAndRecorded() {
        WaiverRepository waivers = create(events);

        assertThat(waivers.add(given("b"), GIVEN)).isEqualTo(Added.ADDED);
        assertThat(waivers.add(given("a", Waiver.Subject.PROJECT), GIVEN)).isEqualTo(Added.ADDED);
        assertThat(waivers.live(T0)).containsExactly(given("a", Waiver.Subject.PROJECT), given("b"));
        assertThat(events.events()).containsExactly(GIVEN, GIVEN);
    }

    @Test
    void add_anIdInUse_changesAndRecordsNothing() {
        WaiverRepository waivers = create(events);
        waivers.add(given("a"), GIVEN);

        assertThat(waivers.add(given("a", Waiver.Subject.PROJECT), GIVEN)).isEqualTo(Added.ID_IN_USE);
        assertThat(waivers.live(T0)).containsExactly(given("a"));
        assertThat(events.events()).hasSize(1);
    }

    @Test
    void live_atTheEndExactly_isOver() {
        WaiverRepository waivers = create(events);
        waivers.add(given("a"), GIVEN);

        assertThat(waivers.live(END.minusNanos(1))).containsExactly(given("a"));
        assertThat(waivers.live(END)).isEmpty();
    }

    @Test
    void live_beforeItBegins_isToCome() {
        WaiverRepository waivers = create(events);
        waivers.add(given("a"), GIVEN);

        assertThat(waivers.live(T0.minusNanos(1))).containsExactly(given("a"));
    }

    @Test
    void end_aLiveWaiver_endsItOnce() {
        WaiverRepository waivers = create(events);
        waivers.add(given("a"), GIVEN);
        waivers.add(given("b"), GIVEN);

        assertThat(waivers.end("a", END.minusNanos(1), ENDED)).isEqualTo(Ended.ENDED);
        assertThat(waivers.end("a", END.minusNanos(1), ENDED)).isEqualTo(Ended.NOT_LIVE);
        assertThat(waivers.live(T0)).containsExactly(given("b"));
        assertThat(events.events()).containsExactly(GIVEN, GIVEN, ENDED);
    }

    @Test
    void end_whatIsUnknownOrExpired_changesAndRecordsNothing() {
        WaiverRepository waivers = create(events);
        waivers.add(given("a"), GIVEN);

        assertThat(waivers.end("A", T0, ENDED)).isEqualTo(Ended.NOT_LIVE);
        assertThat(waivers.end("a", END, ENDED)).isEqualTo(Ended.NOT_LIVE);
        assertThat(events.events()).hasSize(1);
    }

    @Test
    void add_theIdOfAnEndedWaiver_isInUse() {
        WaiverRepository waivers = create(events);
        waivers.add(given("a"), GIVEN);
        waivers.end("a", T0, ENDED);

        assertThat(waivers.add(given("a"), GIVEN)).isEqualTo(Added.ID_IN_USE);
        assertThat(waivers.live(T0)).isEmpty();
    }

    @Test
    void add_byManyAtOnce_addsOne() {
        WaiverRepository waivers = create(events);
        for (int round = 0; round < rounds(); round++) {
            String id = "race-" + round;
            List<Added> answers = Race.of(4, i -> waivers.add(given(id), GIVEN));

            assertThat(answers).as(id).containsOnlyOnce(Added.ADDED);
        }
        assertThat(events.events()).hasSize(rounds());
    }

    @Test
    void end_byManyAtOnce_endsOnce() {
        WaiverRepository waivers = create(events);
        for (int round = 0; round < rounds(); round++) {
            String id = "race-" + round;
            waivers.add(given(id), GIVEN);
            List<Ended> answers = Race.of(4, i -> waivers.end(id, T0, ENDED));

            assertThat(answers).as(id).containsOnlyOnce(Ended.ENDED);
        }
        assertThat(events.events()).hasSize(2 * rounds());
    }

    @Test
    void add_whoseEventIsNotRecorded_doesNotHappen() {
        WaiverRepository waivers = create(failing());

        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> waivers.add(given("a"), GIVEN));
        assertThat(waivers.live(T0)).isEmpty();
    }

    @Test
    void end_whoseEventIsNotRecorded_doesNotHappen() {
        WaiverRepository waivers = create(event -> {
            if (event.tag().equals(AuditTag.WAIVER_ENDED)) {
                failing().record(event);
            }
        });
        waivers.add(given("a"), GIVEN);

        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> waivers.end("a", T0, ENDED));
        assertThat(waivers.live(T0)).containsExactly(given("a"));
    }

    private static AuditSink failing() {
        return event -> {
            throw new IllegalStateException("no audit");
        };
    }
}
