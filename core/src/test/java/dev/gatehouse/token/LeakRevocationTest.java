package dev.gatehouse.token;

import static dev.gatehouse.token.TokenIndex.ALICE;
import static dev.gatehouse.token.TokenIndex.NO_PROJECT;
import static dev.gatehouse.token.TokenIndex.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.internal.Base64Url;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** A token that others have seen dies with all its copies; nothing else does. */
class LeakRevocationTest {
    private static final LeakSource SEEN = new LeakSource("GitHub", "https://example.org/a/b?x=1", "commit");

    @Provide
    Arbitrary<List<Caveat>> attenuations() {
        return Arbitraries.<Caveat>of(
                        new StandardCaveat.Expiration(START.getEpochSecond() - 1, 0),
                        new StandardCaveat.Expiration(Long.MAX_VALUE, START.getEpochSecond() + 1),
                        Caveats.projectNames(List.of("a")),
                        Caveats.projectNames(List.of()),
                        Caveats.requestUser("bob"),
                        Caveats.publisher("p1"),
                        Caveats.addresses(List.of("192.0.2.0/24")),
                        Caveats.madeWithTwoFactor(),
                        Caveats.singleUse("abcdefgh", START.plusSeconds(60)))
                .list()
                .ofMaxSize(6);
    }

    @Property(tries = 100)
    void reportLeak_ofAnyAttenuatedCopy_revokesTheToken(@ForAll("attenuations") List<Caveat> more) {
        TokenIndex index = TokenIndex.create();
        Minting.Minted minted = index.mint();
        String copy = ApiTokens.attenuate(minted.secret(), more);

        assertThat(index.tokens.reportLeak(copy, SEEN)).isEqualTo(new Leak.Revoked(minted.token()));

        assertThat(index.rejected(minted.secret(), NO_PROJECT).code()).isEqualTo(TokenRejection.REVOKED);
        assertThat(index.rejected(copy, NO_PROJECT).code()).isEqualTo(TokenRejection.REVOKED);
        assertThat(index.tokens.reportLeak(minted.secret(), SEEN)).isInstanceOf(Leak.AlreadyRevoked.class);
        assertThat(removals(index)).hasSize(1);
    }

    /** The identifier is in the clear: whoever knows it must not be able to revoke the token. */
    @Property(tries = 200)
    void reportLeak_ofAForgedTokenWithAKnownId_revokesNothing(
            @ForAll("attenuations") List<Caveat> more, @ForAll @IntRange(max = 255) int octet) {
        TokenIndex index = TokenIndex.create();
        Minting.Minted minted = index.mint();
        byte[] wrongKey = new byte[ApiTokens.KEY_BYTES];
        wrongKey[octet % wrongKey.length] = (byte) octet;
        byte[] forged = Macaroon.create(
                new HmacSha256(),
                wrongKey,
                TokenIndex.LOCATION.getBytes(StandardCharsets.US_ASCII),
                minted.token().id().getBytes(StandardCharsets.US_ASCII));

        assertThat(index.tokens.reportLeak(ApiTokens.attenuate(TokenFormat.write("pypi", forged), more), SEEN))
                .isInstanceOf(Leak.NotGenuine.class);

        assertThat(index.verified(minted.secret(), NO_PROJECT).token().revoked())
                .isEmpty();
        assertThat(removals(index)).isEmpty();
    }

    /** The location is not signed; whatever else is changed, the chain does not verify any more. */
    @Example
    void reportLeak_withAnyOneBitChanged_revokesOnlyIfTheLocationAloneDiffers() {
        TokenIndex index = TokenIndex.create();
        Minting.Minted minted = index.mintFor("sample");
        byte[] raw = Base64Url.decode(minted.secret(), 5);
        int location = 3;
        for (int bit = 0; bit < 8 * raw.length; bit++) {
            int at = bit / 8;
            byte[] changed = raw.clone();
            changed[at] ^= (byte) (1 << (bit % 8));
            if (at < location || at >= location + TokenIndex.LOCATION.length()) {
                assertThat(index.tokens.reportLeak(TokenFormat.write("pypi", changed), SEEN))
                        .as("bit %d", bit)
                        .isInstanceOf(Leak.NotGenuine.class);
            }
        }
        assertThat(removals(index)).isEmpty();
        raw[location] ^= 1;
        assertThat(index.tokens.reportLeak(TokenFormat.write("pypi", raw), SEEN))
                .isInstanceOf(Leak.Revoked.class);
    }

