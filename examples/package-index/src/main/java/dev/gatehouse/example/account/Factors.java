package dev.gatehouse.example.account;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.factor.Verification;
import dev.gatehouse.state.AccountVersions;
import dev.gatehouse.totp.EnrolmentResult;
import dev.gatehouse.totp.PendingTotp;
import dev.gatehouse.totp.TotpCredential;
import dev.gatehouse.totp.TotpEnrolment;
import dev.gatehouse.totp.TotpPlacement;
import dev.gatehouse.totp.TotpRepository;
import dev.gatehouse.totp.TotpVerifier;
import java.util.List;
import java.util.function.UnaryOperator;

/** The authenticator apps of the accounts, over the library's repository, verifier and enrolment. Thread-safe. */
public final class Factors {
    private final TotpRepository repository;
    private final AccountVersions versions;
    private final TotpVerifier verifier;
    private final TotpEnrolment enrolment;

    public Factors(
            TotpRepository repository, AccountVersions versions, TotpVerifier verifier, TotpEnrolment enrolment) {
        this.repository = repository;
        this.versions = versions;
        this.verifier = verifier;
        this.enrolment = enrolment;
    }

    /** The apps of an account, oldest first. */
    public List<TotpCredential> of(String account) {
        return repository.ofAccount(account);
    }

    /** The version of the account; to be read before what a change is decided on. */
    public long version(String account) {
        return versions.of(account);
    }

    /** The same as the policy reads them. */
    public EnrolledFactors enrolled(String account) {
        return EnrolledFactors.of(
                of(account).stream().map(TotpCredential::factor).toList());
    }

    public boolean hasAny(String account) {
        return !of(account).isEmpty();
    }

    /** Verifies a code of any app of the account, once. */
    public Verification verify(String account, String code, Carrier carrier) {
        return verifier.verify(new FactorResponse(account, carrier, code));
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

    /** Removes an app, if the account still has the version that the decision saw. */
    public TotpRepository.Removal remove(
            String account, String id, long version, UnaryOperator<AuditEvent.Builder> origin) {
        return enrolment.remove(account, id, version, origin);
    }

    /** Removes all apps, whatever remains. */
    public void removeAll(String account, UnaryOperator<AuditEvent.Builder> origin) {
        for (TotpCredential app : of(account)) {
            while (remove(account, app.id(), version(account), origin) == TotpRepository.Removal.CONFLICT) {
                // Somebody else changed the account meanwhile; its version is read again.
            }
        }
    }
}
