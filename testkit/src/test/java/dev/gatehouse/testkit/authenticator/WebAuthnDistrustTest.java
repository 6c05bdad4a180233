package dev.gatehouse.testkit.authenticator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.state.Claim;
import dev.gatehouse.state.Count;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.Put;
import dev.gatehouse.state.RateWindow;
import dev.gatehouse.state.StateSpace;
import dev.gatehouse.webauthn.AssertionExpectation;
import dev.gatehouse.webauthn.AssertionResponse;
import dev.gatehouse.webauthn.AssertionVerification;
import dev.gatehouse.webauthn.CeremonyStart;
import dev.gatehouse.webauthn.NewCredential;
import dev.gatehouse.webauthn.RegistrationExpectation;
import dev.gatehouse.webauthn.RegistrationVerification;
import dev.gatehouse.webauthn.WebAuthnCeremonies;
import dev.gatehouse.webauthn.WebAuthnCredential;
import dev.gatehouse.webauthn.WebAuthnRepository;
import dev.gatehouse.webauthn.WebAuthnVerifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store, state or verifier that throws, is empty-handed or lies: with the right key in hand, nobody gets in. */
class WebAuthnDistrustTest {
    private final KeyDesk desk = new KeyDesk();
    private final SoftAuthenticator key = SoftAuthenticator.at(KeyDesk.ORIGIN);
    private final SoftAuthenticator others = SoftAuthenticator.at(KeyDesk.ORIGIN);
    private WebAuthnCredential own;
    private WebAuthnCredential foreign;

    @BeforeEach
    void enrol() {
        own = desk.enrol(KeyDesk.ACCOUNT, key, "mine");
        foreign = desk.enrol(KeyDesk.OTHER, others, "theirs");
    }

    private String loginWhere(WebAuthnRepository store) {
        String json = key.get(desk.requestOptions(KeyDesk.ACCOUNT)).toJson();
        return KeyDesk.outcomeOf(
                desk.over(store).authentication().verify(new FactorResponse(KeyDesk.ACCOUNT, KeyDesk.SESSION, json)));
    }

    private WebAuthnRepository answering(@Nullable List<WebAuthnCredential> answer) {
        return new ForwardingWebAuthnRepository(desk.repository) {
            @Override
            public List<WebAuthnCredential> ofAccount(String account) {
                return answer;
            }

            @Override
            public Use use(
                    String account, String id, long expectedSignCount, long count, boolean backedUp, Instant now) {
                return Use.USED;
            }
        };
    }

    @Test
    void verify_answersThatCannotBe_areRefused() {
        assertThat(loginWhere(answering(List.of(own)))).isEqualTo("VERIFIED");
        assertThat(loginWhere(answering(null))).isEqualTo("STORE_UNTRUSTED");
        assertThat(loginWhere(answering(new ArrayList<>(Arrays.asList(own, null)))))
                .isEqualTo("STORE_UNTRUSTED");
        assertThat(loginWhere(answering(List.of(own, own)))).isEqualTo("STORE_UNTRUSTED");
        assertThat(loginWhere(answering(List.of(foreign)))).isEqualTo("STORE_UNTRUSTED");
        assertThat(loginWhere(answering(List.of(own, foreign)))).isEqualTo("STORE_UNTRUSTED");
        WebAuthnCredential otherHandle =
                WebAuthnCredential.of(KeyDesk.ACCOUNT, foreign.userHandle(), made("x"), desk.clock.instant());
        assertThat(loginWhere(answering(List.of(own, otherHandle)))).isEqualTo("STORE_UNTRUSTED");
    }