    @Property(tries = 200)
    void reportLeak_ofAnyText_revokesNothing(@ForAll String text) {
        TokenIndex index = TokenIndex.create();
        index.mint();

        assertThat(index.tokens.reportLeak(text, SEEN)).isInstanceOf(Leak.NotGenuine.class);
        assertThat(index.tokens.reportLeak("pypi-" + text, SEEN)).isInstanceOf(Leak.NotGenuine.class);
        assertThat(removals(index)).isEmpty();
    }

    @Example
    void reportLeak_withAnotherPrefixPaddingOrBlanks_revokesTheToken() {
        for (String each : List.of(" %s\r\n", "%s=", "%s==", "old_%s", "\u2003%s")) {
            TokenIndex index = TokenIndex.create();

            assertThat(index.tokens.reportLeak(each.formatted(index.mint().secret()), SEEN))
                    .as(each)
                    .isInstanceOf(Leak.Revoked.class);
        }
    }

    @Example
    void fold_ofEachResult_appliesTheFunctionThatFits() {
        ApiToken token = TokenIndex.create().mint().token();

        assertThat(List.of(new Leak.Revoked(token), new Leak.AlreadyRevoked(token), new Leak.NotGenuine()))
                .extracting(leak -> leak.<String>fold(
                        revoked -> "revoked " + revoked.token().id(),
                        already -> "already " + already.token().id(),
                        not -> "not genuine"))
                .containsExactly("revoked " + token.id(), "already " + token.id(), "not genuine");
    }

    @Example
    void reportLeak_ofATokenThatCannotBeUsed_revokesItAllTheSame() {
        TokenIndex index = TokenIndex.create();
        Minting.Minted expired = index.mint(index.request(ALICE, "short").lifetime(Duration.ofSeconds(1)));
        Minting.Minted idle = index.mint(index.request(ALICE, "idle").idleTimeout(Duration.ofSeconds(1)));
        Minting.Minted live = index.mint();
        index.advance(Duration.ofHours(1));
        index.standings.put(ALICE, OwnerStatus.Standing.GONE);
        index.tokens.suspendAll(ALICE, index.by());

        for (Minting.Minted each : List.of(expired, idle, live)) {
            assertThat(index.tokens.reportLeak(each.secret(), SEEN)).isInstanceOf(Leak.Revoked.class);
            assertThat(index.rejected(each.secret(), NO_PROJECT).code()).isEqualTo(TokenRejection.REVOKED);
        }
    }

