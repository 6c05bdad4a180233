package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.signin.FailureRepository;
import dev.gatehouse.signin.FailureRepository.Begun;
import dev.gatehouse.signin.FailureRepository.NoPlace;
import dev.gatehouse.signin.FailureRepository.Place;
import dev.gatehouse.signin.FailureRepository.Standing;
import dev.gatehouse.testkit.Race;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link FailureRepository} holds. Extend it and make an empty repository. */
public abstract class FailureRepositoryContract {
    private static final Instant T0 = Instant.parse("2024-01-01T05:00:00Z");
    private static final AuditEvent SUSPENDED = AuditEvent.of(AuditTag.FACTOR_SUSPENDED, T0)
            .account("bob")
            .subject("totp")
            .build();
    private static final AuditEvent REOPENED =
            AuditEvent.of(AuditTag.FACTOR_REOPENED, T0).account("bob").build();
    private static final FactorKind OWN = FactorKind.custom("own-kind", FactorClass.ANY);
    private static final String BOB = "bob";
    private static final int CAP = 3;

    private final InMemoryAuditLog events = InMemoryAuditLog.create();
    private FailureRepository failures = FailureRepository.inMemory(events);

    /** For subclasses. */
    protected FailureRepositoryContract() {}

    /** A new, empty repository that records its events in this sink, too. */
    protected abstract FailureRepository create(AuditSink sink);

    /** How many rounds a race has; fewer for a store that is slow. */
    protected int rounds() {
        return 100;
    }

    @BeforeEach
    final void makeRepository() {
        failures = create(events);
    }

    @Test
    void begin_upToTheCap_takesPlacesAndThenHasNone() {
        assertThat(begin(FactorKind.TOTP)).isEqualTo(new Place(1, 0));
        assertThat(begin(FactorKind.TOTP)).isEqualTo(new Place(2, 0));
        assertThat(begin(FactorKind.TOTP)).isEqualTo(new Place(3, 0));
        assertThat(begin(FactorKind.TOTP)).isEqualTo(NoPlace.AT_CAP);
        assertThat(begin(FactorKind.TOTP)).isEqualTo(NoPlace.AT_CAP);
    }

    @Test
    void begin_ofAnotherAccountOrKind_hasACountOfItsOwn() {
        fill(FactorKind.TOTP);

        assertThat(begin(FactorKind.RECOVERY_CODE)).isEqualTo(new Place(1, 0));
        assertThat(begin(OWN)).isEqualTo(new Place(1, 0));
        assertThat(failures.begin("BOB", FactorKind.TOTP, CAP, SUSPENDED)).isEqualTo(new Place(1, 0));
        assertThat(failures.begin("b\u00f6b ", FactorKind.TOTP, CAP, SUSPENDED)).isEqualTo(new Place(1, 0));
    }

    @Test
    void failed_theLastPlace_suspendsAndIsToldOnce() {
        Place first = place(FactorKind.TOTP);
        Place second = place(FactorKind.TOTP);
        Place third = place(FactorKind.TOTP);
        failed(first);
        assertThat(events.events()).isEmpty();
        failed(third);
        failed(second);
        begin(FactorKind.TOTP);

        assertThat(events.events()).containsExactly(SUSPENDED);
        assertThat(failures.ofAccount(BOB)).containsExactly(new Standing("totp", 3, true));
    }

    @Test
    void begin_whenWhoeverHadTheLastPlaceNeverCameBack_suspendsAndIsToldOnce() {
        fill(FactorKind.TOTP);
        begin(FactorKind.TOTP);
        begin(FactorKind.TOTP);

        assertThat(events.events()).containsExactly(SUSPENDED);
        assertThat(failures.ofAccount(BOB)).containsExactly(new Standing("totp", 3, true));
    }

    @Test
    void begin_whenSuspended_hasNoPlaceUnderAHigherCap() {
        fill(FactorKind.TOTP);
        begin(FactorKind.TOTP);

        assertThat(failures.begin(BOB, FactorKind.TOTP, CAP + 1, SUSPENDED)).isEqualTo(NoPlace.AT_CAP);
    }

    @Test
    void clear_aKind_beginsItAnewAndNoOther() {
        place(FactorKind.TOTP);
        place(FactorKind.TOTP);
        place(FactorKind.RECOVERY_CODE);
        failures.clear(BOB, FactorKind.TOTP, REOPENED);
        failures.clear(BOB, OWN, REOPENED);

        assertThat(begin(FactorKind.TOTP)).isEqualTo(new Place(1, 1));
        assertThat(begin(FactorKind.RECOVERY_CODE)).isEqualTo(new Place(2, 0));
        assertThat(events.events()).isEmpty();
    }

    @Test
    void reopen_oneOfTwoSuspendedKinds_opensBothAndLeavesTheRest() {
        fill(FactorKind.TOTP);
        begin(FactorKind.TOTP);
        place(FactorKind.RECOVERY_CODE);
        failures.reopen(BOB, REOPENED);
        failures.reopen(BOB, REOPENED);

        assertThat(begin(FactorKind.TOTP)).isEqualTo(new Place(1, 1));
        assertThat(begin(FactorKind.RECOVERY_CODE)).isEqualTo(new Place(2, 0));
        assertThat(events.events()).containsExactly(SUSPENDED, REOPENED);
    }

