package dev.gatehouse.testkit.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.oidc.IdentityTokenRejection;
import dev.gatehouse.oidc.IdentityTokens;
import dev.gatehouse.oidc.IssuerDirectory;
import dev.gatehouse.oidc.RejectedIdentityToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

/** What holds of every token: one text, nothing by unknown claims, and every boundary of time to the nanosecond. */
class IdentityTokenLawsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final long SECOND = NOW.getEpochSecond();
    private static final Duration LEEWAY = Duration.ofSeconds(30);
    private static final String VERIFIED = "verified";

    private final FakeIssuer issuer = FakeIssuer.at("https://ci.example");
    private final IdentityTokens tokens = at(NOW);

    private IdentityTokens at(Instant now) {
        return IdentityTokens.builder("pypi", IssuerDirectory.of(List.of(issuer.issuer("github"))), issuer.fetch())
                .clock(() -> now)
                .leeway(LEEWAY)
                .build();
    }

    private static Object outcome(IdentityTokens tokens, String token) {
        return tokens.verify(token).<Object>fold(verified -> VERIFIED, RejectedIdentityToken::code);
    }

    @Property(tries = 600)
    void verify_withOneCharacterChanged_isRefused(
            @ForAll FakeToken.Algorithm algorithm,
            @ForAll @IntRange(max = 5_000) int place,
            @ForAll("characters") char character) {
        String token = issuer.token("pypi", NOW).by(algorithm).sign();
        int at = place % token.length();
        String changed = token.substring(0, at) + character + token.substring(at + 1);

        assertThat(outcome(tokens, changed).equals(VERIFIED)).isEqualTo(changed.equals(token));
    }

    @Property(tries = 150)
    void verify_withACharacterMoreOrLess_isRefused(
            @ForAll @IntRange(max = 5_000) int place, @ForAll("characters") char character) {
        String token = issuer.token("pypi", NOW).sign();
        int at = place % token.length();

        assertThat(outcome(tokens, token.substring(0, at) + character + token.substring(at)))
                .isNotEqualTo(VERIFIED);
        assertThat(outcome(tokens, token.substring(0, at) + token.substring(at + 1)))
                .isNotEqualTo(VERIFIED);
        assertThat(outcome(tokens, token.substring(0, at))).isNotEqualTo(VERIFIED);
    }

    @Provide
    Arbitrary<Character> characters() {
        return Arbitraries.oneOf(
                Arbitraries.chars().range('A', 'Z'),
                Arbitraries.chars().range('a', 'z'),
                Arbitraries.chars().range('0', '9'),
                Arbitraries.of('-', '_', '.', '=', '+', '/', ' ', '\n', '\u0000', 'é', 'Ａ'));
    }

    /** O51. */
    @Property(tries = 150)
    void verify_withMoreClaims_hasTheSameOutcome(
            @ForAll("unknown") Map<String, Object> more, @ForAll("outcomes") Map<String, Object> known) {
        FakeToken token = issuer.token("pypi", NOW).claims(known);

        assertThat(outcome(tokens, token.claims(more).sign())).isEqualTo(outcome(tokens, token.sign()));
    }

    @Provide
    Arbitrary<Map<String, Object>> unknown() {
        Arbitrary<Object> values = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(20).map(text -> (Object) text),
                Arbitraries.longs().map(number -> (Object) number),
                Arbitraries.of(true, false, 2.5, List.of(), List.of("a", 1), Map.of("exp", 1)));
        return Arbitraries.maps(
                        Arbitraries.strings().ofMinLength(1).ofMaxLength(12).map(name -> "x_" + name), values)
                .ofMaxSize(20);
    }

    @Provide
    Arbitrary<Map<String, Object>> outcomes() {
        return Arbitraries.of(
                Map.of(),
                Map.of("aud", "other"),
                Map.of("exp", SECOND - 31),
                Map.of("iat", SECOND + 31),
                Map.of("jti", 1),
                Map.of("iss", "https://unknown.example"));
    }

    /** RFC 7519, 4.1.4: not on or after, with the leeway. */
    @Property(tries = 60)
    void verify_aroundItsEnd_isTakenBeforeAndNotAt(@ForAll @LongRange(min = 1, max = 21_600) long lifetime) {
        Instant end = NOW.plusSeconds(lifetime).plus(LEEWAY);
        String token = issuer.token("pypi", NOW).claim("exp", SECOND + lifetime).sign();

        assertThat(outcome(at(end.minusNanos(1)), token)).isEqualTo(VERIFIED);
        assertThat(outcome(at(end), token)).isEqualTo(IdentityTokenRejection.EXPIRED);
        assertThat(outcome(at(end.plusNanos(1)), token)).isEqualTo(IdentityTokenRejection.EXPIRED);
    }

    /** O47 and RFC 7519, 4.1.5: on or after, with the leeway; the same for the time of issue. */
    @Property(tries = 60)
    void verify_aroundItsStart_isTakenAtItAndNotBefore(
            @ForAll @LongRange(min = -600, max = 0) long ahead, @ForAll boolean byIssue) {
        long issued = byIssue ? SECOND : SECOND + ahead;
        Instant start = NOW.minus(LEEWAY);
        String token = issuer.token("pypi", NOW)
                .claim("iat", issued)
                .claim("nbf", byIssue ? SECOND + ahead : SECOND)
                .sign();

        assertThat(outcome(at(start), token)).isEqualTo(VERIFIED);
        assertThat(outcome(at(start.plusNanos(1)), token)).isEqualTo(VERIFIED);
        assertThat(outcome(at(start.minusNanos(1)), token)).isEqualTo(IdentityTokenRejection.NOT_YET_VALID);
    }

    @Property(tries = 60)
    void verify_withALifetimeAroundTheLongest_isTakenAtItAndNotBeyond(
            @ForAll @LongRange(min = 60, max = 86_400) long longest) {
        IdentityTokens own = IdentityTokens.builder(
                        "pypi", IssuerDirectory.of(List.of(issuer.issuer("github"))), issuer.fetch())
                .clock(() -> NOW)
                .maxLifetime(Duration.ofSeconds(longest))
                .build();
        FakeToken token = issuer.token("pypi", NOW);

        assertThat(outcome(own, token.claim("exp", SECOND + longest - 1).sign()))
                .isEqualTo(VERIFIED);
        assertThat(outcome(own, token.claim("exp", SECOND + longest).sign())).isEqualTo(VERIFIED);
        assertThat(outcome(own, token.claim("exp", SECOND + longest + 1).sign()))
                .isEqualTo(IdentityTokenRejection.LIFETIME);
    }

    /** A token is remembered for as long as any node may take it: the claim of its keys ends no earlier. */
    @Property(tries = 60)
    void claimUntil_ofATokenThatIsTaken_isAfterEveryInstantAtWhichItIs(
            @ForAll @LongRange(min = 1, max = 3_600) long lifetime, @ForAll @IntRange(max = 600) int difference) {
        IdentityTokens own = IdentityTokens.builder(
                        "pypi", IssuerDirectory.of(List.of(issuer.issuer("github"))), issuer.fetch())
                .clock(() -> NOW)
                .nodeDifference(Duration.ofSeconds(difference))
                .build();
        Instant until = own.verify(issuer.token("pypi", NOW)
                        .claim("exp", SECOND + lifetime)
                        .sign())
                .fold(verified -> verified.claimUntil(), rejected -> Instant.MIN);

        assertThat(until).isEqualTo(NOW.plusSeconds(lifetime).plus(LEEWAY).plusSeconds(difference));
    }

    @Property(tries = 200)
    void verify_ofAnyText_throwsNothing(@ForAll @StringLength(max = 200) String header, @ForAll String payload) {
        assertThat(outcome(tokens, header + "." + payload + ".")).isNotEqualTo(VERIFIED);
        assertThat(outcome(tokens, issuer.token("pypi", NOW).sign(header, payload)))
                .isNotEqualTo(VERIFIED);
        assertThat(outcome(
                        tokens, issuer.token("pypi", NOW).sign("{\"alg\":\"RS256\",\"kid\":\"key-0-rsa\"}", payload)))
                .isNotEqualTo(VERIFIED);
    }
}
