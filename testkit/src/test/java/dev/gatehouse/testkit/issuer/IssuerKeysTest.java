package dev.gatehouse.testkit.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.fetch.DocumentFetch;
import dev.gatehouse.fetch.FetchFailedException;
import dev.gatehouse.fetch.HttpsFetch;
import dev.gatehouse.oidc.IdentityTokenRejection;
import dev.gatehouse.oidc.IdentityTokens;
import dev.gatehouse.oidc.Issuer;
import dev.gatehouse.oidc.IssuerDirectory;
import dev.gatehouse.testkit.Race;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of issuers over time: rotation, invented ids, outages, strange sets (O52; table 9.8, rows of the key set). */
class IssuerKeysTest extends IdentityTokenDesk {
    private static final Duration COOL_DOWN = Duration.ofSeconds(60);
    private static final Duration MAX_AGE = Duration.ofHours(1);
    private static final Duration OUTAGE = Duration.ofDays(1);

    private static String now(FakeToken token, Instant now) {
        long seconds = now.getEpochSecond();
        return token.claim("iat", seconds)
                .claim("nbf", seconds)
                .claim("exp", seconds + 300)
                .sign();
    }

    private String goodNow() {
        return issuer.token(AUDIENCE, clock.instant()).sign();
    }

    @Test
    void verify_ofManyTokens_fetchesOnce() {
        for (int i = 0; i < 20; i++) {
            verified(tokens.verify(goodNow()));
        }

        assertThat(issuer.discoveryFetches()).isEqualTo(1);
        assertThat(issuer.keySetFetches()).isEqualTo(1);
    }

