package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.signin.DeviceRepository;
import dev.gatehouse.signin.DeviceRepository.Removal;
import dev.gatehouse.signin.DeviceRepository.Stored;
import dev.gatehouse.signin.KnownDevice;
import dev.gatehouse.testkit.Race;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link DeviceRepository} holds. Extend it and make an empty repository. */
public abstract class DeviceRepositoryContract {
    private static final Instant T0 = Instant.parse("2024-01-01T05:00:00.123456789Z");
    private static final AuditEvent REMEMBERED =
            AuditEvent.of(AuditTag.DEVICE_REMEMBERED, T0).account("bob").build();
    private static final AuditEvent FORGOTTEN =
            AuditEvent.of(AuditTag.DEVICE_FORGOTTEN, T0).account("bob").build();
    private static final String BOB = "bob";
    private static final int MOST = 3;

    private final InMemoryAuditLog events = InMemoryAuditLog.create();
    private DeviceRepository devices = DeviceRepository.inMemory(events);

    /** For subclasses. */
    protected DeviceRepositoryContract() {}

    /** A new, empty repository that records its events in this sink, too. */
    protected abstract DeviceRepository create(AuditSink sink);

    /** How many rounds a race has; fewer for a store that is slow. */
    protected int rounds() {
        return 100;
    }

    @BeforeEach
    final void makeRepository() {
        devices = create(events);
    }

    @Test
    void add_aDevice_keepsAllOfIt() {
        Stored stored = device(BOB, "a", 0);
        devices.add(stored, MOST, REMEMBERED);

        assertThat(devices.ofAccount(BOB)).containsExactly(stored);
        assertThat(devices.ofAccount("BOB")).isEmpty();
        assertThat(events.events()).containsExactly(REMEMBERED);
    }

    @Test
    void ofAccount_always_isNewestFirstThenById() {
        Stored old = device(BOB, "b", 0);
        Stored same = device(BOB, "a", 0);
        Stored young = device(BOB, "c", 5);
        List.of(old, young, same).forEach(each -> devices.add(each, MOST, REMEMBERED));

        assertThat(devices.ofAccount(BOB)).containsExactly(young, same, old);
    }

    @Test
    void add_oneMoreThanTheMost_dropsTheOldestOfThisAccount() {
        devices.add(device("alice", "z", 0), MOST, REMEMBERED);
        for (int i = 0; i < 5; i++) {
            devices.add(device(BOB, "d" + i, i), MOST, REMEMBERED);
        }

        assertThat(devices.ofAccount(BOB))
                .extracting(each -> each.device().id())
                .containsExactly("d4", "d3", "d2");
        assertThat(devices.ofAccount("alice")).hasSize(1);
    }

