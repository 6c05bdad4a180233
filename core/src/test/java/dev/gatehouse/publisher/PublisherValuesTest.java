package dev.gatehouse.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.testing.EqualsTester;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the values of a store keep, where they end, and what makes two the same. */
class PublisherValuesTest {
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
    private static final PublisherSettings SETTINGS =
            PublisherSettings.of("github", "https://i", Map.of("owner", "acme"));
    private static final PublisherSettings OTHER = PublisherSettings.of("github", "https://i", Map.of("owner", "b"));

    private static TrustedPublisher.Builder trusted() {
        return TrustedPublisher.builder("p1", SETTINGS, CREATED);
    }

    private static PendingPublisher.Builder pending(
            String id, PublisherSettings settings, String name, String normalized, String registrant) {
        return PendingPublisher.builder(id, settings, name, normalized, registrant, CREATED);
    }

    private static PendingPublisher.Builder pending() {
        return pending("p1", SETTINGS, "Pelican", "pelican", "alice");
    }

    private static Set<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(i -> "id-" + i).collect(Collectors.toSet());
    }

    @Test
    void equals_ofATrustedPublisher_comparesEveryPart() {
        TrustedPublisher full = trusted()
                .pins(Map.of("owner-id", "1"))
                .organization("o")
                .projects(Set.of("a"))
                .addedBy("alice")
                .build();

        new EqualsTester()
                .addEqualityGroup(trusted().build(), trusted().build())
                .addEqualityGroup(
                        TrustedPublisher.builder("p2", SETTINGS, CREATED).build())
                .addEqualityGroup(TrustedPublisher.builder("p1", OTHER, CREATED).build())
                .addEqualityGroup(TrustedPublisher.builder("p1", SETTINGS, CREATED.plusSeconds(1))
                        .build())
                .addEqualityGroup(trusted().pins(Map.of("owner-id", "1")).build())
                .addEqualityGroup(trusted().organization("o").build())
                .addEqualityGroup(trusted().projects(Set.of("a")).build())
                .addEqualityGroup(trusted().addedBy("alice").build())
                .addEqualityGroup(full, full.toBuilder().build())
                .testEquals();
        assertThat(full).hasToString("TrustedPublisher[p1, github, 1 projects]");
        assertThat(full)
                .doesNotHaveSameHashCodeAs(
                        TrustedPublisher.builder("p2", SETTINGS, CREATED).build());
    }

    @Test
    void equals_ofAPendingPublisher_comparesEveryPart() {
        PendingPublisher full = pending()
                .expires(CREATED.plusSeconds(1))
                .pins(Map.of("owner-id", "1"))
                .organization("o")
                .reminded(true)
                .build();

        new EqualsTester()
                .addEqualityGroup(pending().build(), pending().build())
                .addEqualityGroup(
                        pending("p2", SETTINGS, "Pelican", "pelican", "alice").build())
                .addEqualityGroup(
                        pending("p1", OTHER, "Pelican", "pelican", "alice").build())
                .addEqualityGroup(
                        pending("p1", SETTINGS, "pelican", "pelican", "alice").build())
                .addEqualityGroup(
                        pending("p1", SETTINGS, "Pelican", "heron", "alice").build())
                .addEqualityGroup(
                        pending("p1", SETTINGS, "Pelican", "pelican", "bob").build())
                .addEqualityGroup(pending().expires(CREATED.plusSeconds(1)).build())
                .addEqualityGroup(pending().pins(Map.of("owner-id", "1")).build())
                .addEqualityGroup(pending().organization("o").build())
                .addEqualityGroup(pending().reminded(true).build())
                .addEqualityGroup(full, full.toBuilder().build())
                .testEquals();
        assertThat(full).hasToString("PendingPublisher[p1, github]");
        assertThat(full)
                .doesNotHaveSameHashCodeAs(
                        pending("p2", SETTINGS, "Pelican", "pelican", "alice").build());
    }

    @Test
    void equals_ofSettingsAndProjects_comparesEveryPart() {
        new EqualsTester()
                .addEqualityGroup(
                        SETTINGS, PublisherSettings.of("github", "https://i", Map.of("owner", "acme", "x", "")))
                .addEqualityGroup(OTHER)
                .addEqualityGroup(PublisherSettings.of("gitlab", "https://i", Map.of("owner", "acme")))
                .addEqualityGroup(PublisherSettings.of("github", "https://j", Map.of("owner", "acme")))
                .testEquals();
        new EqualsTester()
                .addEqualityGroup(PublishingProject.of("1", "a"), PublishingProject.of("1", "a"))
                .addEqualityGroup(PublishingProject.of("2", "a"))
                .addEqualityGroup(PublishingProject.of("1", "b"))
                .addEqualityGroup(PublishingProject.of("1", "a").inOrganization("o"))
                .testEquals();
        assertThat(SETTINGS).doesNotHaveSameHashCodeAs(OTHER);
        assertThat(PublishingProject.of("1", "a")).doesNotHaveSameHashCodeAs(PublishingProject.of("2", "a"));
        assertThat(PublishingProject.of("1", "a")).hasToString("PublishingProject[1]");
        assertThat(SETTINGS).hasToString("PublisherSettings[github, https://i, {owner=acme}]");
    }

    /** The store keeps settings apart by this alone. */
    @Test
    void fingerprint_ofOtherSettings_differs() {
        assertThat(SETTINGS.fingerprint()).matches("[0-9a-f]{64}").isNotEqualTo(OTHER.fingerprint());
        assertThat(PublisherSettings.of("github", "i", Map.of("a", "bc")).fingerprint())
                .isNotEqualTo(
                        PublisherSettings.of("github", "i", Map.of("ab", "c")).fingerprint());
        assertThat(PublisherSettings.of("github", "ix", Map.of()).fingerprint())
                .isNotEqualTo(PublisherSettings.of("githubi", "x", Map.of()).fingerprint());
    }

    @Test
    void settings_atTheirBounds_areKept() {
        String word = "a" + "-".repeat(31);
        String value = "v".repeat(400);
        PublisherSettings settings = PublisherSettings.of(word, value, Map.of(word, value));

        assertThat(settings.provider()).isEqualTo(word);
        assertThat(settings.issuer()).isEqualTo(value);
        assertThat(settings.value(word)).contains(value);
        assertThat(settings.value("other")).isEmpty();
        Map<String, String> most = ids(32).stream().collect(Collectors.toMap(id -> id, id -> id));
        assertThat(PublisherSettings.of("github", "i", most).values()).isEqualTo(most);
        most.put("one-more", "v");
        assertThatIllegalArgumentException().isThrownBy(() -> PublisherSettings.of("github", "i", most));
    }

    @Test
    void projects_ofAPublisher_endAtTheirBound() {
        Set<String> most = new TreeSet<>(ids(TrustedPublisher.MAX_PROJECTS));

        assertThat(trusted().projects(most).build().projects()).isEqualTo(most);
        most.add("one-more");
        assertThatIllegalArgumentException().isThrownBy(() -> trusted().projects(most));
    }

    @Test
    void expires_ofAPendingPublisher_isAfterItsCreation() {
        assertThat(pending().build().expires()).isEqualTo(CREATED.plus(Duration.ofDays(30)));
        assertThat(pending().expires(CREATED.plusNanos(1)).build().expires()).isEqualTo(CREATED.plusNanos(1));
        assertThatIllegalArgumentException().isThrownBy(() -> pending().expires(CREATED));
    }

    @Test
    void linkedTo_andWithoutProject_changeOnlyTheProjects() {
        TrustedPublisher linked =
                trusted().addedBy("alice").build().linkedTo("a").linkedTo(Set.of("b"));

        assertThat(linked.projects()).containsExactly("a", "b");
        assertThat(linked.withoutProject("a").projects()).containsExactly("b");
        assertThat(linked.withoutProject("c")).isEqualTo(linked);
        assertThat(linked.addedBy()).contains("alice");
        assertThat(linked.pinned(Map.of("owner-id", "1")).pins()).isEqualTo(Map.of("owner-id", "1"));
    }
}
