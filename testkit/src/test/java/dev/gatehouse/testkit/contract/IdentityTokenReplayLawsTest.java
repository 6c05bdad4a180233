package dev.gatehouse.testkit.contract;

import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.oidc.IdentityTokens;
import dev.gatehouse.oidc.IssuerDirectory;
import dev.gatehouse.publisher.ExchangeRequest;
import dev.gatehouse.publisher.InMemoryPublishingStore;
import dev.gatehouse.publisher.PublisherProviders;
import dev.gatehouse.publisher.PublishingStore;
import dev.gatehouse.publisher.RegistrantStatus;
import dev.gatehouse.publisher.TokenExchange;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.testkit.MutableClock;
import dev.gatehouse.testkit.token.FaultSwitch;
import dev.gatehouse.testkit.token.ReplayLaws;
import dev.gatehouse.testkit.token.ReplaySubject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Identity tokens of runs of builds, each exchanged once: O45. */
class IdentityTokenReplayLawsTest implements ReplayLaws {

    @Override
    public ReplaySubject replay() {
        return new Runs();
    }

    private static final class Runs implements ReplaySubject {
        private final FaultSwitch faults = FaultSwitch.none();
        private final InMemoryAuditLog events = InMemoryAuditLog.create();
        private final PublishingDesk desk =
                new PublishingDesk(InMemoryPublishingTest.nodes(1, InMemoryPublishingStore.create(events)), events);
        private final List<MutableClock> clocks = List.of(MutableClock.at(START), MutableClock.at(START));
        private final List<TokenExchange> nodes;

        Runs() {
            desk.clock.set(START);
            desk.publisher(PublishingDesk.PROJECT, PublishingDesk.settings("octo-repo"));
            PublishingStore store =
                    faults.over(PublishingStore.class, desk.node().store());
            EphemeralState state = faults.over(EphemeralState.class, desk.node().state());
            nodes = clocks.stream().map(clock -> node(clock, store, state)).toList();
        }

        private TokenExchange node(MutableClock clock, PublishingStore store, EphemeralState state) {
            IdentityTokens identities = IdentityTokens.builder(
                            "pypi",
                            IssuerDirectory.of(List.of(PublishingDesk.GITHUB.issuer("github"))),
                            PublishingDesk.GITHUB.fetch())
                    .clock(clock)
                    .build();
            return TokenExchange.builder(
                            identities, PublisherProviders.standard(), store, desk.tokens(desk.node()), state)
                    .clock(clock)
                    .audit(events)
                    .permit(attempt -> Optional.empty())
                    .registrants(pending -> RegistrantStatus.Standing.READY)
                    .build();
        }

        @Override
        public Proof issue(Instant now) {
            desk.clock.set(now);
            String token = desk.run("octo-repo").sign();
            Instant expires = Instant.ofEpochSecond(now.getEpochSecond()).plus(LIFE);
            return Proof.until(expires.plus(LEEWAY), (at, node) -> {
                clocks.get(node).set(at);
                return nodes.get(node)
                        .exchange(ExchangeRequest.of(token, PublishingDesk.RUNNER))
                        .fold(exchanged -> Answer.ACCEPTED, refused -> Answer.REFUSED, throttled -> Answer.REFUSED);
            });
        }

        private static final Duration LIFE = Duration.ofMinutes(5);
        private static final Duration LEEWAY = Duration.ofSeconds(30);

        @Override
        public FaultSwitch faults() {
            return faults;
        }
    }
}
