package dev.gatehouse.token;

import static dev.gatehouse.token.TokenIndex.NO_PROJECT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.internal.Base64Url;
import dev.gatehouse.internal.StrictJson;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Laws of the form: a token has one text, any change of it is refused, and nothing that is no token does anything worse. */
class TokenFormTest {
    private static final TokenIndex INDEX = TokenIndex.create();
    private static final String TOKEN = ApiTokens.attenuate(
            INDEX.mint().secret(), List.of(Caveats.projectNames(List.of("a", "b")), Caveats.madeWithTwoFactor()));

    private static final String PLAIN = INDEX.mintFor("sample").secret();
    private static final TokenContext SAMPLE = TokenContext.about(TokenProject.of("sample"));

    @Example
    void verify_withAnyOneBitChangedInItsBytes_isRejected() {
        byte[] raw = Base64Url.decode(PLAIN, 5);
        INDEX.verified(PLAIN, SAMPLE);
        for (int bit = 0; bit < 8 * raw.length; bit++) {
            byte[] changed = raw.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));

            assertRefusedAsUnproven(TokenFormat.write("pypi", changed));
        }
    }

    @Example
    void verify_withAnyOneBitChangedInItsText_isRejected() {
        for (int bit = 0; bit < 16 * PLAIN.length(); bit++) {
            char[] changed = PLAIN.toCharArray();
            changed[bit / 16] ^= (char) (1 << (bit % 16));

            assertRefusedAsUnproven(new String(changed));
        }
    }

    @Example
    void verify_withAnyCharacterTakenAwayOrPutIn_isRejected() {
        for (int i = 0; i < PLAIN.length(); i++) {
            assertRefusedAsUnproven(PLAIN.substring(0, i) + PLAIN.substring(i + 1));
            assertRefusedAsUnproven(PLAIN.substring(0, i));
            for (String more : List.of("A", "=", "-", "\n", " ", "\0", "\u00e9")) {
                assertRefusedAsUnproven(PLAIN.substring(0, i) + more + PLAIN.substring(i));
            }
        }
        for (String more : List.of("A", "AA", "AAA", "AAAA", "=", "==", "\n", " ", "\r\n")) {
            assertRefusedAsUnproven(PLAIN + more);
        }
    }

    private static void assertRefusedAsUnproven(String token) {
        RejectedToken rejected = INDEX.rejected(token, SAMPLE);
        assertThat(rejected.code()).isIn(TokenRejection.MALFORMED, TokenRejection.NOT_GENUINE);
        assertThat(rejected.token()).isEmpty();
        assertThat(rejected.unmet()).isEmpty();
    }

    @Property
    void verify_ofAnyText_isRejectedAndThrowsNothing(@ForAll String text) {
        assertRefusedAsUnproven(text);
        assertRefusedAsUnproven("pypi-" + text);
        assertThat(INDEX.tokens.open(text, NO_PROJECT)).isInstanceOf(RejectedToken.class);
    }

    @Property
    void verify_ofAnyBytes_isRejectedAndThrowsNothing(@ForAll @Size(max = 200) byte[] raw) {
        assertRefusedAsUnproven(TokenFormat.write("pypi", raw));
    }

    @Property(tries = 5_000)
    void verify_ofATokenWithBytesReplaced_isRejectedAndThrowsNothing(@ForAll("changes") List<Integer> changes) {
        byte[] raw = Base64Url.decode(TOKEN, 5);
        byte[] changed = raw.clone();
        for (int i = 0; i + 1 < changes.size(); i += 2) {
            changed[changes.get(i) % changed.length] = changes.get(i + 1).byteValue();
        }
        if (!Arrays.equals(raw, changed)) {
            assertRefusedAsUnproven(TokenFormat.write("pypi", changed));
        }
    }

    @Provide
    Arbitrary<List<Integer>> changes() {
        return Arbitraries.integers().between(0, 1 << 20).list().ofMinSize(2).ofMaxSize(8);
    }

    /** Whatever bytes a bearer adds as a caveat, properly signed, the answer is a rejection or nothing has changed. */
    @Property
    void verify_withAnyCaveatAdded_throwsNothing(@ForAll @Size(min = 1, max = 60) byte[] caveat) {
        byte[] raw = Macaroon.parse(Base64Url.decode(PLAIN, 5)).attenuate(new HmacSha256(), List.of(caveat));

        assertThat(INDEX.rejected(TokenFormat.write("pypi", raw), SAMPLE).code())
                .isEqualTo(TokenRejection.CAVEATS);
    }

    @Property
    void verify_withAnyTextAddedAsCaveat_throwsNothing(@ForAll("jsonLike") String caveat) {
        byte[] raw =
                Macaroon.parse(Base64Url.decode(PLAIN, 5)).attenuate(new HmacSha256(), List.of(caveat.getBytes(UTF_8)));
        TokenVerification result = INDEX.tokens.verify(TokenFormat.write("pypi", raw), SAMPLE);

        assertThat(result.<Object>fold(verified -> "verified", RejectedToken::code))
                .isIn("verified", TokenRejection.CAVEATS);
    }

    /** The small reader and Jackson: where the small one reads anything, Jackson reads the same. */
    @Property(tries = 5_000)
    void read_byThePlainReader_isWhatJacksonReads(@ForAll("jsonLike") String caveat) {
        byte[] bytes = caveat.getBytes(UTF_8);
        List<Object> plain = PlainCaveatReader.read(bytes, 0, bytes.length);

        if (plain != null) {
            assertThat(StrictJson.read(bytes, 0, bytes.length)).isEqualTo(plain);
        }
        assertThat(CaveatKinds.standard().read(caveat))
                .isEqualTo(CaveatKinds.standard().readJson(bytes, 0, bytes.length));
    }

    @Provide
    Arbitrary<String> jsonLike() {
        return Arbitraries.of(
                        "[",
                        "]",
                        "{",
                        "}",
                        ",",
                        ":",
                        "\"",
                        "\\",
                        " ",
                        "0",
                        "1",
                        "2",
                        "3",
                        "1000",
                        "1001",
                        "1002",
                        "-",
                        "00",
                        "9223372036854775807",
                        "1.5",
                        "e5",
                        "true",
                        "null",
                        "\"a\"",
                        "\"exp\"",
                        "\"nbf\"",
                        "\"version\"",
                        "\"permissions\"",
                        "\"user\"",
                        "\"projects\"",
                        "\"project_ids\"",
                        "[\"a\"]",
                        "[0,50,10]",
                        "[1,[\"a\"]]",
                        "{\"exp\":1",
                        "\u00e9",
                        "\\u00e9",
                        "\u0000",
                        "\n",
                        "\"1.2.3.4/32\"")
                .list()
                .ofMinSize(1)
                .ofMaxSize(9)
                .map(parts -> String.join("", parts));
    }

    @Property
    void decode_ofAnyText_isTheJdksWhereItIsCanonical(@ForAll("base64Like") String text) {
        byte[] ours = Base64Url.decode(text, 0);
        byte[] theirs;
        try {
            theirs = Base64.getUrlDecoder().decode(text);
            if (!Base64.getUrlEncoder().withoutPadding().encodeToString(theirs).equals(text)) {
                theirs = null;
            }
        } catch (IllegalArgumentException e) {
            theirs = null;
        }

        assertThat(ours).isEqualTo(theirs);
    }

    @Provide
    Arbitrary<String> base64Like() {
        return Arbitraries.strings().withChars("AQgwZaz09-_+/= \u00e9\u0141").ofMaxLength(9);
    }

    @Property
    void decode_ofEncodedBytes_givesThem(@ForAll @Size(max = 100) byte[] bytes) {
        assertThat(Base64Url.decode("x-" + Base64Url.encode(bytes), 2)).isEqualTo(bytes);
    }
}
