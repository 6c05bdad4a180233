package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.PublisherSamples.KEYS;
import static dev.gatehouse.testkit.contract.PublisherSamples.event;
import static dev.gatehouse.testkit.contract.PublisherSamples.full;
import static dev.gatehouse.testkit.contract.PublisherSamples.publisher;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.publisher.PublisherRepository;
import dev.gatehouse.publisher.PublisherRepository.Change;
import dev.gatehouse.publisher.PublisherRepository.Insertion;
import dev.gatehouse.publisher.TrustedPublisher;
import dev.gatehouse.testkit.Race;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link PublisherRepository} holds. */
public abstract class PublisherRepositoryContract {
    private final InMemoryAuditLog events = InMemoryAuditLog.create();

    /** For subclasses. */
    protected PublisherRepositoryContract() {}

    /**
     * A new, empty repository.
     *
     * @param sink told of each event within its change; what it throws must end the change
     */
    protected abstract PublisherRepository create(AuditSink sink);

    /** How many rounds a race has; fewer for a repository that is slow. */
    protected int rounds() {
        return 50;
    }

    private static Insertion add(PublisherRepository publishers, TrustedPublisher publisher) {
        return publishers.insert(publisher, KEYS, event(publisher.id()));
    }

    @Test
    void insert_aNewPublisher_isFoundAsItWasAndRecorded() {
        PublisherRepository publishers = create(events);
        TrustedPublisher publisher = full("a");

        assertThat(publishers.insert(publisher, Set.of("k1", "k2"), event("a"))).isEqualTo(Insertion.INSERTED);

        assertThat(publishers.find("a")).contains(publisher);
        assertThat(publishers.withAnyKey(Set.of("k2", "other"), 1)).containsExactly(publisher);
        assertThat(events.events()).containsExactly(event("a"));
    }

    @Test
    void find_anotherSpelling_findsNothing() {
        PublisherRepository publishers = create(events);
        add(publishers, full("a"));

        assertThat(publishers.find("A")).isEmpty();
        assertThat(publishers.find("a ")).isEmpty();
        assertThat(publishers.withAnyKey(Set.of("NAME:A", "id:1 ".strip() + "x"), 9))
                .isEmpty();
        assertThat(publishers.ofProject("P2")).isEmpty();
        assertThat(publishers.ofProject("p1 ")).isEmpty();
    }

    @Test
    void insert_whatIsTaken_changesNothing() {
        PublisherRepository publishers = create(events);
        add(publishers, publisher("a", "r"));

        assertThat(add(publishers, publisher("a", "other"))).isEqualTo(Insertion.ID_TAKEN);
        assertThat(add(publishers, publisher("b", "r"))).isEqualTo(Insertion.IDENTITY_TAKEN);
        assertThat(publishers.find("b")).isEmpty();
        assertThat(events.events()).containsExactly(event("a"));
    }

    @Test
    void insert_theSameSettingsWithOtherPinsOrOrganization_isAnotherPublisher() {
        PublisherRepository publishers = create(events);
        TrustedPublisher bare = publisher("a", "r");
        add(publishers, bare);

        assertThat(add(
                        publishers,
                        publisher("b", "r").toBuilder().pins(Map.of("id", "1")).build()))
                .isEqualTo(Insertion.INSERTED);
        assertThat(add(
                        publishers,
                        publisher("c", "r").toBuilder().pins(Map.of("id", "2")).build()))
                .isEqualTo(Insertion.INSERTED);
        assertThat(add(
                        publishers,
                        publisher("d", "r").toBuilder().organization("o").build()))
                .isEqualTo(Insertion.INSERTED);
    }

