package dev.gatehouse.token;

import static dev.gatehouse.token.TokenIndex.ALICE;
import static dev.gatehouse.token.TokenIndex.NO_PROJECT;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.internal.Base64Url;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Failures that other indexes have had with API tokens, one test for each public report that concerns this package. */
class TokenFieldFailuresTest {
    private final TokenIndex index = TokenIndex.create();

    /** O31: a secret with a line end from a CI variable. The header layer strips it; here it is refused, not guessed at. */
    @Test
    void verify_withWhiteSpaceAround_isMalformedAndVerifiedOnceStripped() {
        String secret = index.mint().secret();
        for (String around : List.of(secret + "\n", " " + secret + " ", secret + "\r\n", "\t" + secret)) {
            assertThat(index.rejected(around, NO_PROJECT).code()).isEqualTo(TokenRejection.MALFORMED);
            index.verified(around.strip(), NO_PROJECT);
        }
    }

    /** O32: garbage that became a server error. */
    @Test
    void verify_garbage_isMalformed() {
        String prefix = "pypi" + "-";
        String version1 = Base64Url.encode(
                "000elocation \n0034identifier a\u00991f4a-1ad3-478a-b9cf-d0555920f1c7\n000fsignature \n"
                        .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        String secret = index.mint().secret();
        List<String> garbage = new ArrayList<>(List.of(
                "", "-", "pypi", prefix, prefix + "aaaa", prefix + version1, prefix + "\u0000", "\ud800" + prefix));
        IntStream.range(0, secret.length()).forEach(end -> garbage.add(secret.substring(0, end)));
        garbage.add(prefix + "A".repeat(TokenFormat.MAX_TOKEN));
        garbage.add(prefix + "A".repeat(10_000_000));

        for (String text : garbage) {
            assertThat(index.rejected(text, NO_PROJECT).code()).isEqualTo(TokenRejection.MALFORMED);
        }
    }

    /** O33: a caveat that holds a name in one spelling, an upload that uses another. */
    @Test
    void verify_aNameInAnotherSpelling_isVerified() {
        String secret =
                ApiTokens.attenuate(index.mint().secret(), List.of(Caveats.projectNames(List.of("sample-project"))));
        index.verified(secret, TokenContext.about(TokenProject.of("Sample.Project")));
        index.verified(secret, TokenContext.about(TokenProject.of("sample__project")));
        String other =
                ApiTokens.attenuate(index.mintFor("x").secret(), List.of(Caveats.projectNames(List.of("X..x", "X"))));

        index.verified(other, TokenContext.about(TokenProject.of("x")));
    }

    /** O33, for an index with other rules: the normaliser is the host's. */
    @Test
    void verify_withTheHostsSpelling_comparesAsItSays() {
        TokenIndex exact = TokenIndex.create(settings -> settings.projectNames(name -> name));
        String secret = exact.mintFor("Sample").secret();

        exact.verified(secret, TokenContext.about(TokenProject.of("Sample")));
        assertThat(exact.rejected(secret, TokenContext.about(TokenProject.of("sample")))
                        .code())
                .isEqualTo(TokenRejection.CAVEATS);
    }

    /** A token without a caveat, whose record restricts it to project {@code a}. */
    private String restrictedOnRecord() {
        byte[] key = new byte[32];
        index.put(
                ApiToken.builder("t", ALICE, TokenReach.PROJECT, TokenIndex.START)
                        .restrictions(List.of("[1,[\"a\"]]"))
                        .build(),
                key);
        return TokenFormat.write(
                "pypi", Macaroon.create(new HmacSha256(), key, "pypi.org".getBytes(US_ASCII), "t".getBytes(US_ASCII)));
    }

    /** O34: restrictions in the database that nobody checked. */
    @Test
    void verify_aRestrictionOnRecordAlone_binds() {
        String bare = restrictedOnRecord();

        index.verified(bare, TokenContext.about(TokenProject.of("a")));
        assertThat(index.rejected(bare, TokenContext.about(TokenProject.of("b")))
                        .text())
                .isEqualTo("project-scoped token is not valid for project: 'b'");
        assertThat(index.rejected(bare, NO_PROJECT).code()).isEqualTo(TokenRejection.CAVEATS);
        assertThat(TokenIndex.rejected(index.open(bare, NO_PROJECT).complete(TokenProject.of("b")))
                        .code())
                .isEqualTo(TokenRejection.CAVEATS);
    }

    /** O34, and near to it: a restriction on record that looks like the token's own is another. */
    @Test
    void verify_aRestrictionOnRecordOfTheSameLength_bindsBesideTheTokensOwn() {
        String bare = restrictedOnRecord();
        TokenContext a = TokenContext.about(TokenProject.of("a"));
        TokenContext b = TokenContext.about(TokenProject.of("b"));
        String same = ApiTokens.attenuate(bare, List.of(Caveats.projectNames(List.of("a"))));
        String other = ApiTokens.attenuate(bare, List.of(Caveats.projectNames(List.of("b"))));

        assertThat(index.verified(same, a).restrictions()).hasSize(1);
        assertThat(index.rejected(other, a).unmet()).hasSize(1);
        assertThat(index.rejected(other, b).unmet()).hasSize(1);
        assertThat(index.rejected(same, b).unmet()).hasSize(1);
    }

    /** O34: a restriction added later binds the copies that were handed out before. */
    @Test
    void restrict_aTokenInUse_bindsAllItsCopies() {
        Minting.Minted minted = index.mint();
        TokenContext other = TokenContext.about(TokenProject.of("b"));
        index.verified(minted.secret(), other);
        index.tokens.restrict(minted.token().id(), ALICE, Caveats.projectNames(List.of("a")), index.by());

        assertThat(index.rejected(minted.secret(), other).code()).isEqualTo(TokenRejection.CAVEATS);
        index.verified(minted.secret(), TokenContext.about(TokenProject.of("a")));
    }

    /** O34: restrictions without end would make a record that cannot be read any more. */
    @Test
    void restrict_beyondTheBound_isRefusedAndLeavesTheTokenUsable() {
        Minting.Minted minted = index.mint();
        String id = minted.token().id();
        for (int i = 1; i < ApiToken.MAX_RESTRICTIONS; i++) {
            index.tokens.restrict(id, ALICE, Caveats.projectNames(List.of("a", "b" + i)), index.by());
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.tokens.restrict(id, ALICE, Caveats.madeWithTwoFactor(), index.by()));

        assertThat(index.verified(minted.secret(), TokenContext.about(TokenProject.of("a")))
                        .restrictions())
                .hasSize(ApiToken.MAX_RESTRICTIONS);
        assertThat(index.events.events()).hasSize(ApiToken.MAX_RESTRICTIONS);
    }

    /** O35: a frozen account that could still upload by token. */
    @Test
    void verify_ofAFrozenOwner_isRejectedOnEveryPath() {
        Minting.Minted minted = index.mint();
        OpenToken open = index.open(minted.secret(), NO_PROJECT);
        index.standings.put(ALICE, OwnerStatus.Standing.FROZEN);

        assertThat(index.rejected(minted.secret(), NO_PROJECT).code()).isEqualTo(TokenRejection.OWNER_FROZEN);
        assertThat(index.tokens.open(minted.secret(), NO_PROJECT)).isInstanceOf(RejectedToken.class);
        assertThat(TokenIndex.rejected(open.completeWithoutProject()).code()).isEqualTo(TokenRejection.OWNER_FROZEN);
        assertThat(index.tokens.mint(index.request(ALICE, "new").build()))
                .isEqualTo(new Minting.NotMinted(Minting.Obstacle.OWNER_FROZEN));
    }

    /** O36: a token attenuated 200 times, of 12 KiB. */
    @Test
    void verify_a12KiBTokenOf200Caveats_isVerified() {
        String secret = ApiTokens.attenuate(
                index.mint().secret(),
                IntStream.range(0, 199)
                        .mapToObj(i -> Caveats.projectNames(List.of("sample", "padding-of-a-certain-length-" + i)))
                        .toList());
        assertThat(secret).hasSizeBetween(12 * 1024, TokenFormat.MAX_TOKEN);

        assertThat(index.verified(secret, TokenContext.about(TokenProject.of("sample")))
                        .restrictions())
                .hasSize(200);
    }

    /** O36: one HMAC for the first key, one for the identifier, one for each caveat, however many. */
    @Test
    void expectedSignature_ofManyCaveats_takesOneHmacEach() {
        byte[] key = new byte[32];
        for (int count : new int[] {0, 1, 200, 512}) {
            byte[] bare = Macaroon.create(new HmacSha256(), key, "pypi.org".getBytes(US_ASCII), "t".getBytes(US_ASCII));
            Macaroon macaroon = Macaroon.parse(Macaroon.parse(bare)
                    .attenuate(
                            new HmacSha256(),
                            IntStream.range(0, count)
                                    .mapToObj(i -> ("[0," + i + ",0]").getBytes(US_ASCII))
                                    .toList()));
            HmacSha256 hmac = new HmacSha256();
            assertThat(macaroon.expectedSignature(hmac, key)).isEqualTo(macaroon.signature());

            assertThat(hmac.runs()).isEqualTo(2 + count);
        }
    }

    /** O36: what is over the limits is refused before any cryptography, and cannot be made. */
    @Test
    void parse_overTheLimits_isMalformed() {
        byte[] bare =
                Macaroon.create(new HmacSha256(), new byte[32], "pypi.org".getBytes(US_ASCII), "t".getBytes(US_ASCII));
        Macaroon macaroon = Macaroon.parse(bare);
        List<byte[]> most =
                IntStream.range(0, 512).mapToObj(i -> new byte[] {'x'}).toList();
        List<byte[]> more =
                IntStream.range(0, 513).mapToObj(i -> new byte[] {'x'}).toList();

        assertThat(Macaroon.parse(macaroon.attenuate(new HmacSha256(), most))).isNotNull();
        assertThat(Macaroon.parse(macaroon.attenuate(new HmacSha256(), more))).isNull();
        assertThat(Macaroon.parse(macaroon.attenuate(new HmacSha256(), List.of(new byte[8_192]))))
                .isNotNull();
        assertThat(Macaroon.parse(macaroon.attenuate(new HmacSha256(), List.of(new byte[8_193]))))
                .isNull();
        assertThat(Macaroon.parse(macaroon.attenuate(new HmacSha256(), List.of(new byte[0]))))
                .isNull();
        assertThat(parseWith("pypi.org", "x".repeat(64))).isNotNull();
        assertThat(parseWith("pypi.org", "x".repeat(65))).isNull();
        assertThat(parseWith("l".repeat(255), "x")).isNotNull();
        assertThat(parseWith("l".repeat(256), "x")).isNull();
        assertThat(parseWith("", "x")).isNull();
        assertThat(parseWith("pypi.org", "")).isNull();
        assertThat(parseWith("pypi.org", "a b")).isNull();
        assertThat(parseWith("pypi.org", "a\u007f")).isNull();
        assertThat(parseWith("pypi.org", "!~").identifier()).isEqualTo("!~");
    }

    private static Macaroon parseWith(String location, String id) {
        return Macaroon.parse(
                Macaroon.create(new HmacSha256(), new byte[32], location.getBytes(US_ASCII), id.getBytes(US_ASCII)));
    }

    /** Row 22 of the security requirements: third-party caveats and forms that only a lenient reader takes. */
    @Test
    void parse_formsOfALenientReader_isMalformed() {
        byte[] sound = Macaroon.create(new HmacSha256(), new byte[32], "ab".getBytes(US_ASCII), "t".getBytes(US_ASCII));
        byte[] head = {2, 1, 2, 'a', 'b', 2, 1, 't', 0};
        byte[] tail = new byte[34];
        tail[0] = 6;
        tail[1] = 32;
        assertThat(Macaroon.parse(sound)).isNotNull();
        assertThat(Macaroon.parse(join(head, new byte[] {2, 1, 'c', 0}, new byte[] {0}, tail)))
                .as("a caveat")
                .isNotNull();
        assertThat(Macaroon.parse(join(head, new byte[] {1, 1, 'l', 2, 1, 'c', 0}, new byte[] {0}, tail)))
                .as("a caveat with a location")
                .isNull();
        assertThat(Macaroon.parse(join(head, new byte[] {2, 1, 'c', 4, 1, 'v', 0}, new byte[] {0}, tail)))
                .as("a caveat with a verification id")
                .isNull();
        assertThat(Macaroon.parse(join(head, new byte[] {2, 1, 'c', 2, 1, 'd', 0}, new byte[] {0}, tail)))
                .as("a caveat with two identifiers")
                .isNull();
        assertThat(Macaroon.parse(join(head, new byte[] {3, 1, 'c', 0}, new byte[] {0}, tail)))
                .as("a field of an unknown type")
                .isNull();
        assertThat(Macaroon.parse(join(head, new byte[] {2, (byte) 0x81, 0, 'c', 0}, new byte[] {0}, tail)))
                .as("a length with a superfluous octet")
                .isNull();
        assertThat(Macaroon.parse(join(head, new byte[] {2, 0, 1}, new byte[128], new byte[] {0, 0}, tail)))
                .as("a length that ends and goes on")
                .isNull();
        assertThat(Macaroon.parse(join(head, new byte[] {2, -1, -1, -1, -1, 127, 'c', 0}, new byte[] {0}, tail)))
                .as("a length beyond all limits")
                .isNull();
        assertThat(Macaroon.parse(join(new byte[] {2, 2, 1, 't', 0, 0}, tail)))
                .as("no location")
                .isNull();
        assertThat(Macaroon.parse(join(new byte[] {2, 1, 1, 'l', 1, 1, 'l', 2, 1, 't', 0, 0}, tail)))
                .as("two locations")
                .isNull();
        assertThat(Macaroon.parse(join(head, new byte[] {0}, tail, tail)))
                .as("two signatures")
                .isNull();
        assertThat(Macaroon.parse(join(head, new byte[] {0}, new byte[] {6, 31}, new byte[31])))
                .as("a short signature")
                .isNull();
    }

    private static byte[] join(byte[]... parts) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** An expiry in the far past or future is no trouble for arithmetic. */
    @Test
    void verify_anExtremeExpiration_isWhatItSays() {
        String secret = index.mint().secret();
        index.verified(
                ApiTokens.attenuate(secret, List.of(new StandardCaveat.Expiration(Long.MAX_VALUE, Long.MIN_VALUE))),
                NO_PROJECT);
        assertThat(index.rejected(
                                ApiTokens.attenuate(secret, List.of(new StandardCaveat.Expiration(Long.MIN_VALUE, 0))),
                                NO_PROJECT)
                        .text())
                .isEqualTo("token is expired");
        index.verified(
                ApiTokens.attenuate(secret, List.of(Caveats.expiration(Instant.EPOCH, Instant.MAX))), NO_PROJECT);
    }
}
