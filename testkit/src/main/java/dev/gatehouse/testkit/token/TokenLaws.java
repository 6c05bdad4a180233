package dev.gatehouse.testkit.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.testkit.token.Forgery.Effect;
import dev.gatehouse.testkit.token.TokenSubject.Answer;
import dev.gatehouse.testkit.token.TokenSubject.Minted;
import dev.gatehouse.token.Caveat;
import dev.gatehouse.token.Caveats;
import dev.gatehouse.token.TokenContext;
import dev.gatehouse.token.TokenOwner;
import dev.gatehouse.token.TokenProject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/**
 * What holds of whatever mints and verifies API tokens. A jqwik test class implements it with one method, {@link #tokens}.
 *
 * <p>The laws mint a few thousand tokens, and set the clock from {@link #NOW} on; the store may be one in memory or a test's database.
 */
public interface TokenLaws {
    /** Where the laws set the clock to, with a fraction of a second, for tokens are kept to the microsecond and caveats to the second. */
    Instant NOW = Instant.parse("2024-06-01T12:00:00.500001Z");

    /** What is held to the laws; the same or a new one each time. */
    TokenSubject tokens();

    /** The policies to which a credential is put, by default presets and one that would reward caveats; at an instant that stands still. */
    default List<TwoFactorPolicy> policies() {
        return LawPolicies.at(NOW.plusSeconds(60));
    }

    private TokenSubject atNow() {
        TokenSubject tokens = tokens();
        tokens.clock().set(NOW);
        return tokens;
    }

    private static TokenContext within(TokenOrder order) {
        TokenProject project = order.projects().isEmpty()
                ? TokenProject.of("sample")
                : order.projects().get(0);
        return TokenContext.about(project.withId("1").withPublishers(Set.of("p1")));
    }

    private static void assertAccepted(Answer answer) {
        assertThat(answer.accepted())
                .as("a good token is accepted, but was told: %s", answer.told())
                .isTrue();
    }

    private static void assertRefused(Answer answer, Object why) {
        assertThat(answer.accepted()).as("accepted, though %s", why).isFalse();
    }

    /** Without this, whoever refuses everything would keep all other laws. */
    @Property
    default void aNewToken_forWhatItIsFor_isAccepted(@ForAll TokenOrder order) {
        TokenSubject tokens = atNow();
        Minted minted = tokens.mint(order);

        Answer answer = tokens.verify(minted.secret(), within(order));

        assertAccepted(answer);
        assertAccepted(tokens.verifyInTwoSteps(minted.secret(), within(order)));
        assertThat(answer.record()).contains(minted.token());
    }

    /** Whatever is changed without the key, the token is nobody's, and nothing of the record is told. */
    @Property
    default void aToken_forgedInAnyWay_isRefusedWithoutAWordOfTheRecord(
            @ForAll TokenOrder order, @ForAll("unprovenForgeries") Forgery forgery) {
        TokenSubject tokens = atNow();
        Minted minted = tokens.mint(order);
        String forged = TokenForge.of(minted.secret()).forged(forgery).text();

        Answer first = tokens.verify(forged, within(order));
        Answer open = tokens.verifyInTwoSteps(forged, within(order));
        tokens.revoke(minted.token());
        Answer later = tokens.verify(forged, within(order));

        for (Answer answer : List.of(first, open, later)) {
            assertRefused(answer, forgery);
            assertThat(answer.record()).as("record told, %s", forgery).isEmpty();
        }
        assertThat(later).as("the answer after the revocation").isEqualTo(first);
        assertThat(first.told())
                .as("told, %s", forgery)
                .doesNotContain(
                        minted.token().owner().id(), minted.token().name().orElse("no name"));
    }

    @Provide
    default Arbitrary<Forgery> unprovenForgeries() {
        return TokenArbitraries.forgeries(Effect.UNPROVEN);
    }

    /** Every single bit of the bytes and of the text of a token that has everything. */
    @Example
    default void aToken_withAnyOneBitChanged_isRefused() {
        TokenSubject tokens = atNow();
        TokenOrder order = new TokenOrder(
                TokenOwner.account("alice"),
                List.of(TokenProject.of("sample")),
                Optional.of(Duration.ofHours(1)),
                true);
        TokenForge forge = TokenForge.of(tokens.mint(order).secret()).restricted(List.of(Caveats.madeWithTwoFactor()));
        assertAccepted(tokens.verify(forge.token().text(), within(order)));

        for (Forgery.Kind kind : List.of(
                Forgery.Kind.FLIPPED_LOCATION_BIT,
                Forgery.Kind.FLIPPED_ID_BIT,
                Forgery.Kind.FLIPPED_CAVEAT_BIT,
                Forgery.Kind.FLIPPED_SIGNATURE_BIT,
                Forgery.Kind.FLIPPED_FRAME_BIT,
                Forgery.Kind.FLIPPED_TEXT_BIT)) {
            for (int place = 0; place < forge.places(kind); place++) {
                Forgery forgery = new Forgery(kind, place);
                Answer answer = tokens.verify(forge.forged(forgery).text(), within(order));
                assertRefused(answer, forgery);
                assertThat(answer.record()).as("record told, %s", forgery).isEmpty();
            }
        }
    }

