package dev.gatehouse.token;

import static dev.gatehouse.token.TokenIndex.ALICE;
import static dev.gatehouse.token.TokenIndex.NO_PROJECT;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.common.net.InetAddresses;
import dev.gatehouse.internal.Base64Url;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The order of a verification, its boundaries, and what it tells when. */
class ApiTokensVerifyTest {
    private static final TokenContext SAMPLE = TokenContext.about(TokenProject.of("sample"));

    private final TokenIndex index = TokenIndex.create();

    private static String signedWith(byte[] key, String location, String id, Caveat... caveats) {
        byte[] bare = Macaroon.create(new HmacSha256(), key, location.getBytes(US_ASCII), id.getBytes(US_ASCII));
        return ApiTokens.attenuate(TokenFormat.write("pypi", bare), List.of(caveats));
    }

    private RejectedToken rejected(String token) {
        return index.rejected(token, NO_PROJECT);
    }

    @Test
    void verify_aNewToken_isVerified() {
        Minting.Minted minted = index.mint();

        VerifiedToken verified = index.verified(minted.secret(), NO_PROJECT);

        assertThat(verified.token()).isEqualTo(minted.token());
        assertThat(verified.restrictions()).containsExactly(Caveats.requestUser("alice"));
        assertThat(verified.addedByBearer()).isEmpty();
        assertThat(verified.at()).isEqualTo(TokenIndex.START);
        assertThat(minted.secret()).startsWith("pypi" + "-").hasSizeBetween(85, 300);
    }

    @Test
    void verify_anUnknownIdAndAForgedSignature_giveEqualAnswers() {
        String id = index.mint().token().id();
        byte[] guess = new byte[32];
        Caveat expired = new StandardCaveat.Expiration(1, 0);
        RejectedToken unknown = rejected(signedWith(guess, "pypi.org", "7f6f1d6e-6c0f-4c1b-9a53-0b6e5a3a8d11"));

        assertThat(unknown.code()).isEqualTo(TokenRejection.NOT_GENUINE);
        assertThat(unknown.token()).isEmpty();
        assertThat(rejected(signedWith(guess, "pypi.org", id)))
                .isEqualTo(unknown)
                .hasToString(unknown.toString());
        assertThat(rejected(signedWith(guess, "pypi.org", id, expired))).isEqualTo(unknown);
        assertThat(rejected(signedWith(guess, "pypi.org", id)).text()).isEqualTo(unknown.text());
    }

    @Test
    void verify_aForgedTokenOfWhateverState_tellsNothing() {
        Minting.Minted minted = index.mint();
        String forged = signedWith(new byte[32], "pypi.org", minted.token().id());
        RejectedToken told = rejected(forged);

        index.standings.put(ALICE, OwnerStatus.Standing.FROZEN);
        assertThat(rejected(forged)).isEqualTo(told);
        index.tokens.revoke(minted.token().id(), ALICE, index.by());
        assertThat(rejected(forged)).isEqualTo(told);
        assertThat(rejected(minted.secret()).code()).isEqualTo(TokenRejection.REVOKED);
    }

    @Test
    void verify_anotherLocation_isNotGenuineUnlessAllowed() {
        byte[] key = new byte[32];
        ApiToken record = ApiToken.builder("old", ALICE, TokenReach.ACCOUNT, TokenIndex.START)
                .build();
        TokenIndex renamed = TokenIndex.create(settings -> settings.allowLocation("old.example"));
        renamed.put(record, key);
        index.put(record, key);

        assertThat(rejected(signedWith(key, "old.example", "old")).code()).isEqualTo(TokenRejection.NOT_GENUINE);
        renamed.verified(signedWith(key, "old.example", "old"), NO_PROJECT);
        renamed.verified(signedWith(key, "pypi.org", "old"), NO_PROJECT);
        assertThat(renamed.rejected(signedWith(key, "old.example2", "old"), NO_PROJECT)
                        .code())
                .isEqualTo(TokenRejection.NOT_GENUINE);
        assertThat(renamed.mint().secret())
                .startsWith(signedWith(key, "pypi.org", "x").substring(0, 18));
    }

