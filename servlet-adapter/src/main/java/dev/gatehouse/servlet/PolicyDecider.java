package dev.gatehouse.servlet;

import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.Waiver;
import dev.gatehouse.policy.rule.PolicyDefinition;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The engine as the filter uses it: what is only supposed is not recorded. Thread-safe. */
final class PolicyDecider {
    private final TwoFactorPolicy policy;
    private final BooleanSupplier clockAgrees;
    private final AtomicReference<@Nullable Reads> reads = new AtomicReference<>();

    PolicyDecider(TwoFactorPolicy policy, BooleanSupplier clockAgrees) {
        this.policy = policy;
        this.clockAgrees = clockAgrees;
    }

    /** Decides, and tells the policy's listener. */
    Decision decide(AccessRequest request) {
        return policy.decide(request);
    }

    /** Decides what may not be the answer; nobody is told. */
    Decision suppose(AccessRequest request) {
        return policy.suppose(request);
    }

    /** Tells the policy's listener of what was supposed and has become the answer. */
    void tell(AccessRequest request, Decision supposed) {
        policy.tell(request, supposed);
    }

    /** Whether the time can be relied on: it has not gone back, and agrees with that of the other nodes. */
    boolean isClockRight() {
        return policy.clockRegression().isEmpty() && clockAgrees.getAsBoolean();
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
