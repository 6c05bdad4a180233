package dev.gatehouse.token;

import static dev.gatehouse.token.TokenIndex.ALICE;
import static dev.gatehouse.token.TokenIndex.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.net.InetAddresses;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a bearer may add, what that changes, and what it never changes. */
class AttenuationTest {
    private static final List<TokenContext> REQUESTS = List.of(
            TokenContext.withoutProject(),
            TokenContext.about(TokenProject.of("a").withId("1")),
            TokenContext.about(TokenProject.of("B").withId("2")).from(InetAddresses.forString("192.0.2.7")),
            TokenContext.about(TokenProject.of("c")).from(InetAddresses.forString("2001:db8::1")));

    private static final TokenIndex INDEX = TokenIndex.create();
    private static final List<String> TOKENS = List.of(
            INDEX.mint().secret(),
            INDEX.mint(INDEX.request(ALICE, "second factor").madeWithTwoFactor())
                    .secret(),
            INDEX.mintFor("a").secret(),
            INDEX.mint(INDEX.request(ALICE, "two").projects(List.of(TokenProject.of("a"), TokenProject.of("b"))))
                    .secret(),
            INDEX.mint(MintRequest.builder(TokenOwner.organization("org"), 0, INDEX.by())
                            .name("org")
                            .labels(Set.of("granular")))
                    .secret(),
            restrictedOnRecord(Caveats.projectNames(List.of("b"))),
            restrictedOnRecord(Caveats.expiration(Instant.EPOCH, START)));

    /** A token that bears nothing of a restriction which the server's record has. */
    private static String restrictedOnRecord(Caveat restriction) {
        Minting.Minted minted = INDEX.mint(INDEX.request(ALICE, "restricted " + restriction.name()));
        INDEX.tokens.restrict(minted.token().id(), ALICE, restriction, INDEX.by());
        return minted.secret();
    }

    @Provide
    Arbitrary<Caveat> caveats() {
        return Arbitraries.of(
                new StandardCaveat.Expiration(START.getEpochSecond() + 1, 0),
                new StandardCaveat.Expiration(START.getEpochSecond(), 0),
                new StandardCaveat.Expiration(Long.MAX_VALUE, START.getEpochSecond() + 1),
                Caveats.projectNames(List.of("a")),
                Caveats.projectNames(List.of("B", "c")),
                Caveats.projectNames(List.of()),
                Caveats.projectIds(List.of("1")),
                Caveats.projectIds(List.of("1", "2")),
                Caveats.requestUser("alice"),
                Caveats.requestUser("bob"),
                Caveats.publisher("p1"),
                new StandardCaveat.AnyUser(),
                Caveats.addresses(List.of("192.0.2.0/24")),
                Caveats.addresses(List.of("0.0.0.0/0", "::/0")),
                Caveats.madeWithTwoFactor(),
                new Raw("[77]"),
                new Raw("junk"));
    }

    /** A text that no kind reads. */
    private record Raw(String json) implements Caveat {
        @Override
        public String name() {
            return "Raw";
        }

        @Override
        public CaveatCheck check(CaveatContext context) {
            throw new AssertionError("never read");
        }
    }

    private static boolean verifies(String token, TokenContext request) {
        return INDEX.tokens.verify(token, request) instanceof VerifiedToken;
    }

    @Property
    void attenuate_withWhatever_neverWidens(@ForAll("lists") List<Caveat> first, @ForAll("caveats") Caveat more) {
        for (String token : TOKENS) {
            String once = ApiTokens.attenuate(token, first);
            String twice = ApiTokens.attenuate(once, List.of(more));
            for (TokenContext request : REQUESTS) {
                if (verifies(twice, request)) {
                    assertThat(verifies(once, request)).isTrue();
                }
                if (verifies(once, request)) {
                    assertThat(verifies(token, request)).isTrue();
                }
            }
        }
    }

    @Example
    void attenuate_withAWiderOneOfTheSameKind_widensNothing() {
        String secret = INDEX.mint(INDEX.request(ALICE, "of the same kind")).secret();
        Caveat later = Caveats.expiration(Instant.EPOCH, Instant.ofEpochSecond(START.getEpochSecond() + 60));
        for (List<Caveat> both : List.of(
                List.of(Caveats.projectNames(List.of("b")), Caveats.projectNames(List.of("a", "b"))),
                List.of(Caveats.expiration(Instant.EPOCH, START), later))) {
            assertThat(verifies(ApiTokens.attenuate(secret, both), REQUESTS.get(1)))
                    .isFalse();
            assertThat(verifies(ApiTokens.attenuate(secret, both.subList(1, 2)), REQUESTS.get(1)))
                    .isTrue();
        }
    }

