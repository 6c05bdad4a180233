package dev.gatehouse.policy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The engine, asked as an analysis asks it: the random policies of the tests may hold dead ends, which would stop the
 * build of a {@link TwoFactorPolicy}.
 */
final class EngineSubject implements PlainSubject {
    @Override
    public Verdict decide(Setup setup, AccessRequest request, Instant now) {
        return Verdict.of(evaluator(setup).decide(request, now));
    }

    static Evaluator evaluator(Setup setup) {
        return new Engine(setup.definition(), setting(setup));
    }

    static Setting setting(Setup setup) {
        PolicyControls controls = PolicyControls.of(setup.switches());
        controls.waivers(setup.waivers());
        Map<String, CustomCondition> conditions = new HashMap<>();
        setup.conditions().forEach(c -> conditions.put(c.id(), c));
        String salt = setup.salt();
        return new Setting(
                setup.supplied(),
                controls,
                conditions,
                new Share(salt == null ? null : salt.getBytes(StandardCharsets.UTF_8)),
                setup.skew(),
                Duration.ofDays(30));
    }
}
