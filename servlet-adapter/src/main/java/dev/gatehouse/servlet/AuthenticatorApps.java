package dev.gatehouse.servlet;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.signin.FactorWrite;
import dev.gatehouse.totp.TotpCredential;
import dev.gatehouse.totp.TotpEnrolment;
import dev.gatehouse.totp.TotpRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Authenticator apps, as far as they need no page: listed and removed. Thread-safe. */
final class AuthenticatorApps implements KeptFactors {
    private final TotpEnrolment enrolment;
    private final TotpRepository store;

    AuthenticatorApps(TotpEnrolment enrolment, TotpRepository store) {
        this.enrolment = enrolment;
        this.store = store;
    }

    @Override
    public FactorKind kind() {
        return FactorKind.TOTP;
    }

    @Override
    public List<Listed> list(String account) {
        List<Listed> all = new ArrayList<>();
        for (TotpCredential each : store.ofAccount(account)) {
            KeptFactors.check(account, each.account());
            all.add(new Listed(
                    each.id(),
                    each.label(),
                    null,
                    each.createdAt(),
                    each.lastUsedAt().orElse(null)));
        }
        return all;
    }

    @Override
    public FactorWrite.Answer<String> remove(
            String account, String id, long version, UnaryOperator<AuditEvent.Builder> origin) {
        TotpRepository.Removal removal = enrolment.remove(account, id, version, origin);
        return KeptFactors.answer(
                removal == TotpRepository.Removal.REMOVED, removal == TotpRepository.Removal.CONFLICT, id);
    }

    @Override
    public String removed() {
        return "Authentication application removed. Remember to remove it from your application.";
    }
}
