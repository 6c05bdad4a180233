package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.PublishingDesk.PROJECT;
import static dev.gatehouse.testkit.contract.PublishingDesk.RUNNER;
import static dev.gatehouse.testkit.contract.PublishingDesk.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.publisher.ExchangeRefusal;
import dev.gatehouse.publisher.ExchangeRequest;
import dev.gatehouse.publisher.PublisherSettings;
import dev.gatehouse.publisher.RefusedExchange;
import dev.gatehouse.publisher.TrustedPublisher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An exchange over a store that answers what it must not. */
class LyingPublishingStoreTest {
    private static final String RUN = "octo-repo";

    private final InMemoryAuditLog events = InMemoryAuditLog.create();
    private final PublishingDesk desk = new PublishingDesk(InMemoryPublishingTest.nodes(1, events), events);

    @Test
    void exchange_ofMoreThanAHundredCandidates_isRefused() {
        desk.node().addProject().accept(PROJECT);
        List<PublisherSettings> many = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            many.add(settings(RUN, Map.of("environment", "e" + i)));
        }
        // As a store that answers with everything would have it.
        FaultyPublishingStore lying = new FaultyPublishingStore(desk.node().store(), Integer.MAX_VALUE);
        lying.answer(
                "withAnyKey",
                many.stream()
                        .map(each -> TrustedPublisher.builder(
                                        "p" + each.values().get("environment"), each, PublisherSamples.T0)
                                .projects(Set.of(PROJECT.id()))
                                .build())
                        .toList());

        RefusedExchange refused = PublishingDesk.refused(desk.exchange(desk.node(), lying, builder -> builder)
                .exchange(ExchangeRequest.of(desk.run(RUN).sign(), RUNNER)));

        assertThat(refused.refusal()).isEqualTo(ExchangeRefusal.NO_PUBLISHER);
        assertThat(refused.reason()).contains("more than 100");
    }

    @Test
    void exchange_withPublishersOfAnotherIssuerOrProvider_isRefused() {
        TrustedPublisher mine = desk.publisher(PROJECT, settings(RUN));
        PublisherSettings right = mine.settings();
        for (PublisherSettings wrong : List.of(
                PublisherSettings.of("gitlab", right.issuer(), right.values()),
                PublisherSettings.of("github", "https://other.example", right.values()))) {
            FaultyPublishingStore lying = new FaultyPublishingStore(desk.node().store(), Integer.MAX_VALUE);
            lying.answer(
                    "withAnyKey",
                    List.of(TrustedPublisher.builder(mine.id(), wrong, mine.created())
                            .projects(mine.projects())
                            .build()));

            assertThat(PublishingDesk.refused(desk.exchange(desk.node(), lying, builder -> builder)
                                    .exchange(ExchangeRequest.of(desk.run(RUN).sign(), RUNNER)))
                            .refusal())
                    .isEqualTo(ExchangeRefusal.NO_PUBLISHER);
        }
        FaultyPublishingStore silent = new FaultyPublishingStore(desk.node().store(), Integer.MAX_VALUE);
        silent.answer("withAnyKey", null);
        assertThatExceptionOfType(NullPointerException.class)
                .isThrownBy(() -> desk.exchange(desk.node(), silent, builder -> builder)
                        .exchange(ExchangeRequest.of(desk.run(RUN).sign(), RUNNER)));
    }
}
