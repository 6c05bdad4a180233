package dev.gatehouse.totp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TotpEnrolmentTest {
    private final Desk desk = new Desk(Instant.parse("2024-01-01T05:00:10.123456789Z"));
    private final TotpEnrolment enrolment = TotpEnrolment.builder(desk.repository, desk.sealer, desk::now, "Example Co")
            .build();

    private String codeOf(PendingTotp pending, int offset) {
        return Totp.code(
                pending.secret(), pending.parameters(), pending.parameters().stepAt(desk.now()) + offset);
    }

    private EnrolmentResult confirm(PendingTotp pending, String code, TotpPlacement placement) {
        return enrolment.confirm(Desk.response(code), pending.text(), placement, event -> event.address("192.0.2.1"));
    }

    private static String outcomeOf(EnrolmentResult result) {
        return result.fold(enrolled -> "ENROLLED", not -> not.reason().code());
    }

    private PendingTotp begin() {
        return enrolment.begin(Desk.ACCOUNT, "alice@example.com");
    }

    private String enrol() {
        PendingTotp pending = begin();
        assertThat(outcomeOf(confirm(pending, codeOf(pending, 0), TotpPlacement.beside(desk.version()))))
                .isEqualTo("ENROLLED");
        return pending.id();
    }

    @Test
    void begin_always_makesAFreshSecretAndStoresNothing() {
        PendingTotp one = begin();
        PendingTotp two = begin();

        assertThat(one.secret()).isNotEqualTo(two.secret());
        assertThat(one.id()).isNotEqualTo(two.id()).matches("[A-Za-z0-9_-]{22}");
        assertThat(one.secret().bytes().size()).isEqualTo(20);
        assertThat(one.uri().text())
                .isEqualTo("otpauth://totp/Example%20Co:alice%40example.com?secret="
                        + one.secret().base32() + "&issuer=Example%20Co&algorithm=SHA1&digits=6&period=30");
        assertThat(one.expiresAt()).isEqualTo(Instant.parse("2024-01-01T05:30:10.123Z"));
        assertThat(desk.repository.ofAccount(Desk.ACCOUNT)).isEmpty();
        assertThat(desk.audit.events()).isEmpty();
    }

    @Test
    void text_forTheSession_hidesTheSecret() {
        PendingTotp pending = begin();

        assertThat(pending.text())
                .matches("[\\x21-\\x7e]{1,1700}")
                .doesNotContain(pending.secret().base32());
        assertThat(pending.toString()).doesNotContain(pending.secret().base32());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1})
    void confirm_codeOfTheSecret_storesItWithEventAndEvidence(int offset) {
        PendingTotp pending = begin();
        EnrolmentResult result = confirm(
                pending, codeOf(pending, offset), TotpPlacement.beside(0).labelled("phone"));

        EnrolmentResult.Enrolled enrolled = (EnrolmentResult.Enrolled) result;
        TotpCredential stored = desk.repository.ofAccount(Desk.ACCOUNT).get(0);
        assertThat(enrolled.credential()).isEqualTo(stored);
        assertThat(stored.id()).isEqualTo(pending.id());
        assertThat(stored.label()).isEqualTo("phone");
        assertThat(stored.lastStep()).isEqualTo(pending.parameters().stepAt(desk.now()) + offset);
        assertThat(stored.secret().text()).doesNotContain(pending.secret().base32());
        assertThat(enrolled.evidence().factor().id()).isEqualTo(pending.id());
        assertThat(enrolled.evidence().carrier()).isEqualTo(Desk.SESSION);
        assertThat(enrolled.evidence().at()).isEqualTo(desk.now());
        AuditEvent event = desk.audit.events().get(0);
        assertThat(event.tag()).isEqualTo(AuditTag.FACTOR_ADDED);
        assertThat(event.account()).contains(Desk.ACCOUNT);
        assertThat(event.actor()).contains(Desk.ACCOUNT);
        assertThat(event.subject()).contains(pending.id());
        assertThat(event.address()).contains("192.0.2.1");
        assertThat(event.attributes()).containsEntry("method", "totp");
        assertThat(desk.audit.events()).hasSize(1);
    }

    @Test
    void confirm_codeThatEnrolled_doesNotLogIn() {
        PendingTotp pending = begin();
        String code = codeOf(pending, 0);
        confirm(pending, code, TotpPlacement.beside(0));

        assertThat(desk.outcome(code)).isEqualTo("REPLAYED");
        assertThat(desk.outcome(codeOf(pending, -1))).isEqualTo("REPLAYED");
        assertThat(desk.outcome(codeOf(pending, 1))).isEqualTo("VERIFIED");
    }

    @Test
    void confirm_anotherCode_storesNothingAndMayBeTriedAgain() {
        PendingTotp pending = begin();

        assertThat(outcomeOf(confirm(pending, codeOf(pending, 3), TotpPlacement.beside(0))))
                .isEqualTo("CLOCK_SKEW");
        assertThat(outcomeOf(confirm(pending, codeOf(pending, 50), TotpPlacement.beside(0))))
                .isEqualTo("INVALID");
        assertThat(outcomeOf(confirm(pending, "12345", TotpPlacement.beside(0))))
                .isEqualTo("MALFORMED");
        assertThat(outcomeOf(confirm(pending, "12345678", TotpPlacement.beside(0))))
                .isEqualTo("MALFORMED");
        assertThat(desk.repository.ofAccount(Desk.ACCOUNT)).isEmpty();
        assertThat(outcomeOf(confirm(pending, " " + codeOf(pending, 0) + "\n", TotpPlacement.beside(0))))
                .isEqualTo("ENROLLED");
    }

    @Test
    void confirm_twice_storesOnce() {
        PendingTotp pending = begin();
        confirm(pending, codeOf(pending, 0), TotpPlacement.beside(0));

        assertThat(outcomeOf(confirm(pending, codeOf(pending, 0), TotpPlacement.beside(0))))
                .isEqualTo("CONFLICT");
        assertThat(outcomeOf(confirm(pending, codeOf(pending, 0), TotpPlacement.beside(1))))
                .isEqualTo("CONFLICT");
        assertThat(desk.repository.ofAccount(Desk.ACCOUNT)).hasSize(1);
    }

    @Test
    void confirm_atTheEndOfItsTimeExactly_isExpired() {
        PendingTotp pending = begin();
        desk.set(pending.expiresAt());
        String code = codeOf(pending, 0);

        assertThat(outcomeOf(confirm(pending, code, TotpPlacement.beside(0)))).isEqualTo("PENDING_EXPIRED");
        desk.set(pending.expiresAt().minusNanos(1));
        assertThat(outcomeOf(confirm(pending, code, TotpPlacement.beside(0)))).isEqualTo("ENROLLED");
    }

    @Test
    void confirm_pendingOfAnotherAccount_isInvalid() {
        PendingTotp pending = enrolment.begin("account-2", "bob");

        assertThat(outcomeOf(confirm(pending, codeOf(pending, 0), TotpPlacement.beside(0))))
                .isEqualTo("PENDING_INVALID");
    }

    @Test
    void confirm_pendingWithAnyCharacterAltered_isInvalid() {
        PendingTotp pending = begin();
        String code = codeOf(pending, 0);
        String text = pending.text();
        for (int i = 0; i < text.length(); i++) {
            String altered = text.substring(0, i) + (text.charAt(i) == '1' ? '2' : '1') + text.substring(i + 1);

            assertThat(outcomeOf(
                            enrolment.confirm(Desk.response(code), altered, TotpPlacement.beside(0), event -> event)))
                    .as("character %d", i)
                    .isEqualTo("PENDING_INVALID");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gp1", "gp1|a|b|c|d|e|f", "gp1||||||", "|||||||||||||"})
    void confirm_whatWasNeverPending_isInvalid(String text) {
        assertThat(outcomeOf(enrolment.confirm(Desk.response("123456"), text, TotpPlacement.beside(0), event -> event)))
                .isEqualTo("PENDING_INVALID");
        assertThat(outcomeOf(enrolment.confirm(
                        Desk.response("123456"), "gp1|".repeat(100_000), TotpPlacement.beside(0), event -> event)))
                .isEqualTo("PENDING_INVALID");
    }

    @Test
    void confirm_keyRetiredMeanwhile_isInvalidNotBroken() {
        PendingTotp pending = begin();
        byte[] key = new byte[KeyRing.KEY_BYTES];
        key[0] = 9;
        Sealer later = new Sealer(
                KeyRing.sealingWith("k2", SecretBytes.copyOf(key)).retired("k1").build());
        TotpEnrolment after = TotpEnrolment.builder(desk.repository, later, desk::now, "Example Co")
                .build();

        assertThat(outcomeOf(after.confirm(
                        Desk.response(codeOf(pending, 0)), pending.text(), TotpPlacement.beside(0), event -> event)))
                .isEqualTo("PENDING_INVALID");
    }

    @Test
    void confirm_accountChangedSinceTheDecision_isAConflict() {
        PendingTotp decidedOnNothing = begin();
        String first = enrol();

        assertThat(outcomeOf(confirm(decidedOnNothing, codeOf(decidedOnNothing, 0), TotpPlacement.beside(0))))
                .isEqualTo("CONFLICT");
        assertThat(desk.repository.ofAccount(Desk.ACCOUNT))
                .extracting(TotpCredential::id)
                .containsExactly(first);
    }

    @Test
    void confirm_insteadOfAnother_swapsThemWithBothEvents() {
        String first = enrol();
        PendingTotp next = begin();

        assertThat(outcomeOf(confirm(next, codeOf(next, 0), TotpPlacement.insteadOf(first, 1))))
                .isEqualTo("ENROLLED");
        assertThat(desk.repository.ofAccount(Desk.ACCOUNT))
                .extracting(TotpCredential::id)
                .containsExactly(next.id());
        assertThat(desk.audit.events())
                .extracting(AuditEvent::tag)
                .containsExactly(AuditTag.FACTOR_ADDED, AuditTag.FACTOR_REMOVED, AuditTag.FACTOR_ADDED);
        assertThat(desk.audit.events().get(1).subject()).contains(first);
    }

    @Test
    void confirm_insteadOfWhatIsGone_isAConflict() {
        PendingTotp next = begin();

        assertThat(outcomeOf(confirm(next, codeOf(next, 0), TotpPlacement.insteadOf("gone", 0))))
                .isEqualTo("CONFLICT");
    }

    @Test
    void confirm_oneMoreThanAnAccountMayHave_isTooMany() {
        for (int i = 0; i < TotpVerifier.MAX_CREDENTIALS; i++) {
            enrol();
        }
        String oldest = desk.repository.ofAccount(Desk.ACCOUNT).get(0).id();
        PendingTotp next = begin();

        assertThat(outcomeOf(confirm(next, codeOf(next, 0), TotpPlacement.beside(desk.version()))))
                .isEqualTo("TOO_MANY");
        assertThat(outcomeOf(confirm(next, codeOf(next, 0), TotpPlacement.insteadOf(oldest, desk.version()))))
                .isEqualTo("ENROLLED");
    }

    @Test
    void confirm_storeAnswersNothing_isNotEnrolled() {
        TotpRepository mute = new ForwardingRepository(desk.repository) {
            @Override
            public Change add(TotpCredential credential, long version, AuditEvent added) {
                return null;
            }
        };
        TotpEnrolment over = TotpEnrolment.builder(mute, desk.sealer, desk::now, "Example Co")
                .build();
        PendingTotp pending = over.begin(Desk.ACCOUNT, "alice");

        assertThat(outcomeOf(over.confirm(
                        Desk.response(codeOf(pending, 0)), pending.text(), TotpPlacement.beside(0), event -> event)))
                .isEqualTo("CONFLICT");
    }

    @Test
    void confirm_originThatNamesSomebodyElse_cannotChangeWhoseFactorItIs() {
        PendingTotp pending = begin();
        enrolment.confirm(
                new FactorResponse(Desk.ACCOUNT, Desk.SESSION, codeOf(pending, 0)),
                pending.text(),
                TotpPlacement.beside(0),
                event -> event.actor("support").account("account-2").subject("other"));

        AuditEvent event = desk.audit.events().get(0);
        assertThat(event.actor()).contains("support");
        assertThat(event.account()).contains(Desk.ACCOUNT);
        assertThat(event.subject()).contains(pending.id());
    }

    @Test
    void remove_aCredential_isRecorded() {
        String first = enrol();
        String second = enrol();

        assertThat(enrolment.remove(Desk.ACCOUNT, first, 2, event -> event)).isEqualTo(TotpRepository.Removal.REMOVED);
        assertThat(enrolment.remove(Desk.ACCOUNT, second, 2, event -> event))
                .isEqualTo(TotpRepository.Removal.CONFLICT);
        assertThat(enrolment.remove(Desk.ACCOUNT, second, 3, event -> event.actor("support")))
                .isEqualTo(TotpRepository.Removal.REMOVED);
        assertThat(desk.audit.events()).hasSize(4);
        assertThat(desk.audit.events().get(3).actor()).contains("support");
        assertThat(desk.audit.events().get(3).subject()).contains(second);
    }

    @Test
    void begin_chosenParameters_holdFromTheUriToTheLogin() {
        TotpParameters chosen = TotpParameters.standard()
                .withAlgorithm(TotpParameters.Algorithm.SHA512)
                .withDigits(8)
                .withPeriod(Duration.ofSeconds(60));
        TotpEnrolment other = TotpEnrolment.builder(desk.repository, desk.sealer, desk::now, "Example Co")
                .parameters(chosen)
                .build();
        PendingTotp pending = other.begin(Desk.ACCOUNT, "alice");

        assertThat(pending.uri().text()).endsWith("&algorithm=SHA512&digits=8&period=60");
        assertThat(pending.secret().bytes().size()).isEqualTo(64);
        assertThat(outcomeOf(confirm(pending, codeOf(pending, 0), TotpPlacement.beside(0))))
                .isEqualTo("ENROLLED");
        assertThat(desk.outcome(codeOf(pending, 1))).isEqualTo("VERIFIED");
    }

    @Test
    void builder_optionsOutOfBounds_areRefused() {
        TotpEnrolment.Builder builder = TotpEnrolment.builder(desk.repository, desk.sealer, desk::now, "Example Co");

        assertThatThrownBy(() -> builder.lifetime(Duration.ofSeconds(59))).hasMessageStartingWith("other:");
        assertThatThrownBy(() -> builder.lifetime(Duration.ofHours(25))).hasMessageStartingWith("other:");
        assertThatThrownBy(() -> TotpEnrolment.builder(desk.repository, desk.sealer, desk::now, "a:b"))
                .hasMessageStartingWith("issuer:");
        assertThatThrownBy(() -> TotpPlacement.beside(0).labelled("a\nb")).hasMessageStartingWith("label:");
        assertThatThrownBy(() -> TotpPlacement.beside(0).labelled("a".repeat(101)))
                .hasMessageStartingWith("label:");
    }

    @Test
    void lifetime_atEitherBound_isThatLong() {
        for (Duration bound : new Duration[] {Duration.ofMinutes(1), Duration.ofHours(24)}) {
            PendingTotp pending = TotpEnrolment.builder(desk.repository, desk.sealer, desk::now, "Example Co")
                    .lifetime(bound)
                    .build()
                    .begin(Desk.ACCOUNT, "alice");

            assertThat(pending.expiresAt()).isEqualTo(desk.now().plus(bound).truncatedTo(ChronoUnit.MILLIS));
        }
    }

    @Test
    void pendingAndItsPlace_toString_sayNothingSecret() {
        PendingTotp pending = begin();

        assertThat(pending.toString())
                .contains(pending.id(), pending.expiresAt().toString())
                .doesNotContain(pending.secret().base32(), pending.text());
        assertThat(TotpPlacement.beside(3)).hasToString("TotpPlacement[beside at 3]");
        assertThat(TotpPlacement.insteadOf("id-1", 3)).hasToString("TotpPlacement[instead of id-1 at 3]");
    }
}
