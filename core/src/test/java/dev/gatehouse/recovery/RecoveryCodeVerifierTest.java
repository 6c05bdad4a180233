package dev.gatehouse.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.factor.Verification;
import dev.gatehouse.secret.Argon2Gate;
import dev.gatehouse.secret.SecretBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecoveryCodeVerifierTest {
    private static final String KNOWN = "deadbeef00001111";

    private final Safe safe = new Safe();

    private Evidence evidenceOf(String code) {
        return safe.verify(code).fold(Verification.Verified::evidence, rejected -> {
            throw new AssertionError(rejected.code());
        });
    }

    /** Puts a set whose third code is {@link #KNOWN}. */
    private void storeKnown() {
        List<SecretBytes> codes = new ArrayList<>();
        for (int i = 0; i < RecoveryCodeSet.CODES; i++) {
            codes.add(CodeInput.ofMade(i == 2 ? KNOWN : "000000000000000" + i));
        }
        SecretBytes salt = SecretBytes.copyOf(new byte[RecoveryCodeSet.SALT_BYTES]);
        List<SecretBytes> hashes = safe.gate
                .hashAll(codes, salt, RecoveryCodes.DEFAULT_COST)
                .fold(Argon2Gate.Passed::value, full -> List.of());
        safe.repository.replace(
                RecoveryCodeSet.of("set", Safe.ACCOUNT, RecoveryCodes.DEFAULT_COST, salt, hashes, safe.now()),
                safe.version(),
                AuditEvent.of(AuditTag.RECOVERY_CODES_GENERATED, safe.now()).build());
    }

    @Test
    void verify_eachOfTheCodes_namesIt() {
        List<String> codes = safe.generate();
        String id = safe.repository.ofAccount(Safe.ACCOUNT).orElseThrow().id();
        for (int place = 0; place < codes.size(); place++) {
            Evidence evidence = evidenceOf(codes.get(place));

            assertThat(evidence.factor()).isEqualTo(EnrolledFactor.of(id + "." + place, FactorKind.RECOVERY_CODE));
            assertThat(evidence.account()).isEqualTo(Safe.ACCOUNT);
            assertThat(evidence.carrier()).isEqualTo(Safe.SESSION);
            assertThat(evidence.at()).isEqualTo(safe.now());
        }
    }

    /** O12 (pypi/warehouse#17895) and warehouse's own table. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "deadbeef00001111",
                "DEAD BEEF-0000 1111",
                "dead beef 0000 1111",
                "deadbeef 00001111",
                "  deadbeef00001111\r\n",
                "d e a d b e e f 0 0 0 0 1 1 1 1",
                "\tDeadBeef\u00a00000\u20031111",
                "dead\u2010beef\u20110000\u20131111"
            })
    void o12_codeAsPeopleTypeIt_isVerifiedOnce(String typed) {
        storeKnown();

        assertThat(Safe.outcomeOf(safe.use(typed))).isEqualTo("VERIFIED");
        assertThat(safe.outcome(typed)).isEqualTo("USED_BEFORE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "wu-tang",
                "ghijklmnopqrstuv",
                "deadbeefdeadbeefdeadbeefdeadbeef",
                "deadbeef",
                "deadbeef0000111",
                "deadbeef000011111",
                "dead_beef_0000_1111",
                "deadbeef\u0660\u0660\u0660\u0660\u0661\u0661\u0661\u0661",
                "\uff44\uff45\uff41\uff44beef00001111",
                "dead\u200bbeef00001111"
            })
    void verify_whatIsNoCode_isMalformedWithoutAHash(String typed) {
        storeKnown();

        assertThat(outcomeWhileFull(typed)).isEqualTo("MALFORMED");
    }

    @Test
    void verify_fiveThousandCharacters_costNoHash() {
        storeKnown();

        assertThat(outcomeWhileFull("a".repeat(5000))).isEqualTo("MALFORMED");
        assertThat(outcomeWhileFull(KNOWN + " ".repeat(5000))).isEqualTo("MALFORMED");
        assertThat(outcomeWhileFull(KNOWN + " ".repeat(112))).isEqualTo("BUSY");
        assertThat(outcomeWhileFull(KNOWN + " ".repeat(113))).isEqualTo("MALFORMED");
    }

    @Test
    void verify_accountWithoutCodes_costsNoHash() {
        assertThat(outcomeWhileFull(KNOWN)).isEqualTo("NONE");
    }

    /** The outcome while no hash can be made: what needs one is busy. */
    private String outcomeWhileFull(String typed) {
        return safe.gate.run(() -> safe.outcome(typed)).fold(Argon2Gate.Passed::value, full -> "full");
    }

    @Test
    void verify_whileEveryPlaceIsTaken_isBusyWithRetryAfterAndNoAttempt() {
        List<String> codes = safe.generate();

        assertThat(outcomeWhileFull(codes.get(0))).isEqualTo("BUSY");
        for (RecoveryRejection reason : RecoveryRejection.values()) {
            assertThat(reason.retryAfter().isPresent()).as("%s", reason).isEqualTo(reason == RecoveryRejection.BUSY);
        }
        assertThat(safe.outcome(codes.get(0))).isEqualTo("VERIFIED");
    }

    @Property(tries = 20)
    void verify_anyOtherCode_isWrong(@ForAll("codes") String code) {
        storeKnown();

        assertThat(safe.outcome(code)).isEqualTo("WRONG");
    }

    @Provide
    Arbitrary<String> codes() {
        return Arbitraries.longs()
                .filter(value -> value != 0xdeadbeef00001111L && (value < 0 || value > 7))
                .map(value -> "%016x".formatted(value));
    }

    @Property(tries = 20)
    void read_anyMadeCode_isReadAsItselfHoweverItIsWritten(@ForAll long value, @ForAll boolean upper) {
        String code = "%016x".formatted(value);
        String typed = upper ? code.toUpperCase(Locale.ROOT) : code;

        assertThat(CodeInput.read(typed)).contains(CodeInput.ofMade(code));
        assertThat(CodeInput.read(typed.replaceAll("(.{4})(?!$)", "$1-"))).contains(CodeInput.ofMade(code));
    }

    @Test
    void verify_oneWrongDigitAnywhere_isWrong() {
        String code = safe.generate().get(0);
        for (int i = 0; i < code.length(); i += 5) {
            String other = code.substring(0, i) + (code.charAt(i) == '0' ? '1' : '0') + code.substring(i + 1);
            assertThat(safe.outcome(other)).as(other).isEqualTo("WRONG");
        }
    }

    @Test
    void verify_codeOfAnotherAccount_isWrong() {
        List<String> codes = safe.generate();
        safe.codes.generate("account-2", 0, event -> event);

        assertThat(Safe.outcomeOf(safe.verifier.verify(new FactorResponse("account-2", Safe.SESSION, codes.get(0)))))
                .isEqualTo("WRONG");
    }

    @Test
    void verify_manyTimes_usesNothingUp() {
        List<String> codes = safe.generate();
        for (int i = 0; i < 3; i++) {
            assertThat(safe.outcome(codes.get(5))).isEqualTo("VERIFIED");
        }
        assertThat(safe.codes.status(Safe.ACCOUNT).used()).isZero();
        assertThat(safe.audit.events()).hasSize(1);
        assertThat(safe.version()).isEqualTo(1);
    }

    @Test
    void settle_aFoundCode_usesItUpOnceWithItsEvent() {
        List<String> codes = safe.generate();
        Evidence proof = evidenceOf(codes.get(5)).carriedBy(Carrier.session("the next session"));
        safe.advance(7);

        assertThat(safe.verifier.settle(
                        proof,
                        event -> event.address("192.0.2.9").actor("other").account("other")))
                .isEqualTo(new Verification.Verified(proof));
        assertThat(safe.verifier.settle(proof)).isEqualTo(new Verification.Rejected(RecoveryRejection.USED_BEFORE));
        assertThat(safe.outcome(codes.get(5))).isEqualTo("USED_BEFORE");
        assertThat(safe.outcome(codes.get(4))).isEqualTo("VERIFIED");
        assertThat(safe.audit.events()).hasSize(2);
        AuditEvent event = safe.audit.events().get(1);
        assertThat(event.tag()).isEqualTo(AuditTag.RECOVERY_CODE_USED);
        assertThat(event.at()).isEqualTo(safe.now());
        assertThat(event.account()).contains(Safe.ACCOUNT);
        assertThat(event.subject()).contains(proof.factor().id());
        assertThat(event.address()).contains("192.0.2.9");
        assertThat(safe.version()).isEqualTo(2);
    }

    @Test
    void settle_evidenceThatWentThroughItsText_works() {
        Evidence proof = Evidence.parse(evidenceOf(safe.generate().get(0)).toText());

        assertThat(safe.verifier.settle(proof)).isEqualTo(new Verification.Verified(proof));
    }

    @Test
    void settle_codeOfASetThatWasReplaced_isWrong() {
        Evidence proof = evidenceOf(safe.generate().get(0));
        List<String> fresh = safe.generate();

        assertThat(Safe.outcomeOf(safe.verifier.settle(proof))).isEqualTo("WRONG");
        assertThat(safe.codes.status(Safe.ACCOUNT).used()).isZero();
        assertThat(safe.outcome(fresh.get(0))).isEqualTo("VERIFIED");
    }

    @Test
    void settle_evidenceOfSomethingElse_isWrongAndUsesNothing() {
        safe.generate();
        String id = safe.repository.ofAccount(Safe.ACCOUNT).orElseThrow().id();
        Evidence good = Evidence.asserted(
                Safe.ACCOUNT,
                EnrolledFactor.of(id + ".0", FactorKind.RECOVERY_CODE),
                safe.now(),
                Safe.SESSION,
                RecoveryCodeVerifier.VERIFIER);
        List<Evidence> bad = new ArrayList<>();
        bad.add(with("account-2", id + ".0", FactorKind.RECOVERY_CODE, good.by()));
        bad.add(with(Safe.ACCOUNT, id + ".0", FactorKind.RECOVERY_CODE, "the host"));
        bad.add(with(Safe.ACCOUNT, id + ".0", FactorKind.TOTP, good.by()));
        for (String other :
                List.of(id, id + ".", id + ".8", id + ".-1", id + ".00", "x.0", "recovery-code", id + ".0 ")) {
            bad.add(with(Safe.ACCOUNT, other, FactorKind.RECOVERY_CODE, good.by()));
        }

        assertThat(bad)
                .allMatch(each -> Safe.outcomeOf(safe.verifier.settle(each)).equals("WRONG"));
        assertThat(safe.codes.status(Safe.ACCOUNT).used()).isZero();
        assertThat(Safe.outcomeOf(safe.verifier.settle(good))).isEqualTo("VERIFIED");
    }

    private Evidence with(String account, String factor, FactorKind kind, String by) {
        return Evidence.asserted(account, EnrolledFactor.of(factor, kind), safe.now(), Safe.SESSION, by);
    }

    @Test
    void verify_whereTheStoreLies_isRefused() {
        List<String> codes = safe.generate();
        RecoveryCodeSet own = safe.repository.ofAccount(Safe.ACCOUNT).orElseThrow();
        RecoveryCodeSet foreign =
                RecoveryCodeSet.of(own.id(), "account-2", own.cost(), own.salt(), own.hashes(), own.createdAt());

        assertThat(outcomeOver(Optional.of(foreign), codes.get(0))).isEqualTo("STORE_UNTRUSTED");
        assertThat(outcomeOver(Safe.noAnswer(), codes.get(0))).isEqualTo("STORE_UNTRUSTED");
        assertThat(outcomeOver(Optional.of(own), codes.get(0))).isEqualTo("VERIFIED");
    }

    private String outcomeOver(Optional<RecoveryCodeSet> answer, String code) {
        return Safe.outcomeOf(new RecoveryCodeVerifier(Safe.answering(answer, null), safe.gate, safe::now)
                .verify(Safe.response(code)));
    }

    @Test
    void settle_whereTheStoreDoesNotAnswer_isRefused() {
        Evidence proof = evidenceOf(safe.generate().get(0));
        RecoveryCodeVerifier over =
                new RecoveryCodeVerifier(Safe.answering(Optional.empty(), null), safe.gate, safe::now);

        assertThat(Safe.outcomeOf(over.settle(proof))).isEqualTo("STORE_UNTRUSTED");
    }

    @Test
    void settle_whoseEventIsNotRecorded_usesNothingUp() {
        InMemoryRecoveryCodeRepository failing = InMemoryRecoveryCodeRepository.create(event -> {
            if (event.tag().equals(AuditTag.RECOVERY_CODE_USED)) {
                throw new IllegalStateException("no audit");
            }
        });
        RecoveryCodes codes =
                RecoveryCodes.builder(failing, safe.gate, safe::now).build();
        RecoveryCodeVerifier verifier = new RecoveryCodeVerifier(failing, safe.gate, safe::now);
        String code = ((GenerationResult.Generated) codes.generate(Safe.ACCOUNT, 0, event -> event))
                .codes()
                .list()
                .get(0);
        Evidence proof = ((Verification.Verified) verifier.verify(Safe.response(code))).evidence();

        assertThatThrownBy(() -> verifier.settle(proof)).hasMessage("no audit");
        assertThat(codes.status(Safe.ACCOUNT).used()).isZero();
    }
}
