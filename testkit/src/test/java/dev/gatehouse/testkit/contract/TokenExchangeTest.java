package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.PublishingDesk.PROJECT;
import static dev.gatehouse.testkit.contract.PublishingDesk.RUNNER;
import static dev.gatehouse.testkit.contract.PublishingDesk.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.oidc.IdentityTokens;
import dev.gatehouse.oidc.IssuerDirectory;
import dev.gatehouse.publisher.Exchange;
import dev.gatehouse.publisher.ExchangeLimits;
import dev.gatehouse.publisher.ExchangeRefusal;
import dev.gatehouse.publisher.ExchangeRequest;
import dev.gatehouse.publisher.Exchanged;
import dev.gatehouse.publisher.PublisherProviders;
import dev.gatehouse.publisher.PublishingProject;
import dev.gatehouse.publisher.RefusedExchange;
import dev.gatehouse.publisher.RegistrantStatus.Standing;
import dev.gatehouse.publisher.ThrottledExchange;
import dev.gatehouse.publisher.TokenExchange;
import dev.gatehouse.publisher.TrustedPublisher;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.RateWindow;
import dev.gatehouse.state.StateSpace;
import dev.gatehouse.state.StateUnavailableException;
import dev.gatehouse.testkit.issuer.FakeIssuer;
import dev.gatehouse.testkit.issuer.FakeToken;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The order of an exchange, its refusals as PyPI words them, and its limits. */
class TokenExchangeTest {
    private static final String RUN = "octo-repo";

    private final InMemoryAuditLog events = InMemoryAuditLog.create();
    private final PublishingDesk desk = new PublishingDesk(InMemoryPublishingTest.nodes(1, events), events);

    private int changes() {
        return (int) events.events().stream()
                .filter(event -> !event.tag().equals(AuditTag.EXCHANGE_REFUSED))
                .count();
    }