    @Test
    void verify_anotherPrefix_isMalformed() {
        TokenIndex test = TokenIndex.create(settings -> settings.prefix("testpypi"));
        String secret = test.mint().secret();

        test.verified(secret, NO_PROJECT);
        assertThat(test.rejected(secret.substring(4), NO_PROJECT).code()).isEqualTo(TokenRejection.MALFORMED);
        assertThat(rejected(secret).code()).isEqualTo(TokenRejection.MALFORMED);
        assertThatIllegalArgumentException().isThrownBy(() -> TokenIndex.create(s -> s.prefix("my-index")));
    }

    @Test
    void verify_aTokenAroundItsEnd_isExpiredExactlyThen() {
        String secret = index.mint(index.request(ALICE, "short").lifetime(Duration.ofMinutes(15)))
                .secret();
        index.advance(Duration.ofMinutes(15).minusNanos(1));
        index.verified(secret, NO_PROJECT);
        index.advance(Duration.ofNanos(1));

        assertThat(rejected(secret).code()).isEqualTo(TokenRejection.EXPIRED);
        assertThat(rejected(secret).text()).isEqualTo("token is expired");
        assertThat(rejected(secret).token()).isPresent();
    }

    @Test
    void verify_anIdleToken_isRejectedExactlyWhenItsTimeIsOver() {
        String secret = index.mint(index.request(ALICE, "idle").idleTimeout(Duration.ofDays(30)))
                .secret();
        index.advance(Duration.ofDays(30).minusNanos(1));
        index.tokens.recordUse(index.verified(secret, NO_PROJECT));
        index.advance(Duration.ofDays(30).minus(Duration.ofNanos(1_000)));
        index.verified(secret, NO_PROJECT);
        index.advance(Duration.ofNanos(1_000));

        assertThat(rejected(secret).code()).isEqualTo(TokenRejection.IDLE);
    }

    @Test
    void verify_aFrozenOrMissingOwner_isRejected() {
        String secret = index.mint().secret();
        for (OwnerStatus.Standing standing : List.of(OwnerStatus.Standing.FROZEN, OwnerStatus.Standing.GONE)) {
            index.standings.put(ALICE, standing);
            assertThat(rejected(secret).code()).isEqualTo(TokenRejection.OWNER_FROZEN);
        }
        index.standings.put(ALICE, OwnerStatus.Standing.ACTIVE);
        index.verified(secret, NO_PROJECT);
    }

    @Test
    void verify_aSuspendedOwner_isRejectedUntilResumed() {
        String secret = index.mint().secret();
        index.tokens.suspendAll(ALICE, index.by());
        assertThat(rejected(secret).code()).isEqualTo(TokenRejection.OWNER_SUSPENDED);
        long version = index.tokens.ownerState(ALICE).version();
        index.tokens.resumeAll(ALICE, version, index.by());

        index.verified(secret, NO_PROJECT);
    }

    @Test
    void verify_anOwnerStatusThatFails_neverVerifies() {
        TokenIndex index = TokenIndex.create();
        String secret = index.mint().secret();
        for (OwnerStatus broken : List.<OwnerStatus>of(owner -> null, owner -> {
            throw new IllegalStateException("down");
        })) {
            ApiTokens tokens = ApiTokens.builder("pypi.org", index.repository, index.sealer, broken)
                    .clock(index.now::get)
                    .build();
            assertThatIllegalStateException().isThrownBy(() -> tokens.verify(secret, NO_PROJECT));
            assertThatIllegalStateException().isThrownBy(() -> tokens.open(secret, NO_PROJECT));
        }
    }

