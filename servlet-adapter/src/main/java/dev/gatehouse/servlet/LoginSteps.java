package dev.gatehouse.servlet;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.RejectionCode;
import dev.gatehouse.factor.Verification;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.Refusal;
import dev.gatehouse.recovery.RecoveryRejection;
import dev.gatehouse.signin.PendingStep;
import dev.gatehouse.signin.SignIn;
import dev.gatehouse.signin.SignInRejection;
import dev.gatehouse.signin.SignInRequest;
import dev.gatehouse.signin.SignInStep;
import dev.gatehouse.webauthn.WebAuthnAuthentication;
import dev.gatehouse.webauthn.WebAuthnRejection;
import java.util.List;
import java.util.Optional;

/** The steps of a login, in PyPI's words. Thread-safe. */
final class LoginSteps {
    private final IndexHost host;
    private final LoginHost login;
    private final SignIn signIn;

    LoginSteps(IndexHost host, LoginHost login, SignIn signIn) {
        this.host = host;
        this.login = login;
        this.signIn = signIn;
    }

    EndpointAnswer keyOptions(EndpointCall call, WebAuthnAuthentication keys) {
        if (isSignedIn(call)) {
            return alreadyIn();
        }
        Optional<PendingStep> pending = login.pending(call.request());
        return pending.isEmpty()
                ? expired()
                : SecurityKeys.started(keys.begin(pending.get().account(), session(call)));
    }

    EndpointAnswer passkeyOptions(EndpointCall call, WebAuthnAuthentication keys) {
        return isSignedIn(call) ? alreadyIn() : SecurityKeys.started(keys.beginPasskey(session(call)));
    }

    EndpointAnswer passkey(EndpointCall call, WebAuthnAuthentication keys) {
        if (isSignedIn(call)) {
            return alreadyIn();
        }
        String credential = call.body().document("credential");
        SignInStep step = signIn.identify(
                request(call),
                FactorKind.WEBAUTHN,
                session -> keys.verifyPasskey(session, credential)
                        .fold(
                                identified -> new Verification.Verified(identified.evidence()),
                                refused -> new Verification.Rejected(refused.reason())));
        return answer(call, FactorKind.WEBAUTHN, step);
    }

    EndpointAnswer prove(EndpointCall call, FactorKind kind, String text) {
        if (isSignedIn(call)) {
            return alreadyIn();
        }
        Optional<PendingStep> pending = login.pending(call.request());
        return pending.isEmpty()
                ? expired()
                : answer(call, kind, signIn.prove(request(call), pending.get().ticket(), kind, text));
    }

    private boolean isSignedIn(EndpointCall call) {
        return host.session(call.request()).isPresent();
    }

    private Carrier session(EndpointCall call) {
        return Carrier.session(login.session(call.request()));
    }

    /** The session changes before anything is verified, whatever comes of it. */
    private SignInRequest request(EndpointCall call) {
        String session = login.session(call.request());
        String next = login.renew(call.request());
        SignInRequest request = SignInRequest.of(session, next, call.address(host));
        return login.device(call.request()).map(request::withDevice).orElse(request);
    }

    private EndpointAnswer answer(EndpointCall call, FactorKind kind, SignInStep step) {
        return step.fold(new SignInStep.Cases<EndpointAnswer>() {
            @Override
            public EndpointAnswer completed(SignInStep.Completed completed) {
                ReturnPath to = login.completed(call.request(), call.response(), completed);
                return EndpointAnswer.success(done(kind), to.text());
            }

            @Override
            public EndpointAnswer moreNeeded(SignInStep.MoreNeeded more) {
                login.await(call.request(), more.next());
                return waiting(more);
            }

            @Override
            public EndpointAnswer rejected(SignInStep.Rejected rejected) {
                rejected.next().ifPresent(next -> login.await(call.request(), next));
                return LoginSteps.rejected(kind, rejected.code());
            }

            @Override
            public EndpointAnswer throttled(SignInStep.Throttled throttled) {
                return EndpointAnswer.throttled(throttled.retryAfter());
            }

            @Override
            public EndpointAnswer refused(SignInStep.Refused refused) {
                return EndpointAnswer.fail(403, texts(refused.decision()), json -> {});
            }

            @Override
            public EndpointAnswer expired(SignInStep.Expired expired) {
                return LoginSteps.expired();
            }
        });
    }

    private static EndpointAnswer waiting(SignInStep.MoreNeeded more) {
        return EndpointAnswer.written(200, json -> {
            json.writeObjectPropertyStart("next");
            json.writeArrayPropertyStart("offered");
            more.next().offered().forEach(kind -> json.writeString(kind.id()));
            json.writeEndArray();
            json.writeStringProperty("until", more.next().until().toString());
            more.why()
                    .ifPresent(
                            why -> json.writeStringProperty("detail", texts(why).get(0)));
            json.writeEndObject();
        });
    }

    /** What may be told: the first refusal and those of its stage. */
    private static List<String> texts(Decision.Refused refused) {
        int stage = refused.refusals().get(0).stage();
        return refused.refusals().stream()
                .filter(refusal -> refusal.stage() == stage)
                .map(Refusal::message)
                .map(message -> message.text())
                .toList();
    }

    private static String done(FactorKind kind) {
        if (kind.equals(FactorKind.RECOVERY_CODE)) {
            return "Recovery code accepted. The supplied code cannot be used again.";
        }
        return kind.equals(FactorKind.WEBAUTHN) ? "Successful WebAuthn assertion" : "Successful TOTP code";
    }

    /** Coarser than the log: of a code that was genuine once only its owner's mistake is told. */
    static EndpointAnswer rejected(FactorKind kind, RejectionCode code) {
        if (code.retryAfter().isPresent()) {
            return EndpointAnswer.fail(429, "This cannot be looked at now. Please try again in a moment.")
                    .retryAfter(Math.max(1, code.retryAfter().get().toSeconds()));
        }
        if (code == SignInRejection.SUSPENDED) {
            return suspended();
        }
        if (kind.equals(FactorKind.PASSWORD)) {
            return EndpointAnswer.fail(400, "Invalid credentials. Try again");
        }
        if (kind.equals(FactorKind.TOTP)) {
            return EndpointAnswer.fail(400, "Invalid TOTP code.");
        }
        if (kind.equals(FactorKind.RECOVERY_CODE)) {
            return EndpointAnswer.fail(
                    400,
                    code == RecoveryRejection.MALFORMED
                            ? "Recovery Codes must be 16 characters."
                            : code == RecoveryRejection.USED_BEFORE
                                    ? "Recovery code has been previously used."
                                    : "Invalid recovery code.");
        }
        return EndpointAnswer.fail(
                400,
                code == WebAuthnRejection.MALFORMED
                        ? "Invalid WebAuthn assertion: Bad payload"
                        : "Invalid WebAuthn credential");
    }

    private static EndpointAnswer expired() {
        return EndpointAnswer.fail(400, "Invalid or expired two factor login.");
    }

    static EndpointAnswer suspended() {
        return EndpointAnswer.fail(403, "This factor is suspended after too many failed attempts. Use another one.");
    }

    private static EndpointAnswer alreadyIn() {
        return EndpointAnswer.fail(400, "Already authenticated");
    }
}