    /** O52 (b): whatever ids are invented, and whoever comes at once, one attempt is made in a cool-down. */
    @Test
    void verify_ofAThousandInventedIds_fetchesOnce() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(codeOf(good().header("kid", "bogus-" + i).sign())).isEqualTo(IdentityTokenRejection.UNKNOWN_KEY);
        }
        assertThat(issuer.keySetFetches()).isEqualTo(1);

        clock.advance(COOL_DOWN.minusNanos(1));
        codeOf(now(good().header("kid", "bogus"), clock.instant()));
        assertThat(issuer.keySetFetches()).isEqualTo(1);

        clock.advance(Duration.ofNanos(1));
        codeOf(now(good().header("kid", "bogus"), clock.instant()));
        assertThat(issuer.keySetFetches()).isEqualTo(2);
    }

    @Test
    void verify_ofAThousandInventedIdsAtOnce_fetchesOnce() {
        List<String> forged = Race.of(16, thread -> {
                    for (int i = 0; i < 63; i++) {
                        codeOf(good().header("kid", "bogus-" + thread + "-" + i).sign());
                    }
                    return "done";
                })
                .stream()
                .toList();

        assertThat(forged).hasSize(16);
        assertThat(issuer.keySetFetches()).isEqualTo(1);
    }

    /** Threads that come while keys are fetched wait for them, whether their clocks read a little less or more. */
    @Test
    void verify_whileKeysAreFetched_waitsForThem() {
        CountDownLatch waiting = new CountDownLatch(1);
        AtomicInteger fetches = new AtomicInteger();
        DocumentFetch slow = (address, headers) -> {
            fetches.incrementAndGet();
            waiting.countDown();
            return issuer.fetch().get(address, headers);
        };
        AtomicInteger reads = new AtomicInteger();
        IdentityTokens raced = IdentityTokens.builder(
                        AUDIENCE, IssuerDirectory.of(List.of(issuer.issuer("github"))), slow)
                .clock(() -> NOW.plusMillis(reads.incrementAndGet() % 2 == 0 ? 5 : -5))
                .build();

        List<Boolean> verified =
                Race.of(16, thread -> raced.verify(good().sign()).fold(yes -> true, no -> false));

        assertThat(verified).containsOnly(true);
        assertThat(waiting.getCount()).isZero();
        assertThat(fetches).hasValue(2);
    }

    /** O52 (a): a new key is taken at its first use once the cool-down is over. */
    @Test
    void verify_afterARotation_takesTheNewKey() {
        verified(tokens.verify(goodNow()));
        issuer.rotate();
        assertThat(codeOf(goodNow())).isEqualTo(IdentityTokenRejection.UNKNOWN_KEY);

        clock.advance(COOL_DOWN);
        verified(tokens.verify(goodNow()));
        assertThat(issuer.keySetFetches()).isEqualTo(2);
    }

    /** A revoked key is out within the greatest age, though its id is known and no new one comes. */
    @Test
    void verify_withAWithdrawnKey_isRefusedAtTheGreatestAge() {
        FakeToken old = issuer.token(AUDIENCE, NOW);
        verified(tokens.verify(old.sign()));
        issuer.rotate();
        issuer.withdrawOlderKeys();

        clock.advance(MAX_AGE.minusNanos(1));
        verified(tokens.verify(now(old, clock.instant())));
        assertThat(issuer.keySetFetches()).isEqualTo(1);

        clock.advance(Duration.ofNanos(1));
        assertThat(codeOf(now(old, clock.instant()))).isEqualTo(IdentityTokenRejection.UNKNOWN_KEY);
        assertThat(issuer.keySetFetches()).isEqualTo(2);
    }

    @Test
    void verify_withAWithdrawnKey_isRefusedAsSoonAsTheSetIsRenewedForAnother() {
        FakeToken old = issuer.token(AUDIENCE, NOW);
        verified(tokens.verify(old.sign()));
        issuer.rotate();
        issuer.withdrawOlderKeys();
        clock.advance(COOL_DOWN);
        verified(tokens.verify(goodNow()));

        assertThat(codeOf(now(old, clock.instant()))).isEqualTo(IdentityTokenRejection.UNKNOWN_KEY);
    }

    /** O52 (c) and table 9.8: whatever it answers that is no set with a key, the last good one serves on, up to a bound. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GOOD")
    void verify_throughAnOutage_takesTheLastGoodKeysUpToItsBound(FakeIssuer.Behaviour behaviour) {
        verified(tokens.verify(goodNow()));
        issuer.behave(behaviour);

        clock.advance(MAX_AGE);
        verified(tokens.verify(goodNow()));
        clock.advance(OUTAGE.minus(MAX_AGE).minusNanos(1));
        verified(tokens.verify(goodNow()));
        clock.advance(Duration.ofNanos(1));
        assertThat(codeOf(goodNow())).isEqualTo(IdentityTokenRejection.KEYS_UNAVAILABLE);

        issuer.behave(FakeIssuer.Behaviour.GOOD);
        assertThat(codeOf(goodNow())).isEqualTo(IdentityTokenRejection.KEYS_UNAVAILABLE);
        clock.advance(COOL_DOWN);
        verified(tokens.verify(goodNow()));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GOOD")
    void verify_withNoGoodKeysYet_isUnavailableAndAskedOnceInACoolDown(FakeIssuer.Behaviour behaviour) {
        issuer.behave(behaviour);

        for (int i = 0; i < 10; i++) {
            assertThat(codeOf(goodNow())).isEqualTo(IdentityTokenRejection.KEYS_UNAVAILABLE);
        }
        assertThat(issuer.discoveryFetches()).isEqualTo(1);
        clock.advance(COOL_DOWN);
        codeOf(goodNow());
        assertThat(issuer.discoveryFetches()).isEqualTo(2);
    }

    /** In an outage nobody can say that an id is invented. */
    @Test
    void verify_ofAnUnknownIdInAnOutage_isUnavailable() {
        verified(tokens.verify(goodNow()));
        issuer.behave(FakeIssuer.Behaviour.UNAVAILABLE);
        clock.advance(COOL_DOWN);

        assertThat(codeOf(now(good().header("kid", "new"), clock.instant())))
                .isEqualTo(IdentityTokenRejection.KEYS_UNAVAILABLE);
        verified(tokens.verify(goodNow()));
    }

    /** A clock that is set back by days neither keeps keys for ever nor fetches for each token. */
    @Test
    void verify_afterTheClockWentBack_renewsOnce() {
        verified(tokens.verify(goodNow()));
        clock.advance(Duration.ofDays(-3));
        verified(tokens.verify(goodNow()));
        verified(tokens.verify(goodNow()));

        assertThat(issuer.keySetFetches()).isEqualTo(2);
    }

    /** One strange key leaves the others as they are. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "kty",
                "no kty",
                "no kid",
                "empty kid",
                "number kid",
                "long kid",
                "oct",
                "private",
                "encryption",
                "other alg",
                "signing only",
                "tiny",
                "even",
                "no modulus",
                "padded",
                "curve",
                "off the curve",
                "not a map"
            })
    void verify_besideAStrangeKey_takesTheOthersAndNotThat(String kind) {
        Map<String, Object> key = new LinkedHashMap<>(other.key(FakeToken.Algorithm.RS256));
        Map<String, Object> ec = new LinkedHashMap<>(other.key(FakeToken.Algorithm.ES256));
        key.put("kid", "strange");
        ec.put("kid", "strange");
        switch (kind) {
            case "kty" -> key.put("kty", "AKP");
            case "no kty" -> key.remove("kty");
            case "no kid" -> key.remove("kid");
            case "empty kid" -> key.put("kid", "");
            case "number kid" -> key.put("kid", 7);
            case "long kid" -> key.put("kid", "s".repeat(256));
            case "oct" -> {
                key.put("kty", "oct");
                key.put("k", "AAAA");
            }
            case "private" -> key.put("d", "AQAB");
            case "encryption" -> key.put("use", "enc");
            case "other alg" -> key.put("alg", "PS256");
            case "signing only" -> key.put("key_ops", List.of("sign"));
            case "tiny" -> key.put("n", "x".repeat(170) + "w");
            case "even" -> key.put("n", ((String) key.get("n")).substring(0, 340) + "AA");
            case "no modulus" -> key.remove("n");
            case "padded" -> key.put("n", key.get("n") + "==");
            case "curve" -> {
                key.putAll(ec);
                key.put("crv", "P-384");
            }
            case "off the curve" -> {
                key.putAll(ec);
                key.put("y", ec.get("x"));
            }
            default -> key.clear();
        }
        issuer.publish(key);
        boolean isEc = "EC".equals(key.get("kty"));

        verified(tokens.verify(goodNow()));
        FakeToken forged = other.token(AUDIENCE, NOW).claim("iss", issuer.url());
        FakeToken signed = isEc ? forged.by(FakeToken.Algorithm.ES256) : forged;
        assertThat(codeOf(signed.header("kid", "strange").sign())).isEqualTo(IdentityTokenRejection.UNKNOWN_KEY);
    }

    /** Without the one thing that makes it strange the same key is taken, so that the cases above mean something. */
    @Test
    void verify_withAnAddedKeyThatIsNotStrange_takesIt() {
        Map<String, Object> key = new LinkedHashMap<>(other.key(FakeToken.Algorithm.RS256));
        key.put("kid", "strange");
        key.remove("use");
        key.remove("alg");
        key.put("key_ops", List.of("verify"));
        key.put("x5c", List.of("AA=="));
        key.put("foo", 1);
        issuer.publish(key);

        verified(tokens.verify(other.token(AUDIENCE, NOW)
                .claim("iss", issuer.url())
                .header("kid", "strange")
                .sign()));
    }

    @Test
    void verify_withAnIdOfTwoKeys_takesNeither() {
        Map<String, Object> twin = new LinkedHashMap<>(other.key(FakeToken.Algorithm.RS256));
        twin.put("kid", issuer.keyId(FakeToken.Algorithm.RS256));
        issuer.publish(twin);

        assertThat(codeOf(goodNow())).isEqualTo(IdentityTokenRejection.UNKNOWN_KEY);
        verified(tokens.verify(good().by(FakeToken.Algorithm.ES256).sign()));
    }

    @Test
    void verify_withASetOfTooManyKeys_isUnavailable() {
        for (int i = 0; i < 99; i++) {
            issuer.publish(Map.of("kty", "oct", "kid", "k" + i));
        }

        assertThat(codeOf(goodNow())).isEqualTo(IdentityTokenRejection.KEYS_UNAVAILABLE);
    }

    /** Google's keys are at another host than its name; it is stated, not believed. */
    @Test
    void verify_withKeysAtAStatedHost_takesThem() {
        issuer.behave(FakeIssuer.Behaviour.OTHER_HOST);
        Issuer stated =
                Issuer.builder(issuer.url(), "google").keyHosts("keys.example").build();
        IdentityTokens own = IdentityTokens.builder(
                        AUDIENCE, IssuerDirectory.of(List.of(stated)), (address, headers) -> {
                            URI at = address.getHost().equals("keys.example")
                                    ? URI.create(issuer.url() + address.getPath())
                                    : address;
                            return issuer.fetch().get(at, headers);
                        })
                .clock(clock)
                .build();

        verified(own.verify(goodNow()));
    }

    @Test
    void verify_withAStatedAddressOfTheKeys_asksForNoDiscovery() {
        Issuer direct = Issuer.builder(issuer.url(), "github")
                .keySet(URI.create(issuer.url() + "/keys"))
                .build();
        IdentityTokens own = IdentityTokens.builder(AUDIENCE, IssuerDirectory.of(List.of(direct)), issuer.fetch())
                .clock(clock)
                .build();

        verified(own.verify(goodNow()));
        assertThat(issuer.discoveryFetches()).isZero();
        assertThat(issuer.keySetFetches()).isEqualTo(1);
    }

    /** What a host's own fetch does wrong is an outage, and no way in. */
    @Test
    void verify_withAFetchThatMisbehaves_isUnavailable() {
        List<DocumentFetch> bad = List.of(
                (address, headers) -> null,
                (address, headers) -> new byte[0],
                (address, headers) -> new byte[2 << 20],
                (address, headers) -> "[]".getBytes(StandardCharsets.UTF_8),
                (address, headers) -> {
                    throw new IllegalStateException("a secret");
                },
                (address, headers) -> {
                    throw new FetchFailedException(FetchFailedException.Reason.TIMEOUT, "ci.example");
                });
        for (DocumentFetch fetch : bad) {
            IdentityTokens own = IdentityTokens.builder(
                            AUDIENCE, IssuerDirectory.of(List.of(issuer.issuer("github"))), fetch)
                    .clock(clock)
                    .build();
            assertThat(rejected(own.verify(goodNow())).code()).isEqualTo(IdentityTokenRejection.KEYS_UNAVAILABLE);
            assertThat(rejected(own.verify(goodNow())).detail()).doesNotContain("secret");
        }
    }

    /** Over a real connection: good documents, and each answer that no good issuer gives. */
    @ParameterizedTest
    @EnumSource
    void verify_overHttp_takesGoodDocumentsAlone(FakeIssuer.Behaviour behaviour) {
        try (FakeIssuer real = FakeIssuer.onLoopback()) {
            real.behave(behaviour);
            IdentityTokens own = IdentityTokens.builder(
                            AUDIENCE,
                            IssuerDirectory.of(List.of(real.issuer("github"))),
                            HttpsFetch.builder()
                                    .totalTimeout(
                                            behaviour == FakeIssuer.Behaviour.STALLING
                                                            || behaviour == FakeIssuer.Behaviour.DRIPPING
                                                    ? Duration.ofMillis(600)
                                                    : Duration.ofSeconds(5))
                                    .allowLoopback()
                                    .build())
                    .clock(clock)
                    .build();
            String token = real.token(AUDIENCE, NOW).sign();

            if (behaviour == FakeIssuer.Behaviour.GOOD) {
                verified(own.verify(token));
                assertThat(real.keySetFetches()).isEqualTo(1);
            } else {
                assertThat(rejected(own.verify(token)).code()).isEqualTo(IdentityTokenRejection.KEYS_UNAVAILABLE);
                assertThat(real.discoveryFetches()).isEqualTo(1);
            }
        }
    }
}
