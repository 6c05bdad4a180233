package dev.gatehouse.token;

import static dev.gatehouse.token.TokenIndex.NO_PROJECT;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.vectors.VectorRows;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The vectors {@code macaroons/pypi-style.json}: tokens of PyPI's form, by pypitoken, and the tables of their caveats. */
class PypiStyleVectorsTest {
    private static final byte[] KEY =
            HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static final String ID = "7f6f1d6e-6c0f-4c1b-9a53-0b6e5a3a8d11";
    private static final TokenOwner USER = TokenOwner.account("5c2a3a7e-9a7a-4a55-8f0f-54a6d4f0a001");
    private static final String PROJECT_ID = "d9a5ba5a-55b9-4c5c-8f9f-5a0a5a1f8a11";

    private static TokenIndex index(TokenOwner owner) {
        TokenIndex index = TokenIndex.create();
        index.put(
                ApiToken.builder(ID, owner, TokenReach.ACCOUNT, TokenIndex.START)
                        .build(),
                KEY);
        index.put(
                ApiToken.builder("a", owner, TokenReach.ACCOUNT, TokenIndex.START)
                        .build(),
                KEY);
        return index;
    }

    @Test
    void verify_eachOfTheirTokens_isVerifiedForWhatItIsFor() {
        VectorRows own = MacaroonVectors.pypiStyle("own");
        for (JsonNode row : own) {
            String name = row.get("name").asString();
            TokenOwner owner = name.equals("oidc-publisher") ? TokenOwner.publisher("somepublisher") : USER;
            TokenProject project = TokenProject.of(
                            row.get("caveats").toString().contains("sampleproject") ? "SampleProject" : "a")
                    .withId(PROJECT_ID)
                    .withPublishers(Set.of("somepublisher"));
            TokenIndex index = index(owner);
            String token = row.get("token").asString();

            VerifiedToken verified = index.verified(token, TokenContext.about(project));

            assertThat(verified.restrictions())
                    .as(name)
                    .hasSize(row.get("caveats").size());
            TokenIndex others = index(TokenOwner.organization("other"));
            RejectedToken rejected = others.rejected(token, TokenContext.about(TokenProject.of("other")));
            assertThat(rejected.code()).as(name).isEqualTo(TokenRejection.CAVEATS);
        }
        own.passed();
    }

    @Test
    void create_withTheirKeyAndCaveats_givesTheirTokensByteForByte() {
        for (JsonNode row : MacaroonVectors.read("pypi-style.json").get("own")) {
            List<byte[]> caveats = new ArrayList<>();
            row.get("caveats").forEach(caveat -> caveats.add(caveat.asString().getBytes(UTF_8)));
            HmacSha256 hmac = new HmacSha256();
            byte[] bare = Macaroon.create(hmac, KEY, "pypi.org".getBytes(US_ASCII), ID.getBytes(US_ASCII));
            byte[] whole = Macaroon.parse(bare).attenuate(hmac, caveats);

            assertThat(TokenFormat.write("pypi", whole))
                    .isEqualTo(row.get("token").asString());
            Macaroon macaroon = Macaroon.parse(whole);
            assertThat(macaroon.signature())
                    .isEqualTo(HexFormat.of().parseHex(row.get("signatureHex").asString()))
                    .isEqualTo(macaroon.expectedSignature(hmac, KEY));
        }
    }

    @Test
    void verify_eachNegativeRow_isRejectedAsItShould() {
        VectorRows negative = MacaroonVectors.pypiStyle("negative");
        TokenIndex index = index(USER);
        TokenContext context = TokenContext.about(TokenProject.of("sampleproject"));
        List<String> codes = new ArrayList<>();
        for (JsonNode row : negative) {
            codes.add(
                    index.rejected(row.get("token").asString(), context).code().name());
        }

        // White space is the header's business; padding gives a token a second text; a flipped bit and a caveat taken
        // away are
        // well-formed; everything else is not.
        assertThat(codes)
                .containsExactly(
                        "MALFORMED",
                        "MALFORMED",
                        "MALFORMED",
                        "MALFORMED",
                        "MALFORMED",
                        "MALFORMED",
                        "MALFORMED",
                        "MALFORMED",
                        "MALFORMED",
                        "MALFORMED",
                        "MALFORMED",
                        "NOT_GENUINE",
                        "MALFORMED",
                        "MALFORMED",
                        "MALFORMED",
                        "NOT_GENUINE",
                        "MALFORMED");
        negative.passed();
    }

