package dev.gatehouse.example.web;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Questions to the policy that the filter cannot ask, because only the form says what they are about. Thread-safe. */
final class Asking {
    private final TwoFactorPolicy policy;
    private final Facts facts;

    Asking(TwoFactorPolicy policy, Facts facts) {
        this.policy = policy;
        this.facts = facts;
    }

    /** Whether this session, with one more proof that the form has brought, may do this. */
    Decision decide(Visit visit, Action action, Evidence proof, Consumer<AccessRequest.Builder> about) {
        return policy.decide(request(visit, action, proof, about));
    }

    /** Whether an action would still ask for a proof if this one were given. */
    boolean asksForMoreThan(Visit visit, Action action, Evidence supposed) {
        return policy.suppose(request(visit, action, supposed, request -> {}))
                .fold(
                        permitted -> false,
                        refused -> refused.refusals().stream()
                                .anyMatch(each -> each.way().steps().contains(Remedy.PROVE)));
    }

    /** This session's own request to do something, for those who ask the policy themselves. */
    AccessRequest request(Visit visit, Action action) {
        return request(visit, action, visit.visitor().evidence(), request -> {});
    }

    /** The same with one more proof that the form has brought. */
    AccessRequest request(Visit visit, Action action, Evidence proof) {
        return request(visit, action, proof, request -> {});
    }

    private AccessRequest request(Visit visit, Action action, Evidence proof, Consumer<AccessRequest.Builder> about) {
        List<Evidence> proofs = new ArrayList<>(visit.visitor().evidence());
        proofs.add(proof.carriedBy(visit.visitor().carrier()));
        return request(visit, action, proofs, about);
    }

    private AccessRequest request(
            Visit visit, Action action, List<Evidence> proofs, Consumer<AccessRequest.Builder> about) {
        AccessRequest.Builder request = AccessRequest.of(action, Credential.session())
                .account(facts.account(visit.owner().id()))
                .session(visit.visitor().carrier())
                .evidence(proofs);
        about.accept(request);
        return request.build();
    }

    /** What the policy says of a first proof of this request, such as that of a mail, on top of those of the session. */
    boolean isOnlyMailMissing(Visit visit, Action action, Consumer<AccessRequest.Builder> about) {
        if (policy.suppose(request(visit, action, visit.visitor().evidence(), about)) instanceof Decision.Permitted) {
            return false;
        }
        Carrier request = Carrier.request(UUID.randomUUID().toString());
        List<Evidence> proofs = new ArrayList<>(visit.visitor().evidence());
        proofs.add(Logins.mail(visit.owner(), visit, request));
        return policy.suppose(request(visit, action, proofs, builder -> {
                    builder.request(request);
                    about.accept(builder);
                }))
                instanceof Decision.Permitted;
    }
}
