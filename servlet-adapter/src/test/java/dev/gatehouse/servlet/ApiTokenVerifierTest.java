package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.policy.Fact;
import dev.gatehouse.policy.Lifetime;
import dev.gatehouse.policy.PolicyControls;
import dev.gatehouse.policy.Supplied;
import dev.gatehouse.policy.ThingValues;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.Reach;
import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.servlet.TokenVerifier.Accepted;
import dev.gatehouse.servlet.TokenVerifier.Answer;
import dev.gatehouse.servlet.TokenVerifier.Open;
import dev.gatehouse.servlet.TokenVerifier.Rejected;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.testkit.MutableClock;
import dev.gatehouse.token.ApiTokens;
import dev.gatehouse.token.Caveats;
import dev.gatehouse.token.InMemoryApiTokenRepository;
import dev.gatehouse.token.MintRequest;
import dev.gatehouse.token.Minting.Minted;
import dev.gatehouse.token.OwnerStatus;
import dev.gatehouse.token.Requester;
import dev.gatehouse.token.TokenOwner;
import dev.gatehouse.token.TokenProject;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApiTokenVerifierTest {
    private static final TokenOwner ALICE = TokenOwner.account("id-alice");
    private static final Requester BY = Requester.of("test");
    private static final TokenUse NO_PROJECT = new TokenUse(Optional.empty(), false, "192.0.2.1");
    private static final TokenUse STILL_OPEN = new TokenUse(Optional.empty(), true, "192.0.2.1");

    private final MutableClock clock = MutableClock.at(TestHost.NOW);
    private final ApiTokens tokens = ApiTokens.builder(
                    "index.test",
                    InMemoryApiTokenRepository.create(event -> {}),
                    new Sealer(KeyRing.sealingWith("k1", SecretBytes.copyOf(new byte[32]))
                            .build()),
                    owner -> OwnerStatus.Standing.ACTIVE)
            .clock(clock)
            .singleUse(EphemeralState.singleNode(AuditSink.slf4j()))
            .build();
    private final ApiTokenVerifier verifier = ApiTokenVerifier.of(tokens, new ApiTokenVerifier.Directory() {
        @Override
        public Optional<String> accountName(String accountId) {
            return accountId.equals("id-gone") ? Optional.empty() : Optional.of(accountId.substring(3));
        }

        @Override
        public TokenProject project(String name) {
            TokenProject project = TokenProject.of(name).withId("id-" + name);
            return name.equals("foo") ? project.withPublishers(Set.of("pub-1")) : project;
        }
    });

    private Minted mint(TokenOwner owner, UnaryOperator<MintRequest.Builder> more) {
        return (Minted) tokens.mint(
                more.apply(MintRequest.builder(owner, tokens.ownerState(owner).version(), BY)
                                .name("token"))
                        .build());
    }

    private static TokenUse on(String project) {
        return new TokenUse(Optional.of(project), false, "192.0.2.1");
    }

    @Test
    void accountsToken_always_tellsWhatItsRecordSays() {
        Minted minted = mint(ALICE, m -> m.labels(Set.of("legacy")).lifetime(Duration.ofDays(90)));
        clock.advance(Duration.ofDays(3));

        Accepted accepted = (Accepted) verifier.verify(minted.secret(), NO_PROJECT);

        assertThat(accepted.identity())
                .isEqualTo(Identity.account(CredentialKind.API_TOKEN, "id-alice", "alice")
                        .byToken(minted.token().id()));
        assertThat(accepted.credential().kind()).isEqualTo(CredentialKind.API_TOKEN);
        assertThat(accepted.credential().labels()).containsExactly("legacy");
        assertThat(accepted.credential().created()).isEqualTo(Fact.of(TestHost.NOW));
        assertThat(accepted.credential().reach()).isEqualTo(Fact.of(Reach.ACCOUNT));
        assertThat(accepted.credential().lifetime()).isEqualTo(Fact.of(Lifetime.of(Duration.ofDays(90))));
        assertThat(accepted.credential().idle(clock.instant())).isEqualTo(Fact.of(Duration.ofDays(3)));
        assertThat(accepted.run().provider().isAbsent()).isTrue();

        assertThat(accepted.use().get()).isEmpty();
        clock.advance(Duration.ofDays(2));
        assertThat(((Accepted) verifier.verify(minted.secret(), NO_PROJECT))
                        .credential()
                        .idle(clock.instant()))
                .isEqualTo(Fact.of(Duration.ofDays(2)));
    }

    @Test
    void publishersToken_always_provesARunAndNoAccount() {
        Minted minted = mint(
                TokenOwner.publisher("pub-1"),
                m -> m.projects(List.of(TokenProject.of("foo").withId("id-foo")))
                        .run(Map.of("provider", "github", "event", "push", "ref", "refs/tags/v1")));

        Accepted accepted = (Accepted) verifier.verify(minted.secret(), on("foo"));

        assertThat(accepted.identity().accountId()).isEmpty();
        assertThat(accepted.credential().kind()).isEqualTo(CredentialKind.TRUSTED_PUBLISHER);
        assertThat(accepted.run().provider()).isEqualTo(Fact.of("github"));
        assertThat(accepted.run().event()).isEqualTo(Fact.of("push"));
        assertThat(accepted.run().ref()).isEqualTo(Fact.of("tag"));
        assertThat(verifier.verify(minted.secret(), on("bar"))).isInstanceOf(Rejected.class);
    }

    @Test
    void organizationsToken_always_hasNoAccount() {
        Accepted accepted = (Accepted)
                verifier.verify(mint(TokenOwner.organization("org-1"), m -> m).secret(), NO_PROJECT);

        assertThat(accepted.identity().accountId()).isEmpty();
        assertThat(accepted.credential().isWithoutAccount()).isTrue();
        assertThat(accepted.credential().kind()).isEqualTo(CredentialKind.API_TOKEN);
    }

    @Test
    void token_ofAnAccountThatIsGone_isRejected() {
        Minted minted = mint(TokenOwner.account("id-gone"), m -> m);

        assertThat(verifier.verify(minted.secret(), NO_PROJECT)).isInstanceOf(Rejected.class);
        assertThat(verifier.verify(minted.secret(), STILL_OPEN)).isInstanceOf(Rejected.class);
    }

    @Test
    void tokenThatIsNotGenuine_whateverIsWrong_getsOneAnswer() {
        Minted minted = mint(ALICE, m -> m);
        String secret = minted.secret();
        char last = secret.charAt(secret.length() - 2);
        String changed = secret.substring(0, secret.length() - 2)
                + (last == 'A' ? 'B' : 'A')
                + secret.substring(secret.length() - 1);

        Answer malformed = verifier.verify("pypi-garbage", NO_PROJECT);
        assertThat(malformed).isInstanceOf(Rejected.class);
        assertThat(verifier.verify(changed, NO_PROJECT)).isEqualTo(malformed);
        assertThat(verifier.verify(changed, STILL_OPEN)).isEqualTo(malformed);
        assertThat(verifier.verify(secret.substring(5), NO_PROJECT)).isEqualTo(malformed);
        tokens.revoke(minted.token().id(), ALICE, BY);
        assertThat(verifier.verify(changed, NO_PROJECT)).isEqualTo(malformed);
        assertThat(verifier.verify(secret, NO_PROJECT)).isNotEqualTo(malformed);
    }

    @Test
    void tokenOfAProject_isCheckedAgainstTheProjectThatIsWritten() {
        Minted minted =
                mint(ALICE, m -> m.projects(List.of(TokenProject.of("foo").withId("id-foo"))));

        assertThat(verifier.verify(minted.secret(), on("foo"))).isInstanceOf(Accepted.class);
        assertThat(verifier.verify(minted.secret(), on("bar"))).isInstanceOf(Rejected.class);
        assertThat(verifier.verify(minted.secret(), NO_PROJECT)).isInstanceOf(Rejected.class);

        Open open = (Open) verifier.verify(minted.secret(), STILL_OPEN);
        assertThat(open.completion().apply(Optional.of("foo"))).isInstanceOf(Accepted.class);
        assertThat(open.completion().apply(Optional.of("bar"))).isInstanceOf(Rejected.class);
        assertThat(open.completion().apply(Optional.empty())).isInstanceOf(Rejected.class);
    }

    @Test
    void tokenOfAnAddress_isCheckedAgainstTheConnection() {
        Minted minted = mint(ALICE, m -> m.restrictions(List.of(Caveats.addresses(List.of("192.0.2.0/24")))));

        assertThat(verifier.verify(minted.secret(), NO_PROJECT)).isInstanceOf(Accepted.class);
        for (String address : List.of("198.51.100.1", "localhost", "", "no-address", "::1")) {
            assertThat(verifier.verify(minted.secret(), new TokenUse(Optional.empty(), false, address)))
                    .as(address)
                    .isInstanceOf(Rejected.class);
        }
    }

    @Test
    void use_ofATokenThatWasRevokedSince_isRejected() {
        Minted minted = mint(ALICE, m -> m);
        Accepted accepted = (Accepted) verifier.verify(minted.secret(), NO_PROJECT);
        assertThat(accepted.use().get()).isEmpty();

        tokens.revoke(minted.token().id(), ALICE, BY);

        assertThat(accepted.use().get()).isPresent();
        assertThat(((Open) opened(mint(ALICE, m -> m.name("other"))))
                        .soFar()
                        .use()
                        .get())
                .as("an open token is used at its completion")
                .isEmpty();
    }

    @Test
    void use_ofATokenThatIsGoodForOne_isTakenOnceAndOnlyWhenPermitted() {
        String secret = ApiTokens.attenuate(
                mint(ALICE, m -> m).secret(),
                List.of(Caveats.singleUse("nonce-01", clock.instant().plusSeconds(60))));
        Open open = (Open) verifier.verify(secret, STILL_OPEN);
        Accepted refused = (Accepted) verifier.verify(secret, NO_PROJECT);
        Accepted permitted = (Accepted) open.completion().apply(Optional.empty());
        assertThat(refused.identity()).isEqualTo(permitted.identity());

        assertThat(permitted.use().get()).isEmpty();
        assertThat(((Accepted) open.completion().apply(Optional.empty())).use().get())
                .as("a transaction that is tried again")
                .isEmpty();
        assertThat(((Accepted) verifier.verify(secret, NO_PROJECT)).use().get())
                .map(Rejected::code)
                .contains("SINGLE_USE");
    }

    private Completion completed(OpenDecision open, String project) {
        ThingValues facts =
                ThingValues.builder("id-foo-bar", "Foo_Bar").flags(Set.of()).build();
        return open.complete(OpenTarget.of(Action.PUBLISH_FILE).project(project, facts));
    }

    private OpenDecision judged(Gate gate, String secret, @Nullable String project) {
        HttpServletRequest request = GateTest.request("Bearer " + secret);
        Route route = Route.api(Action.PUBLISH_FILE).projectAt(1).open();
        return Objects.requireNonNull(((Outcome) gate.judge(request, route, project)).open());
    }

    /** A transaction that is tried again may find the project under the name that it was registered with. */
    @Test
    void complete_ofAnOpenRequestWithATokenThatIsGoodForOne_isOneUseHoweverOften() {
        TestIndex index = new TestIndex();
        Gate gate = new Gate(
                new PolicyDecider(
                        TwoFactorPolicy.builder(TestIndex.definition())
                                .clock(clock)
                                .supplies(Supplied.everything(
                                        TestIndex.definition().vocabulary()))
                                .controls(PolicyControls.of(Map.of(
                                        "project-requirement",
                                        false,
                                        "mandate-available",
                                        false,
                                        "mandate-enabled",
                                        false)))
                                .build(),
                        () -> true),
                index.host,
                verifier,
                index.host,
                new AnswerWriter(Answers.of(Pages.none())),
                new SecureRandom());
        int count = 0;
        for (String path : new String[] {null, "foo-bar"}) {
            String secret = ApiTokens.attenuate(
                    mint(ALICE, m -> m.name("upload " + path).projects(List.of(TokenProject.of("foo-bar"))))
                            .secret(),
                    List.of(Caveats.singleUse(
                            "nonce-0" + count++, clock.instant().plusSeconds(60))));
            OpenDecision open = judged(gate, secret, path);
            OpenDecision other = judged(gate, secret, path);

            for (String spelling : List.of("Foo_Bar", "foo-bar", "Foo_Bar")) {
                assertThat(completed(open, spelling))
                        .as(path + " " + spelling)
                        .isInstanceOf(Completion.Permitted.class);
            }
            assertThat(completed(other, "foo-bar"))
                    .isInstanceOfSatisfying(
                            Completion.Refused.class,
                            refused -> assertThat(refused.text()).contains("used"));
        }
    }

    private Answer opened(Minted minted) {
        return verifier.verify(minted.secret(), STILL_OPEN);
    }
}
