package dev.gatehouse.servlet;

import dev.gatehouse.factor.RejectionCode;
import dev.gatehouse.recovery.GenerationRejection;
import dev.gatehouse.recovery.NewRecoveryCodes;
import dev.gatehouse.recovery.RecoveryCodeStatus;
import dev.gatehouse.recovery.RecoveryCodes;
import dev.gatehouse.signin.FactorChange;
import dev.gatehouse.signin.FactorChanges;
import dev.gatehouse.signin.FactorWrite;
import java.time.Duration;

/** The recovery codes of who is signed in: how many are left, and new ones. Thread-safe. */
final class OwnRecoveryCodes {
    private final IndexHost host;
    private final FactorChanges changes;
    private final RecoveryCodes codes;

    OwnRecoveryCodes(IndexHost host, FactorChanges changes, RecoveryCodes codes) {
        this.host = host;
        this.changes = changes;
        this.codes = codes;
    }

    EndpointAnswer status(EndpointCall call) {
        SignedIn in = call.signedIn(host);
        if (in == null) {
            return ManagedFactors.notSignedIn();
        }
        RecoveryCodeStatus status = codes.status(in.accountId());
        return EndpointAnswer.written(200, json -> {
            json.writeNumberProperty("unused", status.unused());
            json.writeNumberProperty("used", status.used());
            status.generatedAt().ifPresent(at -> json.writeStringProperty("generated", at.toString()));
        });
    }

    /** Makes codes, which void all older ones, and shows them: this once. */
    EndpointAnswer generate(EndpointCall call) {
        SignedIn in = call.signedIn(host);
        if (in == null) {
            return ManagedFactors.notSignedIn();
        }
        FactorChange<NewRecoveryCodes> change = changes.recoveryCodes(
                in.accountId(),
                call.asked(),
                version -> codes.generate(in.accountId(), version, call.origin())
                        .<FactorWrite.Answer<NewRecoveryCodes>>fold(
                                made -> new FactorWrite.Written<>(made.codes()),
                                not -> not.reason() == GenerationRejection.CONFLICT
                                        ? new FactorWrite.Conflict<>()
                                        : new FactorWrite.Rejected<>(not.reason())));
        return ManagedFactors.answered(change, call, OwnRecoveryCodes::shown, OwnRecoveryCodes::refused);
    }

    private static EndpointAnswer shown(NewRecoveryCodes made) {
        return EndpointAnswer.written(200, json -> {
            json.writeStringProperty("success", "Recovery codes generated");
            json.writeArrayPropertyStart("codes");
            made.list().forEach(json::writeString);
            json.writeEndArray();
        });
    }

    private static EndpointAnswer refused(RejectionCode code) {
        Duration wait = code.retryAfter().orElse(Duration.ofSeconds(1));
        return EndpointAnswer.fail(429, "Too many codes are being made. Please try again in a moment.")
                .retryAfter(Math.max(1, wait.toSeconds()));
    }
}
