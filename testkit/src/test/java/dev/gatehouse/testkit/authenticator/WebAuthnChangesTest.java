package dev.gatehouse.testkit.authenticator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.webauthn.WebAuthnCredential;
import dev.gatehouse.webauthn.WebAuthnRegistration;
import dev.gatehouse.webauthn.WebAuthnRepository.Relabelling;
import dev.gatehouse.webauthn.WebAuthnRepository.Removal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Removing and renaming security keys that are set up. */
class WebAuthnChangesTest {
    private final KeyDesk desk = new KeyDesk();
    private final SoftAuthenticator key = SoftAuthenticator.at(KeyDesk.ORIGIN);

    @Test
    void remove_aCredential_isRecordedWithItsLabel() {
        WebAuthnCredential enrolled = desk.enrol(KeyDesk.ACCOUNT, key, "old key");
        WebAuthnRegistration registration = desk.ceremonies.registration();

        assertThat(registration.remove(KeyDesk.OTHER, enrolled.id(), 0, event -> event))
                .isEqualTo(Removal.NOT_FOUND);
        assertThat(registration.remove(KeyDesk.ACCOUNT, enrolled.id(), 0, event -> event))
                .isEqualTo(Removal.CONFLICT);
        assertThat(registration.remove(KeyDesk.ACCOUNT, enrolled.id(), 1, event -> event.actor("support")))
                .isEqualTo(Removal.REMOVED);
        AuditEvent event = desk.audit.events().get(1);
        assertThat(event.tag()).isEqualTo(AuditTag.FACTOR_REMOVED);
        assertThat(event.actor()).contains("support");
        assertThat(event.attributes()).containsEntry("method", "webauthn").containsEntry("label", "old key");
    }

    /** The event says which of several keys it was. */
    @Test
    void change_ofTheSecondKey_isRecordedAsOfThatOne() {
        desk.enrol(KeyDesk.ACCOUNT, key, "first");
        desk.clock.advance(Duration.ofSeconds(1));
        WebAuthnCredential second = desk.enrol(KeyDesk.ACCOUNT, key, "second");
        WebAuthnRegistration registration = desk.ceremonies.registration();

        registration.relabel(KeyDesk.ACCOUNT, second.id(), "new", event -> event);
        AuditEvent relabelled = desk.audit.events().get(2);
        assertThat(registration.remove(KeyDesk.ACCOUNT, second.id(), desk.versions.of(KeyDesk.ACCOUNT), e -> e))
                .isEqualTo(Removal.REMOVED);
        AuditEvent removed = desk.audit.events().get(3);

        assertThat(relabelled.subject()).contains(second.id());
        assertThat(removed.subject()).contains(second.id());
        assertThat(removed.attributes()).containsEntry("label", "new");
        assertThat(registration.remove(KeyDesk.ACCOUNT, second.id(), desk.versions.of(KeyDesk.ACCOUNT), e -> e))
                .isEqualTo(Removal.NOT_FOUND);
    }

    @Test
    void relabel_aCredential_isRecorded() {
        WebAuthnCredential enrolled = desk.enrol(KeyDesk.ACCOUNT, key, "old");
        desk.enrol(KeyDesk.ACCOUNT, key, "other");
        WebAuthnRegistration registration = desk.ceremonies.registration();

        assertThat(registration.relabel(KeyDesk.ACCOUNT, enrolled.id(), " new ", event -> event))
                .isEqualTo(Relabelling.DONE);
        assertThat(registration.relabel(KeyDesk.ACCOUNT, enrolled.id(), "other", event -> event))
                .isEqualTo(Relabelling.LABEL_IN_USE);
        assertThat(registration.relabel(KeyDesk.OTHER, enrolled.id(), "x", event -> event))
                .isEqualTo(Relabelling.NOT_FOUND);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registration.relabel(KeyDesk.ACCOUNT, enrolled.id(), " ", event -> event));
        assertThat(desk.repository.find(enrolled.id()).orElseThrow().label()).isEqualTo("new");
        assertThat(desk.audit.events().get(2).attributes()).containsEntry("label", "new");
    }

    @Test
    void enrolled_keysOfAnAccount_areItsFactorsWithTheirStrength() {
        WebAuthnCredential one = desk.enrol(KeyDesk.ACCOUNT, key, "one");
        desk.clock.advance(Duration.ofSeconds(1));
        WebAuthnCredential two = desk.enrol(KeyDesk.ACCOUNT, key, "two");
        desk.enrol(KeyDesk.OTHER, key, "theirs");

        assertThat(desk.ceremonies.inventory().kind()).isEqualTo(FactorKind.WEBAUTHN);
        assertThat(desk.ceremonies.inventory().enrolled(KeyDesk.ACCOUNT)).containsExactly(one.factor(), two.factor());
        assertThat(one.factor().strength()).contains(FactorClass.PHISHING_RESISTANT);
    }
}
