package dev.gatehouse.token;

import static dev.gatehouse.token.TokenIndex.ALICE;
import static dev.gatehouse.token.TokenIndex.NO_PROJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.KeyRotation;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.token.ApiTokenRepository.Change;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Minting, and the life of a token between minting and revocation. */
class ApiTokensMintTest {
    private final TokenIndex index = TokenIndex.create();

    private Minting tryMint(MintRequest.Builder request) {
        return index.tokens.mint(request.build());
    }

    @Test
    void mint_withEverything_recordsIt() {
        Minting.Minted minted = index.mint(index.request(ALICE, "release")
                .lifetime(Duration.ofDays(90))
                .idleTimeout(Duration.ofDays(30))
                .labels(Set.of("granular"))
                .madeWithTwoFactor()
                .projects(List.of(
                        TokenProject.of("Sample.Project").withId("1"),
                        TokenProject.of("b").withId("2")))
                .restrictions(List.of(Caveats.addresses(List.of("192.0.2.0/24")))));

        ApiToken token = minted.token();
        assertThat(token.id()).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(token.owner()).isEqualTo(ALICE);
        assertThat(token.name()).contains("release");
        assertThat(token.created()).isEqualTo(TokenIndex.START);
        assertThat(token.lifetime()).contains(Duration.ofDays(90));
        assertThat(token.expires()).contains(TokenIndex.START.plus(Duration.ofDays(90)));
        assertThat(token.idleFrom()).contains(TokenIndex.START.plus(Duration.ofDays(30)));
        assertThat(token.labels()).containsExactly("granular");
        assertThat(token.madeWithTwoFactor()).isTrue();
        assertThat(token.reach()).isEqualTo(TokenReach.PROJECTS);
        assertThat(token.lastUsed()).isEmpty();
        assertThat(token.revoked()).isEmpty();
        assertThat(token.restrictions())
                .containsExactly("[1,[\"sample-project\",\"b\"]]", "[2,[\"1\",\"2\"]]", "[1000,[\"192.0.2.0/24\"]]");
        assertThat(minted).hasToString("Minted[" + token + "]");
        assertThat(index.events.events().get(0).attributes())
                .containsEntry("expires", "2024-02-12T22:13:20Z")
                .containsEntry("made_with_2fa", "true")
                .containsEntry("reach", "projects");
        assertThat(index.tokens.list(ALICE)).containsExactly(token);
        assertThat(index.repository.find(token.id()).orElseThrow().token()).isEqualTo(token);
    }

    @Test
    void mint_forEachScope_hasItsReachAndCaveats() {
        ApiToken account = index.mint().token();
        assertThat(account.reach()).isEqualTo(TokenReach.ACCOUNT);
        assertThat(account.restrictions()).containsExactly("[3,\"alice\"]");
        assertThat(index.mintFor("a").token().reach()).isEqualTo(TokenReach.PROJECT);
        assertThat(index.mintFor("b").token().restrictions()).containsExactly("[1,[\"b\"]]");
        ApiToken organization =
                index.mint(index.request(TokenOwner.organization("o"), "org")).token();
        assertThat(organization.reach()).isEqualTo(TokenReach.ORGANIZATION);
        assertThat(organization.restrictions()).isEmpty();
        ApiToken pattern = index.mint(index.request(ALICE, "pattern")
                        .reach(TokenReach.PATTERN)
                        .restrictions(List.of(Caveats.madeWithTwoFactor())))
                .token();
        assertThat(pattern.reach()).isEqualTo(TokenReach.PATTERN);
        ApiToken publisher = index.mint(MintRequest.builder(TokenOwner.publisher("p"), 0, index.by())
                        .projects(List.of(TokenProject.of("a").withId("1")))
                        .run(Map.of("sha", "")))
                .token();
        assertThat(publisher.reach()).isEqualTo(TokenReach.PROJECT);
        assertThat(publisher.restrictions()).containsExactly("[4,\"p\"]", "[1,[\"a\"]]", "[2,[\"1\"]]");
        assertThat(publisher.name()).isEmpty();
        assertThat(publisher.run()).containsOnly(Map.entry("sha", ""));
    }