    @Test
    void add_anIdThatIsInUse_failsAndChangesNothing() {
        Stored stored = device(BOB, "a", 0);
        devices.add(stored, MOST, REMEMBERED);

        for (Stored again : List.of(stored, device("alice", "a", 5))) {
            assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> devices.add(again, MOST, REMEMBERED));
        }
        assertThat(devices.ofAccount(BOB)).containsExactly(stored);
        assertThat(devices.ofAccount("alice")).isEmpty();
        assertThat(events.events()).containsExactly(REMEMBERED);
    }

    @Test
    void used_always_movesTheTimeForwardOnly() {
        devices.add(device(BOB, "a", 0), MOST, REMEMBERED);
        devices.add(device(BOB, "b", 0), MOST, REMEMBERED);
        devices.used(BOB, "a", T0.plusSeconds(60));
        devices.used(BOB, "a", T0.plusSeconds(30));
        devices.used("alice", "b", T0.plusSeconds(30));
        devices.used(BOB, "nobody", T0.plusSeconds(30));

        assertThat(devices.ofAccount(BOB))
                .extracting(each -> each.device().lastUsedAt())
                .containsExactly(T0.plusSeconds(60), T0);
    }

    @Test
    void remove_onlyOnesOwn_isRemovedOnce() {
        devices.add(device(BOB, "a", 0), MOST, REMEMBERED);

        assertThat(devices.remove("alice", "a", FORGOTTEN)).isEqualTo(Removal.NOT_FOUND);
        assertThat(devices.remove(BOB, "b", FORGOTTEN)).isEqualTo(Removal.NOT_FOUND);
        assertThat(devices.remove(BOB, "a", FORGOTTEN)).isEqualTo(Removal.REMOVED);
        assertThat(devices.remove(BOB, "a", FORGOTTEN)).isEqualTo(Removal.NOT_FOUND);
        assertThat(devices.ofAccount(BOB)).isEmpty();
        assertThat(events.events()).containsExactly(REMEMBERED, FORGOTTEN);
    }

    @Test
    void removeAll_always_leavesOthersAndIsToldOnlyIfThereWasOne() {
        devices.add(device(BOB, "a", 0), MOST, REMEMBERED);
        devices.add(device(BOB, "b", 0), MOST, REMEMBERED);
        devices.add(device("alice", "c", 0), MOST, REMEMBERED);
        devices.removeAll(BOB, FORGOTTEN);
        devices.removeAll(BOB, FORGOTTEN);

        assertThat(devices.ofAccount(BOB)).isEmpty();
        assertThat(devices.ofAccount("alice")).hasSize(1);
        assertThat(events.events()).containsExactly(REMEMBERED, REMEMBERED, REMEMBERED, FORGOTTEN);
    }

    @Test
    void change_whoseEventIsNotRecorded_doesNotHappen() {
        boolean[] broken = {false};
        devices = create(event -> {
            if (broken[0]) {
                throw new IllegalStateException("no audit");
            }
        });
        devices.add(device(BOB, "a", 0), MOST, REMEMBERED);
        broken[0] = true;

        for (Runnable change : List.<Runnable>of(
                () -> devices.add(device(BOB, "b", 0), MOST, REMEMBERED),
                () -> devices.remove(BOB, "a", FORGOTTEN),
                () -> devices.removeAll(BOB, FORGOTTEN))) {
            assertThatExceptionOfType(RuntimeException.class).isThrownBy(change::run);
        }
        assertThat(devices.ofAccount(BOB))
                .extracting(each -> each.device().id())
                .containsExactly("a");
    }

    @Test
    void add_byManyAtOnce_neverExceedsTheMost() {
        for (int round = 0; round < rounds(); round++) {
            String account = "owner-" + round;
            Race.of(5, i -> {
                devices.add(device(account, account + "-" + i, i), MOST, REMEMBERED);
                return i;
            });

            assertThat(devices.ofAccount(account)).as(account).hasSize(MOST);
        }
    }

    @Test
    void remove_byManyAtOnceAndAgainstAUse_happensOnceAndForGood() {
        for (int round = 0; round < rounds(); round++) {
            String account = "owner-" + round;
            devices.add(device(account, account, 0), MOST, REMEMBERED);
            List<Removal> answers = Race.of(3, i -> {
                if (i == 2) {
                    devices.used(account, account, T0.plusSeconds(60));
                    return Removal.NOT_FOUND;
                }
                return devices.remove(account, account, FORGOTTEN);
            });

            assertThat(answers).as(account).containsOnlyOnce(Removal.REMOVED);
            assertThat(devices.ofAccount(account)).as(account).isEmpty();
        }
        assertThat(events.events()).hasSize(2 * rounds());
    }

    private static Stored device(String account, String id, int second) {
        Instant since = T0.plusSeconds(second);
        KnownDevice device = new KnownDevice(
                id,
                account,
                3,
                second % 2 == 0 ? KnownDevice.Trust.KNOWN : KnownDevice.Trust.REMEMBERED,
                "B\u00f6b's browser",
                since,
                since,
                since.plusSeconds(600));
        return new Stored(device, String.format(java.util.Locale.ROOT, "%064x", (account + id).hashCode() & 0xffff));
    }
}