    private RefusedExchange assertRefused(String token, ExchangeRefusal refusal, String code, String description) {
        int before = changes();
        RefusedExchange refused = desk.refused(token);
        assertThat(refused.refusal()).as(refused.reason()).isEqualTo(refusal);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.description()).isEqualTo(description);
        assertThat(changes()).as("nothing is written").isEqualTo(before);
        List<AuditEvent> all = desk.of(AuditTag.EXCHANGE_REFUSED);
        AuditEvent event = all.get(all.size() - 1);
        assertThat(event.attributes()).containsEntry("code", refusal.name()).containsKey("reason");
        assertThat(event.address()).contains(RUNNER);
        return refused;
    }

    @Test
    void exchange_ofWhatIsNoGoodToken_isRefusedInPypisWords() {
        assertRefused("not-a-jwt", ExchangeRefusal.MALFORMED, "invalid-payload", "malformed JWT");
        assertRefused(
                desk.run(RUN).claim("iss", null).sign(), ExchangeRefusal.MALFORMED, "invalid-payload", "malformed JWT");
        assertRefused(
                desk.run(RUN).claim("iss", "https://evil.example").sign(),
                ExchangeRefusal.UNKNOWN_ISSUER,
                "invalid-payload",
                "unknown trusted publishing issuer");
        for (String bad : List.of(
                desk.run(RUN).claim("aud", "testpypi").sign(),
                desk.run(RUN).claim("exp", 5).sign(),
                desk.run(RUN).signWith(signed -> new byte[256]))) {
            assertRefused(bad, ExchangeRefusal.INVALID_TOKEN, "invalid-token", "malformed or invalid token");
        }
    }

    @Test
    void exchange_ofAProviderThatIsOff_isRefusedBeforeAnythingIsFetched() {
        FakeIssuer issuer = FakeIssuer.at("https://off.example");
        IdentityTokens identities = IdentityTokens.builder(
                        "pypi", IssuerDirectory.of(List.of(issuer.issuer("github"))), issuer.fetch())
                .clock(desk.clock)
                .build();
        TokenExchange exchange = TokenExchange.builder(
                        identities,
                        PublisherProviders.standard(),
                        desk.node().store(),
                        desk.tokens(desk.node()),
                        desk.node().state())
                .clock(desk.clock)
                .registrants(pending -> Standing.READY)
                .permit(attempt -> Optional.empty())
                .enabled(each -> !each.providerId().equals("github"))
                .build();

        RefusedExchange refused = PublishingDesk.refused(exchange.exchange(
                ExchangeRequest.of(issuer.token("pypi", desk.clock.instant()).sign(), RUNNER)));

        assertThat(refused.code()).isEqualTo("not-enabled");
        assertThat(refused.description()).isEqualTo("github trusted publishing functionality not enabled");
        assertThat(issuer.discoveryFetches()).isZero();
    }

    @Test
    void exchange_ofARunThatNobodyRegistered_isRefusedAndNothingIsClaimed() {
        String token = desk.run(RUN).sign();

        assertRefused(
                token,
                ExchangeRefusal.NO_PUBLISHER,
                "invalid-publisher",
                "valid token, but no corresponding publisher (Publisher with matching claims was not found)");
        desk.publisher(PROJECT, settings(RUN));
        desk.exchanged(token);
        assertRefused(token, ExchangeRefusal.REUSED, "invalid-reuse-token", "invalid token: already used");
    }

    @Test
    void exchange_ofARunThatNearlyMatches_tellsTheClaim() {
        desk.publisher(PROJECT, settings(RUN));

        RefusedExchange refused = desk.refused(
                desk.run(RUN).claim("event_name", "pull_request_target").sign());

        assertThat(refused.code()).isEqualTo("invalid-publisher");
        assertThat(refused.description()).contains("pull_request_target");
    }

    @Test
    void exchange_ofAReusedSignature_isRefused() {
        desk.publisher(PROJECT, settings(RUN));
        FakeToken run = desk.run(RUN);
        desk.exchanged(run.sign());

        desk.clock.advance(Duration.ofSeconds(329));
        assertThat(desk.refused(run.sign()).refusal()).isEqualTo(ExchangeRefusal.REUSED);
        desk.clock.advance(Duration.ofSeconds(1));
        assertThat(desk.refused(run.sign()).refusal()).isEqualTo(ExchangeRefusal.INVALID_TOKEN);
    }

    @Test
    void exchange_ofAnotherTokenWithTheIdOfAUsedOne_isRefused() {
        desk.publisher(PROJECT, settings(RUN));
        FakeToken run = desk.run(RUN).claim("jti", "one");
        desk.exchanged(run.sign());

        assertThat(desk.refused(run.claim("beside", "another").sign()).refusal())
                .isEqualTo(ExchangeRefusal.REUSED);
        desk.exchanged(run.claim("jti", "two").sign());
    }

    @Test
    void exchange_withClocksThatDiffer_stillRefusesTheSecond() {
        desk.publisher(PROJECT, settings(RUN));
        FakeToken run = desk.run(RUN);
        desk.clock.advance(Duration.ofSeconds(329));
        desk.exchanged(run.sign());

        // The other node is half a minute behind: for it the token is good for longer, and so is the claim.
        desk.clock.set(desk.clock.instant().minusSeconds(30));
        assertThat(desk.refused(run.sign()).refusal()).isEqualTo(ExchangeRefusal.REUSED);
        desk.clock.advance(Duration.ofSeconds(29));
        assertThat(desk.refused(run.sign()).refusal()).isEqualTo(ExchangeRefusal.REUSED);
    }

    @Test
    void exchange_forOneProject_isForThatAlone() {
        PublishingProject second = PublishingProject.of("id-2", "second");
        desk.publisher(PROJECT, settings(RUN));
        desk.publisher(second, settings(RUN));

        assertThat(desk.exchanged(desk.run(RUN).sign()).projects()).containsExactlyInAnyOrder(PROJECT, second);
        assertThat(forProject("SECOND").projects()).containsExactly(second);
        desk.node().addProject().accept(PublishingProject.of("id-3", "third"));
        for (String other : List.of("third", "never-made")) {
            RefusedExchange refused = PublishingDesk.refused(desk.exchange(desk.node())
                    .exchange(ExchangeRequest.of(desk.run(RUN).sign(), RUNNER).forProject(other)));
            assertThat(refused.description())
                    .as("nobody learns whether a project exists")
                    .isEqualTo(
                            "valid token, but no corresponding publisher (Publisher with matching claims was not found)");
        }
    }

    private Exchanged forProject(String name) {
        return PublishingDesk.exchanged(desk.exchange(desk.node())
                .exchange(ExchangeRequest.of(desk.run(RUN).sign(), RUNNER).forProject(name)));
    }

    @Test
    void exchange_ofSeveralPublishers_takesTheNarrowest() {
        desk.publisher(PROJECT, settings(RUN));
        desk.clock.advance(Duration.ofSeconds(1));
        TrustedPublisher narrow = desk.publisher(PROJECT, settings(RUN, Map.of("environment", "release")));

        assertThat(desk.exchanged(desk.run(RUN).claim("environment", "Release").sign())
                        .publisher()
                        .id())
                .isEqualTo(narrow.id());
        assertThat(desk.exchanged(desk.run(RUN).claim("environment", "other").sign())
                        .publisher()
                        .id())
                .isNotEqualTo(narrow.id());
    }

    @Test
    void exchange_withAnEnvironmentThatNobodyAskedFor_saysSo() {
        desk.publisher(PROJECT, settings(RUN));

        assertThat(desk.exchanged(desk.run(RUN).claim("environment", "pypi").sign())
                        .ignoredEnvironment())
                .contains("pypi");
        assertThat(desk.exchanged(desk.run(RUN).sign()).ignoredEnvironment()).isEmpty();
        assertThat(desk.of(AuditTag.SHORT_LIVED_TOKEN_ADDED).get(0).attributes())
                .containsEntry("environment_ignored", "pypi")
                .containsEntry("reusable_workflow_used", "false")
                .containsEntry("publisher_name", "GitHub")
                .containsEntry("expires", "2026-03-01T10:15:00Z");
        desk.publisher(PublishingProject.of("id-2", "second"), settings(RUN));
        assertThat(desk.exchanged(desk.run(RUN).claim("environment", "pypi").sign())
                        .ignoredEnvironment())
                .as("with two projects nobody is told")
                .isEmpty();
    }

    @Test
    void exchanged_says_whereItCameFromAndHidesTheToken() {
        desk.publisher(PROJECT, settings(RUN));

        Exchanged plain = desk.exchanged(desk.run(RUN).sign());
        assertThat(plain.isReusableWorkflow()).isFalse();
        assertThat(plain.toString()).startsWith("Exchanged[").doesNotContain(plain.secret());
        assertThat(desk.exchanged(desk.run(RUN)
                                .claim("workflow_ref", "octo-org/octo-repo/.github/workflows/start.yml@refs/heads/main")
                                .sign())
                        .isReusableWorkflow())
                .isTrue();
        assertThat(desk.of(AuditTag.SHORT_LIVED_TOKEN_ADDED))
                .extracting(AuditEvent::address)
                .containsOnly(Optional.of(RUNNER));
    }

    @Test
    void exchange_ofAResurrectedRepository_isRefusedAndARenamedOneIsTold() {
        desk.publisher(PROJECT, settings(RUN));
        desk.exchanged(desk.run(RUN).sign());

        assertThat(desk.refused(desk.run(RUN).claim("repository_id", "75").sign())
                        .refusal())
                .isEqualTo(ExchangeRefusal.NO_PUBLISHER);
        Exchanged renamed =
                desk.exchanged(desk.run("new-name").claim("repository_id", "74").sign());
        assertThat(renamed.renamed()).isPresent();
        assertThat(renamed.projects()).containsExactly(PROJECT);
    }

    @Test
    void exchange_whosePermitIsRefused_claimsNothingAndLeavesThatProjectOut() {
        PublishingProject second = PublishingProject.of("id-2", "second");
        desk.publisher(PROJECT, settings(RUN));
        desk.publisher(second, settings(RUN));
        desk.refusals.put("Some.Project", "not today");

        assertThat(desk.exchanged(desk.run(RUN).sign()).projects()).containsExactly(second);
        desk.refusals.put("second", "nor this");
        String token = desk.run(RUN).sign();
        assertRefused(token, ExchangeRefusal.NOT_PERMITTED, "not-permitted", "not today");
        desk.refusals.clear();
        desk.exchanged(token);
    }

    @Test
    void exchange_overTheLimits_isThrottled() {
        desk.publisher(PROJECT, settings(RUN));
        ExchangeLimits limits = new ExchangeLimits(
                new RateWindow(2, Duration.ofMinutes(5)),
                new RateWindow(3, Duration.ofMinutes(5)),
                new RateWindow(4, Duration.ofHours(1)));
        TokenExchange exchange = desk.exchange(desk.node(), desk.node().store(), builder -> builder.limits(limits));
        for (int i = 0; i < 3; i++) {
            PublishingDesk.exchanged(
                    exchange.exchange(ExchangeRequest.of(desk.run(RUN).sign(), RUNNER)));
        }

        assertThrottled(exchange.exchange(ExchangeRequest.of(desk.run(RUN).sign(), RUNNER)), 300);
        PublishingDesk.exchanged(
                exchange.exchange(ExchangeRequest.of(desk.run(RUN).sign(), "192.0.2.77")));
        assertThrottled(exchange.exchange(ExchangeRequest.of(desk.run(RUN).sign(), "192.0.2.78")), 3_600);
        for (int i = 0; i < 2; i++) {
            PublishingDesk.refused(exchange.exchange(ExchangeRequest.of("no-token", "2001:db8::" + i)));
        }
        assertThrottled(exchange.exchange(ExchangeRequest.of("no-token", "2001:db8::ffff")), 300);
        desk.clock.advance(Duration.ofMinutes(5));
        PublishingDesk.refused(exchange.exchange(ExchangeRequest.of("no-token", "2001:db8::ffff")));
    }

    private static void assertThrottled(Exchange exchange, long seconds) {
        assertThat(exchange).isEqualTo(new ThrottledExchange(Duration.ofSeconds(seconds)));
    }

    @Test
    void exchange_ofBadTokens_costsThePublisherNothing() {
        desk.publisher(PROJECT, settings(RUN));
        FakeToken run = desk.run(RUN);
        ExchangeLimits limits = new ExchangeLimits(
                new RateWindow(1_000, Duration.ofMinutes(5)),
                new RateWindow(1, Duration.ofMinutes(5)),
                new RateWindow(1, Duration.ofHours(1)));
        TokenExchange exchange = desk.exchange(desk.node(), desk.node().store(), builder -> builder.limits(limits));
        for (int i = 0; i < 20; i++) {
            PublishingDesk.refused(
                    exchange.exchange(ExchangeRequest.of(run.signWith(signed -> new byte[256]), RUNNER)));
        }

        // Whoever has seen the run's token without its signature cannot use it up either.
        PublishingDesk.exchanged(exchange.exchange(ExchangeRequest.of(run.sign(), RUNNER)));
    }

    /** A used token lies in the log of many a run. */
    @Test
    void exchange_ofAUsedTokenAgainAndAgain_costsThePublisherNothing() {
        desk.publisher(PROJECT, settings(RUN));
        ExchangeLimits limits = new ExchangeLimits(
                new RateWindow(1_000, Duration.ofMinutes(5)),
                new RateWindow(3, Duration.ofMinutes(5)),
                new RateWindow(2, Duration.ofHours(1)));
        TokenExchange exchange = desk.exchange(desk.node(), desk.node().store(), builder -> builder.limits(limits));
        String used = desk.run(RUN).sign();
        PublishingDesk.exchanged(exchange.exchange(ExchangeRequest.of(used, RUNNER)));
        for (int i = 0; i < 5; i++) {
            assertThat(PublishingDesk.refused(exchange.exchange(ExchangeRequest.of(used, RUNNER)))
                            .refusal())
                    .isEqualTo(ExchangeRefusal.REUSED);
        }

        PublishingDesk.exchanged(
                exchange.exchange(ExchangeRequest.of(desk.run(RUN).sign(), RUNNER)));
        assertThrottled(exchange.exchange(ExchangeRequest.of(desk.run(RUN).sign(), RUNNER)), 3_600);
        assertThrottled(exchange.exchange(ExchangeRequest.of(desk.run(RUN).sign(), RUNNER)), 3_600);
    }

    @Test
    void exchange_fromMoreAddressesThanThereIsRoomFor_isStillAnsweredAndLimited() {
        ExchangeLimits limits = new ExchangeLimits(
                new RateWindow(1, Duration.ofMinutes(5)),
                new RateWindow(9, Duration.ofMinutes(5)),
                new RateWindow(9, Duration.ofHours(1)));
        EphemeralState full = (EphemeralState) Proxy.newProxyInstance(
                EphemeralState.class.getClassLoader(), new Class<?>[] {EphemeralState.class}, (proxy, method, all) -> {
                    if (all[0] instanceof StateSpace space && space.name().equals("publisher.refused-address")) {
                        throw new StateUnavailableException(StateUnavailableException.Reason.FULL, "full");
                    }
                    return method.invoke(desk.node().state(), all);
                });
        PublishingNode node = desk.node();
        TokenExchange exchange = desk.exchange(
                new PublishingNode(
                        node.store(),
                        node.publishers(),
                        node.pending(),
                        node.tokens(),
                        node.projects(),
                        node.addProject(),
                        full),
                node.store(),
                builder -> builder.limits(limits));
        for (int i = 0; i < 10; i++) {
            PublishingDesk.refused(exchange.exchange(ExchangeRequest.of("no-token", RUNNER)));
        }

        assertThrottled(exchange.exchange(ExchangeRequest.of("no-token", RUNNER)), 300);
    }

    @Test
    void build_withoutPermitOrRegistrants_fails() {
        TokenExchange.Builder bare = TokenExchange.builder(
                IdentityTokens.builder("pypi", url -> Optional.empty(), PublishingDesk.GITHUB.fetch())
                        .build(),
                PublisherProviders.standard(),
                desk.node().store(),
                desk.tokens(desk.node()),
                desk.node().state());

        assertThatIllegalStateException().isThrownBy(bare::build).withMessageContaining("permit");
        assertThatIllegalStateException()
                .isThrownBy(() -> bare.permit(attempt -> Optional.empty()).build())
                .withMessageContaining("registrants");
    }
}
