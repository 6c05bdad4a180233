package dev.gatehouse.example.account;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.FactorInventory;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.factor.FactorVerifier;
import dev.gatehouse.factor.Verification;
import dev.gatehouse.signin.FactorWrite;
import dev.gatehouse.state.AccountVersions;
import dev.gatehouse.totp.EnrolmentResult;
import dev.gatehouse.totp.PendingTotp;
import dev.gatehouse.totp.TotpCredential;
import dev.gatehouse.totp.TotpEnrolment;
import dev.gatehouse.totp.TotpPlacement;
import dev.gatehouse.totp.TotpRepository;
import dev.gatehouse.totp.TotpVerifier;
import dev.gatehouse.webauthn.CeremonyStart;
import dev.gatehouse.webauthn.RegistrationResult;
import dev.gatehouse.webauthn.WebAuthnAuthentication;
import dev.gatehouse.webauthn.WebAuthnCeremonies;
import dev.gatehouse.webauthn.WebAuthnCredential;
import dev.gatehouse.webauthn.WebAuthnRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The authenticator apps and security keys of the accounts, over the library's repositories and ceremonies. Thread-safe. */
public final class Factors {
    private final TotpRepository apps;
    private final TotpVerifier verifier;
    private final TotpEnrolment enrolment;
    private final WebAuthnRepository keys;
    private final @Nullable WebAuthnCeremonies ceremonies;
    private final AccountVersions versions;

    /**
     * The factors in these repositories.
     *
     * @param ceremonies nothing where the index has an address that no key can be bound to
     */
    public Factors(
            TotpRepository apps,
            TotpVerifier verifier,
            TotpEnrolment enrolment,
            WebAuthnRepository keys,
            Optional<WebAuthnCeremonies> ceremonies,
            AccountVersions versions) {
        this.apps = apps;
        this.verifier = verifier;
        this.enrolment = enrolment;
        this.keys = keys;
        this.ceremonies = ceremonies.orElse(null);
        this.versions = versions;
    }

    /** The apps of an account, oldest first. */
    public List<TotpCredential> of(String account) {
        return apps.ofAccount(account);
    }

    /** The security keys and passkeys of an account, oldest first. */
    public List<WebAuthnCredential> keysOf(String account) {
        return keys.ofAccount(account);
    }

    /** Whether keys can be used here at all. */
    public boolean hasKeys() {
        return ceremonies != null;
    }

    /** The version of the account; to be read before what a change is decided on. */
    public long version(String account) {
        return versions.of(account);
    }

    /** The same as the policy reads them. */
    public EnrolledFactors enrolled(String account) {
        List<EnrolledFactor> all = new ArrayList<>();
        of(account).forEach(app -> all.add(app.factor()));
        keysOf(account).forEach(key -> all.add(key.factor()));
        return EnrolledFactors.of(all);
    }

    public boolean hasAny(String account) {
        return !of(account).isEmpty() || !keysOf(account).isEmpty();
    }

    /** What the changes of factors read them from. */
    public List<FactorInventory> inventories() {
        return List.of(
                inventory(
                        FactorKind.TOTP,
                        account ->
                                of(account).stream().map(TotpCredential::factor).toList()),
                inventory(
                        FactorKind.WEBAUTHN,
                        account -> keysOf(account).stream()
                                .map(WebAuthnCredential::factor)
                                .toList()));
    }

    private interface Listing {
        List<EnrolledFactor> of(String account);
    }

    private static FactorInventory inventory(FactorKind kind, Listing listing) {
        return new FactorInventory() {
            @Override
            public FactorKind kind() {
                return kind;
            }

            @Override
            public List<EnrolledFactor> enrolled(String account) {
                return listing.of(account);
            }
        };
    }

    /** What verifies codes of apps. */
    public FactorVerifier appVerifier() {
        return verifier;
    }

    /** What verifies codes and keys in a login. */
    public List<FactorVerifier> verifiers() {
        List<FactorVerifier> all = new ArrayList<>();
        if (ceremonies != null) {
            all.add(ceremonies.authentication());
        }
        all.add(verifier);
        return all;
    }

    /** What verifies keys, where there can be some. */
    public Optional<WebAuthnAuthentication> keyVerifier() {
        return Optional.ofNullable(ceremonies).map(WebAuthnCeremonies::authentication);
    }

    /** Verifies a code or the answer of a key of the account, once. */
    public Verification verify(FactorKind kind, FactorResponse response) {
        return verifiers().stream()
                .filter(each -> each.kind().equals(kind))
                .findFirst()
                .orElseThrow()
                .verify(response);
    }

    /** What a browser asks the keys of an account with; nothing if there are none. */
    public @Nullable String keyOptions(String account, Carrier session) {
        return ceremonies == null || keysOf(account).isEmpty()
                ? null
                : options(ceremonies.authentication().begin(account, session));
    }

    /** What a browser makes a new key with; nothing where there can be no more. */
    public @Nullable String newKeyOptions(Account account, Carrier session) {
        return ceremonies == null
                ? null
                : options(ceremonies.registration().begin(account.id(), session, account.name(), account.name()));
    }

    private static @Nullable String options(CeremonyStart start) {
        return start.fold(CeremonyStart.Begun::optionsJson, refused -> null, tooOften -> null);
    }

    /** Stores the key that was begun, if the answer is of it. */
    public RegistrationResult confirmKey(
            FactorResponse response, String label, long version, UnaryOperator<AuditEvent.Builder> origin) {
        if (ceremonies == null) {
            throw new IllegalStateException("this index takes no keys");
        }
        return ceremonies.registration().confirm(response, label, version, origin);
    }

    /** A secret for an app that is about to be set up; nothing is stored. */
    public PendingTotp begin(Account account) {
        return enrolment.begin(account.id(), account.name());
    }

    /**
     * Stores the app that was begun, if the code is of it.
     *
     * @param version the account's version that the decision saw
     */
    public EnrolmentResult confirm(
            FactorResponse response,
            String pending,
            long version,
            String label,
            UnaryOperator<AuditEvent.Builder> origin) {
        return enrolment.confirm(
                response, pending, TotpPlacement.beside(version).labelled(label), origin);
    }

    /** Removes a factor, if the account still has the version that the decision saw. */
    public FactorWrite.Answer<String> remove(
            String account, FactorKind kind, String id, long version, UnaryOperator<AuditEvent.Builder> origin) {
        if (kind.equals(FactorKind.TOTP)) {
            return switch (enrolment.remove(account, id, version, origin)) {
                case REMOVED -> new FactorWrite.Written<>(id);
                case CONFLICT -> new FactorWrite.Conflict<>();
                case NOT_FOUND -> new FactorWrite.NotFound<>();
            };
        }
        if (ceremonies == null) {
            return new FactorWrite.NotFound<>();
        }
        return switch (ceremonies.registration().remove(account, id, version, origin)) {
            case REMOVED -> new FactorWrite.Written<>(id);
            case CONFLICT -> new FactorWrite.Conflict<>();
            case NOT_FOUND -> new FactorWrite.NotFound<>();
        };
    }

    /** Removes all factors, whatever remains. */
    public void removeAll(String account, UnaryOperator<AuditEvent.Builder> origin) {
        for (EnrolledFactor factor : enrolled(account).list()) {
            while (remove(account, factor.kind(), factor.id(), version(account), origin)
                    instanceof FactorWrite.Conflict<String>) {
                // Somebody else changed the account meanwhile; its version is read again.
            }
        }
    }
}
