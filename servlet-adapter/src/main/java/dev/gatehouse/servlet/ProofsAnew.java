package dev.gatehouse.servlet;

import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.signin.Reauthentication;
import dev.gatehouse.webauthn.WebAuthnAuthentication;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Proving something anew in a running session, for actions that demand a fresh proof. Thread-safe. */
final class ProofsAnew {
    private final IndexHost host;
    private final Reauthentication reauthentication;
    private final Set<FactorKind> kinds;
    private final ProofKeeper keeper;

    ProofsAnew(IndexHost host, Reauthentication reauthentication, Set<FactorKind> kinds, ProofKeeper keeper) {
        this.host = host;
        this.reauthentication = reauthentication;
        this.kinds = kinds;
        this.keeper = keeper;
    }

    /** What the browser asks a security key with. */
    EndpointAnswer options(EndpointCall call, WebAuthnAuthentication keys) {
        SignedIn in = call.signedIn(host);
        return in == null
                ? ManagedFactors.notSignedIn()
                : SecurityKeys.started(keys.begin(in.accountId(), in.session()));
    }

    EndpointAnswer prove(EndpointCall call) {
        SignedIn in = call.signedIn(host);
        if (in == null) {
            return ManagedFactors.notSignedIn();
        }
        String name = call.body().text("kind");
        @Nullable
        FactorKind kind = kinds.stream()
                .filter(each -> each.id().equals(name))
                .findFirst()
                .orElse(null);
        if (kind == null) {
            return EndpointAnswer.fail(400, "There is no such factor");
        }
        String text = kind.equals(FactorKind.WEBAUTHN)
                ? call.body().document("credential")
                : Objects.requireNonNullElse(call.body().text("code"), "");
        return reauthentication
                .prove(in.accountId(), in.session(), kind, text, call.address(host))
                .fold(
                        proven -> {
                            keeper.keep(call.request(), proven.evidence());
                            return EndpointAnswer.success("Confirmed", null);
                        },
                        rejected -> LoginSteps.rejected(kind, rejected.code()),
                        throttled -> EndpointAnswer.throttled(throttled.retryAfter()),
                        suspended -> LoginSteps.suspended());
    }
}
