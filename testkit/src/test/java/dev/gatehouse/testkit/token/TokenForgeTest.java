package dev.gatehouse.testkit.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.testkit.token.Forgery.Effect;
import dev.gatehouse.testkit.token.Forgery.Kind;
import dev.gatehouse.testkit.token.TokenSubject.Minted;
import dev.gatehouse.token.ApiTokens;
import dev.gatehouse.token.Caveat;
import dev.gatehouse.token.Caveats;
import dev.gatehouse.token.TokenContext;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** What the forge makes is what it says. */
class TokenForgeTest {
    private static final byte[] KEY = {1, 2, 3};
    private final TokenSubject tokens = ApiTokensLawsTest.inMemory();

    private TokenForge forge() {
        return TokenForge.of(tokens.mint(TokenOrder.ofAccount("alice")).secret());
    }

    /** The forge signs as the library signs. */
    @Property(tries = 200)
    void restricted_withCaveats_isWhatTheLibraryMakes(@ForAll @Size(max = 5) List<Caveat> caveats) {
        TokenForge forge = forge();

        assertThat(forge.restricted(caveats).token().text())
                .isEqualTo(ApiTokens.attenuate(forge.token().text(), caveats));
    }

    @Property(tries = 300)
    void forged_inAnyWay_isAnotherTextAndIsNotPrinted(@ForAll Forgery forgery, @ForAll boolean bare) {
        TokenForge forge = bare ? TokenForge.signed("pypi", "index.test", "1", KEY) : forge();
        ForgedToken forged = forge.forged(forgery);
        String secret = forge.token().text();

        assertThat(forged.text()).isNotEqualTo(secret);
        assertThat(forged.toString() + forge + forgery + forge.token())
                .doesNotContain(secret.substring(6, 30))
                .doesNotContain("pypi" + "-");
        assertThat(forged.how()).isEqualTo(forgery.toString());
    }

    /** Each kind is refused for what it is, so that none hides behind another's reason. */
    @Example
    void forged_ofEachKindAndPlace_isRefusedAsItsEffectSays() {
        TokenForge forge = forge();
        for (Kind kind : Kind.values()) {
            Set<String> told = forge.every(kind)
                    .map(token -> {
                        TokenSubject.Answer answer = tokens.verify(token.text(), TokenContext.withoutProject());
                        assertThat(answer.accepted()).as("%s", token).isFalse();
                        return answer.told().replaceFirst(":.*", "");
                    })
                    .collect(Collectors.toSet());

            assertThat(told)
                    .as("%s", kind)
                    .isSubsetOf(
                            kind.effect() == Effect.RESTRICTED
                                    ? Set.of("CAVEATS")
                                    : Set.of("MALFORMED", "NOT_GENUINE"));
        }
    }

    @Example
    void forged_behindTheSignature_isRefusedForTheSignatureAlone() {
        for (Kind kind : List.of(
                Kind.FLIPPED_SIGNATURE_BIT,
                Kind.REMOVED_CAVEAT,
                Kind.REORDERED_CAVEATS,
                Kind.REPEATED_CAVEAT,
                Kind.REPLACED_CAVEAT,
                Kind.UNSIGNED_CAVEAT)) {
            assertThat(forge().every(kind))
                    .allSatisfy(token -> assertThat(tokens.verify(token.text(), TokenContext.withoutProject())
                                    .told())
                            .as("%s", token)
                            .startsWith("NOT_GENUINE"));
        }
    }

    @Example
    void of_aMintedToken_tellsItsParts() {
        Minted minted = tokens.mint(TokenOrder.ofAccount("alice"));
        TokenForge forge = TokenForge.of(minted.secret())
                .restricted(List.of(Caveats.expiration(Instant.EPOCH, Instant.ofEpochSecond(9))));

        assertThat(forge.prefix()).isEqualTo("pypi");
        assertThat(forge.location()).isEqualTo("index.test");
        assertThat(forge.id()).isEqualTo(minted.token().id());
        assertThat(forge.caveats()).containsExactly("[3,\"alice\"]", "[0,9,0]");
    }

    @Example
    void of_whatIsNoToken_isRefusedWithoutItsText() {
        for (String text : List.of("", "secret", "pypi" + "-", "pypi" + "-AAAA", "pypi" + "-!", "-")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TokenForge.of(text))
                    .withMessage("token: malformed");
        }
    }
}