    /** What any bearer can sign, and what nobody ought to understand, or what no request meets. */
    @Property
    default void aToken_restrictedBeyondAnyRequest_isRefused(
            @ForAll TokenOrder order, @ForAll("restrictingForgeries") Forgery forgery, @ForAll List<Caveat> behind) {
        TokenSubject tokens = atNow();
        TokenForge forge = TokenForge.of(tokens.mint(order).secret());
        String forged = forge.forged(forgery).text();

        assertRefused(tokens.verify(forged, within(order)), forgery);
        assertRefused(tokens.verifyInTwoSteps(forged, within(order)), forgery);
        assertRefused(
                tokens.verify(TokenForge.of(forged).restricted(behind).token().text(), within(order)), forgery);
    }

    @Provide
    default Arbitrary<Forgery> restrictingForgeries() {
        return TokenArbitraries.forgeries(Effect.RESTRICTED);
    }

    /** Whatever is sent, it is refused, and nothing is thrown. */
    @Property
    default void anyText_isRefused(@ForAll String text) {
        TokenSubject tokens = atNow();
        for (String sent : List.of(text, "pypi" + "-" + text, "pypi" + "-" + LooseMacaroon.base64(utf8(text)))) {
            Answer answer = tokens.verify(sent, TokenContext.withoutProject());
            assertRefused(answer, "it is any text");
            assertThat(answer.record()).isEmpty();
        }
    }

    private static byte[] utf8(String text) {
        return LooseMacaroon.utf8(text);
    }

    /** A restriction more never lets a request through that was refused before. */
    @Property
    default void aToken_restrictedFurther_reachesNoFurther(
            @ForAll TokenOrder order,
            @ForAll @Size(max = 3) List<Caveat> first,
            @ForAll Caveat more,
            @ForAll TokenContext request) {
        TokenSubject tokens = atNow();
        TokenForge once = TokenForge.of(tokens.mint(order).secret()).restricted(first);
        TokenForge twice = once.restricted(List.of(more));

        if (tokens.verify(twice.token().text(), request).accepted()) {
            assertAccepted(tokens.verify(once.token().text(), request));
        }
        if (tokens.verifyInTwoSteps(twice.token().text(), request).accepted()) {
            assertAccepted(tokens.verifyInTwoSteps(once.token().text(), request));
        }
    }

    /** Whether the project is known at first or later never matters. */
    @Property
    default void aToken_verifiedInTwoSteps_isAnsweredAsInOne(
            @ForAll TokenOrder order, @ForAll @Size(max = 3) List<Caveat> caveats, @ForAll TokenContext request) {
        TokenSubject tokens = atNow();
        String token = TokenForge.of(tokens.mint(order).secret())
                .restricted(caveats)
                .token()
                .text();

        assertThat(tokens.verifyInTwoSteps(token, request).accepted())
                .as("accepted in two steps")
                .isEqualTo(tokens.verify(token, request).accepted());
    }

    /** The order in which a bearer restricts never matters. */
    @Property
    default void aToken_restrictedInAnotherOrder_reachesAsFar(
            @ForAll TokenOrder order, @ForAll @Size(max = 4) List<Caveat> caveats, @ForAll TokenContext request) {
        TokenSubject tokens = atNow();
        TokenForge forge = TokenForge.of(tokens.mint(order).secret());
        List<Caveat> reversed = new ArrayList<>(caveats);
        Collections.reverse(reversed);

        assertThat(tokens.verify(forge.restricted(reversed).token().text(), request)
                        .accepted())
                .as("accepted in another order")
                .isEqualTo(tokens.verify(forge.restricted(caveats).token().text(), request)
                        .accepted());
    }

    /** The same token, request and instant always have the same answer. */
    @Property
    default void aToken_verifiedTwice_hasOneAnswer(
            @ForAll TokenOrder order, @ForAll @Size(max = 3) List<Caveat> caveats, @ForAll TokenContext request) {
        TokenSubject tokens = atNow();
        String token = TokenForge.of(tokens.mint(order).secret())
                .restricted(caveats)
                .token()
                .text();

        Answer first = tokens.verify(token, request);

        assertThat(tokens.verify(token, request)).isEqualTo(first);
        assertThat(tokens.verify(token, request)).isEqualTo(first);
    }