    @Test
    void withAnyKey_manyPublishers_givesEachOnceOldestFirstWithinTheLimit() {
        PublisherRepository publishers = create(events);
        TrustedPublisher young = TrustedPublisher.builder(
                        "a", PublisherSamples.settings("young"), PublisherSamples.T0.plusNanos(1))
                .build();
        add(publishers, young);
        add(publishers, publisher("c", "c"));
        add(publishers, publisher("b", "b"));
        publishers.insert(publisher("z", "z"), Set.of("z"), event("z"));

        assertThat(publishers.withAnyKey(KEYS, 9))
                .extracting(TrustedPublisher::id)
                .containsExactly("b", "c", "a");
        assertThat(publishers.withAnyKey(KEYS, 2))
                .extracting(TrustedPublisher::id)
                .containsExactly("b", "c");
        assertThatIllegalArgumentException().isThrownBy(() -> publishers.withAnyKey(KEYS, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> publishers.withAnyKey(Set.of(), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> publishers.withAnyKey(Set.of("a b"), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> publishers.withAnyKey(Set.of("k".repeat(65)), 1));
    }

    @Test
    void ofProject_severalPublishers_areThoseThatAreLinked() {
        PublisherRepository publishers = create(events);
        add(publishers, full("b"));
        add(publishers, publisher("a", "r"));

        assertThat(publishers.ofProject("p1")).extracting(TrustedPublisher::id).containsExactly("a", "b");
        assertThat(publishers.ofProject("p2")).containsExactly(full("b"));
        assertThat(publishers.ofProject("p3")).isEmpty();
    }

    @Test
    void replace_whatIsStillThere_changesAllOfIt() {
        PublisherRepository publishers = create(events);
        add(publishers, publisher("a", "r"));

        assertThat(publishers.replace(publisher("a", "r"), full("a"), Set.of("new"), event("x")))
                .isEqualTo(Change.CHANGED);

        assertThat(publishers.find("a")).contains(full("a"));
        assertThat(publishers.withAnyKey(KEYS, 9)).isEmpty();
        assertThat(publishers.withAnyKey(Set.of("new"), 9)).containsExactly(full("a"));
        assertThat(publishers.ofProject("p2")).containsExactly(full("a"));
        assertThat(events.events()).containsExactly(event("a"), event("x"));
    }

    @Test
    void relink_whatIsStillThere_changesAllButTheKeys() {
        PublisherRepository publishers = create(events);
        add(publishers, publisher("a", "r"));

        assertThat(publishers.relink(publisher("a", "r"), full("a"), event("x")))
                .isEqualTo(Change.CHANGED);

        assertThat(publishers.find("a")).contains(full("a"));
        assertThat(publishers.withAnyKey(KEYS, 9)).containsExactly(full("a"));
        assertThat(publishers.ofProject("p2")).containsExactly(full("a"));
        assertThat(events.events()).containsExactly(event("a"), event("x"));
    }

    @Test
    void change_ofWhatIsNoLongerSo_changesNothing() {
        PublisherRepository publishers = create(events);
        TrustedPublisher first = publisher("a", "r");
        add(publishers, first);
        TrustedPublisher linked = first.toBuilder().projects(Set.of("p1", "p2")).build();
        publishers.replace(first, linked, KEYS, event("x"));

        assertThat(publishers.replace(first, full("a"), KEYS, event("y"))).isEqualTo(Change.CONFLICT);
        assertThat(publishers.relink(first, full("a"), event("y"))).isEqualTo(Change.CONFLICT);
        assertThat(publishers.remove(first, event("y"))).isEqualTo(Change.CONFLICT);
        assertThat(publishers.remove(full("gone"), event("y"))).isEqualTo(Change.CONFLICT);
        assertThat(publishers.replace(full("gone"), full("gone"), KEYS, event("y")))
                .isEqualTo(Change.CONFLICT);
        assertThatIllegalArgumentException().isThrownBy(() -> publishers.replace(linked, full("b"), KEYS, event("y")));
        assertThatIllegalArgumentException().isThrownBy(() -> publishers.relink(linked, full("b"), event("y")));
        assertThat(publishers.find("a")).contains(linked);
        assertThat(events.events()).containsExactly(event("a"), event("x"));
    }

    @Test
    void replace_withTheIdentityOfAnother_changesNothing() {
        PublisherRepository publishers = create(events);
        add(publishers, publisher("a", "r"));
        TrustedPublisher pinned =
                publisher("b", "r").toBuilder().pins(Map.of("id", "1")).build();
        add(publishers, pinned);

        assertThat(publishers.replace(pinned, publisher("b", "r"), Set.of("new"), event("x")))
                .isEqualTo(Change.IDENTITY_TAKEN);
        assertThat(publishers.find("b")).contains(pinned);
        assertThat(publishers.withAnyKey(Set.of("new"), 1)).isEmpty();
    }

    @Test
    void remove_aPublisher_leavesNothingOfIt() {
        PublisherRepository publishers = create(events);
        add(publishers, full("a"));

        assertThat(publishers.remove(full("a"), event("x"))).isEqualTo(Change.CHANGED);

        assertThat(publishers.find("a")).isEmpty();
        assertThat(publishers.withAnyKey(KEYS, 9)).isEmpty();
        assertThat(publishers.ofProject("p1")).isEmpty();
        assertThat(add(publishers, full("a"))).isEqualTo(Insertion.INSERTED);
        assertThat(events.events()).containsExactly(event("a"), event("x"), event("a"));
    }

    @Test
    void change_whoseEventIsNotRecorded_doesNotHappen() {
        PublisherRepository publishers = create(InMemoryAuditLog.create(1));
        TrustedPublisher first = publisher("a", "r");
        add(publishers, first);

        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> add(publishers, full("b")));
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> publishers.replace(first, full("a"), KEYS, event("x")));
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> publishers.remove(first, event("x")));
        assertThat(publishers.find("a")).contains(first);
        assertThat(publishers.find("b")).isEmpty();
        assertThat(publishers.withAnyKey(KEYS, 9)).containsExactly(first);
    }