    @Test
    void mint_always_isRecordedWithoutItsSecret() {
        Minting.Minted minted = index.mintFor("a");

        AuditEvent event = index.events.events().get(0);
        assertThat(event.tag()).isEqualTo(AuditTag.TOKEN_ADDED);
        assertThat(event.account()).contains("alice");
        assertThat(event.actor()).contains("alice");
        assertThat(event.subject()).contains(minted.token().id());
        assertThat(event.attributes())
                .containsEntry("name", "for a")
                .containsEntry("projects", "a")
                .containsEntry("caveats", "[1,[\"a\"]]");
        assertThat(event.toString()).doesNotContain(minted.secret());
        assertThat(minted.toString()).doesNotContain(minted.secret());
        assertThat(index.repository.find(minted.token().id()).orElseThrow().toString())
                .doesNotContain(minted.secret());
    }

    @Test
    void mint_manyTokens_neverRepeatsAnIdOrASecret() {
        Set<String> seen = new TreeSet<>();
        for (int i = 0; i < 50; i++) {
            Minting.Minted minted = index.mintFor("p" + i);
            assertThat(seen.add(minted.token().id())).isTrue();
            assertThat(seen.add(minted.secret().substring(minted.secret().length() - 43)))
                    .isTrue();
        }
    }

    @Test
    void mint_aNameInUse_isRefusedUntilTheOtherIsRevoked() {
        ApiToken first = index.mint().token();

        assertThat(tryMint(index.request(ALICE, "ci"))).isEqualTo(new Minting.NotMinted(Minting.Obstacle.NAME_TAKEN));
        assertThat(index.events.events()).hasSize(1);
        index.tokens.revoke(first.id(), ALICE, index.by());
        index.mint();
    }

    @Test
    void mint_afterTheOwnerHasChanged_isRefused() {
        MintRequest.Builder decidedBefore = index.request(ALICE, "ci");
        index.tokens.ownerChanged(ALICE, index.by());

        assertThat(tryMint(decidedBefore)).isEqualTo(new Minting.NotMinted(Minting.Obstacle.OWNER_CHANGED));
        index.mint();
        MintRequest.Builder beforeSuspension = index.request(ALICE, "other");
        index.tokens.suspendAll(ALICE, index.by());
        assertThat(tryMint(beforeSuspension)).isEqualTo(new Minting.NotMinted(Minting.Obstacle.OWNER_CHANGED));
        assertThat(tryMint(index.request(ALICE, "other")))
                .isEqualTo(new Minting.NotMinted(Minting.Obstacle.OWNER_CHANGED));
        long version = index.tokens.ownerState(ALICE).version();
        assertThat(index.tokens.resumeAll(ALICE, version - 1, index.by())).isEqualTo(Change.UNCHANGED);
        assertThat(index.tokens.resumeAll(ALICE, version, index.by())).isEqualTo(Change.CHANGED);
        index.mint(index.request(ALICE, "other"));
    }

    @Test
    void build_anIncompleteRequest_isRefused() {
        MintRequest.Builder named = index.request(ALICE, "ci");

        assertThatIllegalStateException()
                .isThrownBy(() -> MintRequest.builder(ALICE, 0, index.by()).build());
        assertThatIllegalStateException()
                .isThrownBy(() -> MintRequest.builder(TokenOwner.publisher("p"), 0, index.by())
                        .build());
        assertThatIllegalStateException()
                .isThrownBy(() -> named.reach(TokenReach.PATTERN).build());
        assertThatIllegalStateException()
                .isThrownBy(() -> index.request(ALICE, "ci")
                        .reach(TokenReach.PATTERN)
                        .restrictions(List.of(Caveats.madeWithTwoFactor()))
                        .projects(List.of(TokenProject.of("a")))
                        .build());
        assertThatIllegalArgumentException().isThrownBy(() -> named.reach(TokenReach.ACCOUNT));
    }

    @Test
    void mint_overALimit_isACallersMistake() {
        List<MintRequest.Builder> bad = List.of(
                index.request(ALICE, " "),
                index.request(ALICE, "x".repeat(101)),
                index.request(ALICE, "ci").lifetime(Duration.ofMillis(1_500)),
                index.request(ALICE, "ci").lifetime(Duration.ZERO),
                index.request(ALICE, "ci").idleTimeout(Duration.ofSeconds(-1)),
                index.request(ALICE, "ci").lifetime(Duration.ofDays(36_501)),
                index.request(ALICE, "ci").labels(Set.of("Upper")),
                index.request(ALICE, "ci").restrictions(List.of(Caveats.requestUser("x".repeat(9_000)))));

        for (MintRequest.Builder request : bad) {
            assertThatIllegalArgumentException().isThrownBy(() -> tryMint(request));
        }
        assertThat(index.events.events()).isEmpty();
    }