    /** What is told of the record is the record, whatever a bearer adds. */
    @Property
    default void aToken_restrictedFurther_hasTheSameRecord(
            @ForAll TokenOrder order, @ForAll @Size(max = 4) List<Caveat> caveats, @ForAll TokenContext request) {
        TokenSubject tokens = atNow();
        Minted minted = tokens.mint(order);
        String token =
                TokenForge.of(minted.secret()).restricted(caveats).token().text();

        tokens.verify(token, request)
                .record()
                .ifPresent(record -> assertThat(record).isEqualTo(minted.token()));
    }

    /** For every policy and request, adding any caveat never turns a refusal into a permission. */
    @Property
    default void aToken_restrictedFurther_isNeverPermittedMore(
            @ForAll TokenOrder order, @ForAll @Size(min = 1, max = 3) List<Caveat> caveats) {
        TokenSubject tokens = atNow();
        Minted minted = tokens.mint(order);
        TokenContext request = within(order);
        String restricted =
                TokenForge.of(minted.secret()).restricted(caveats).token().text();

        Credential bare = tokens.credential(minted.secret(), request)
                .orElseThrow(() -> new AssertionError("a good token is refused"));
        Optional<Credential> other = tokens.credential(restricted, request);

        if (other.isPresent()) {
            for (TwoFactorPolicy policy : Held.POLICIES.computeIfAbsent(getClass(), type -> policies())) {
                for (Action action : policy.definition().vocabulary().actions()) {
                    if (!LawPolicies.permits(policy, action, bare)) {
                        assertThat(LawPolicies.permits(policy, action, other.get()))
                                .as("%s of %s permits %s to the restricted token alone", policy, action, caveats)
                                .isFalse();
                    }
                }
            }
        }
    }

    /** It is good before its end and at no instant from it on. */
    @Property
    default void aToken_atItsEnd_isExpired(
            @ForAll TokenOrder order,
            @ForAll @LongRange(min = 1, max = 86_400 * 30) long seconds,
            @ForAll("nanos") long later) {
        TokenSubject tokens = atNow();
        TokenOrder mortal = order.living(Duration.ofSeconds(seconds));
        Minted minted = tokens.mint(mortal);
        Instant end = minted.token().created().plusSeconds(seconds);

        tokens.clock().set(end.minusNanos(1));
        assertAccepted(tokens.verify(minted.secret(), within(order)));
        for (Instant instant : List.of(end, end.plusNanos(later))) {
            tokens.clock().set(instant);
            assertRefused(tokens.verify(minted.secret(), within(order)), "it ended at " + end + ", now " + instant);
            assertRefused(tokens.verifyInTwoSteps(minted.secret(), within(order)), "it ended at " + end);
        }
    }

    @Provide
    default Arbitrary<Long> nanos() {
        return Arbitraries.longs().between(0, Duration.ofDays(400).toNanos());
    }

    /** A caveat of time binds from its first second, and until before its last. */
    @Property
    default void aToken_restrictedInTime_isGoodFromItsFirstSecondUntilBeforeItsLast(
            @ForAll TokenOrder order,
            @ForAll @LongRange(min = 0, max = 100_000) long wait,
            @ForAll @LongRange(min = 1, max = 100_000) long span) {
        TokenSubject tokens = atNow();
        TokenOrder endless =
                new TokenOrder(order.owner(), order.projects(), Optional.empty(), order.madeWithTwoFactor());
        Instant first = Instant.ofEpochSecond(NOW.getEpochSecond() + 1 + wait);
        Instant end = first.plusSeconds(span);
        String token = TokenForge.of(tokens.mint(endless).secret())
                .restricted(List.of(Caveats.expiration(first, end)))
                .token()
                .text();

        for (Instant good : List.of(first, end.minusNanos(1))) {
            tokens.clock().set(good);
            assertAccepted(tokens.verify(token, within(order)));
        }
        for (Instant bad : List.of(first.minusNanos(1), end, end.plusNanos(1))) {
            tokens.clock().set(bad);
            assertRefused(
                    tokens.verify(token, within(order)),
                    "good from " + first + " until before " + end + ", now " + bad);
        }
    }

    /** Whatever a bearer does, and whatever the clock says, what was revoked is dead, and every copy of it. */
    @Property
    default void aToken_revoked_staysRevoked(
            @ForAll TokenOrder order,
            @ForAll @Size(max = 3) List<Caveat> caveats,
            @ForAll @LongRange(min = -100_000, max = 100_000_000) long seconds) {
        TokenSubject tokens = atNow();
        Minted minted = tokens.mint(order);
        String copy = TokenForge.of(minted.secret()).restricted(caveats).token().text();
        tokens.revoke(minted.token());

        for (Instant instant : List.of(NOW, NOW.plusSeconds(seconds))) {
            tokens.clock().set(instant);
            for (String token : List.of(minted.secret(), copy)) {
                assertRefused(tokens.verify(token, within(order)), "it is revoked");
                assertRefused(tokens.verifyInTwoSteps(token, within(order)), "it is revoked");
            }
        }
    }
}
