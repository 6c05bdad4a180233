package dev.gatehouse.servlet;

import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.factor.RejectionCode;
import dev.gatehouse.signin.FactorChange;
import dev.gatehouse.signin.FactorChanges;
import dev.gatehouse.signin.FactorWrite;
import dev.gatehouse.totp.EnrolmentRejection;
import dev.gatehouse.totp.EnrolmentResult;
import dev.gatehouse.totp.PendingTotp;
import dev.gatehouse.totp.QrSvg;
import dev.gatehouse.totp.TotpCredential;
import dev.gatehouse.totp.TotpEnrolment;
import dev.gatehouse.totp.TotpPlacement;
import java.util.Objects;

/** Setting up an authenticator app, in PyPI's words. Thread-safe. */
final class AppSetUp {
    private static final EnrolledFactor APP = EnrolledFactor.of(FactorKind.TOTP);

    private final IndexHost host;
    private final FactorChanges changes;
    private final TotpEnrolment enrolment;
    private final SetUpKeeper keeper;

    AppSetUp(IndexHost host, FactorChanges changes, TotpEnrolment enrolment, SetUpKeeper keeper) {
        this.host = host;
        this.changes = changes;
        this.enrolment = enrolment;
        this.keeper = keeper;
    }

    /** What the app is given: a fresh secret each time, of which only the last counts. */
    EndpointAnswer options(EndpointCall call) {
        SignedIn in = call.signedIn(host);
        if (in == null) {
            return ManagedFactors.notSignedIn();
        }
        PendingTotp pending = enrolment.begin(in.accountId(), in.name());
        keeper.keep(call.request(), pending.text());
        return EndpointAnswer.written(200, json -> {
            json.writeStringProperty("secret", pending.secret().base32());
            json.writeStringProperty("uri", pending.uri().text());
            json.writeStringProperty(
                    "image",
                    QrSvg.of(pending.uri(), "Scan with your application").svg());
            json.writeNumberProperty("digits", pending.parameters().digits());
            json.writeStringProperty("until", pending.expiresAt().toString());
        });
    }

    /** Takes the first code of the app. */
    EndpointAnswer validate(EndpointCall call) {
        SignedIn in = call.signedIn(host);
        if (in == null) {
            return ManagedFactors.notSignedIn();
        }
        String label = Objects.requireNonNullElse(call.body().text("label"), "").strip();
        if (label.length() > TotpCredential.MAX_LABEL || label.chars().anyMatch(Character::isISOControl)) {
            return EndpointAnswer.fail(
                    400, "Label must be at most " + TotpCredential.MAX_LABEL + " characters of plain text");
        }
        String replaced = call.body().text("replaces");
        FactorResponse response = new FactorResponse(
                in.accountId(),
                in.session(),
                Objects.requireNonNullElse(call.body().text("code"), ""));
        String pending = keeper.kept(call.request()).orElse("");
        FactorWrite<EnrolmentResult.Enrolled> write = version -> confirmed(
                response,
                pending,
                (replaced == null ? TotpPlacement.beside(version) : TotpPlacement.insteadOf(replaced, version))
                        .labelled(label),
                call);
        FactorChange<EnrolmentResult.Enrolled> change = replaced == null
                ? changes.enrol(in.accountId(), call.asked(), APP, write)
                : changes.replace(in.accountId(), call.asked(), FactorKind.TOTP, replaced, APP, write);
        if (change instanceof FactorChange.Made<EnrolmentResult.Enrolled> made) {
            keeper.done(call.request(), made.value().evidence());
        }
        return ManagedFactors.answer(
                change, call, stored -> "Authentication application successfully set up", AppSetUp::refused);
    }

    private FactorWrite.Answer<EnrolmentResult.Enrolled> confirmed(
            FactorResponse response, String pending, TotpPlacement placement, EndpointCall call) {
        return enrolment
                .confirm(response, pending, placement, call.origin())
                .<FactorWrite.Answer<EnrolmentResult.Enrolled>>fold(
                        FactorWrite.Written::new,
                        not -> not.reason() == EnrolmentRejection.CONFLICT
                                ? new FactorWrite.Conflict<>()
                                : new FactorWrite.Rejected<>(not.reason()));
    }

    private static EndpointAnswer refused(RejectionCode code) {
        if (!(code instanceof EnrolmentRejection reason)) {
            return EndpointAnswer.fail(400, "Invalid TOTP code. Try again?");
        }
        return switch (reason) {
            case PENDING_INVALID, PENDING_EXPIRED ->
                EndpointAnswer.fail(400, "This set-up is over, or was never begun. Please begin again.");
            case CLOCK_SKEW -> EndpointAnswer.fail(400, "Invalid TOTP code. Your device time may be out of sync.");
            case TOO_MANY ->
                EndpointAnswer.fail(400, "This account has as many authentication applications as it may have");
            case MALFORMED, INVALID -> EndpointAnswer.fail(400, "Invalid TOTP code. Try again?");
            case CONFLICT -> ManagedFactors.conflict();
        };
    }
}
