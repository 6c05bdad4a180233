package dev.gatehouse.example.readme;

// region logins
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.AccountFacts;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.recovery.RecoveryCodeVerifier;
import dev.gatehouse.secret.Argon2Gate;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.signin.AttemptLimits;
import dev.gatehouse.signin.LoginStart;
import dev.gatehouse.signin.PendingStep;
import dev.gatehouse.signin.SignIn;
import dev.gatehouse.signin.SignInRequest;
import dev.gatehouse.signin.SignInStep;
import dev.gatehouse.store.jdbc.JdbcRepositories;
import dev.gatehouse.store.jdbc.JdbcStore;
import dev.gatehouse.totp.TotpVerifier;
import dev.gatehouse.webauthn.RelyingParty;
import dev.gatehouse.webauthn.WebAuthnCeremonies;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Function;

/** Logs accounts in: a password that the index has checked, then whichever factor the account has. */
public final class Logins {
    private final SignIn signIn;
    private final InstantSource clock;

    public Logins(
            TwoFactorPolicy policy,
            Function<String, AccountFacts> accounts,
            JdbcStore store,
            Sealer sealer,
            InstantSource clock) {
        this.clock = clock;
        JdbcRepositories kept = store.repositories();
        // PyPI's numbers, and an end to guessing after a hundred failures.
        AttemptLimits limits = AttemptLimits.builder(store.ephemeralState(), kept.failures())
                .clock(clock)
                .build();
        RelyingParty site = RelyingParty.builder("index.example", "Index", Set.of("https://index.example"))
                .build();
        WebAuthnCeremonies keys = WebAuthnCeremonies.builder(
                        site, kept.webAuthn(), store.ephemeralState(), kept.auditLog(), clock)
                .build();
        signIn = SignIn.builder(
                        policy,
                        accounts,
                        new SignIn.Stores(store.ephemeralState(), kept.logins(), kept.accountVersions(), limits))
                .verifier(keys.authentication())
                .verifier(new TotpVerifier(kept.totp(), sealer, clock))
                .verifier(new RecoveryCodeVerifier(kept.recoveryCodes(), Argon2Gate.of(2), clock))
                .events(kept.auditLog())
                .clock(clock)
                .build();
    }

    /** Before the password is checked: one that is changed during the check opens nothing. */
    public LoginStart start(String account) {
        return signIn.start(account);
    }

    /** The password was right. What comes back is either the login, or a ticket and the factors to ask for. */
    public SignInStep password(LoginStart start, SignInRequest request) {
        Carrier session = Carrier.session(request.session());
        return signIn.begin(
                request,
                start,
                Evidence.asserted(start.account(), FactorKind.PASSWORD, clock.instant(), session, "my index"));
    }

    /** The form with the code. A wrong one gives the next ticket, until the limits say that it is enough. */
    public SignInStep code(PendingStep pending, String code, SignInRequest request) {
        return signIn.prove(request, pending.ticket(), FactorKind.TOTP, code);
    }
}
// endregion