    @Example
    void attenuate_withWhatNoKindReads_makesATokenThatNeverVerifies() {
        String secret = INDEX.mint(INDEX.request(ALICE, "unread")).secret();
        for (String json : List.of("[77]", "junk", "{}", "[]", "[0,1]")) {
            assertThat(verifies(ApiTokens.attenuate(secret, List.of(new Raw(json))), REQUESTS.get(1)))
                    .as(json)
                    .isFalse();
        }
    }

    @Provide
    Arbitrary<List<Caveat>> lists() {
        return caveats().list().ofMaxSize(4);
    }

    /** Row 1 of the security requirements: what a policy reads is the server's record, whatever a bearer adds. */
    @Property
    void attenuate_withWhatever_neverChangesWhatAPolicyReads(@ForAll("lists") List<Caveat> more) {
        for (String token : TOKENS) {
            String attenuated = ApiTokens.attenuate(token, more);
            for (TokenContext request : REQUESTS) {
                ApiToken bare = record(INDEX.tokens.verify(token, request));
                assertThat(record(INDEX.tokens.verify(attenuated, request))).isEqualTo(bare);
                assertThat(bare)
                        .isEqualTo(
                                INDEX.repository.find(bare.id()).orElseThrow().token());
            }
        }
    }

    private static ApiToken record(TokenVerification result) {
        return result.fold(VerifiedToken::token, rejected -> rejected.token().orElseThrow());
    }

    /** Open and then complete is verify. */
    @Property
    void complete_withAProject_saysWhatVerifySays(@ForAll("lists") List<Caveat> more) {
        for (String token : TOKENS) {
            String attenuated = ApiTokens.attenuate(token, more);
            for (TokenContext request : REQUESTS) {
                TokenContext withoutProject = request.address()
                        .map(TokenContext.withoutProject()::from)
                        .orElse(TokenContext.withoutProject());
                boolean completed = INDEX.tokens
                        .open(attenuated, withoutProject)
                        .foldOpen(
                                open -> (request.project().isPresent()
                                                ? open.complete(
                                                        request.project().get())
                                                : open.completeWithoutProject())
                                        instanceof VerifiedToken,
                                rejected -> false);

                assertThat(completed).isEqualTo(verifies(attenuated, request));
            }
        }
    }

    /** Order of caveats never changes the answer, only the order of the report. */
    @Property
    void verify_caveatsInAnotherOrder_saysTheSame(@ForAll("lists") List<Caveat> caveats) {
        List<Caveat> reversed = new ArrayList<>(caveats);
        java.util.Collections.reverse(reversed);
        for (TokenContext request : REQUESTS) {
            assertThat(verifies(ApiTokens.attenuate(TOKENS.get(0), reversed), request))
                    .isEqualTo(verifies(ApiTokens.attenuate(TOKENS.get(0), caveats), request));
        }
    }

