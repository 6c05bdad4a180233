package dev.gatehouse.servlet;

import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.Waiver;
import dev.gatehouse.policy.rule.PolicyDefinition;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The engine as the filter uses it: what is asked and not meant as the answer is not recorded. Thread-safe. */
final class PolicyDecider {
    private final TwoFactorPolicy policy;
    private final Events events;
    private final AtomicReference<@Nullable Reads> reads = new AtomicReference<>();

    PolicyDecider(TwoFactorPolicy policy, Events events) {
        this.policy = policy;
        this.events = events;
    }

    /** Decides and records nothing. */
    Decision decide(AccessRequest request) {
        return policy.decide(request);
    }

    /** Records an answer that is given. */
    void record(AccessRequest request, Decision decision) {
        if (decision instanceof Decision.Refused
                || !decision.notices().isEmpty()
                || !decision.observed().isEmpty()) {
            events.record(request, decision);
        }
    }

    /** What the requirements in force read; found out again when a policy is reloaded. */
    @SuppressWarnings("ReferenceEquality")
    Reads reads() {
        PolicyDefinition definition = policy.definition();
        Reads known = reads.get();
        if (known == null || known.definition() != definition) {
            known = new Reads(definition);
            reads.set(known);
        }
        return known;
    }

    /** Whether the requirement is waived for some account or project, known or not in this request. */
    boolean hasWaiver(String requirement) {
        List<Waiver> waivers = policy.controls().waivers();
        for (Waiver waiver : waivers) {
            if (waiver.requirement().equals(requirement)) {
                return true;
            }
        }
        return false;
    }
}