    @Test
    void mint_withACaveatThatIsNotReadBack_isACallersMistake() {
        for (String json : List.of("[77]", "junk", "[1,[\"a\"]]", "[3,\"alice\"] ")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> tryMint(index.request(ALICE, "ci").restrictions(List.of(new Foreign(json)))));
        }
        assertThat(index.events.events()).isEmpty();
    }

    private record Foreign(String json) implements Caveat {
        @Override
        public String name() {
            return "Foreign";
        }

        @Override
        public CaveatCheck check(CaveatContext context) {
            return CaveatCheck.met();
        }
    }

    @Test
    void revoke_aToken_endsItAndItsAttenuations() {
        Minting.Minted minted = index.mint();
        String attenuated = ApiTokens.attenuate(minted.secret(), List.of(Caveats.requestUser("alice")));
        TokenOwner bob = TokenOwner.account("bob");

        assertThat(index.tokens.revoke(minted.token().id(), bob, index.by())).isEqualTo(Change.NOT_FOUND);
        index.verified(attenuated, NO_PROJECT);
        assertThat(index.tokens.revoke(minted.token().id(), ALICE, index.by())).isEqualTo(Change.CHANGED);
        assertThat(index.tokens.revoke(minted.token().id(), ALICE, index.by())).isEqualTo(Change.UNCHANGED);
        assertThat(index.rejected(minted.secret(), NO_PROJECT).code()).isEqualTo(TokenRejection.REVOKED);
        assertThat(index.rejected(attenuated, NO_PROJECT).code()).isEqualTo(TokenRejection.REVOKED);
        assertThat(index.tokens.list(ALICE)).isEmpty();
        assertThat(index.events.events().get(1).tag()).isEqualTo(AuditTag.TOKEN_REMOVED);
        assertThat(index.events.events()).hasSize(2);
    }

    @Test
    void verify_afterTheRootKeysWereSealedAnew_goesOn() {
        String secret = index.mint().secret();
        KeyRing both = KeyRing.sealingWith("k2", SecretBytes.copyOf(key(2)))
                .opening("k1", SecretBytes.copyOf(new byte[32]))
                .build();
        Sealer sealer = new Sealer(both);
        new KeyRotation(sealer, List.of(index.repository), index.now::get).reseal(progress -> {});
        KeyRing newOnly = KeyRing.sealingWith("k2", SecretBytes.copyOf(key(2)))
                .retired("k1")
                .build();

        for (KeyRing ring : List.of(both, newOnly)) {
            ApiTokens tokens = ApiTokens.builder(
                            "pypi.org", index.repository, new Sealer(ring), owner -> OwnerStatus.Standing.ACTIVE)
                    .clock(index.now::get)
                    .build();
            assertThat(tokens.verify(secret, NO_PROJECT)).isInstanceOf(VerifiedToken.class);
        }
        assertThat(index.repository.sealedRowsByKey()).containsOnly(Map.entry("k2", 1L));
    }

    private static byte[] key(int fill) {
        byte[] key = new byte[32];
        java.util.Arrays.fill(key, (byte) fill);
        return key;
    }

    @Test
    void builder_usedAgain_leavesWhatItBuiltAlone() {
        ApiTokens.Builder builder = ApiTokens.builder(
                        "pypi.org", index.repository, index.sealer, owner -> OwnerStatus.Standing.ACTIVE)
                .clock(index.now::get);
        ApiTokens first = builder.build();
        builder.prefix("other")
                .projectNames(name -> "all")
                .caveats(CaveatKinds.standard())
                .allowLocation("x");
        String secret = index.mintFor("a").secret();

        assertThat(first.verify(secret, TokenContext.about(TokenProject.of("a"))))
                .isInstanceOf(VerifiedToken.class);
        assertThat(first.verify(secret, TokenContext.about(TokenProject.of("b"))))
                .isInstanceOf(RejectedToken.class);
    }

    @Test
    void owner_inItsText_isReadBack() {
        for (TokenOwner owner :
                List.of(TokenOwner.account("a:b"), TokenOwner.organization("o"), TokenOwner.publisher("p \u00e9"))) {
            assertThat(TokenOwner.parse(owner.text())).isEqualTo(owner);
        }
        for (String text : List.of("", "account", "account:", "person:x", ":x")) {
            assertThatIllegalArgumentException().isThrownBy(() -> TokenOwner.parse(text));
        }
        assertThat(TokenReach.of("projects")).isEqualTo(Optional.of(TokenReach.PROJECTS));
        assertThat(TokenReach.of("all")).isEmpty();
    }
}
