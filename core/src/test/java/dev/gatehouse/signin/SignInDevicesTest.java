package dev.gatehouse.signin;

import static dev.gatehouse.signin.LoginDesk.ALICE;
import static dev.gatehouse.signin.LoginDesk.BOB;
import static dev.gatehouse.signin.LoginDesk.CODES;
import static dev.gatehouse.signin.LoginDesk.HOME;
import static dev.gatehouse.signin.LoginDesk.KEY;
import static dev.gatehouse.signin.LoginDesk.RIGHT;
import static dev.gatehouse.signin.LoginDesk.T0;
import static dev.gatehouse.signin.SignInTest.assertExpired;
import static dev.gatehouse.signin.SignInTest.completed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.signin.KnownDevice.Trust;
import dev.gatehouse.signin.LoginDesk.Tab;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Logins from known and unknown devices, and the mailed links that confirm them. */
class SignInDevicesTest {
    private final LoginDesk desk = new LoginDesk().with(ALICE, CODES, KEY).with(BOB, CODES);

    // Confirmation by mail

    @Test
    void prove_aCodeFromAnUnknownDevice_asksForTheMail() {
        Tab tab = desk.begun(ALICE);
        SignInStep.MoreNeeded more = (SignInStep.MoreNeeded) tab.prove(FactorKind.TOTP, RIGHT);

        assertThat(more.next().offered()).containsExactly(FactorKind.EMAIL);
        assertThat(more.why().orElseThrow().first().requirement()).isEqualTo("new-device-needs-confirmation");
        assertThat(desk.logins.completed(ALICE)).isZero();
    }

    @Test
    void prove_theSecretOfTheLink_completes() {
        Tab tab = coded(ALICE);
        String secret = tab.link();
        assertThat(desk.events(AuditTag.LOGIN_NEW_DEVICE)).hasSize(1);
        assertThat(tab.pending.until()).isEqualTo(T0.plus(Duration.ofMinutes(15)));
        SignInStep.Completed completed = completed(tab.prove(FactorKind.EMAIL, secret));

        assertThat(completed.evidence())
                .extracting(Evidence::kind)
                .containsExactly(FactorKind.PASSWORD, FactorKind.TOTP, FactorKind.EMAIL);
        assertThat(desk.events(AuditTag.LOGIN_SUCCESS).get(0).attributes())
                .containsEntry("two_factor_method", "totp")
                .containsEntry("confirmed", "email");
        assertThat(desk.events.events().toString()).doesNotContain(secret);
    }

    /** O65, and gap 7: the link works once, in its own session, for its own login. */
    @Test
    void prove_theLinkAnywhereElse_isNothing() {
        Tab tab = coded(ALICE);
        String secret = tab.link();
        Tab phisher = coded(ALICE);
        String other = phisher.link();

        SignInStep.Rejected rejected = (SignInStep.Rejected) phisher.prove(FactorKind.EMAIL, secret);
        assertThat(rejected.code()).isEqualTo(SignInRejection.LINK);
        assertThat(phisher.pending.offered()).containsExactly(FactorKind.EMAIL);
        Tab elsewhere = desk.tab();
        elsewhere.ticket = tab.ticket;
        assertExpired(elsewhere.prove(FactorKind.EMAIL, secret));
        completed(tab.prove(FactorKind.EMAIL, secret));
        assertExpired(tab.prove(FactorKind.EMAIL, secret));
        assertExpired(phisher.prove(FactorKind.EMAIL, other));
    }

    @Test
    void prove_whatIsNoSecret_isRejectedAndGoesOn() {
        Tab tab = coded(ALICE);
        String secret = tab.link();
        for (String wrong : List.of("", "x", secret + "A", "A".repeat(43))) {
            assertThat(tab.prove(FactorKind.EMAIL, wrong)).isInstanceOf(SignInStep.Rejected.class);
        }

        assertThat(desk.events(AuditTag.LOGIN_FAILURE))
                .allMatch(event -> "invalid_email".equals(event.attributes().get("reason")));
        assertThat(desk.failures.ofAccount(ALICE)).isEmpty();
        completed(tab.prove(FactorKind.EMAIL, secret));
    }

