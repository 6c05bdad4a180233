package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.PublisherSamples.KEYS;
import static dev.gatehouse.testkit.contract.PublisherSamples.T0;
import static dev.gatehouse.testkit.contract.PublisherSamples.event;
import static dev.gatehouse.testkit.contract.PublisherSamples.pending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.publisher.PendingPublisher;
import dev.gatehouse.publisher.PendingPublisherRepository;
import dev.gatehouse.publisher.PendingPublisherRepository.Change;
import dev.gatehouse.publisher.PendingPublisherRepository.Insertion;
import dev.gatehouse.testkit.Race;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link PendingPublisherRepository} holds. */
public abstract class PendingPublisherRepositoryContract {
    private final InMemoryAuditLog events = InMemoryAuditLog.create();

    /** For subclasses. */
    protected PendingPublisherRepositoryContract() {}

    /**
     * A new, empty repository.
     *
     * @param sink told of each event within its change; what it throws must end the change
     */
    protected abstract PendingPublisherRepository create(AuditSink sink);

    /** How many rounds a race has; fewer for a repository that is slow. */
    protected int rounds() {
        return 50;
    }

    private static Insertion add(PendingPublisherRepository all, PendingPublisher pending) {
        return all.insert(pending, KEYS, 3, event(pending.id()));
    }

    private static PendingPublisher full(String id) {
        return pending(id, "full", "alice").toBuilder()
                .pins(Map.of("id", "a=b\n"))
                .organization("org")
                .expires(T0.plus(Duration.ofDays(3)))
                .build();
    }