    @Test
    void insert_ofOneIdentityByManyAtOnce_insertsOne() {
        PublisherRepository publishers = create(events);
        for (int round = 0; round < rounds(); round++) {
            String repository = "race-" + round;
            List<Insertion> answers = Race.of(4, i -> add(publishers, publisher(repository + "-" + i, repository)));

            assertThat(answers)
                    .as(repository)
                    .containsOnlyOnce(Insertion.INSERTED)
                    .doesNotContain(Insertion.ID_TAKEN);
        }
    }

    @Test
    void replace_byManyAtOnce_pinsOnce() {
        PublisherRepository publishers = create(events);
        for (int round = 0; round < rounds(); round++) {
            TrustedPublisher first = publisher("race-" + round, "race-" + round);
            add(publishers, first);
            List<Change> answers = Race.of(
                    4,
                    i -> publishers.replace(
                            first, first.toBuilder().pins(Map.of("id", "" + i)).build(), KEYS, event("pinned")));

            assertThat(answers).as(first.id()).containsOnlyOnce(Change.CHANGED);
        }
        assertThat(events.events()).filteredOn(event("pinned")::equals).hasSize(rounds());
    }

    @Test
    void remove_againstAChange_oneOfThemHappens() {
        PublisherRepository publishers = create(events);
        for (int round = 0; round < rounds(); round++) {
            TrustedPublisher first = publisher("race-" + round, "race-" + round);
            add(publishers, first);
            TrustedPublisher next = first.toBuilder().pins(Map.of("id", "1")).build();
            List<Change> answers = Race.of(
                    2,
                    i -> i == 0
                            ? publishers.remove(first, event("removed"))
                            : publishers.replace(first, next, KEYS, event("replaced")));

            assertThat(answers).as(first.id()).containsOnlyOnce(Change.CHANGED);
            assertThat(publishers.find(first.id()).isPresent()).isEqualTo(answers.get(1) == Change.CHANGED);
        }
    }

    @Test
    void replace_ofTwoToOneIdentityAtOnce_letsOneHaveIt() {
        PublisherRepository publishers = create(events);
        for (int round = 0; round < rounds(); round++) {
            List<TrustedPublisher> two =
                    List.of(publisher("p-" + round, "p-" + round), publisher("q-" + round, "q-" + round));
            two.forEach(each -> add(publishers, each));
            String wanted = "wanted-" + round;
            List<Change> answers = Race.of(
                    2, i -> publishers.replace(two.get(i), publisher(two.get(i).id(), wanted), KEYS, event("renamed")));

            assertThat(answers).as(wanted).containsExactlyInAnyOrder(Change.CHANGED, Change.IDENTITY_TAKEN);
        }
    }
}