    @Test
    void prove_mailWithoutALinkThatWasAskedFor_isRejected() {
        Tab tab = coded(ALICE);

        assertThat(tab.prove(FactorKind.EMAIL, "A".repeat(43))).isInstanceOf(SignInStep.Rejected.class);
        assertThat(desk.logins.completed(ALICE)).isZero();
    }

    @Test
    void request_again_makesTheLastLinkVoidAndKeepsTheEnd() {
        Tab tab = coded(ALICE);
        String first = tab.link();
        desk.now.set(T0.plusSeconds(120));
        String second = tab.link();

        assertThat(tab.pending.until()).isEqualTo(T0.plus(Duration.ofMinutes(15)));
        assertThat(tab.prove(FactorKind.EMAIL, first)).isInstanceOf(SignInStep.Rejected.class);
        completed(tab.prove(FactorKind.EMAIL, second));
    }

    /** The shortest lifetime is the login's: whatever login is there to ask again, its link is good when it is mailed. */
    @Test
    void request_againAtTheEndOfTheLogin_givesALinkThatWorks() {
        LoginConfirmation shortest = LoginConfirmation.builder(desk.signIn, desk.state)
                .lifetime(SignIn.LIFETIME)
                .build();
        Tab tab = coded(ALICE);
        for (int mail = 0; mail < 2; mail++) {
            SignInRequest request = desk.in(tab.session);
            LoginConfirmation.Mail sent = (LoginConfirmation.Mail) shortest.request(request, tab.ticket);
            tab.session = request.nextSession();
            tab.ticket = sent.next().ticket();

            assertThat(sent.next().until()).isEqualTo(T0.plus(SignIn.LIFETIME));
            desk.now.set(T0.plus(SignIn.LIFETIME).minusNanos(2 - mail));
            if (mail == 1) {
                completed(tab.prove(FactorKind.EMAIL, sent.secret()));
            }
        }
    }

    @Test
    void request_tooOften_leavesTheLastLink() {
        Tab tab = coded(ALICE);
        tab.link();
        tab.link();
        String third = tab.link();
        LoginConfirmation.TooMany tooMany = (LoginConfirmation.TooMany) tab.mail();

        assertThat(tooMany.retryAfter()).isEqualTo(Duration.ofMinutes(15));
        assertThat(desk.events(AuditTag.LOGIN_NEW_DEVICE)).hasSize(3);
        completed(tab.prove(FactorKind.EMAIL, third));
    }

    /** The login lives on for its link, and for nothing else. */
    @Test
    void prove_anotherFactorAfterTheFiveMinutes_isExpiredThoughALinkWaits() {
        Tab tab = coded(ALICE);
        tab.link();
        desk.now.set(T0.plus(SignIn.LIFETIME));

        assertExpired(tab.prove(FactorKind.WEBAUTHN, RIGHT));
        assertThat(desk.webauthn.asked).isEmpty();
    }

    @Test
    void prove_theLinkAtItsEnd_isExpired() {
        Tab late = coded(ALICE);
        String lateLink = late.link();
        Tab justInTime = coded(ALICE);
        String link = justInTime.link();
        desk.now.set(T0.plus(Duration.ofMinutes(15)).minusNanos(1));
        completed(justInTime.prove(FactorKind.EMAIL, link));
        desk.now.set(T0.plus(Duration.ofMinutes(15)));

        assertExpired(late.prove(FactorKind.EMAIL, lateLink));
    }

    @Test
    void request_withoutAPendingLogin_isExpired() {
        assertThat(desk.tab().mail()).isEqualTo(new LoginConfirmation.Expired());
        Tab tab = coded(ALICE);
        desk.versions.advance(ALICE);
        assertThat(tab.mail()).isEqualTo(new LoginConfirmation.Expired());
    }