    @Example
    void reportLeak_ofAnAccountsToken_tellsOwnerOriginAndPlace() {
        TokenIndex index = TokenIndex.create();
        Minting.Minted minted = index.mintFor("sample");

        index.tokens.reportLeak(minted.secret(), SEEN);

        AuditEvent told = removals(index).get(0);
        assertThat(told.tag()).isEqualTo(AuditTag.TOKEN_REMOVED_LEAK);
        assertThat(told.at()).isEqualTo(START);
        assertThat(told.account()).contains("alice");
        assertThat(told.subject()).contains(minted.token().id());
        assertThat(told.actor()).contains("GitHub");
        assertThat(told.attributes())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "origin", "GitHub",
                        "url", "https://example.org/a/b?x=1",
                        "source", "commit",
                        "name", "for sample",
                        "reach", "project",
                        "caveats", "[1,[\"sample\"]]",
                        "projects", "sample"));
    }

    @Example
    void reportLeak_ofARunsToken_isToldOfItsProjects() {
        TokenIndex index = TokenIndex.create();
        Minting.Minted minted = index.mint(MintRequest.builder(TokenOwner.publisher("p1"), 0, index.by())
                .projects(List.of(
                        TokenProject.of("a").withId("1"), TokenProject.of("b").withId("2"))));

        assertThat(index.tokens.reportLeak(minted.secret(), new LeakSource("deps.dev", "", null)))
                .isInstanceOf(Leak.Revoked.class);

        AuditEvent told = index.events.events().get(1);
        assertThat(told.tag()).isEqualTo(AuditTag.PROJECT_TOKEN_REMOVED);
        assertThat(told.account()).isEmpty();
        assertThat(told.attributes())
                .containsEntry("owner", "publisher:p1")
                .containsEntry("reason", "leak")
                .containsEntry("projects", "a,b")
                .doesNotContainKeys("name", "source");
    }

    /** A run's token may be good for many projects; each has owners who have to be told. */
    @Example
    void reportLeak_ofATokenForManyProjects_namesEachOfThem() {
        TokenIndex index = TokenIndex.create();
        List<String> names =
                IntStream.range(0, 100).mapToObj(i -> "a-project-of-many-" + i).toList();
        Minting.Minted minted = index.mint(MintRequest.builder(TokenOwner.publisher("p1"), 0, index.by())
                .projects(names.stream().map(TokenProject::of).toList()));

        index.tokens.reportLeak(minted.secret(), SEEN);

        assertThat(named(index)).containsExactlyInAnyOrderElementsOf(names);
    }

    /** An event has sixteen attributes at most: what has no room is cut, and can be seen to be. */
    @Example
    void reportLeak_ofATokenForMoreProjectsThanHaveRoom_isRecordedWithThoseThatHave() {
        TokenIndex index = TokenIndex.create();
        List<String> names =
                IntStream.range(0, 39).mapToObj(i -> "p".repeat(190) + i).toList();
        Minting.Minted minted = index.mint(MintRequest.builder(TokenOwner.publisher("p1"), 0, index.by())
                .projects(names.stream().map(TokenProject::of).toList()));

        index.tokens.reportLeak(minted.secret(), SEEN);

        List<String> named = named(index);
        assertThat(named).hasSizeGreaterThan(30);
        assertThat(names)
                .containsAll(
                        named.stream().filter(name -> !name.endsWith("\u2026")).toList());
        assertThat(named.stream().filter(name -> name.endsWith("\u2026"))).hasSize(1);
    }

    private static List<String> named(TokenIndex index) {
        return removed(index).attributes().entrySet().stream()
                .filter(attribute -> attribute.getKey().matches("projects(\\.[0-9]+)?"))
                .flatMap(attribute -> Stream.of(attribute.getValue().split(",")))
                .toList();
    }

    private static AuditEvent removed(TokenIndex index) {
        return index.events.events().get(1);
    }

    @Example
    void reportLeak_ofAnOrganizationsToken_tellsWhose() {
        TokenIndex index = TokenIndex.create();
        Minting.Minted minted = index.mint(MintRequest.builder(TokenOwner.organization("org"), 0, index.by())
                .name("o"));

        index.tokens.reportLeak(minted.secret(), SEEN);

        AuditEvent told = index.events.events().get(1);
        assertThat(told.tag()).isEqualTo(AuditTag.TOKEN_REMOVED_LEAK);
        assertThat(told.attributes()).containsEntry("owner", "organization:org").doesNotContainKey("projects");
    }

    /** Reports come from outside, and what they found is often in the address too. */
    @Example
    void reportLeak_withTheTokenInItsAddress_recordsNoToken() {
        TokenIndex index = TokenIndex.create();
        Minting.Minted minted = index.mint();

        index.tokens.reportLeak(
                minted.secret(),
                new LeakSource("GitHub", "https://example.org/?t=" + minted.secret(), minted.secret()));

        assertThat(removals(index).get(0).toString())
                .contains("[credential]")
                .doesNotContain(minted.secret().substring(30, 60));
    }

    @Example
    void reportLeak_whereTheStoreAnswersForAnotherId_revokesNothing() {
        TokenIndex mine = TokenIndex.create();
        Minting.Minted other = mine.mint();
        TokenIndex index = TokenIndex.behind(real -> intercepted(
                real, "find", arguments -> mine.repository.find(other.token().id())));
        Minting.Minted minted = index.mint();

        assertThat(index.tokens.reportLeak(minted.secret(), SEEN)).isInstanceOf(Leak.NotGenuine.class);
        assertThat(removals(mine)).isEmpty();
        assertThat(removals(index)).isEmpty();
    }

    @Example
    void reportLeak_whereTheStoreFailsOrIsSilent_isAnError() {
        for (String method : List.of("find", "revoke")) {
            TokenIndex failing = TokenIndex.behind(real -> intercepted(real, method, arguments -> {
                throw new IllegalStateException("down");
            }));
            TokenIndex silent = TokenIndex.behind(real -> intercepted(real, method, arguments -> null));
            for (TokenIndex index : List.of(failing, silent)) {
                String secret = index.mint().secret();
                assertThatThrownBy(() -> index.tokens.reportLeak(secret, SEEN))
                        .isInstanceOf(IllegalStateException.class);
                assertThat(removals(index)).isEmpty();
            }
        }
    }

    @Example
    void reportLeak_whereTheEventCannotBeWritten_revokesNothing() {
        InMemoryApiTokenRepository[] repository = new InMemoryApiTokenRepository[1];
        AuditSink sink = event -> {
            if (event.tag().equals(AuditTag.TOKEN_REMOVED_LEAK)) {
                throw new IllegalStateException("no space");
            }
        };
        TokenIndex index = TokenIndex.behind(real -> repository[0] = InMemoryApiTokenRepository.create(sink));
        Minting.Minted minted = index.mint();

        assertThatThrownBy(() -> index.tokens.reportLeak(minted.secret(), SEEN))
                .isInstanceOf(IllegalStateException.class);

        assertThat(repository[0].find(minted.token().id()).orElseThrow().token().revoked())
                .isEmpty();
        assertThat(index.tokens.verify(minted.secret(), NO_PROJECT)).isInstanceOf(VerifiedToken.class);
    }

    @Example
    void reportLeak_ofATokenPurgedMeanwhile_isNoToken() {
        TokenIndex index = TokenIndex.behind(
                real -> intercepted(real, "revoke", arguments -> ApiTokenRepository.Change.NOT_FOUND));

        assertThat(index.tokens.reportLeak(index.mint().secret(), SEEN)).isInstanceOf(Leak.NotGenuine.class);
    }

    @Example
    void leakSource_withoutAnOrigin_isACallersMistake() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LeakSource(" ", "", null));
        assertThatIllegalArgumentException().isThrownBy(() -> new LeakSource("x".repeat(256), "", null));
        assertThatThrownBy(() -> index().reportLeak(null, SEEN)).isInstanceOf(NullPointerException.class);
    }

    private static ApiTokens index() {
        return TokenIndex.create().tokens;
    }

    private static List<AuditEvent> removals(TokenIndex index) {
        return index.events.events().stream()
                .filter(event -> !event.tag().equals(AuditTag.TOKEN_ADDED)
                        && !event.tag().equals(AuditTag.TOKEN_CHANGED))
                .toList();
    }

    private interface Answer {
        Object of(Object[] arguments);
    }

    private static ApiTokenRepository intercepted(ApiTokenRepository real, String method, Answer answer) {
        return (ApiTokenRepository) Proxy.newProxyInstance(
                LeakRevocationTest.class.getClassLoader(),
                new Class<?>[] {ApiTokenRepository.class},
                (proxy, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        return answer.of(arguments);
                    }
                    try {
                        return called.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
