package dev.gatehouse.totp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import dev.gatehouse.secret.UnsealingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store that throws, is empty-handed or lies: with the right code in hand, nobody gets in. */
class TotpDistrustTest {
    private static final String RIGHT = "081804";

    private final Desk desk = Desk.withRfcSecret();

    private TotpVerifier over(TotpRepository repository) {
        return new TotpVerifier(repository, desk.sealer, desk::now);
    }

    private String outcomeWhere(List<TotpCredential> answer) {
        TotpRepository lying = new ForwardingRepository(desk.repository) {
            @Override
            public List<TotpCredential> ofAccount(String account) {
                return answer;
            }

            @Override
            public StepUse useStep(String account, String id, long step, Instant now) {
                return StepUse.ACCEPTED;
            }
        };
        return Desk.outcomeOf(over(lying).verify(Desk.response(RIGHT)));
    }

    private TotpCredential own() {
        return desk.repository.ofAccount(Desk.ACCOUNT).get(0);
    }

    @Test
    void verify_storeThrows_throws() {
        assertThatThrownBy(() -> over(new ThrowingRepository()).verify(Desk.response(RIGHT)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no store");
    }

    @Test
    void verify_storeThrowsAtTheUse_throws() {
        TotpRepository failing = new ForwardingRepository(desk.repository) {
            @Override
            public StepUse useStep(String account, String id, long step, Instant now) {
                throw new IllegalStateException("lost");
            }
        };

        assertThatThrownBy(() -> over(failing).verify(Desk.response(RIGHT))).hasMessage("lost");
    }

    @Test
    void verify_credentialOfAnotherAccount_isRefused() {
        TotpCredential foreign = desk.credential("account-2", "c9", Desk.RFC_SECRET, TotpParameters.standard());

        assertThat(outcomeWhere(List.of(foreign))).isEqualTo("STORE_UNTRUSTED");
        assertThat(outcomeWhere(List.of(own(), foreign))).isEqualTo("STORE_UNTRUSTED");
    }

    @Test
    void verify_noAnswerOrHolesInIt_isRefused() {
        assertThat(outcomeWhere(null)).isEqualTo("STORE_UNTRUSTED");
        assertThat(outcomeWhere(new ArrayList<>(Arrays.asList(own(), null)))).isEqualTo("STORE_UNTRUSTED");
    }

    @Test
    void verify_oneIdTwice_isRefused() {
        assertThat(outcomeWhere(List.of(own(), own()))).isEqualTo("STORE_UNTRUSTED");
    }

    @Test
    void verify_moreCredentialsThanAnyAccountHas_isRefused() {
        List<TotpCredential> many = IntStream.rangeClosed(0, TotpVerifier.MAX_CREDENTIALS)
                .mapToObj(i -> desk.credential(Desk.ACCOUNT, "m" + i, Desk.RFC_SECRET, TotpParameters.standard()))
                .toList();

        assertThat(outcomeWhere(many)).isEqualTo("STORE_UNTRUSTED");
        assertThat(outcomeWhere(many.subList(0, TotpVerifier.MAX_CREDENTIALS))).isEqualTo("VERIFIED");
    }

    @Test
    void verify_usedStepThatTheStoreWouldAcceptAgain_isReplayed() {
        TotpCredential used = own().usedAt(37037036, desk.now());

        assertThat(outcomeWhere(List.of(used))).isEqualTo("REPLAYED");
    }

    @Test
    void verify_noAnswerToTheUse_isRefused() {
        TotpRepository mute = new ForwardingRepository(desk.repository) {
            @Override
            public StepUse useStep(String account, String id, long step, Instant now) {
                return null;
            }
        };

        assertThat(Desk.outcomeOf(over(mute).verify(Desk.response(RIGHT)))).isEqualTo("STORE_UNTRUSTED");
    }

    @ParameterizedTest
    @EnumSource(
            value = TotpRepository.StepUse.class,
            names = {"NOT_LATER", "NOT_FOUND"})
    void verify_storeRefusesTheUse_isNotVerified(TotpRepository.StepUse answer) {
        TotpRepository refusing = new ForwardingRepository(desk.repository) {
            @Override
            public StepUse useStep(String account, String id, long step, Instant now) {
                return answer;
            }
        };

        assertThat(Desk.outcomeOf(over(refusing).verify(Desk.response(RIGHT)))).isNotEqualTo("VERIFIED");
    }

    @Test
    void verify_secretOfAnotherRowOrAccount_doesNotOpen() {
        TotpCredential moved = own().withSecret(
                        desk.credential("account-2", "c1", Desk.RFC_SECRET, TotpParameters.standard())
                                .secret());

        assertThatThrownBy(() -> outcomeWhere(List.of(moved))).isInstanceOf(UnsealingException.class);
    }

    @Test
    void verify_keyThatIsNotInTheRing_throws() {
        byte[] other = new byte[KeyRing.KEY_BYTES];
        other[0] = 1;
        Sealer sealer =
                new Sealer(KeyRing.sealingWith("k2", SecretBytes.copyOf(other)).build());

        assertThatThrownBy(() -> new TotpVerifier(desk.repository, sealer, desk::now).verify(Desk.response(RIGHT)))
                .isInstanceOf(UnsealingException.class)
                .hasMessageContaining("UNKNOWN_KEY, key k1");
    }

    @Test
    void verify_otherKeyUnderTheSameId_throws() {
        byte[] other = new byte[KeyRing.KEY_BYTES];
        other[0] = 1;
        Sealer sealer =
                new Sealer(KeyRing.sealingWith("k1", SecretBytes.copyOf(other)).build());

        assertThatThrownBy(() -> new TotpVerifier(desk.repository, sealer, desk::now).verify(Desk.response(RIGHT)))
                .isInstanceOf(UnsealingException.class);
    }
}
