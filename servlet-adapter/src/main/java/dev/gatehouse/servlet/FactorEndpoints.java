package dev.gatehouse.servlet;

import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.recovery.RecoveryCodes;
import dev.gatehouse.signin.FactorChanges;
import dev.gatehouse.signin.Reauthentication;
import dev.gatehouse.totp.TotpEnrolment;
import dev.gatehouse.totp.TotpRepository;
import dev.gatehouse.webauthn.WebAuthnAuthentication;
import dev.gatehouse.webauthn.WebAuthnCeremonies;
import dev.gatehouse.webauthn.WebAuthnRepository;
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
 * JSON endpoints in which people list, set up and remove their second factors and recovery codes, at PyPI's paths and with its answers.
 *
 * <p>A servlet to map to {@link #paths} behind the {@link TwoFactorFilter}. {@link PypiLayout} lists the routes. Each change asks the policy
 * once, through {@link FactorChanges}, and carries the answer into the write. A change needs a JSON content type and proof of the same
 * origin, also where the layout says that the host checks tokens. Thread-safe.
 */
public final class FactorEndpoints extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient Endpoints endpoints;

    private FactorEndpoints(Builder b) {
        Map<String, EndpointCall.Handler> handlers = new HashMap<>();
        ManagedFactors factors = new ManagedFactors(b.host, b.changes);
        String own = b.manage + "/account";
        if (b.keys != null && b.keyStore != null) {
            SecurityKeys keys = new SecurityKeys(b.host, b.changes, b.keys.registration(), b.keyStore);
            factors.add(keys);
            handlers.put("GET " + own + "/webauthn-provision/options", keys::options);
            handlers.put("POST " + own + "/webauthn-provision/validate", keys::validate);
            handlers.put("POST " + own + "/webauthn-provision/delete", keys::delete);
        }
        if (b.apps != null && b.appStore != null) {
            factors.add(new AuthenticatorApps(b.apps, b.appStore));
            if (b.setUps != null) {
                AppSetUp setUp = new AppSetUp(b.host, b.changes, b.apps, b.setUps);
                handlers.put("GET " + own + "/totp-provision/options", setUp::options);
                handlers.put("POST " + own + "/totp-provision/validate", setUp::validate);
            }
        }
        if (b.codes != null) {
            OwnRecoveryCodes codes = new OwnRecoveryCodes(b.host, b.changes, b.codes);
            handlers.put("GET " + own + "/recovery-codes/status", codes::status);
            handlers.put("POST " + own + "/recovery-codes/create", codes::generate);
        }
        if (b.anew != null && b.keeper != null) {
            ProofsAnew proofs = new ProofsAnew(b.host, b.anew, b.kinds, b.keeper);
            handlers.put("POST " + b.account + "/reauthenticate/validate", proofs::prove);
            if (b.keys != null && b.kinds.contains(FactorKind.WEBAUTHN)) {
                WebAuthnAuthentication keys = b.keys.authentication();
                handlers.put("GET " + b.account + "/reauthenticate/options", call -> proofs.options(call, keys));
            }
        }
        handlers.put("GET " + own + "/factors", factors::list);
        handlers.put("POST " + own + "/factors/delete", factors::delete);
        this.endpoints = new Endpoints(handlers, b.origins);
    }

    /**
     * A builder of the endpoints.
     *
     * @param host who is signed in, as the filter is told
     * @param changes asks the policy and writes; with an inventory of each kind that is given here
     */
    public static Builder builder(IndexHost host, FactorChanges changes) {
        return new Builder(host, changes);
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

    /** Builds {@link FactorEndpoints}; not thread-safe, may be reused. */
    public static final class Builder {
        private final IndexHost host;
        private final FactorChanges changes;
        private @Nullable WebAuthnCeremonies keys;
        private @Nullable WebAuthnRepository keyStore;
        private @Nullable TotpEnrolment apps;
        private @Nullable TotpRepository appStore;
        private @Nullable SetUpKeeper setUps;
        private @Nullable RecoveryCodes codes;
        private @Nullable Reauthentication anew;
        private @Nullable ProofKeeper keeper;
        private Set<FactorKind> kinds = Set.of();
        private String account = "/account";
        private String manage = "/manage";
        private Set<String> origins = Set.of();

        private Builder(IndexHost host, FactorChanges changes) {
            this.host = Objects.requireNonNull(host, "host");
            this.changes = Objects.requireNonNull(changes, "changes");
        }

        /** Security keys and passkeys, with the store of the ceremonies. */
        public Builder securityKeys(WebAuthnCeremonies ceremonies, WebAuthnRepository store) {
            this.keys = Objects.requireNonNull(ceremonies, "ceremonies");
            this.keyStore = Objects.requireNonNull(store, "store");
            return this;
        }

        /** Authenticator apps, which can be listed and removed here, with the store of the enrolment. */
        public Builder authenticatorApps(TotpEnrolment enrolment, TotpRepository store) {
            this.apps = Objects.requireNonNull(enrolment, "enrolment");
            this.appStore = Objects.requireNonNull(store, "store");
            return this;
        }

        /**
         * Authenticator apps, which can be set up here as well.
         *
         * @param keep keeps what is pending, and then the proof, with the session
         */
        public Builder authenticatorApps(TotpEnrolment enrolment, TotpRepository store, SetUpKeeper keep) {
            this.setUps = Objects.requireNonNull(keep, "keep");
            return authenticatorApps(enrolment, store);
        }

        /** Recovery codes, which can be counted and made here. */
        public Builder recoveryCodes(RecoveryCodes made) {
            this.codes = Objects.requireNonNull(made, "made");
            return this;
        }

        /**
         * Proving something anew in a session.
         *
         * @param proofs with a verifier of each kind
         * @param which kinds, of those that take a code, a password or the answer of a security key
         * @param keep keeps what was proven
         */
        public Builder reauthentication(Reauthentication proofs, Set<FactorKind> which, ProofKeeper keep) {
            this.anew = Objects.requireNonNull(proofs, "proofs");
            this.kinds = Set.copyOf(which);
            this.keeper = Objects.requireNonNull(keep, "keep");
            return this;
        }

        /** Where people log in, as the layout has it; {@code /account} by default. */
        public Builder account(String prefix) {
            this.account = Objects.requireNonNull(prefix, "prefix");
            return this;
        }

        /** Where people manage accounts, as the layout has it; {@code /manage} by default. */
        public Builder manage(String prefix) {
            this.manage = Objects.requireNonNull(prefix, "prefix");
            return this;
        }

        /** Other origins whose pages may change things with a session, as the filter allows them. */
        public Builder allowOrigins(Set<String> others) {
            this.origins = Set.copyOf(others);
            return this;
        }

        public FactorEndpoints build() {
            return new FactorEndpoints(this);
        }
    }
}