    /** A link is no second factor: asked for before one was proven, it brings nothing but itself. */
    @Test
    void prove_theLinkAlone_isNoSecondFactor() {
        Tab tab = desk.begun(ALICE);
        String secret = tab.link();
        SignInStep.MoreNeeded more = (SignInStep.MoreNeeded) tab.prove(FactorKind.EMAIL, secret);
        assertThat(more.next().offered()).contains(FactorKind.TOTP);
        completed(tab.prove(FactorKind.TOTP, RIGHT));

        Tab late = desk.begun(ALICE);
        String link = late.link();
        desk.now.set(T0.plus(SignIn.LIFETIME));
        assertExpired(late.prove(FactorKind.EMAIL, link));
    }

    // Known devices

    @Test
    void prove_aCodeFromAKnownDevice_completes() {
        Tab tab = coded(ALICE, remember(ALICE, Trust.KNOWN), SignInStep.Completed.class);

        assertThat(desk.devices.list(ALICE).get(0).lastUsedAt()).isEqualTo(desk.now.get());
        assertThat(tab.session).isNotEmpty();
    }

    @Test
    void prove_aCodeFromADeviceOfAnotherAccountOrWithAnyOtherCookie_asksForTheMail() {
        String bobs = remember(BOB, Trust.KNOWN);
        String alices = remember(ALICE, Trust.KNOWN);

        for (String cookie : List.of(bobs, alices + "A", alices.substring(1), "A".repeat(43), " ")) {
            coded(ALICE, cookie, SignInStep.MoreNeeded.class);
        }
    }

    @Test
    void recognise_afterTheAccountHasChangedOrTheTimeIsOver_isNothing() {
        String cookie = remember(ALICE, Trust.KNOWN);
        assertThat(desk.devices.recognise(ALICE, cookie)).isPresent();
        desk.versions.advance(ALICE);
        assertThat(desk.devices.recognise(ALICE, cookie)).isEmpty();
        assertThat(desk.devices.list(ALICE)).isEmpty();

        String fresh = remember(ALICE, Trust.KNOWN);
        desk.now.set(T0.plus(Duration.ofDays(30)).minusNanos(1));
        assertThat(desk.devices.recognise(ALICE, fresh)).isPresent();
        desk.now.set(T0.plus(Duration.ofDays(30)));
        assertThat(desk.devices.recognise(ALICE, fresh)).isEmpty();
    }

    @Test
    void revoke_oneOrAll_isNothingFromThenOn() {
        String one = remember(ALICE, Trust.KNOWN);
        String two = remember(ALICE, Trust.KNOWN);
        String bobs = remember(BOB, Trust.KNOWN);
        String id = desk.devices.recognise(ALICE, one).orElseThrow().id();

        assertThat(desk.devices.revoke(BOB, id, HOME)).isEqualTo(DeviceRepository.Removal.NOT_FOUND);
        assertThat(desk.devices.revoke(ALICE, id, HOME)).isEqualTo(DeviceRepository.Removal.REMOVED);
        assertThat(desk.devices.recognise(ALICE, one)).isEmpty();
        assertThat(desk.devices.recognise(ALICE, two)).isPresent();
        desk.devices.revokeAll(ALICE, HOME);
        assertThat(desk.devices.recognise(ALICE, two)).isEmpty();
        assertThat(desk.devices.recognise(BOB, bobs)).isPresent();
        assertThat(desk.events(AuditTag.DEVICE_FORGOTTEN)).hasSize(2);
    }

    @Test
    void remember_always_isRecordedWithoutTheCookie() {
        String cookie = remember(ALICE, Trust.REMEMBERED);

        AuditEvent remembered = desk.events(AuditTag.DEVICE_REMEMBERED).get(0);
        assertThat(remembered.account()).contains(ALICE);
        assertThat(remembered.attributes()).containsEntry("trust", "remembered");
        assertThat(desk.events.events().toString()).doesNotContain(cookie);
        KnownDevices.Remembered again = desk.devices.remember(ALICE, Trust.KNOWN, "x".repeat(300), HOME);
        assertThat(again.toString()).doesNotContain(again.cookie());
        assertThat(again.device().label()).hasSize(KnownDevice.MAX_LABEL_LENGTH);
        assertThat(desk.devices
                        .remember(ALICE, Trust.KNOWN, "a\0b", HOME)
                        .device()
                        .label())
                .as("which no database takes")
                .isEqualTo("a b");
    }

