package dev.gatehouse.servlet;

import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.signin.SignIn;
import dev.gatehouse.webauthn.WebAuthnAuthentication;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON endpoints in which a login is completed: by security key, passkey, code of an authenticator app, recovery code.
 *
 * <p>A servlet to map to {@link #paths} behind the {@link TwoFactorFilter}; {@link PypiLayout} lists the routes. The password step is the
 * host's: it calls {@link SignIn#start} before the password is checked, {@link SignIn#begin} after, and keeps what that answers. Every answer changes the session. A step needs a JSON content type and proof of
 * the same origin. Limits, tickets and the policy's say are those of {@link SignIn}. Thread-safe.
 */
public final class LoginEndpoints extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient Endpoints endpoints;

    private LoginEndpoints(Builder b) {
        Map<String, EndpointCall.Handler> handlers = new HashMap<>();
        LoginSteps steps = new LoginSteps(b.host, b.login, b.signIn);
        WebAuthnAuthentication keys = b.keys;
        if (keys != null) {
            handlers.put("GET " + b.account + "/webauthn-authenticate/options", call -> steps.keyOptions(call, keys));
            handlers.put(
                    "POST " + b.account + "/webauthn-authenticate/validate",
                    call -> steps.prove(call, FactorKind.WEBAUTHN, call.body().document("credential")));
            handlers.put("GET " + b.account + "/passkey/options", call -> steps.passkeyOptions(call, keys));
            handlers.put("POST " + b.account + "/passkey/validate", call -> steps.passkey(call, keys));
        }
        if (b.codes) {
            handlers.put(
                    "POST " + b.account + "/totp-authenticate/validate",
                    call -> steps.prove(call, FactorKind.TOTP, code(call)));
        }
        if (b.recoveryCodes) {
            handlers.put(
                    "POST " + b.account + "/recovery-code/validate",
                    call -> steps.prove(call, FactorKind.RECOVERY_CODE, code(call)));
        }
        this.endpoints = new Endpoints(handlers, b.origins);
    }

    private static String code(EndpointCall call) {
        return Objects.requireNonNullElse(call.body().text("code"), "");
    }

    /**
     * A builder of the endpoints.
     *
     * @param host who is signed in, as the filter is told
     * @param login the host's sessions
     * @param signIn with a verifier of each kind that is chosen here
     */
    public static Builder builder(IndexHost host, LoginHost login, SignIn signIn) {
        return new Builder(host, login, signIn);
    }

    /** Every path that is answered: what to map this servlet to. */
    public Set<String> paths() {
        return endpoints.paths();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        endpoints.service(request, response);
    }

    /** Builds {@link LoginEndpoints}; not thread-safe, may be reused. */
    public static final class Builder {
        private final IndexHost host;
        private final LoginHost login;
        private final SignIn signIn;
        private @Nullable WebAuthnAuthentication keys;
        private boolean codes;
        private boolean recoveryCodes;
        private String account = "/account";
        private Set<String> origins = Set.of();

        private Builder(IndexHost host, LoginHost login, SignIn signIn) {
            this.host = Objects.requireNonNull(host, "host");
            this.login = Objects.requireNonNull(login, "login");
            this.signIn = Objects.requireNonNull(signIn, "signIn");
        }

        /** Security keys as the second factor, and passkeys alone. */
        public Builder securityKeys(WebAuthnAuthentication authentication) {
            this.keys = Objects.requireNonNull(authentication, "authentication");
            return this;
        }

        /** Codes of authenticator apps. */
        public Builder authenticatorApps() {
            this.codes = true;
            return this;
        }

        /** Recovery codes. */
        public Builder recoveryCodes() {
            this.recoveryCodes = true;
            return this;
        }

        /** Where people log in, as the layout has it; {@code /account} by default. */
        public Builder account(String prefix) {
            this.account = Objects.requireNonNull(prefix, "prefix");
            return this;
        }

        /** Other origins whose pages may log people in, as the filter allows them. */
        public Builder allowOrigins(Set<String> others) {
            this.origins = Set.copyOf(others);
            return this;
        }

        public LoginEndpoints build() {
            return new LoginEndpoints(this);
        }
    }
}
