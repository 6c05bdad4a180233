package dev.gatehouse.example.account;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.factor.Verification;
import dev.gatehouse.totp.EnrolmentResult;
import dev.gatehouse.totp.PendingTotp;
import dev.gatehouse.totp.TotpCredential;
import dev.gatehouse.totp.TotpEnrolment;
import dev.gatehouse.totp.TotpPlacement;
import dev.gatehouse.totp.TotpRepository;
import dev.gatehouse.totp.TotpVerifier;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The authenticator apps of the accounts, over the library's repository, verifier and enrolment. Thread-safe. */
public final class Factors {
    private final TotpRepository repository;
    private final TotpVerifier verifier;
    private final TotpEnrolment enrolment;

    public Factors(TotpRepository repository, TotpVerifier verifier, TotpEnrolment enrolment) {
        this.repository = repository;
        this.verifier = verifier;
        this.enrolment = enrolment;
    }

    /** The apps of an account, oldest first. */
    public List<TotpCredential> of(String account) {
        return repository.ofAccount(account);
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
     * @param present the ids of the account's apps, as the decision saw them
     */
    public EnrolmentResult confirm(
            FactorResponse response,
            String pending,
            Set<String> present,
            String label,
            UnaryOperator<AuditEvent.Builder> origin) {
        return enrolment.confirm(
                response, pending, TotpPlacement.beside(present).labelled(label), origin);
    }

    /** Removes an app; if the decision counted on others, one of them has to be there still. */
    public TotpRepository.Removal remove(
            String account, String id, List<TotpCredential> others, UnaryOperator<AuditEvent.Builder> origin) {
        return others.isEmpty()
                ? enrolment.remove(account, id, origin)
                : enrolment.removeIfAnotherRemains(
                        account, id, others.stream().map(TotpCredential::id).collect(Collectors.toSet()), origin);
    }
}
