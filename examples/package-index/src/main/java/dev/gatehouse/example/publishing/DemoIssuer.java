package dev.gatehouse.example.publishing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.gatehouse.publisher.PublisherProvider;
import dev.gatehouse.publisher.PublisherProviders;
import dev.gatehouse.publisher.PublisherSettings;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Build services in this process, one beside each that the library knows, so that an exchange can be tried without one: each says what
 * a run of a registered publisher would be told of itself, signed with a key that is made at the start and never stored.
 *
 * <p>It signs for whoever asks; it is there only with {@code --demo}, which only this machine can reach. Thread-safe.
 */
public final class DemoIssuer {
    /** Where its issuers are, each below the name of its provider. */
    public static final String PATH = "/demo-issuer/";

    private static final String PREFIX = "demo-";
    private static final int KEY_BITS = 2048;
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final String address;
    private final SecureRandom random;
    private final List<PublisherProvider> providers;
    private List<RSAKey> keys = List.of();
    private int made;
    private boolean silent;

    /**
     * An issuer beside each of these.
     *
     * @param address of the index, without a slash at the end
     */
    public DemoIssuer(String address, SecureRandom random, PublisherProviders originals) {
        this.address = address;
        this.random = random;
        this.providers = originals.all().stream()
                .map(each ->
                        each.forIssuer(PREFIX + each.id(), each.displayName() + " (demonstration)", url(each.id())))
                .toList();
        rotate();
    }

    private String url(String original) {
        return address + PATH + original;
    }

    /** The tables of its runs, those of the originals. */
    public List<PublisherProvider> providers() {
        return providers;
    }

    /** The URLs of its issuers, and whose table applies. */
    public Map<String, String> issuers() {
        Map<String, String> all = new LinkedHashMap<>();
        providers.forEach(each -> all.put(each.issuer().orElseThrow(), each.id()));
        return all;
    }

    /** Whether a publisher's runs are demonstrated here. */
    public boolean isIssuerOf(PublisherSettings settings) {
        return issuers().containsKey(settings.issuer());
    }

    /** The discovery document; empty if there is no such issuer, or nothing is answered for now. */
    public synchronized Optional<String> discovery(String original) {
        String issuer = url(original);
        return silent || !issuers().containsKey(issuer)
                ? Optional.empty()
                : Optional.of(JSONObjectUtils.toJSONString(Map.of(
                        "issuer",
                        issuer,
                        "jwks_uri",
                        issuer + "/jwks",
                        "response_types_supported",
                        List.of("id_token"),
                        "subject_types_supported",
                        List.of("public"),
                        "id_token_signing_alg_values_supported",
                        List.of(JWSAlgorithm.RS256.getName()))));
    }

    /** The public keys, the newest last. */
    public synchronized Optional<String> keySet() {
        return silent ? Optional.empty() : Optional.of(new JWKSet(List.<JWK>copyOf(keys)).toString(true));
    }

    /** Makes a new key, which signs from now on; the last one before it is still told. */
    public synchronized void rotate() {
        List<RSAKey> next = new ArrayList<>();
        if (!keys.isEmpty()) {
            next.add(keys.get(keys.size() - 1));
        }
        next.add(newKey("demo-" + ++made));
        keys = List.copyOf(next);
    }

    private RSAKey newKey(String id) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS, random);
            KeyPair pair = generator.generateKeyPair();
            return new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                    .privateKey((RSAPrivateKey) pair.getPrivate())
                    .keyID(id)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has RSA", e);
        }
    }

    /** The id of the key that signs. */
    public synchronized String keyId() {
        return keys.get(keys.size() - 1).getKeyID();
    }

    /** Answers for its keys, or does not: an outage to look at. */
    public synchronized void silent(boolean now) {
        silent = now;
    }

    public synchronized boolean isSilent() {
        return silent;
    }

    /**
     * The identity token of a run.
     *
     * @param settings whose run it is
     * @param pins ids that it has to have
     * @param audience whom it is for
     * @param chosen claims with other values than a run would have; one that is {@code -} is left out
     * @throws IllegalArgumentException if the publisher is of another issuer
     */
    public String token(
            PublisherSettings settings,
            Map<String, String> pins,
            String audience,
            Map<String, String> chosen,
            Instant now) {
        if (!isIssuerOf(settings)) {
            throw new IllegalArgumentException("settings: of another issuer");
        }
        String original = settings.provider().substring(PREFIX.length());
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder();
        DemoClaims.of(original, settings, pins, chosen).forEach(claims::claim);
        claims.issuer(settings.issuer())
                .audience(audience)
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)));
        RSAKey key = signing();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims.build());
        try {
            jwt.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("the demonstration's key does not sign", e);
        }
        return jwt.serialize();
    }

    private synchronized RSAKey signing() {
        return keys.get(keys.size() - 1);
    }
}