    @Test
    void verify_severalUnmetCaveats_reportsEachInOrder() {
        Minting.Minted minted = index.mintFor("sample");
        index.tokens.restrict(minted.token().id(), ALICE, Caveats.requestUser("bob"), index.by());
        byte[] raw = Macaroon.parse(Base64Url.decode(minted.secret(), 5))
                .attenuate(
                        new HmacSha256(),
                        List.of("[0,1,0]".getBytes(US_ASCII), "[]".getBytes(US_ASCII), "[77]".getBytes(US_ASCII)));

        RejectedToken rejected =
                index.rejected(TokenFormat.write("pypi", raw), TokenContext.about(TokenProject.of("Other")));

        assertThat(rejected.code()).isEqualTo(TokenRejection.CAVEATS);
        assertThat(rejected.unmet())
                .containsExactly(
                        new UnmetCaveat("ProjectName", "project-scoped token is not valid for project: 'Other'"),
                        new UnmetCaveat("Expiration", "token is expired"),
                        new UnmetCaveat("unknown", "caveat array cannot be empty"),
                        new UnmetCaveat("unknown", "caveat has unknown tag: 77"),
                        new UnmetCaveat("RequestUser", "current user does not match user restriction in token"));
        assertThat(rejected.text())
                .isEqualTo("project-scoped token is not valid for project: 'Other', token is expired, "
                        + "caveat array cannot be empty, caveat has unknown tag: 77, "
                        + "current user does not match user restriction in token");
        assertThat(rejected.toString()).doesNotContain("Other");
    }

    @Test
    void verify_aRestrictionOnRecordThatCannotBeRead_isRejected() {
        byte[] key = new byte[32];
        for (String stored : List.of("[424242,1]", "junk", "[3]")) {
            TokenIndex index = TokenIndex.create();
            index.put(
                    ApiToken.builder("t", ALICE, TokenReach.ACCOUNT, TokenIndex.START)
                            .restrictions(List.of(stored))
                            .build(),
                    key);

            assertThat(index.rejected(signedWith(key, "pypi.org", "t"), NO_PROJECT)
                            .code())
                    .as(stored)
                    .isEqualTo(TokenRejection.CAVEATS);
        }
    }