    /** Warehouse's table of what was issued, what the token carries, and what of it the bearer added. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [1,["foo"]]                  |                                 |
            [1,["foo"]]                  | [1,["foo"]]                     |
            [1,["foo"]];[0,2,1]          | [1,["foo"]];[0,2,1]             |
            [1,["foo"]];[0,2,1]          | [0,2,1];[1,["foo"]]             |
            [1,["foo"]]                  | [1,["foo"]];[0,2,1]             | Expiration
            [1,["foo","bar"]]            | [1,["foo"]]                     | ProjectName
            [1,["foo"]]                  | [1,["foo"]];[1,["foo"]]         | ProjectName
            [1,["foo"]];[1,["foo"]]      | [1,["foo"]]                     |
                                         | {"version":1,"permissions":{"projects":["foo"]}} | ProjectName
            [1,["foo"]]                  | {"version":1,"permissions":{"projects":["foo"]}} |
                                         | [9999]                          | unknown
                                         | []                              | unknown
                                         | [[1],2]                         | unknown
                                         | not json at all                 | unknown
                                         | {"nothing":"we can adapt"}      | unknown
            [1,["foo"]]                  | [3,"a"];[9999];[0,2,1];[9999]   | RequestUser;unknown;Expiration;unknown
            """)
    void added_forEachRow_isWhatTheBearerAdded(String issued, String embedded, String added) {
        assertThat(CheckedCaveats.added(read(embedded), read(issued)))
                .isEqualTo(added == null ? List.of() : Arrays.asList(added.split(";")));
    }

    private static List<CaveatReading> read(String texts) {
        return texts == null
                ? List.of()
                : Arrays.stream(texts.split(";"))
                        .map(CaveatKinds.standard()::read)
                        .toList();
    }

    @Example
    void addedByBearer_ofAnAttenuatedToken_namesTheAdditions() {
        String secret = ApiTokens.attenuate(
                TOKENS.get(2),
                List.of(Caveats.projectNames(List.of("a", "b")), new StandardCaveat.Expiration(Long.MAX_VALUE, 0)));

        assertThat(INDEX.verified(secret, REQUESTS.get(1)).addedByBearer())
                .containsExactly("ProjectName", "Expiration");
    }

    @Example
    void attenuate_whatIsNoToken_isRefusedWithoutItsText() {
        for (String text : List.of("", "pypi", "nothing-secret", "my index-AAAA", TOKENS.get(0) + "!")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ApiTokens.attenuate(text, List.of()))
                    .withMessage("token: malformed");
        }
    }

    @Example
    void attenuate_beyondTheLimits_isRefused() {
        List<Caveat> many = IntStream.range(0, 512)
                .mapToObj(i -> Caveats.requestUser("u" + i))
                .map(Caveat.class::cast)
                .toList();
        List<Caveat> large = IntStream.range(0, 4)
                .mapToObj(i -> Caveats.requestUser("u".repeat(8_000)))
                .map(Caveat.class::cast)
                .toList();

        ApiTokens.attenuate(TOKENS.get(0), many.subList(0, 511));
        assertThatIllegalArgumentException().isThrownBy(() -> ApiTokens.attenuate(TOKENS.get(0), many));
        assertThatIllegalArgumentException().isThrownBy(() -> ApiTokens.attenuate(TOKENS.get(0), large));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiTokens.attenuate(TOKENS.get(0), List.of(new Raw("x".repeat(8_193)))));
        assertThatIllegalArgumentException().isThrownBy(() -> ApiTokens.attenuate(TOKENS.get(0), List.of(new Raw(""))));
    }

    @Example
    void attenuate_caveatsOfEachLength_keepsThemAsTheyAre() {
        for (int length : new int[] {1, 127, 128, 129, 8_191, 8_192}) {
            String secret = ApiTokens.attenuate(TOKENS.get(0), List.of(new Raw("x".repeat(length))));
            Macaroon macaroon = TokenFormat.parse(secret, "pypi");

            assertThat(macaroon.caveatCount()).isEqualTo(2);
            assertThat(macaroon.caveatTo(1) - macaroon.caveatFrom(1)).isEqualTo(length);
        }
    }

    @Example
    void attenuate_upToTheLongestToken_isVerifiedAndNoFurther() {
        TokenContext sample = TokenContext.about(TokenProject.of("a"));
        String longest = TOKENS.get(0);
        while (longest.length() < TokenFormat.MAX_TOKEN - 8_000) {
            longest = ApiTokens.attenuate(longest, List.of(padding(4_000)));
        }
        int length = 4_000;
        String most = longest;
        while (most.length() < TokenFormat.MAX_TOKEN) {
            most = ApiTokens.attenuate(longest, List.of(padding(length++)));
        }
        String before = longest;
        int more = length;

        assertThat(most).hasSize(TokenFormat.MAX_TOKEN);
        INDEX.verified(most, sample);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiTokens.attenuate(before, List.of(padding(more))))
                .withMessage("more: over 32768 characters");
    }

    private static Caveat padding(int length) {
        return Caveats.projectNames(List.of("a", "x".repeat(length)));
    }

    @Example
    void attenuate_withNothing_givesTheSameToken() {
        assertThat(ApiTokens.attenuate(TOKENS.get(0), List.of())).isEqualTo(TOKENS.get(0));
    }
}
