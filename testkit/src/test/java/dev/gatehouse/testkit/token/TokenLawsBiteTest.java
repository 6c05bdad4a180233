package dev.gatehouse.testkit.token;

import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.Lifetime;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.testkit.Bites;
import dev.gatehouse.testkit.Breaks;
import dev.gatehouse.token.ApiToken;
import dev.gatehouse.token.TokenContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Faults that the laws of tokens catch; most have been somebody's. */
class TokenLawsBiteTest {

    @TestFactory
    Stream<DynamicTest> fault_planted_isCaught() {
        return Bites.tests(TokenLawsBiteTest.class);
    }

    @Test
    void law_each_hasAFault() {
        Bites.assertThatEachLawHasAFault(TokenLaws.class, TokenLawsBiteTest.class);
    }

    /** Laws over a fault. */
    private static class Over implements TokenLaws {
        private final TokenSubject faulty;

        Over(TokenSubject faulty) {
            this.faulty = faulty;
        }

        @Override
        public TokenSubject tokens() {
            return faulty;
        }
    }

    @Breaks("aNewToken_forWhatItIsFor_isAccepted")
    static class RefusesEverything extends Over {
        RefusesEverything() {
            super(new FaultyTokens() {
                @Override
                public Answer verify(String token, TokenContext request) {
                    return new Answer(false, "no", Optional.empty());
                }
            });
        }
    }

    @Breaks("aToken_forgedInAnyWay_isRefusedWithoutAWordOfTheRecord")
    static class StripsWhiteSpace extends Over {
        StripsWhiteSpace() {
            super(new FaultyTokens() {
                @Override
                String read(String token) {
                    return token.strip();
                }
            });
        }
    }

    @Breaks("aToken_forgedInAnyWay_isRefusedWithoutAWordOfTheRecord")
    static class TakesPaddingAndUnusedBits extends Over {
        TakesPaddingAndUnusedBits() {
            super(new FaultyTokens() {
                @Override
                String read(String token) {
                    int start = token.indexOf('-') + 1;
                    try {
                        return token.substring(0, start)
                                + LooseMacaroon.base64(Base64.getUrlDecoder().decode(token.substring(start)));
                    } catch (IllegalArgumentException e) {
                        return token;
                    }
                }
            });
        }
    }

    @Breaks({
        "aToken_forgedInAnyWay_isRefusedWithoutAWordOfTheRecord",
        "aToken_withAnyOneBitChanged_isRefused",
        "aToken_restrictedBeyondAnyRequest_isRefused"
    })
    static class ChecksNoSignatureAndNoCaveatOfABearer extends Over {
        ChecksNoSignatureAndNoCaveatOfABearer() {
            super(new FaultyTokens() {
                @Override
                String read(String token) {
                    return rewritten(token, caveats -> List.of());
                }
            });
        }
    }

    @Breaks("aToken_forgedInAnyWay_isRefusedWithoutAWordOfTheRecord")
    static class TellsOfARevocationBeforeTheSignatureHolds extends Over {
        TellsOfARevocationBeforeTheSignatureHolds() {
            super(new FaultyTokens() {
                private final Map<String, String> revoked = new HashMap<>();

                @Override
                public void revoke(ApiToken token) {
                    revoked.put(token.id(), token.id());
                    super.revoke(token);
                }

                @Override
                public Answer verify(String token, TokenContext request) {
                    Answer answer = super.verify(token, request);
                    return answer.accepted() || !isRevoked(token)
                            ? answer
                            : new Answer(false, "revoked", Optional.empty());
                }

                private boolean isRevoked(String token) {
                    try {
                        return revoked.containsKey(TokenForge.of(token).id());
                    } catch (IllegalArgumentException e) {
                        return false;
                    }
                }
            });
        }
    }

    @Breaks("aToken_restrictedBeyondAnyRequest_isRefused")
    static class IgnoresWhatItDoesNotUnderstand extends Over {
        IgnoresWhatItDoesNotUnderstand() {
            super(new FaultyTokens() {
                @Override
                String read(String token) {
                    return rewritten(
                            token,
                            caveats -> caveats.stream()
                                    .filter(FaultyTokens::isUnderstood)
                                    .toList());
                }
            });
        }
    }

    @Breaks("anyText_isRefused")
    static class ThrowsAtWhatIsNoToken extends Over {
        ThrowsAtWhatIsNoToken() {
            super(new FaultyTokens() {
                @Override
                String read(String token) {
                    return token.substring(0, 1) + token.substring(1);
                }
            });
        }
    }

