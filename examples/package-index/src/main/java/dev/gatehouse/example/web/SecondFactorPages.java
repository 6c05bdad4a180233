package dev.gatehouse.example.web;

import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.signin.PendingStep;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.RateWindow;
import dev.gatehouse.state.StateSpace;
import dev.gatehouse.webauthn.CeremonyStart;
import dev.gatehouse.webauthn.WebAuthnAuthentication;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The second step of a login, by whatever the account has; and the login by passkey, which is one step. */
final class SecondFactorPages {
    private static final StateSpace SESSIONS = StateSpace.counters("index.passkey-page", 100_000);
    private static final RateWindow MOST_SESSIONS = new RateWindow(60, Duration.ofMinutes(5));

    private final Logins logins;
    private final @Nullable WebAuthnAuthentication keys;
    private final EphemeralState state;

    SecondFactorPages(Logins logins, @Nullable WebAuthnAuthentication keys, EphemeralState state) {
        this.logins = logins;
        this.keys = keys;
        this.state = state;
    }

    Reply form(Visit visit) {
        return visit.visitor().pending().isEmpty() ? Reply.to(Site.LOGIN) : form(visit, Form.empty());
    }

    private Reply form(Visit visit, Form form) {
        Optional<PendingStep> pending = visit.visitor().pending();
        Set<FactorKind> offered = pending.map(PendingStep::offered).orElse(Set.of());
        return Reply.page("second-factor.jte", "Second step of the login")
                .with("form", form)
                .with("next", visit.next(""))
                .with("withApp", offered.contains(FactorKind.TOTP))
                .with("withRecoveryCode", offered.contains(FactorKind.RECOVERY_CODE))
                .with(
                        "options",
                        offered.contains(FactorKind.WEBAUTHN)
                                ? keyOptions(visit, pending.orElseThrow().account())
                                : null)
                .status(form.hasErrors() ? 422 : 200);
    }

    private @Nullable String keyOptions(Visit visit, String account) {
        return keys == null ? null : options(keys.begin(account, visit.visitor().carrier()));
    }

    /** What the browser asks the key with; nothing where the ceremony could not begin. */
    private static @Nullable String options(CeremonyStart start) {
        return start.fold(CeremonyStart.Begun::optionsJson, refused -> null, tooOften -> null);
    }

    private Reply proven(Visit visit, FactorKind kind, String field, String wrong) {
        return logins.prove(
                visit,
                kind,
                visit.raw(field),
                text -> form(visit, new Form().error(field, text.isEmpty() ? wrong : text)));
    }

    Reply withCode(Visit visit) {
        return proven(visit, FactorKind.TOTP, "code", "The code is wrong.");
    }

    Reply withKey(Visit visit) {
        return keys == null
                ? SiteServlet.notFound()
                : proven(visit, FactorKind.WEBAUTHN, "credential", "The security key was not accepted. Try again.");
    }

    Reply withRecoveryCode(Visit visit) {
        return proven(visit, FactorKind.RECOVERY_CODE, "recovery", "The recovery code is wrong, or was used before.");
    }

    /** The link of the mail: it only asks, because programs follow links too. */
    Reply confirmForm(Visit visit) {
        return Reply.page("device-confirm.jte", "Confirm your login")
                .with("token", visit.field("token"))
                .with("next", visit.next(""));
    }

    Reply confirm(Visit visit) {
        Reply gone = Reply.message(
                410,
                "This link does not work here",
                "It was used before, is older than fifteen minutes, or belongs to a login in another browser. Log in"
                        + " again.");
        return visit.visitor().pending().isEmpty()
                ? gone
                : logins.prove(visit, FactorKind.EMAIL, visit.field("token"), text -> gone);
    }

    Reply passkeyForm(Visit visit) {
        return visit.account().isPresent() ? Reply.to(visit.next(Site.PROJECTS)) : passkey(visit, Form.empty());
    }

    private Reply passkey(Visit visit, Form form) {
        if (keys == null) {
            return SiteServlet.notFound();
        }
        if (!visit.visitor().hasSession() && !mayBegin(visit)) {
            return Reply.message(
                    429,
                    "Too many visits",
                    "Too many people at this address want to log in. Try again in five minutes.");
        }
        return Reply.page("passkey.jte", "Log in with a passkey")
                .with("form", form)
                .with("next", visit.next(""))
                .with("options", options(keys.beginPasskey(visit.visitor().carrier())))
                .status(form.hasErrors() ? 422 : 200);
    }

    /** Whoever shows no session gets one here, and a challenge: nobody at one address gets any number of them. */
    private boolean mayBegin(Visit visit) {
        return state.count(SESSIONS, visit.network().bucket(), MOST_SESSIONS, visit.now())
                .fold(within -> true, over -> false);
    }

    Reply withPasskey(Visit visit) {
        String refused = "This passkey was not accepted. Log in with your password instead.";
        if (keys == null) {
            return SiteServlet.notFound();
        }
        Form again = new Form().error("credential", refused);
        // Without a session there is no challenge that it could answer.
        return visit.visitor().hasSession()
                ? logins.identify(visit, keys, visit.raw("credential"), text -> passkey(visit, again))
                : passkey(visit, again);
    }
}