    @Test
    void verify_rowsWithWhiteSpace_areVerifiedOnceItIsStripped() {
        TokenIndex index = index(USER);
        TokenContext context = TokenContext.about(TokenProject.of("sampleproject"));
        int stripped = 0;
        for (JsonNode row : MacaroonVectors.read("pypi-style.json").get("negative")) {
            String token = row.get("token").asString();
            if (!token.equals(token.strip())) {
                index.verified(token.strip(), context);
                stripped++;
            }
        }

        assertThat(stripped).isEqualTo(2);
    }

    @Test
    void verify_aTokenOfPypitoken_isGenuine() {
        JsonNode row = MacaroonVectors.read("pypi-style.json").get("pypitoken");
        TokenIndex index =
                TokenIndex.create(settings -> settings.prefix(row.get("prefix").asString())
                        .allowLocation(row.get("location").asString()));
        String id = row.get("identifier").asString();
        index.put(
                ApiToken.builder(id, USER, TokenReach.ACCOUNT, TokenIndex.START).build(),
                row.get("keyAscii").asString().getBytes(US_ASCII));

        assertThat(index.verified(row.get("token").asString(), NO_PROJECT)
                        .token()
                        .id())
                .isEqualTo(id);
        VectorRows rows = MacaroonVectors.pypiStyle("pypitoken");
        rows.ran("token");
        rows.passed();
    }

    @Test
    void json_ofEachKind_isTheirs() {
        VectorRows rows = MacaroonVectors.pypiStyle("caveats/serialize");
        for (JsonNode row : rows) {
            Caveat caveat = switch (row.get("kind").asString()) {
                case "Expiration" ->
                    new StandardCaveat.Expiration(
                            row.get("expiresAt").asLong(), row.get("notBefore").asLong());
                case "ProjectName" -> Caveats.projectNames(texts(row.get("names")));
                case "ProjectID" -> Caveats.projectIds(texts(row.get("ids")));
                case "RequestUser" -> Caveats.requestUser(row.get("userId").asString());
                case "OIDCPublisher" -> Caveats.publisher(row.get("publisherId").asString());
                default -> throw new AssertionError(row);
            };

            assertThat(caveat.json()).isEqualTo(row.get("json").asString());
            assertThat(caveat.name()).isEqualTo(row.get("kind").asString());
            assertThat(CaveatKinds.standard().read(caveat.json())).isEqualTo(new CaveatReading.Understood(caveat));
        }
        rows.passed();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asString()));
        return texts;
    }

    @Test
    void read_theOlderForms_givesTheirMeaning() {
        List<Caveat> meanings = new ArrayList<>();
        VectorRows rows = MacaroonVectors.pypiStyle("caveats/legacy");
        for (JsonNode row : rows) {
            meanings.add(CaveatKinds.standard()
                    .read(row.get("json").asString())
                    .fold(understood -> understood.caveat(), not -> {
                        throw new AssertionError(row);
                    }));
        }

        assertThat(meanings)
                .containsExactly(
                        new StandardCaveat.Expiration(50, 10),
                        Caveats.projectNames(List.of("foo", "bar")),
                        Caveats.projectIds(List.of("123uuid", "456uuid")),
                        new StandardCaveat.AnyUser());
        rows.passed();
    }

    /** Sentences: said here, so that the table of the build says it. */
    @Test
    void rows_thatAreNoInput_areNamed() {
        VectorRows rows = MacaroonVectors.pypiStyle("caveats/semantics");
        for (int i = 0; i < rows.node().size(); i++) {
            rows.skipped(i, "a sentence; CaveatCheckTest and CaveatReadingTest hold its rule");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid", "invalidStrictPypitoken"})
    void read_eachInvalidText_isNotUnderstood(String section) {
        VectorRows rows = MacaroonVectors.pypiStyle("caveats/" + section);
        for (JsonNode row : rows) {
            assertThat(CaveatKinds.standard().read(row.asString()))
                    .as(row.asString())
                    .isInstanceOf(CaveatReading.NotUnderstood.class);
        }
        rows.passed();
    }
}
