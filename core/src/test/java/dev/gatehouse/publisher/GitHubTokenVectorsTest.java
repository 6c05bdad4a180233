package dev.gatehouse.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.gatehouse.oidc.IdentityTokenVerification;
import dev.gatehouse.oidc.IdentityTokens;
import dev.gatehouse.oidc.Issuer;
import dev.gatehouse.oidc.IssuerDirectory;
import dev.gatehouse.vectors.VectorRows;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The scenarios of GitHub Actions in {@code oidc-claims/oidc-claims.json}, signed with a key of the test: what the token itself decides. */
class GitHubTokenVectorsTest {
    private static final String URL = "https://token.actions.githubusercontent.com";

    /** What the token decides, by the name of the row; every other row's token is verified. */
    private static final Map<String, String> REJECTED = Map.of(
            "aud array with single value", "AUDIENCE",
            "aud array with extra audience", "AUDIENCE",
            "aud default (owner URL)", "AUDIENCE",
            "aud missing", "MISSING_CLAIM",
            "iat 31 s in the future with 30 s leeway", "NOT_YET_VALID",
            "exp as string", "CLAIM_TYPE",
            "exp as float", "CLAIM_TYPE",
            "exp negative", "CLAIM_TYPE",
            "iss trailing slash", "UNKNOWN_ISSUER",
            "iss http", "UNKNOWN_ISSUER");

    /** Rows without a single right answer, or another than ours. */
    private static final Map<String, String> DIFFERENT = Map.of(
            "aud array with single value", "aud is one text, as PyPI has it",
            "exp as float", "times are whole numbers, which every issuer writes");

    private static String sign(RSAKey key, JsonNode claims) throws JOSEException {
        JWSObject object = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                new Payload(claims.toString()));
        object.sign(new RSASSASigner(key));
        return object.serialize();
    }

    private static IdentityTokenVerification verify(RSAKey key, JsonNode row) throws JOSEException {
        byte[] keys = new JWKSet(key).toString().getBytes(StandardCharsets.UTF_8);
        byte[] discovery =
                ("{\"issuer\":\"" + URL + "\",\"jwks_uri\":\"" + URL + "/keys\"}").getBytes(StandardCharsets.UTF_8);
        return IdentityTokens.builder(
                        "pypi",
                        IssuerDirectory.of(List.of(Issuer.builder(URL, "github").build())),
                        (address, headers) -> address.getPath().equals("/keys") ? keys : discovery)
                .clock(() -> Instant.ofEpochSecond(row.get("nowEpoch").asLong()))
                .leeway(Duration.ofSeconds(30))
                .build()
                .verify(sign(key, row.get("claims")));
    }

    @Test
    void verify_eachScenario_isAsExpected() throws JOSEException {
        RSAKey key = new RSAKeyGenerator(2048).keyID("k1").generate();
        VectorRows rows = OidcVectors.rows("github/scenarios");
        Map<String, String> rejected = new HashMap<>();
        for (JsonNode row : rows) {
            String name = row.get("name").asString();
            verify(key, row)
                    .fold(
                            verified -> name,
                            refused -> rejected.put(name, refused.code().name()));
            if (DIFFERENT.containsKey(name)) {
                rows.explained(DIFFERENT.get(name));
            } else if (rejected.containsKey(name)) {
                assertThat(row.get("expect").asString()).as(name).startsWith("reject");
            }
        }

        assertThat(rejected).isEqualTo(REJECTED);
        rows.passed();
    }

    /** The second use finds its keys claimed; here both uses have the same. */
    @Test
    void replayKeys_ofTheRowThatIsUsedTwice_areTheSame() throws JOSEException {
        RSAKey key = new RSAKeyGenerator(2048).keyID("k1").generate();
        for (JsonNode row : OidcVectors.rows("github/scenarios")) {
            if (row.get("name").asString().equals("jti reused")) {
                List<String> first = verify(key, row).fold(verified -> verified.replayKeys(), refused -> List.of());

                assertThat(first).hasSize(2);
                assertThat(verify(key, row).<List<String>>fold(verified -> verified.replayKeys(), refused -> List.of()))
                        .isEqualTo(first);
            }
        }
    }
}
