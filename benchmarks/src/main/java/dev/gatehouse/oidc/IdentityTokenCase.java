package dev.gatehouse.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;

/** One identity token such as GitHub's, and the ways to verify it: Nimbus alone, and this library. */
public final class IdentityTokenCase {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final String ID = "cc413527-173f-5a05-976e-9c52b1d7b431";
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    private final String text;
    private final String invented;
    private final JWSVerifier bare;
    private final IdentityTokens tokens;

    private IdentityTokenCase(JWSAlgorithm algorithm, JWK key, JWSSigner signer, JWSVerifier bare)
            throws JOSEException {
        this.bare = bare;
        this.text = signed(algorithm, ID, signer);
        this.invented = signed(algorithm, "invented", signer);
        byte[] keySet = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        Issuer issuer = Issuer.builder("https://token.actions.githubusercontent.com", "github")
                .keySet(URI.create("https://token.actions.githubusercontent.com/.well-known/jwks"))
                .build();
        this.tokens = IdentityTokens.builder("pypi", IssuerDirectory.of(List.of(issuer)), (address, headers) -> keySet)
                .clock(() -> NOW)
                .build();
    }

    /** With RS256 and 2048 bits. */
    public static IdentityTokenCase rs256() {
        try {
            RSAKey key = new RSAKeyGenerator(2048).keyID(ID).generate();
            return new IdentityTokenCase(
                    JWSAlgorithm.RS256, key, new RSASSASigner(key), new RSASSAVerifier(key.toPublicJWK()));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * With ES256.
     *
     * @param fast whether Nimbus alone uses Bouncy Castle too, and not what the platform has
     */
    public static IdentityTokenCase es256(boolean fast) {
        try {
            ECKey key = new ECKeyGenerator(Curve.P_256).keyID(ID).generate();
            return new IdentityTokenCase(
                    JWSAlgorithm.ES256, key, new ECDSASigner(key), verifier(key, fast ? BOUNCY_CASTLE : null));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWSVerifier verifier(ECKey key, @Nullable Provider provider) throws JOSEException {
        if (provider == null) {
            return new ECDSAVerifier(key.toECPublicKey());
        }
        ECDSAVerifier verifier = new ECDSAVerifier(key.toECPublicKey(provider));
        verifier.getJCAContext().setProvider(provider);
        return verifier;
    }

    private static String signed(JWSAlgorithm algorithm, String keyId, JWSSigner signer) throws JOSEException {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer("https://token.actions.githubusercontent.com")
                .audience("pypi")
                .subject("repo:octo-org/octo-repo:environment:release")
                .issueTime(Date.from(NOW))
                .notBeforeTime(Date.from(NOW.minusSeconds(600)))
                .expirationTime(Date.from(NOW.plusSeconds(300)))
                .jwtID("example-id-6f1c4d0e");
        for (String name : List.of(
                "environment",
                "ref",
                "sha",
                "repository",
                "repository_owner",
                "actor",
                "workflow",
                "head_ref",
                "base_ref",
                "event_name",
                "ref_type",
                "job_workflow_ref",
                "actor_id",
                "repository_id",
                "repository_owner_id",
                "run_id",
                "run_number",
                "run_attempt",
                "repository_visibility",
                "runner_environment",
                "workflow_ref",
                "workflow_sha",
                "job_workflow_sha",
                "ref_protected",
                "check_run_id")) {
            claims.claim(name, "octo-org/octo-repo/" + name);
        }
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(algorithm)
                        .type(JOSEObjectType.JWT)
                        .keyID(keyId)
                        .build(),
                claims.build());
        token.sign(signer);
        return token.serialize();
    }

    /** Taken apart and its signature verified by Nimbus, with one verifier for all; no claim is read. */
    public long nimbus() {
        try {
            if (!SignedJWT.parse(text).verify(bare)) {
                throw new IllegalStateException("the token is not accepted");
            }
            return 1;
        } catch (ParseException | JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Taken apart and verified by Nimbus, and its claims read. */
    public long nimbusWithClaims() {
        try {
            SignedJWT token = SignedJWT.parse(text);
            if (!token.verify(bare)) {
                throw new IllegalStateException("the token is not accepted");
            }
            return token.getJWTClaimsSet().getClaims().size();
        } catch (ParseException | JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everything: form, issuer, header, key, signature, claims, replay keys. */
    public long verify() {
        return tokens.verify(text).fold(verified -> (long) verified.replayKeys().size(), rejected -> {
            throw new IllegalStateException(rejected.detail());
        });
    }

    /** Refused for an id that the issuer has no key of, within the cool-down. */
    public long invented() {
        return tokens.verify(invented)
                .fold(
                        verified -> {
                            throw new IllegalStateException("the token is accepted");
                        },
                        rejected -> (long) rejected.detail().length());
    }
}