    private static NewCredential made(String id) {
        return NewCredential.builder(
                        Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(UTF_8)),
                        new byte[] {1, 2, 3})
                .build();
    }

    @Test
    void verify_moreCredentialsThanAnyAccountHas_isRefused() {
        List<WebAuthnCredential> many = new ArrayList<>(List.of(own));
        IntStream.range(0, WebAuthnRepository.MAX_CREDENTIALS)
                .mapToObj(i ->
                        WebAuthnCredential.of(KeyDesk.ACCOUNT, own.userHandle(), made("k" + i), desk.clock.instant()))
                .forEach(many::add);

        assertThat(loginWhere(answering(many))).isEqualTo("STORE_UNTRUSTED");
        assertThat(loginWhere(answering(many.subList(0, WebAuthnRepository.MAX_CREDENTIALS))))
                .isEqualTo("VERIFIED");
    }

    /** Yubico's YSA-2026-02: a lookup that ignores whose credential it is must let nobody in as somebody else. */
    @Test
    void verify_storeThatLooksUpByIdAlone_letsNobodyInAsAnother() {
        WebAuthnRepository careless = new ForwardingWebAuthnRepository(desk.repository) {
            @Override
            public List<WebAuthnCredential> ofAccount(String account) {
                return List.of(foreign);
            }
        };
        WebAuthnCeremonies ceremonies = desk.over(careless);
        String options = desk.requestOptions(KeyDesk.ACCOUNT);
        String json = others.get(options, foreign.id()).withoutUserHandle().toJson();

        assertThat(KeyDesk.outcomeOf(
                        ceremonies.authentication().verify(new FactorResponse(KeyDesk.ACCOUNT, KeyDesk.SESSION, json))))
                .isEqualTo("STORE_UNTRUSTED");
        assertThat(KeyDesk.codeOf(ceremonies.authentication().begin(KeyDesk.ACCOUNT, KeyDesk.SESSION)))
                .isEqualTo("STORE_UNTRUSTED");
        assertThatIllegalStateException()
                .isThrownBy(() -> ceremonies.inventory().enrolled(KeyDesk.ACCOUNT))
                .withMessageStartingWith("repository:");
    }

    private String passkeyWhere(SoftAuthenticator by, Optional<WebAuthnCredential> answer) {
        WebAuthnRepository lying = new ForwardingWebAuthnRepository(desk.repository) {
            @Override
            public Optional<WebAuthnCredential> find(String id) {
                return answer;
            }
        };
        return KeyDesk.outcomeOf(desk.over(lying)
                .authentication()
                .verifyPasskey(KeyDesk.SESSION, by.get(desk.passkeyOptions()).toJson()));
    }

    @Test
    void verifyPasskey_answersThatCannotBe_areRefused() {
        assertThat(passkeyWhere(key, Optional.of(own))).isEqualTo(KeyDesk.ACCOUNT);
        Map<String, Optional<WebAuthnCredential>> nothing = Map.of();
        assertThat(passkeyWhere(key, nothing.get("any"))).isEqualTo("STORE_UNTRUSTED");
        assertThat(passkeyWhere(key, Optional.of(foreign))).isEqualTo("STORE_UNTRUSTED");
        WebAuthnCredential renamed =
                WebAuthnCredential.of(KeyDesk.OTHER, foreign.userHandle(), own.registered(), desk.clock.instant());
        assertThat(passkeyWhere(key, Optional.of(renamed)))
                .as("the handle is not that of the account")
                .isEqualTo("USER_HANDLE");
    }

    @Test
    void verify_storeThrows_throws() {
        WebAuthnRepository failing = new ForwardingWebAuthnRepository(desk.repository) {
            @Override
            public Use use(
                    String account, String id, long expectedSignCount, long count, boolean backedUp, Instant now) {
                throw new IllegalStateException("lost");
            }
        };

        assertThatIllegalStateException().isThrownBy(() -> loginWhere(failing)).withMessage("lost");
    }

    @ParameterizedTest
    @EnumSource(
            value = WebAuthnRepository.Use.class,
            names = {"NOT_FOUND", "CONFLICT"})
    void verify_storeRefusesTheUse_isNotVerified(WebAuthnRepository.Use answer) {
        assertThat(loginWhere(usedAs(answer))).isIn("NOT_ENROLLED", "CONFLICT");
        assertThat(loginWhere(usedAs(null))).isEqualTo("STORE_UNTRUSTED");
    }

    private WebAuthnRepository usedAs(WebAuthnRepository.@Nullable Use answer) {
        return new ForwardingWebAuthnRepository(desk.repository) {
            @Override
            public Use use(
                    String account, String id, long expectedSignCount, long count, boolean backedUp, Instant now) {
                return answer;
            }
        };
    }

    @Test
    void confirm_storeAnswersNothing_isNotEnrolled() {
        String json = key.create(desk.creationOptions(KeyDesk.ACCOUNT))
                .despiteExclusions()
                .toJson();
        WebAuthnRepository mute = new ForwardingWebAuthnRepository(desk.repository) {
            @Override
            public Addition add(WebAuthnCredential credential, long version, AuditEvent added) {
                return null;
            }
        };

        assertThat(KeyDesk.outcomeOf(desk.over(mute)
                        .registration()
                        .confirm(new FactorResponse(KeyDesk.ACCOUNT, KeyDesk.SESSION, json), "b", 1, e -> e)))
                .isEqualTo("STORE_UNTRUSTED");
    }

    // The state

    private WebAuthnCeremonies overState(@Nullable String taken, Put put) {
        return overState(taken, put, new HashSet<>());
    }

    private WebAuthnCeremonies overState(@Nullable String taken, Put put, Set<StateSpace> spaces) {
        EphemeralState lying = new EphemeralState() {
            @Override
            public Claim claim(StateSpace space, String stateKey, Instant until, Instant now) {
                return Claim.CLAIMED;
            }

            @Override
            public Put put(StateSpace space, String stateKey, String value, Instant until, Instant now) {
                spaces.add(space);
                return put;
            }

            @Override
            public Optional<String> take(StateSpace space, String stateKey, Instant now) {
                return Optional.ofNullable(taken);
            }

            @Override
            public Count count(StateSpace space, String stateKey, RateWindow window, Instant now) {
                spaces.add(space);
                return new Count.Within(1, now);
            }

            @Override
            public void withdraw(StateSpace space, String stateKey, RateWindow window, Instant hit, Instant now) {
                // Nothing is kept.
            }

            @Override
            public void forget(StateSpace space, String stateKey, Instant now) {
                // Nothing is kept.
            }
        };
        return WebAuthnCeremonies.builder(desk.relyingParty, desk.repository, lying, desk.audit, desk.clock)
                .build();
    }

    @Test
    void verify_memoThatWasWrittenForSomethingElse_isRefused() {
        for (String memo : List.of("", "x", "r1|" + own.userHandle(), "p1|", "a2|")) {
            WebAuthnCeremonies ceremonies = overState(memo, Put.STORED);
            String options = KeyDesk.options(ceremonies.authentication().begin(KeyDesk.ACCOUNT, KeyDesk.SESSION));
            assertThat(KeyDesk.outcomeOf(ceremonies
                            .authentication()
                            .verify(new FactorResponse(
                                    KeyDesk.ACCOUNT,
                                    KeyDesk.SESSION,
                                    key.get(options).toJson()))))
                    .as(memo)
                    .isEqualTo("STORE_UNTRUSTED");
        }
        for (String memo : List.of("", "a1|", "p1|x")) {
            WebAuthnCeremonies ceremonies = overState(memo, Put.STORED);
            String options = KeyDesk.options(ceremonies.authentication().beginPasskey(KeyDesk.SESSION));
            assertThat(KeyDesk.outcomeOf(ceremonies
                            .authentication()
                            .verifyPasskey(KeyDesk.SESSION, key.get(options).toJson())))
                    .as(memo)
                    .isEqualTo("STORE_UNTRUSTED");
        }
    }

    /** `security.md` 4: what any visitor can fill is not what those need who have shown a password. */
    @Test
    void beginPasskey_always_usesNoSpaceOfTheOthers() {
        Set<StateSpace> known = new HashSet<>();
        WebAuthnCeremonies ceremonies = overState("x", Put.STORED, known);
        KeyDesk.options(ceremonies.authentication().begin(KeyDesk.ACCOUNT, KeyDesk.SESSION));
        KeyDesk.options(ceremonies.registration().begin(KeyDesk.ACCOUNT, KeyDesk.SESSION, "a", "a"));
        Set<StateSpace> visitors = new HashSet<>();
        KeyDesk.options(overState("x", Put.STORED, visitors).authentication().beginPasskey(KeyDesk.SESSION));

        assertThat(known).hasSize(2);
        assertThat(visitors).hasSize(2).doesNotContainAnyElementsOf(known);
        assertThat(visitors).extracting(StateSpace::name).allMatch(name -> name.startsWith("webauthn.passkey"));
    }

    @Test
    void begin_stateThatHasAFreshChallengeAlready_throws() {
        assertThatIllegalStateException()
                .isThrownBy(() -> overState("x", Put.OCCUPIED).authentication().beginPasskey(Carrier.session("s")))
                .withMessageStartingWith("state:");
    }

    // The verifier

    private WebAuthnCeremonies judgedBy(AssertionVerification verdict) {
        WebAuthnVerifier lying = new WebAuthnVerifier() {
            @Override
            public RegistrationVerification verifyRegistration(RegistrationExpectation expected, String json) {
                throw new AssertionError("not asked");
            }

            @Override
            public AssertionVerification verifyAssertion(AssertionExpectation expected, AssertionResponse response) {
                return verdict;
            }
        };
        return WebAuthnCeremonies.builder(desk.relyingParty, desk.repository, desk.state, desk.audit, desk.clock)
                .verifier(lying)
                .build();
    }

    @Test
    void verify_verifierThatSaysWhatCannotBe_isNotBelieved() {
        assertThat(loginJudged(new AssertionVerification.Asserted(1, false, true, false)))
                .isEqualTo("VERIFIED");
        assertThat(loginJudged(new AssertionVerification.Asserted(2, true, true, false)))
                .as("backed up, but not eligible")
                .isEqualTo("BACKUP_FLAGS");
        assertThat(loginJudged(new AssertionVerification.Asserted(0, false, true, false)))
                .as("a counter that goes down")
                .isEqualTo("COUNTER_REGRESSED");
        CeremonyStart start = desk.ceremonies.authentication().beginPasskey(KeyDesk.SESSION);
        assertThat(KeyDesk.outcomeOf(judgedBy(new AssertionVerification.Asserted(9, false, false, false))
                        .authentication()
                        .verifyPasskey(
                                KeyDesk.SESSION, key.get(KeyDesk.options(start)).toJson())))
                .as("a passkey without user verification")
                .isEqualTo("USER_NOT_VERIFIED");
        String misnamed = key.get(desk.passkeyOptions())
                .userHandle(Base64.getUrlDecoder().decode(foreign.userHandle()))
                .toJson();
        assertThat(KeyDesk.outcomeOf(judgedBy(new AssertionVerification.Asserted(9, false, true, false))
                        .authentication()
                        .verifyPasskey(KeyDesk.SESSION, misnamed)))
                .as("a passkey under the handle of another")
                .isEqualTo("USER_HANDLE");
    }

    private String loginJudged(AssertionVerification verdict) {
        String json = key.get(desk.requestOptions(KeyDesk.ACCOUNT)).toJson();
        return KeyDesk.outcomeOf(
                judgedBy(verdict).authentication().verify(new FactorResponse(KeyDesk.ACCOUNT, KeyDesk.SESSION, json)));
    }
}