    @Breaks({"aToken_restrictedFurther_reachesNoFurther", "aToken_restrictedInAnotherOrder_reachesAsFar"})
    static class LetsTheLastCaveatOfAKindBind extends Over {
        LetsTheLastCaveatOfAKindBind() {
            super(new FaultyTokens() {
                @Override
                String read(String token) {
                    return rewritten(token, caveats -> {
                        Map<String, String> last = new LinkedHashMap<>();
                        caveats.forEach(text -> last.put(nameOf(text), text));
                        return List.copyOf(last.values());
                    });
                }
            });
        }
    }

    @Breaks("aToken_verifiedInTwoSteps_isAnsweredAsInOne")
    static class ForgetsProjectsInTheSecondStep extends Over {
        ForgetsProjectsInTheSecondStep() {
            super(new FaultyTokens() {
                @Override
                public Answer verifyInTwoSteps(String token, TokenContext request) {
                    return super.verifyInTwoSteps(
                            rewritten(
                                    token,
                                    caveats -> caveats.stream()
                                            .filter(text -> !nameOf(text).startsWith("Project"))
                                            .toList()),
                            request);
                }
            });
        }
    }

    @Breaks("aToken_verifiedTwice_hasOneAnswer")
    static class KeepsAnAnswerWithoutItsRequest extends Over {
        KeepsAnAnswerWithoutItsRequest() {
            super(new FaultyTokens() {
                private int asked;

                @Override
                public Answer verify(String token, TokenContext request) {
                    Answer answer = super.verify(token, request);
                    return answer.accepted() ? answer : new Answer(false, "attempt " + ++asked, answer.record());
                }
            });
        }
    }

    @Breaks("aToken_restrictedFurther_hasTheSameRecord")
    static class TellsTheReachOfTheCaveats extends Over {
        TellsTheReachOfTheCaveats() {
            super(new FaultyTokens() {
                @Override
                public Answer verify(String token, TokenContext request) {
                    Answer answer = super.verify(token, request);
                    return TokenForge.of(token).caveats().stream()
                                            .filter(text -> nameOf(text).equals("ProjectName"))
                                            .count()
                                    > 1
                            ? new Answer(
                                    answer.accepted(),
                                    answer.told(),
                                    answer.record().map(FaultyTokens::narrowed))
                            : answer;
                }
            });
        }
    }

    /** Caveats as facts of a policy: a bearer makes the token short-lived, and is let in. */
    @Breaks("aToken_restrictedFurther_isNeverPermittedMore")
    static class TellsAPolicyOfTheLifetimeInTheCaveats extends Over {
        TellsAPolicyOfTheLifetimeInTheCaveats() {
            super(new FaultyTokens() {
                @Override
                public Optional<Credential> credential(String token, TokenContext request) {
                    boolean brief = TokenForge.of(token).caveats().stream()
                            .anyMatch(text -> nameOf(text).equals("Expiration"));
                    return super.credential(token, request)
                            .map(sound -> brief && sound.kind() == CredentialKind.API_TOKEN
                                    ? Credential.apiToken()
                                            .created(TokenLaws.NOW)
                                            .lifetime(Lifetime.of(Duration.ofMinutes(5)))
                                            .build()
                                    : sound);
                }
            });
        }
    }

    @Breaks({"aToken_atItsEnd_isExpired", "aToken_restrictedInTime_isGoodFromItsFirstSecondUntilBeforeItsLast"})
    static class TakesTheEndForGood extends Over {
        TakesTheEndForGood() {
            super(new FaultyTokens() {
                @Override
                public Answer verify(String token, TokenContext request) {
                    Instant now = clock().instant();
                    clock().set(now.minusNanos(1));
                    Answer answer = super.verify(token, request);
                    clock().set(now);
                    return answer;
                }
            });
        }
    }

    @Breaks("aToken_revoked_staysRevoked")
    static class RevokesTheTextAlone extends Over {
        RevokesTheTextAlone() {
            super(new FaultyTokens() {
                private final Map<String, String> revoked = new HashMap<>();

                @Override
                public void revoke(ApiToken token) {
                    revoked.put(secrets.get(token.id()), token.id());
                }

                @Override
                public Answer verify(String token, TokenContext request) {
                    return revoked.containsKey(token)
                            ? new Answer(false, "revoked", Optional.empty())
                            : super.verify(token, request);
                }

                @Override
                public Answer verifyInTwoSteps(String token, TokenContext request) {
                    return verify(token, request);
                }
            });
        }
    }
}
