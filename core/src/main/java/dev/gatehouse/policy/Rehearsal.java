package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Finding;
import dev.gatehouse.policy.rule.InvalidPolicyException;
import dev.gatehouse.policy.rule.PolicyDefinition;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a definition would decide, without being in force: at any instant, telling nobody, for tests, comparisons and
 * forecasts.
 *
 * <p>It decides as {@link TwoFactorPolicy} does, by the same engine. Only the form of the definition is checked: one in which
 * somebody is locked out without a way forward can be rehearsed, so that the lock-out can be looked at, and never be in
 * force. A declared switch without a state is unknown and counts as on. {@link TwoFactorPolicy#rehearse} makes one that knows
 * all that a policy was built with. Thread-safe.
 */
public final class Rehearsal {
    private final PolicyDefinition definition;
    private final Engine engine;

    private Rehearsal(PolicyDefinition definition, Engine engine) {
        this.definition = definition;
        this.engine = engine;
    }

    /**
     * A rehearsal of this definition for a policy that nobody has built.
     *
     * <p>It knows no {@linkplain TwoFactorPolicy.Builder#shareSalt salt}, so that a phase with a share binds other accounts
     * here than in a policy that has one, allows evidence to be 30 seconds ahead, and lets waivers of up to 30 days lift.
     *
     * @param supplied the declared names that the host supplies
     * @param controls switches and waivers, read at each decision
     * @param conditions custom conditions by the ids that the vocabulary declares
     * @throws InvalidPolicyException if the form of the definition has errors; all findings are in it
     */
    public static Rehearsal of(
            PolicyDefinition definition, Supplied supplied, PolicyControls controls, CustomCondition... conditions) {
        Map<String, CustomCondition> byId = new HashMap<>();
        Arrays.asList(conditions).forEach(condition -> byId.put(condition.id(), condition));
        Setting setting = new Setting(
                Objects.requireNonNull(supplied, "supplied"),
                Objects.requireNonNull(controls, "controls"),
                Map.copyOf(byId),
                new Share(null),
                TwoFactorPolicy.SKEW,
                Setting.LONGEST_WAIVER);
        return of(definition, setting);
    }

    static Rehearsal of(PolicyDefinition definition, Setting setting) {
        List<Finding> findings = definition.findings();
        if (findings.stream().anyMatch(finding -> finding.severity() == Finding.Severity.ERROR)) {
            throw new InvalidPolicyException(findings);
        }
        return new Rehearsal(definition, new Engine(definition, setting));
    }

    /** What would be decided at this instant. */
    public Decision decide(AccessRequest request, Instant at) {
        return engine.decide(Objects.requireNonNull(request, "request"), Objects.requireNonNull(at, "at"));
    }

    /** The whole trace of {@link #decide}. */
    public Explanation explain(AccessRequest request, Instant at) {
        return Explainer.explain(engine, Objects.requireNonNull(request, "request"), Objects.requireNonNull(at, "at"));
    }

    @Override
    public String toString() {
        return "rehearsal of " + definition;
    }
}