    @Test
    void verify_aCaveatOfTheHost_isCheckedAndItsFailureReachesTheCaller() {
        CaveatKinds kinds = CaveatKinds.standard()
                .with(new StandardCaveat.Kind(100_000, "Host", fields -> new HostCaveat(fields.text(0))));
        TokenIndex index = TokenIndex.create(settings -> settings.caveats(kinds));
        String secret = index.mint().secret();
        String night = ApiTokens.attenuate(secret, List.of(new HostCaveat("night")));

        index.verified(night, NO_PROJECT.withAttribute("shift", "night"));
        assertThat(index.rejected(night, NO_PROJECT).unmet()).containsExactly(new UnmetCaveat("Host", "wrong shift"));
        assertThat(index.rejected(ApiTokens.attenuate(secret, List.of(new HostCaveat("null"))), NO_PROJECT)
                        .text())
                .isEqualTo("unknown error");
        assertThat(index.rejected(ApiTokens.attenuate(secret, List.of(new HostCaveat("open"))), SAMPLE)
                        .code())
                .isEqualTo(TokenRejection.CAVEATS);
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        index.tokens.verify(ApiTokens.attenuate(secret, List.of(new HostCaveat("down"))), NO_PROJECT));
    }

    private record HostCaveat(String shift) implements Caveat {
        @Override
        public String name() {
            return "Host";
        }

        @Override
        public String json() {
            return CaveatText.array(100_000, shift);
        }

        @Override
        public CaveatCheck check(CaveatContext context) {
            return switch (shift) {
                case "null" -> null;
                case "open" -> CaveatCheck.needsProject();
                case "down" -> throw new IllegalStateException("down");
                default ->
                    Optional.of(shift).equals(context.request().attribute("shift"))
                            ? CaveatCheck.met()
                            : CaveatCheck.unmet("wrong shift");
            };
        }
    }

    @Test
    void open_aTokenForAProject_isCompletedForThatProjectAlone() {
        String secret = index.mintFor("sample").secret();

        OpenToken open = index.open(secret, NO_PROJECT);

        assertThat(open.waitsForProject()).isTrue();
        assertThat(open.token().reach()).isEqualTo(TokenReach.PROJECT);
        assertThat(open.complete(TokenProject.of("Sample"))).isInstanceOf(VerifiedToken.class);
        assertThat(TokenIndex.rejected(open.complete(TokenProject.of("other"))).code())
                .isEqualTo(TokenRejection.CAVEATS);
        assertThat(TokenIndex.rejected(open.completeWithoutProject()).text()).isEqualTo(StandardCaveat.OUTSIDE);
    }

    @Test
    void open_aTokenForWhicheverProject_waitsForNone() {
        OpenToken open = index.open(index.mint().secret(), NO_PROJECT);

        assertThat(open.waitsForProject()).isFalse();
        assertThat(open.completeWithoutProject()).isInstanceOf(VerifiedToken.class);
    }

    @Test
    void open_whatNoProjectCanMend_isRejectedAtOnce() {
        String secret = index.mintFor("sample").secret();
        List<String> bad = new ArrayList<>();
        bad.add(ApiTokens.attenuate(secret, List.of(new StandardCaveat.Expiration(1, 0))));
        bad.add(ApiTokens.attenuate(secret, List.of(Caveats.requestUser("bob"))));
        bad.add(ApiTokens.attenuate(secret, List.of(Caveats.addresses(List.of("192.0.2.0/24")))));
        bad.add(secret + "A");

        for (String token : bad) {
            assertThat(index.tokens.open(token, NO_PROJECT.from(InetAddresses.forString("198.51.100.7"))))
                    .isInstanceOf(RejectedToken.class);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> index.tokens.open(secret, SAMPLE));
    }

    @Test
    void complete_later_checksTheTimeAndTheOwnerAgain() {
        String secret = index.mint(index.request(ALICE, "short").lifetime(Duration.ofMinutes(15)))
                .secret();
        OpenToken open = index.open(secret, NO_PROJECT);
        index.standings.put(ALICE, OwnerStatus.Standing.FROZEN);
        assertThat(TokenIndex.rejected(open.complete(TokenProject.of("a"))).code())
                .isEqualTo(TokenRejection.OWNER_FROZEN);
        index.standings.clear();
        index.advance(Duration.ofMinutes(15));

        assertThat(TokenIndex.rejected(open.complete(TokenProject.of("a"))).code())
                .isEqualTo(TokenRejection.EXPIRED);
    }

    @Test
    void verify_aPublishersToken_standsForTheRunAndItsProjects() {
        TokenOwner publisher = TokenOwner.publisher("p1");
        TokenProject sample = TokenProject.of("sample").withId("id-1").withPublishers(Set.of("p1"));
        Minting.Minted minted = index.mint(MintRequest.builder(publisher, 0, index.by())
                .projects(List.of(sample))
                .lifetime(Duration.ofMinutes(15))
                .run(java.util.Map.of("ref", "refs/heads/main")));

        VerifiedToken verified = index.verified(minted.secret(), TokenContext.about(sample));
        assertThat(verified.token().owner()).isEqualTo(publisher);
        assertThat(verified.token().run()).containsEntry("ref", "refs/heads/main");
        assertThat(index.rejected(minted.secret(), TokenContext.about(sample.withPublishers(Set.of())))
                        .text())
                .isEqualTo("OIDC scoped token is not valid for project 'sample'");
    }

    @Test
    void verify_null_isACallersMistake() {
        assertThatExceptionOfType(NullPointerException.class).isThrownBy(() -> index.tokens.verify(null, NO_PROJECT));
        assertThatExceptionOfType(NullPointerException.class)
                .isThrownBy(() -> index.tokens.verify(index.mint().secret(), null));
    }
}