    @Test
    void clearAll_always_beginsEachKindAnew() {
        fill(FactorKind.TOTP);
        begin(FactorKind.TOTP);
        place(FactorKind.RECOVERY_CODE);
        failures.begin("alice", FactorKind.TOTP, CAP, SUSPENDED);
        failures.clearAll(BOB, REOPENED);
        failures.clearAll("nobody", REOPENED);

        assertThat(failures.ofAccount(BOB)).isEmpty();
        assertThat(failures.ofAccount("alice")).containsExactly(new Standing("totp", 1, false));
        assertThat(begin(FactorKind.TOTP)).isEqualTo(new Place(1, 1));
        assertThat(begin(FactorKind.RECOVERY_CODE)).isEqualTo(new Place(1, 1));
        assertThat(events.events()).containsExactly(SUSPENDED, REOPENED);
    }

    @Test
    void withdraw_aPlace_givesBackOneAndNoneOfAnotherSeries() {
        Place old = place(FactorKind.TOTP);
        failures.clear(BOB, FactorKind.TOTP, REOPENED);
        Place mine = place(FactorKind.TOTP);
        place(FactorKind.TOTP);
        failures.withdraw(BOB, FactorKind.TOTP, old);
        assertThat(failures.ofAccount(BOB)).containsExactly(new Standing("totp", 2, false));
        failures.withdraw(BOB, FactorKind.TOTP, mine);

        assertThat(failures.ofAccount(BOB)).containsExactly(new Standing("totp", 1, false));
        failures.withdraw("nobody", FactorKind.TOTP, mine);
        assertThat(failures.ofAccount("nobody")).isEmpty();
    }

    @Test
    void failed_afterASuccessThatCameBetween_countsInTheNewSeries() {
        Place old = place(FactorKind.TOTP);
        failures.clear(BOB, FactorKind.TOTP, REOPENED);
        failed(old);

        assertThat(begin(FactorKind.TOTP)).isEqualTo(new Place(2, 1));
    }

    @Test
    void change_whoseEventIsNotRecorded_doesNotHappen() {
        boolean[] broken = {false};
        failures = create(event -> {
            if (broken[0]) {
                throw new IllegalStateException("no audit");
            }
        });
        fill(FactorKind.TOTP);
        Place last = new Place(CAP, 0);
        broken[0] = true;
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> begin(FactorKind.TOTP));
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> failed(last));
        assertThat(failures.ofAccount(BOB)).containsExactly(new Standing("totp", CAP, false));
        broken[0] = false;
        failed(last);
        broken[0] = true;

        for (Runnable change : List.<Runnable>of(
                () -> failures.clear(BOB, FactorKind.TOTP, REOPENED),
                () -> failures.reopen(BOB, REOPENED),
                () -> failures.clearAll(BOB, REOPENED))) {
            assertThatExceptionOfType(RuntimeException.class).isThrownBy(change::run);
        }
        assertThat(failures.ofAccount(BOB)).containsExactly(new Standing("totp", CAP, true));
    }

    @Test
    void begin_byManyAtOnce_neverExceedsTheCap() {
        for (int round = 0; round < rounds(); round++) {
            String account = "owner-" + round;
            List<Begun> answers = Race.of(4, i -> failures.begin(account, FactorKind.TOTP, CAP, SUSPENDED));

            assertThat(answers)
                    .as(account)
                    .containsExactlyInAnyOrder(new Place(1, 0), new Place(2, 0), new Place(3, 0), NoPlace.AT_CAP);
        }
        assertThat(events.events()).hasSize(rounds());
    }

    @Test
    void reopen_byManyAtOnce_isToldOnce() {
        for (int round = 0; round < rounds(); round++) {
            String account = "owner-" + round;
            for (int i = 0; i <= CAP; i++) {
                failures.begin(account, FactorKind.TOTP, CAP, SUSPENDED);
            }
            Race.of(3, i -> {
                failures.reopen(account, REOPENED);
                return i;
            });

            assertThat(failures.begin(account, FactorKind.TOTP, CAP, SUSPENDED))
                    .as(account)
                    .isEqualTo(new Place(1, 1));
        }
        assertThat(events.events()).hasSize(2 * rounds());
    }

    /** Places that come back, and failures that are told, while others begin: the count is what is left. */
    @Test
    void withdrawAndFail_atOnce_countEachOnce() {
        for (int round = 0; round < rounds(); round++) {
            String account = "owner-" + round;
            List<Place> places = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                places.add((Place) failures.begin(account, FactorKind.TOTP, 100, SUSPENDED));
            }
            Race.of(4, i -> {
                if (i % 2 == 0) {
                    failures.withdraw(account, FactorKind.TOTP, places.get(i));
                } else {
                    failures.failed(account, FactorKind.TOTP, places.get(i), 100, SUSPENDED);
                }
                return i;
            });

            assertThat(failures.ofAccount(account)).as(account).containsExactly(new Standing("totp", 2, false));
        }
    }

    private Begun begin(FactorKind kind) {
        return failures.begin(BOB, kind, CAP, SUSPENDED);
    }

    private Place place(FactorKind kind) {
        return (Place) begin(kind);
    }

    private void fill(FactorKind kind) {
        for (int i = 0; i < CAP; i++) {
            place(kind);
        }
    }

    private void failed(Place place) {
        failures.failed(BOB, FactorKind.TOTP, place, CAP, SUSPENDED);
    }
}