    @Test
    void insert_aNewOne_isFoundAsItWasAndRecorded() {
        PendingPublisherRepository all = create(events);

        assertThat(all.insert(full("a"), Set.of("k1", "k2"), 3, event("a"))).isEqualTo(Insertion.INSERTED);

        assertThat(all.find("a")).contains(full("a"));
        assertThat(all.find("A")).isEmpty();
        assertThat(all.withAnyKey(Set.of("k2", "x"), 1)).containsExactly(full("a"));
        assertThat(all.withAnyKey(Set.of("K2"), 1)).isEmpty();
        assertThat(events.events()).containsExactly(event("a"));
        assertThatIllegalArgumentException().isThrownBy(() -> all.withAnyKey(KEYS, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> all.insert(full("b"), Set.of(), 3, event("b")));
    }

    @Test
    void insert_whatIsTaken_changesNothing() {
        PendingPublisherRepository all = create(events);
        add(all, pending("a", "name", "alice"));

        assertThat(add(all, pending("a", "other", "bob"))).isEqualTo(Insertion.ID_TAKEN);
        assertThat(add(all, pending("b", "name", "bob"))).isEqualTo(Insertion.IDENTITY_TAKEN);
        PendingPublisher otherName = PendingPublisher.builder(
                        "c", pending("a", "name", "alice").settings(), "second", "second", "bob", T0)
                .build();
        assertThat(add(all, otherName)).isEqualTo(Insertion.INSERTED);
        assertThat(events.events()).containsExactly(event("a"), event("c"));
    }

    @Test
    void insert_moreThanTheLimit_isRefusedWhileTheOthersLive() {
        PendingPublisherRepository all = create(events);
        Instant soon = T0.plusSeconds(10);
        add(all, pending("a", "a", "alice").toBuilder().expires(soon).build());
        add(all, pending("b", "b", "alice"));
        add(all, pending("c", "c", "alice"));

        assertThat(add(all, pending("d", "d", "alice"))).isEqualTo(Insertion.LIMIT);
        assertThat(add(all, pending("e", "e", "ALICE"))).isEqualTo(Insertion.INSERTED);
        assertThat(add(
                        all,
                        pending("f", "f", "alice").toBuilder().organization("o").build()))
                .isEqualTo(Insertion.INSERTED);
        PendingPublisher before = PendingPublisher.builder(
                        "g", PublisherSamples.settings("g"), "g", "g", "alice", soon.minusNanos(1))
                .build();
        PendingPublisher at = PendingPublisher.builder("g", PublisherSamples.settings("g"), "g", "g", "alice", soon)
                .build();
        assertThat(add(all, before)).isEqualTo(Insertion.LIMIT);
        assertThat(add(all, at)).isEqualTo(Insertion.INSERTED);
    }

    @Test
    void lists_ofAccountsOrganizationsAndNames_areExactAndInOrder() {
        PendingPublisherRepository all = create(events);
        add(all, pending("b", "x", "alice"));
        add(all, pending("a", "y", "alice"));
        add(all, full("c"));
        add(all, pending("d", "X", "bob"));

        assertThat(all.ofRegistrant("alice")).extracting(PendingPublisher::id).containsExactly("a", "b");
        assertThat(all.ofRegistrant("Alice")).isEmpty();
        assertThat(all.ofOrganization("org")).containsExactly(full("c"));
        assertThat(all.ofOrganization("Org")).isEmpty();
        assertThat(all.ofName("x", 9)).extracting(PendingPublisher::id).containsExactly("b");
        assertThat(all.withAnyKey(KEYS, 3)).extracting(PendingPublisher::id).containsExactly("a", "b", "c");
    }

    @Test
    void ending_byAnInstant_isInclusiveInOrderAndMayLeaveOutTheReminded() {
        PendingPublisherRepository all = create(events);
        Instant end = T0.plusSeconds(10);
        PendingPublisher late =
                pending("a", "a", "alice").toBuilder().expires(end).build();
        PendingPublisher soon = pending("b", "b", "alice").toBuilder()
                .expires(end.minusNanos(1))
                .build();
        add(all, late);
        add(all, soon);

        assertThat(all.ending(end, false, 9)).containsExactly(soon, late);
        assertThat(all.ending(end, false, 1)).containsExactly(soon);
        assertThat(all.ending(end.minusNanos(1), false, 9)).containsExactly(soon);
        assertThat(all.remind(soon, event("r"))).isEqualTo(Change.CHANGED);
        assertThat(all.ending(end, true, 9)).containsExactly(late);
        assertThat(all.find("b")).contains(soon.toBuilder().reminded(true).build());
    }

    @Test
    void remind_once_happensOnce() {
        PendingPublisherRepository all = create(events);
        PendingPublisher pending = pending("a", "a", "alice");
        add(all, pending);

        assertThat(all.remind(pending, event("r"))).isEqualTo(Change.CHANGED);
        assertThat(all.remind(pending, event("r"))).isEqualTo(Change.CONFLICT);
        assertThat(all.remind(pending.toBuilder().reminded(true).build(), event("r")))
                .isEqualTo(Change.CONFLICT);
        assertThat(all.remind(pending("z", "z", "alice"), event("r"))).isEqualTo(Change.CONFLICT);
        assertThat(events.events()).containsExactly(event("a"), event("r"));
    }

    @Test
    void remove_whatIsStillSo_leavesNothingOfIt() {
        PendingPublisherRepository all = create(events);
        PendingPublisher pending = pending("a", "a", "alice");
        add(all, pending);
        all.remind(pending, event("r"));

        assertThat(all.remove(pending, event("x"))).isEqualTo(Change.CONFLICT);
        assertThat(all.remove(pending.toBuilder().reminded(true).build(), event("x")))
                .isEqualTo(Change.CHANGED);
        assertThat(all.find("a")).isEmpty();
        assertThat(all.withAnyKey(KEYS, 9)).isEmpty();
        assertThat(add(all, pending)).isEqualTo(Insertion.INSERTED);
        assertThat(events.events()).containsExactly(event("a"), event("r"), event("x"), event("a"));
    }

    @Test
    void change_whoseEventIsNotRecorded_doesNotHappen() {
        PendingPublisherRepository all = create(InMemoryAuditLog.create(1));
        PendingPublisher pending = pending("a", "a", "alice");
        add(all, pending);

        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> add(all, full("b")));
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> all.remind(pending, event("r")));
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> all.remove(pending, event("x")));
        assertThat(all.withAnyKey(KEYS, 9)).containsExactly(pending);
    }

    @Test
    void insert_byOneAccountManyTimesAtOnce_staysWithinTheLimit() {
        PendingPublisherRepository all = create(events);
        for (int round = 0; round < rounds(); round++) {
            String account = "race-" + round;
            List<Insertion> answers = Race.of(4, i -> add(all, pending(account + "-" + i, account + "-" + i, account)));

            assertThat(answers).as(account).filteredOn(Insertion.LIMIT::equals).hasSize(1);
            assertThat(all.ofRegistrant(account)).hasSize(3);
        }
    }

    @Test
    void insert_ofOneIdentityByManyAtOnce_insertsOne() {
        PendingPublisherRepository all = create(events);
        for (int round = 0; round < rounds(); round++) {
            String name = "race-" + round;
            List<Insertion> answers = Race.of(4, i -> add(all, pending(name + "-" + i, name, "account-" + i + name)));

            assertThat(answers).as(name).containsOnlyOnce(Insertion.INSERTED);
        }
    }

    @Test
    void remove_byManyAtOnce_happensOnce() {
        PendingPublisherRepository all = create(events);
        for (int round = 0; round < rounds(); round++) {
            PendingPublisher pending = pending("race-" + round, "race-" + round, "account-" + round);
            add(all, pending);
            List<Change> answers = Race.of(4, i -> all.remove(pending, event("removed")));

            assertThat(answers).as(pending.id()).containsOnlyOnce(Change.CHANGED);
        }
        assertThat(events.events()).filteredOn(event("removed")::equals).hasSize(rounds());
    }

    /** It is reminded once, and a reminder does not bring back what is removed. */
    @Test
    void remindAndRemove_atOnce_happenOnceEachAtMost() {
        PendingPublisherRepository all = create(events);
        for (int round = 0; round < rounds(); round++) {
            PendingPublisher pending = pending("race-" + round, "race-" + round, "account-" + round);
            add(all, pending);
            List<Change> answers = Race.of(
                    3, i -> i == 2 ? all.remove(pending, event("removed")) : all.remind(pending, event("reminded")));

            assertThat(answers).as(pending.id()).containsOnlyOnce(Change.CHANGED);
            assertThat(all.find(pending.id()).isPresent()).isEqualTo(answers.get(2) == Change.CONFLICT);
        }
    }
}
