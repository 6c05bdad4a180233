package dev.gatehouse.servlet;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.factor.RejectionCode;
import dev.gatehouse.signin.FactorChange;
import dev.gatehouse.signin.FactorChanges;
import dev.gatehouse.signin.FactorWrite;
import dev.gatehouse.webauthn.CeremonyStart;
import dev.gatehouse.webauthn.WebAuthnCredential;
import dev.gatehouse.webauthn.WebAuthnRegistration;
import dev.gatehouse.webauthn.WebAuthnRejection;
import dev.gatehouse.webauthn.WebAuthnRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Setting up and removing security keys and passkeys, in PyPI's words. Thread-safe. */
final class SecurityKeys implements KeptFactors {
    private final IndexHost host;
    private final FactorChanges changes;
    private final WebAuthnRegistration registration;
    private final WebAuthnRepository store;

    SecurityKeys(IndexHost host, FactorChanges changes, WebAuthnRegistration registration, WebAuthnRepository store) {
        this.host = host;
        this.changes = changes;
        this.registration = registration;
        this.store = store;
    }

    /** What the browser is asked with. */
    EndpointAnswer options(EndpointCall call) {
        SignedIn in = call.signedIn(host);
        if (in == null) {
            return ManagedFactors.notSignedIn();
        }
        return started(registration.begin(in.accountId(), in.session(), in.name(), in.name()));
    }

    /** What a ceremony that was begun, or not, is answered. */
    static EndpointAnswer started(CeremonyStart start) {
        return start.fold(
                begun -> EndpointAnswer.document(begun.optionsJson()),
                refused -> EndpointAnswer.fail(
                        refused.reason() == WebAuthnRejection.STORE_UNTRUSTED ? 503 : 400,
                        refused.reason() == WebAuthnRejection.TOO_MANY
                                ? "This account has as many security devices as it may have"
                                : "There is no security device"),
                tooOften -> EndpointAnswer.fail(429, "Too many attempts were begun. Please try again later.")
                        .retryAfter(TOO_OFTEN_SECONDS));
    }

    /** Ceremonies that a session begins too often last this long at most. */
    private static final long TOO_OFTEN_SECONDS = 300;

    /** Takes the browser's answer. */
    EndpointAnswer validate(EndpointCall call) {
        SignedIn in = call.signedIn(host);
        if (in == null) {
            return ManagedFactors.notSignedIn();
        }
        String label = Objects.requireNonNullElse(call.body().text("label"), "");
        FactorResponse response =
                new FactorResponse(in.accountId(), in.session(), call.body().document("credential"));
        FactorChange<WebAuthnCredential> change = changes.enrol(
                in.accountId(),
                call.asked(),
                EnrolledFactor.of(FactorKind.WEBAUTHN),
                version -> registration
                        .confirm(response, label, version, call.origin())
                        .<FactorWrite.Answer<WebAuthnCredential>>fold(
                                enrolled -> new FactorWrite.Written<>(enrolled.credential()),
                                // The challenge is used up: a conflict is for its owner to begin again.
                                not -> new FactorWrite.Rejected<>(not.reason())));
        return ManagedFactors.answer(
                change, call, stored -> "Security device successfully set up", code -> refused(code, label));
    }

    private static EndpointAnswer refused(RejectionCode code, String label) {
        if (!(code instanceof WebAuthnRejection reason)) {
            return EndpointAnswer.fail(400, "Invalid WebAuthn credential");
        }
        return switch (reason) {
            case MALFORMED -> EndpointAnswer.fail(400, "Invalid WebAuthn credential: Bad payload");
            case DUPLICATE -> EndpointAnswer.fail(400, "Credential ID already in use");
            case TOO_MANY -> EndpointAnswer.fail(400, "This account has as many security devices as it may have");
            case LABEL_MISSING -> EndpointAnswer.fail(400, "Specify a label");
            case LABEL_INVALID ->
                EndpointAnswer.fail(
                        400, "Label must be at most " + WebAuthnCredential.MAX_LABEL + " characters of plain text");
            case LABEL_IN_USE -> EndpointAnswer.fail(400, "Label '" + label.strip() + "' already in use");
            case CONFLICT -> ManagedFactors.conflict();
            case STORE_UNTRUSTED -> throw new IllegalStateException("store: answered with what cannot be");
            default -> EndpointAnswer.fail(400, "Invalid WebAuthn credential");
        };
    }

    /** Removes the key with this label or id. */
    EndpointAnswer delete(EndpointCall call) {
        SignedIn in = call.signedIn(host);
        if (in == null) {
            return ManagedFactors.notSignedIn();
        }
        List<Listed> all = list(in.accountId());
        if (all.isEmpty()) {
            return EndpointAnswer.fail(400, "There is no security device to delete");
        }
        String id = call.body().text("id");
        String label = call.body().text("label");
        @Nullable
        Listed found = all.stream()
                .filter(each -> id != null ? each.id().equals(id) : each.label().equals(label))
                .findFirst()
                .orElse(null);
        return found == null
                ? EndpointAnswer.fail(400, "There is no such security device")
                : ManagedFactors.remove(changes, this, in.accountId(), found.id(), call);
    }

    @Override
    public FactorKind kind() {
        return FactorKind.WEBAUTHN;
    }

    @Override
    public List<Listed> list(String account) {
        List<Listed> all = new ArrayList<>();
        for (WebAuthnCredential each : store.ofAccount(account)) {
            KeptFactors.check(account, each.account());
            String strength = each.factor().strength().map(s -> s.id()).orElse(null);
            all.add(new Listed(
                    each.id(),
                    each.label(),
                    strength,
                    each.createdAt(),
                    each.lastUsedAt().orElse(null)));
        }
        return all;
    }

    @Override
    public FactorWrite.Answer<String> remove(
            String account, String id, long version, UnaryOperator<AuditEvent.Builder> origin) {
        WebAuthnRepository.Removal removal = registration.remove(account, id, version, origin);
        return KeptFactors.answer(
                removal == WebAuthnRepository.Removal.REMOVED, removal == WebAuthnRepository.Removal.CONFLICT, id);
    }

    @Override
    public String removed() {
        return "Security device removed";
    }
}
