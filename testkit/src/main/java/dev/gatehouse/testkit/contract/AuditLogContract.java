package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.testkit.Race;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link AuditLog} holds. */
public abstract class AuditLogContract {
    private static final Instant T0 = Instant.parse("2024-01-01T05:00:00.123456789Z");

    /** For subclasses. */
    protected AuditLogContract() {}

    /** A new, empty log. */
    protected abstract AuditLog create();

    /** How many events each runner of the race records; fewer for a log that is slow. */
    protected int rounds() {
        return 100;
    }

    private static AuditEvent numbered(int number) {
        return AuditEvent.of(AuditTag.TOKEN_ADDED, T0.plusNanos(number))
                .account("account")
                .subject("token-" + number)
                .build();
    }

    @Test
    void read_whatWasRecorded_isEqualAndInOrder() {
        AuditLog log = create();
        AuditEvent bare = AuditEvent.of(AuditTag.LOGIN_FAILURE, T0).build();
        AuditEvent empty = AuditEvent.of(AuditTag.LOGIN_FAILURE, T0.minusSeconds(1))
                .subject("")
                .address("")
                .attribute("reason", "")
                .build();
        AuditEvent full = fullest();
        log.record(bare);
        log.record(empty);
        log.record(full);

        assertThat(log.read(0, 10))
                .containsExactly(
                        new AuditLog.Entry(1, bare), new AuditLog.Entry(2, empty), new AuditLog.Entry(3, full));
    }

    @Test
    void read_extremeInstants_areEqual() {
        AuditLog log = create();
        List<Instant> instants = List.of(
                Instant.EPOCH,
                Instant.EPOCH.minusNanos(1),
                Instant.parse("1969-12-31T23:59:59.000000001Z"),
                Instant.MIN,
                Instant.MAX);
        for (Instant at : instants) {
            log.record(AuditEvent.of(AuditTag.LOGIN_SUCCESS, at).build());
        }

        assertThat(log.read(0, 10)).extracting(entry -> entry.event().at()).isEqualTo(instants);
    }

    @Test
    void read_afterAPlaceAndUpToALimit_givesThoseEntries() {
        AuditLog log = create();
        for (int i = 1; i <= 5; i++) {
            log.record(numbered(i));
        }

        assertThat(log.read(1, 2))
                .containsExactly(new AuditLog.Entry(2, numbered(2)), new AuditLog.Entry(3, numbered(3)));
        assertThat(log.read(4, 10)).containsExactly(new AuditLog.Entry(5, numbered(5)));
        assertThat(log.read(5, 10)).isEmpty();
        assertThat(log.read(Long.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    void read_outOfBounds_isAMistake() {
        AuditLog log = create();

        assertThatIllegalArgumentException().isThrownBy(() -> log.read(-1, 1)).withMessageStartingWith("after:");
        assertThatIllegalArgumentException().isThrownBy(() -> log.read(0, 0)).withMessageStartingWith("limit:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> log.read(0, 10_001))
                .withMessageStartingWith("limit:");
    }

    @Test
    void record_byManyAtOnce_losesNothingAndLeavesNoGap() {
        AuditLog log = create();
        int threads = 4;
        Race.of(threads, runner -> {
            for (int i = 0; i < rounds(); i++) {
                log.record(numbered(runner * rounds() + i));
            }
            return runner;
        });

        List<AuditLog.Entry> entries = log.read(0, 10_000);
        Set<AuditEvent> events = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            assertThat(entries.get(i).sequence()).isEqualTo(i + 1L);
            events.add(entries.get(i).event());
        }
        assertThat(events).hasSize(threads * rounds());
        assertThat(entries).hasSize(threads * rounds());
    }

    /** An event at every bound, with all that could break a line or a form in a store. */
    private static AuditEvent fullest() {
        AuditEvent.Builder event = AuditEvent.of(AuditTag.TOKEN_ADDED, T0)
                .account("a".repeat(AuditEvent.MAX_ID_LENGTH))
                .subject("\u202e\ud83d\udd11 = \n\r\\n")
                .actor("\u00e9".repeat(AuditEvent.MAX_ID_LENGTH))
                .address("2001:db8::1");
        for (int i = 0; i < AuditEvent.MAX_ATTRIBUTES - 1; i++) {
            event.attribute("name-" + i, "\u20ac".repeat(AuditEvent.MAX_VALUE_LENGTH));
        }
        return event.attribute("breaks", "a=b\nc=d\r\n\\n\\\\=\u0001\u2028\ud83d\udd11")
                .build();
    }
}