    @Test
    void remember_moreThanTheMost_dropsTheOldest() {
        String first = remember(ALICE, Trust.KNOWN);
        for (int i = 0; i < KnownDevices.MAX_DEVICES; i++) {
            desk.now.set(T0.plusSeconds(i + 1));
            remember(ALICE, Trust.KNOWN);
        }

        assertThat(desk.devices.list(ALICE)).hasSize(KnownDevices.MAX_DEVICES);
        assertThat(desk.devices.recognise(ALICE, first)).isEmpty();
    }

    @Test
    void recognise_whereTheStoreAnswersWithAnotherAccountsDevice_throws() {
        KnownDevice bobs = new KnownDevice("d", BOB, 0, Trust.KNOWN, "", T0, T0, T0.plusSeconds(60));
        String cookie = "A".repeat(43);
        DeviceRepository lying = new LyingDevices(new DeviceRepository.Stored(bobs, Secrets.hash("device", cookie)));
        KnownDevices devices =
                KnownDevices.builder(lying, desk.versions).clock(desk.now::get).build();

        assertThatIllegalStateException().isThrownBy(() -> devices.recognise(ALICE, cookie));
    }

    // Remembered devices, which stand for the second factor

    @Test
    void begin_fromARememberedDevice_asksForTheFactorUnlessAllowed() {
        Tab tab = desk.tab();
        tab.device = remember(ALICE, Trust.REMEMBERED);

        assertThat(tab.password(ALICE)).isInstanceOf(SignInStep.MoreNeeded.class);
    }

    @Test
    void begin_fromARememberedDeviceWhereAllowed_completesAndSaysSo() {
        LoginDesk lenient = new LoginDesk(SignIn.Builder::allowRememberedDevices, 100).with(ALICE, CODES);
        Tab tab = lenient.tab();
        tab.device = lenient.devices
                .remember(ALICE, Trust.REMEMBERED, "laptop", HOME)
                .cookie();
        completed(tab.password(ALICE));

        assertThat(lenient.events(AuditTag.LOGIN_SUCCESS).get(0).attributes())
                .containsEntry("two_factor_method", "remembered-device")
                .containsEntry("two_factor_label", "laptop");
        Tab known = lenient.tab();
        known.device =
                lenient.devices.remember(ALICE, Trust.KNOWN, "phone", HOME).cookie();
        assertThat(known.password(ALICE)).isInstanceOf(SignInStep.MoreNeeded.class);
    }

    @Test
    void build_withRememberedDevicesAndWithoutDevices_isAMistake() {
        assertThatIllegalStateException()
                .isThrownBy(() -> SignIn.builder(
                                LoginDesk.POLICY,
                                desk::facts,
                                new SignIn.Stores(
                                        desk.state,
                                        desk.logins,
                                        desk.versions,
                                        AttemptLimits.builder(desk.state, desk.failures)
                                                .build()))
                        .allowRememberedDevices()
                        .build());
        for (Duration wrong :
                List.of(SignIn.LIFETIME.minusNanos(1), Duration.ofHours(6).plusNanos(1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            LoginConfirmation.builder(desk.signIn, desk.state).lifetime(wrong));
        }
    }

    private String remember(String account, Trust trust) {
        return desk.devices.remember(account, trust, "laptop", HOME).cookie();
    }

    /** After the password and a right code. */
    private Tab coded(String account) {
        return coded(account, "", SignInStep.MoreNeeded.class);
    }

    private Tab coded(String account, String device, Class<? extends SignInStep> expected) {
        Tab tab = desk.begun(account);
        tab.device = device;
        assertThat(tab.prove(FactorKind.TOTP, RIGHT)).isInstanceOf(expected);
        return tab;
    }

    private record LyingDevices(Stored answer) implements DeviceRepository {
        @Override
        public List<Stored> ofAccount(String account) {
            return List.of(answer);
        }

        @Override
        public void add(Stored stored, int most, AuditEvent remembered) {}

        @Override
        public void used(String account, String id, Instant now) {}

        @Override
        public Removal remove(String account, String id, AuditEvent forgotten) {
            return Removal.REMOVED;
        }

        @Override
        public void removeAll(String account, AuditEvent forgotten) {}
    }
}
