package dev.gatehouse.testkit.authenticator;

import dev.gatehouse.audit.InMemoryAuditLog;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.factor.Verification;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.state.InMemoryAccountVersions;
import dev.gatehouse.testkit.MutableClock;
import dev.gatehouse.webauthn.CeremonyStart;
import dev.gatehouse.webauthn.InMemoryWebAuthnRepository;
import dev.gatehouse.webauthn.PasskeyLogin;
import dev.gatehouse.webauthn.RegistrationResult;
import dev.gatehouse.webauthn.RelyingParty;
import dev.gatehouse.webauthn.WebAuthnCeremonies;
import dev.gatehouse.webauthn.WebAuthnCredential;
import dev.gatehouse.webauthn.WebAuthnRepository;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The ceremonies of a site in memory, and a clock that a test sets. */
final class KeyDesk {
    static final String ORIGIN = "https://packages.example.org";
    static final String ACCOUNT = "account-1";
    static final String OTHER = "account-2";
    static final Carrier SESSION = Carrier.session("session-1");

    final InMemoryAuditLog audit = InMemoryAuditLog.create();
    final InMemoryAccountVersions versions = InMemoryAccountVersions.create();
    final InMemoryWebAuthnRepository repository = InMemoryWebAuthnRepository.create(audit, versions);
    final MutableClock clock = MutableClock.at("2024-01-01T05:00:00Z");
    final EphemeralState state = EphemeralState.singleNode(audit);
    final RelyingParty relyingParty;
    final WebAuthnCeremonies ceremonies;

    KeyDesk() {
        this(site -> site);
    }

    KeyDesk(UnaryOperator<RelyingParty.Builder> choices) {
        this.relyingParty = choices.apply(RelyingParty.builder("example.org", "Example", Set.of(ORIGIN)))
                .build();
        this.ceremonies = over(repository);
    }

    /** The same site over another store. */
    WebAuthnCeremonies over(WebAuthnRepository other) {
        return WebAuthnCeremonies.builder(relyingParty, other, state, audit, clock)
                .build();
    }

    static String options(CeremonyStart start) {
        return start.fold(
                CeremonyStart.Begun::optionsJson,
                refused -> {
                    throw new AssertionError("not begun: " + refused);
                },
                tooOften -> {
                    throw new AssertionError("not begun: " + tooOften);
                });
    }

    /** The code with which nothing was begun, or {@code BEGUN}. */
    static String codeOf(CeremonyStart start) {
        return start.fold(begun -> "BEGUN", refused -> refused.reason().code(), tooOften -> "TOO_OFTEN");
    }

    String creationOptions(String account) {
        return options(ceremonies.registration().begin(account, SESSION, "alice", "Alice A."));
    }

    String requestOptions(String account) {
        return options(ceremonies.authentication().begin(account, SESSION));
    }

    String passkeyOptions() {
        return options(ceremonies.authentication().beginPasskey(SESSION));
    }

    RegistrationResult confirm(String account, String json, String label) {
        return ceremonies
                .registration()
                .confirm(new FactorResponse(account, SESSION, json), label, versions.of(account), event -> event);
    }

    /** {@code ENROLLED}, or the code of the rejection. */
    static String outcomeOf(RegistrationResult result) {
        return result.fold(
                enrolled -> "ENROLLED", notEnrolled -> notEnrolled.reason().code());
    }

    /** Registers a new credential of the authenticator. */
    WebAuthnCredential enrol(String account, SoftAuthenticator key, String label) {
        String json = key.create(creationOptions(account)).despiteExclusions().toJson();
        return confirm(account, json, label).fold(RegistrationResult.Enrolled::credential, notEnrolled -> {
            throw new AssertionError("not enrolled: " + notEnrolled.reason());
        });
    }

    Verification verify(String account, String json) {
        return ceremonies.authentication().verify(new FactorResponse(account, SESSION, json));
    }

    String login(String account, String json) {
        return outcomeOf(verify(account, json));
    }

    /** {@code VERIFIED}, or the code of the rejection. */
    static String outcomeOf(Verification verification) {
        return verification.fold(
                verified -> "VERIFIED", rejected -> rejected.code().code());
    }

    /** The account that a passkey says and proves, or the code of the rejection. */
    String passkey(String json) {
        return outcomeOf(ceremonies.authentication().verifyPasskey(SESSION, json));
    }

    static String outcomeOf(PasskeyLogin login) {
        return login.fold(
                PasskeyLogin.Identified::account, refused -> refused.reason().code());
    }

    WebAuthnCredential stored(String account) {
        return repository.ofAccount(account).get(0);
    }
}
