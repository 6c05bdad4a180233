package dev.gatehouse.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.ObjectMapper;

/**
 * Nimbus's own processor of tokens against {@link IdentityTokens}, on tokens of a random run, whole and spoilt: they agree, or it
 * lets one of the named faults pass. A fault that is named and is no difference fails too.
 */
class NimbusOpinionTest {
    private static final String URL = "https://ci.example";
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final RSAKey RSA;
    private static final ECKey EC;
    private static final RSAKey STRANGE;

    static {
        try {
            RSA = new RSAKeyGenerator(2048).keyID("rsa").generate();
            EC = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
            STRANGE = new RSAKeyGenerator(2048).keyID("rsa").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final JWKSet KEYS = new JWKSet(List.of(RSA, EC)).toPublicJWKSet();

    /** One respect in which a token is none for this index. */
    enum Fault {
        SIGNATURE,
        PAYLOAD,
        HEADER,
        PADDING,
        FOURTH_PART,
        OTHER_SIGNER,
        SYMMETRIC,
        NO_KEY_ID,
        OTHER_KEY_ID,
        CRITICAL,
        OTHER_TYPE,
        OTHER_ISSUER,
        NO_AUDIENCE,
        OTHER_AUDIENCE,
        AUDIENCE_OF_ONE,
        AUDIENCE_OF_TWO,
        NO_ISSUE_TIME,
        NO_END,
        ISSUED_LATER,
        NOT_BEFORE_LATER,
        EXPIRED,
        LONG_LIFE,
        END_AS_TEXT,
        END_WITH_FRACTION,
        REPEATED_MEMBER
    }

    /**
     * What Nimbus takes, each by its design: base64url with padding; any key of the set that fits where none is named; an array
     * of audiences with ours among them; {@code iat} is not looked at, so neither is what lives too long; a fraction of a second
     * is cut off.
     */
    private static final Set<Fault> PASS = EnumSet.of(
            Fault.PADDING,
            Fault.NO_KEY_ID,
            Fault.AUDIENCE_OF_ONE,
            Fault.AUDIENCE_OF_TWO,
            Fault.ISSUED_LATER,
            Fault.LONG_LIFE,
            Fault.END_WITH_FRACTION);

    private static String token(boolean rsa, Set<Fault> faults, int place, int age) throws JOSEException {
        Map<String, Object> claims = new LinkedHashMap<>();
        long now = NOW.getEpochSecond();
        claims.put("iss", faults.contains(Fault.OTHER_ISSUER) ? "https://other.example" : URL);
        claims.put("aud", "pypi");
        claims.put("iat", now - age);
        claims.put("exp", now + 300);
        claims.put("nbf", now - age);
        claims.put("sub", "run");
        for (Fault fault : faults) {
            switch (fault) {
                case NO_AUDIENCE -> claims.remove("aud");
                case OTHER_AUDIENCE -> claims.put("aud", "testpypi");
                case AUDIENCE_OF_ONE -> claims.put("aud", List.of("pypi"));
                case AUDIENCE_OF_TWO -> claims.put("aud", List.of("pypi", "other"));
                case NO_ISSUE_TIME -> claims.remove("iat");
                case NO_END -> claims.remove("exp");
                case ISSUED_LATER -> claims.put("iat", now + 31);
                case NOT_BEFORE_LATER -> claims.put("nbf", now + 32);
                case EXPIRED -> claims.put("exp", now - 31);
                case LONG_LIFE -> claims.put("exp", now + 6 * 3600 + 1);
                case END_AS_TEXT -> claims.put("exp", "" + (now + 300));
                case END_WITH_FRACTION -> claims.put("exp", now + 300.5);
                default -> {}
            }
        }
        String payload = new ObjectMapper().writeValueAsString(claims);
        if (faults.contains(Fault.REPEATED_MEMBER)) {
            payload = payload.replaceFirst("\\{", "{\"sub\":\"other\",");
        }
        boolean symmetric = faults.contains(Fault.SYMMETRIC);
        boolean strange = faults.contains(Fault.OTHER_SIGNER);
        JWSAlgorithm algorithm =
                symmetric ? JWSAlgorithm.HS256 : rsa || strange ? JWSAlgorithm.RS256 : JWSAlgorithm.ES256;
        JWSHeader.Builder header = new JWSHeader.Builder(algorithm);
        if (!faults.contains(Fault.NO_KEY_ID)) {
            header.keyID(faults.contains(Fault.OTHER_KEY_ID) ? "none" : rsa || strange ? "rsa" : "ec");
        }
        header.type(faults.contains(Fault.OTHER_TYPE) ? new JOSEObjectType("at+jwt") : JOSEObjectType.JWT);
        if (faults.contains(Fault.CRITICAL)) {
            header.criticalParams(Set.of("exp")).customParam("exp", now);
        }
        JWSObject object = new JWSObject(header.build(), new Payload(payload));
        object.sign(
                symmetric
                        ? new MACSigner(RSA.toRSAPublicKey().getEncoded())
                        : strange ? new RSASSASigner(STRANGE) : rsa ? new RSASSASigner(RSA) : new ECDSASigner(EC));
        return spoilt(object.serialize(), faults, place);
    }

    /** A character of a part is replaced by another. */
    private static String spoilt(String token, Set<Fault> faults, int place) {
        String[] parts = token.split("\\.");
        if (faults.contains(Fault.HEADER)) {
            parts[0] = changed(parts[0], place);
        }
        if (faults.contains(Fault.PAYLOAD)) {
            parts[1] = changed(parts[1], place);
        }
        if (faults.contains(Fault.SIGNATURE)) {
            parts[2] = changed(parts[2], place);
        }
        return String.join(".", parts)
                + (faults.contains(Fault.PADDING) ? "==" : "")
                + (faults.contains(Fault.FOURTH_PART) ? ".e30" : "");
    }

    /** Not the last one, whose unused bits are another matter. */
    private static String changed(String part, int place) {
        int at = place % (part.length() - 1);
        return part.substring(0, at) + (part.charAt(at) == 'A' ? 'B' : 'A') + part.substring(at + 1);
    }

    private static String ours(String token) {
        byte[] keys = KEYS.toString().getBytes(StandardCharsets.UTF_8);
        byte[] discovery =
                ("{\"issuer\":\"" + URL + "\",\"jwks_uri\":\"" + URL + "/keys\"}").getBytes(StandardCharsets.UTF_8);
        return IdentityTokens.builder(
                        "pypi",
                        IssuerDirectory.of(List.of(Issuer.builder(URL, "ci").build())),
                        (address, headers) -> address.getPath().equals("/keys") ? keys : discovery)
                .clock(() -> NOW)
                .build()
                .verify(token)
                .fold(verified -> "ACCEPTED", refused -> refused.code().name());
    }

    private static String theirs(String token) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256), new ImmutableJWKSet<>(KEYS)));
        DefaultJWTClaimsVerifier<SecurityContext> verifier =
                new DefaultJWTClaimsVerifier<>(
                        "pypi", new JWTClaimsSet.Builder().issuer(URL).build(), Set.of("iat", "exp", "aud")) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(NOW);
                    }
                };
        verifier.setMaxClockSkew(30);
        processor.setJWTClaimsSetVerifier(verifier);
        try {
            processor.process(token, null);
            return "ACCEPTED";
        } catch (BadJOSEException | JOSEException | ParseException | RuntimeException e) {
            return e.getClass().getSimpleName() + " " + e.getMessage();
        }
    }

    private static void agrees(String token, Set<Fault> faults) {
        String ours = ours(token);
        String theirs = theirs(token);
        assertThat(ours.equals("ACCEPTED")).as("ours of %s: %s", faults, ours).isEqualTo(faults.isEmpty());
        assertThat(theirs.equals("ACCEPTED"))
                .as("Nimbus of %s: %s; ours: %s", faults, theirs, ours)
                .isEqualTo(PASS.containsAll(faults));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void verify_withOneFault_isTakenByNimbusWhereItIsSaid(Fault fault) throws JOSEException {
        agrees(token(true, EnumSet.of(fault), 5, 10), EnumSet.of(fault));
    }

    @Property(tries = 300)
    void verify_anyTokenWholeOrSpoilt_agreesOrTheDifferenceIsNamed(
            @ForAll boolean rsa,
            @ForAll @Size(max = 3) Set<Fault> any,
            @ForAll @IntRange(max = 10_000) int place,
            @ForAll @IntRange(max = 3_600) int age)
            throws JOSEException {
        Set<Fault> faults = any.stream()
                .filter(fault -> fault != Fault.SYMMETRIC || rsa)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Fault.class)));
        // Of several ends and audiences only the last holds, and each of them is a fault of its own kind.
        keepOne(
                faults,
                EnumSet.of(Fault.NO_END, Fault.EXPIRED, Fault.LONG_LIFE, Fault.END_AS_TEXT, Fault.END_WITH_FRACTION));
        keepOne(
                faults,
                EnumSet.of(Fault.NO_AUDIENCE, Fault.OTHER_AUDIENCE, Fault.AUDIENCE_OF_ONE, Fault.AUDIENCE_OF_TWO));
        keepOne(faults, EnumSet.of(Fault.NO_KEY_ID, Fault.OTHER_KEY_ID));
        keepOne(faults, EnumSet.of(Fault.NO_ISSUE_TIME, Fault.ISSUED_LATER, Fault.LONG_LIFE));

        agrees(token(rsa, faults, place, age), faults);
    }

    private static void keepOne(Set<Fault> faults, Set<Fault> kind) {
        boolean kept = false;
        for (Fault fault : kind) {
            if (kept) {
                faults.remove(fault);
            } else {
                kept = faults.contains(fault);
            }
        }
    }
}
