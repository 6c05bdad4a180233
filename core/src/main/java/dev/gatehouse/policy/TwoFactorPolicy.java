package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Finding;
import dev.gatehouse.policy.rule.InvalidPolicyException;
import dev.gatehouse.policy.rule.PolicyDefinition;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The engine: decides for one request whether any two-factor rule of an index stands in its way, and says the way forward.
 *
 * <p>{@link #decide} alone writes no audit record; wrap the policy in {@code DecisionAudit}, or record the decision
 * yourself, if refusals and observations are to be seen by anybody.
 *
 * <p>Thread-safe. {@code decide} is total, reads the clock once, does no I/O of its own, reads each fact at most once, and
 * throws only what a host's fact throws.
 */
public final class TwoFactorPolicy {
    private final InstantSource clock;
    private final PolicyDefinition definition;
    private final PolicyControls controls;
    private final Engine engine;

    private TwoFactorPolicy(Builder b) {
        this.clock = b.clock;
        this.definition = b.definition;
        this.controls = b.controls;
        this.engine = new Engine(b.definition, b.setting());
    }

    /** The policy with this definition and clock, with no declared name supplied and no switch. */
    public static TwoFactorPolicy of(PolicyDefinition definition, InstantSource clock) {
        return builder(definition).clock(clock).build();
    }

    /** A builder of the policy with this definition. */
    public static Builder builder(PolicyDefinition definition) {
        return new Builder(definition);
    }

    /** Decides one request; see the class for the audit. */
    public Decision decide(AccessRequest request) {
        return engine.decide(Objects.requireNonNull(request, "request"), clock.instant());
    }

    /** The definition in force. */
    public PolicyDefinition definition() {
        return definition;
    }

    /** The live switches and waivers. */
    public PolicyControls controls() {
        return controls;
    }

    /** Builds a {@link TwoFactorPolicy}; not thread-safe, may be reused. */
    public static final class Builder {
        final PolicyDefinition definition;
        InstantSource clock = InstantSource.system();
        Supplied supplied = Supplied.nothing();
        PolicyControls controls = PolicyControls.none();
        List<CustomCondition> conditions = List.of();
        byte @Nullable [] shareSalt;
        Duration skew = Duration.ofSeconds(30);

        private Builder(PolicyDefinition definition) {
            this.definition = Objects.requireNonNull(definition, "definition");
        }

        /** The only source of time; the system clock by default. */
        public Builder clock(InstantSource source) {
            this.clock = Objects.requireNonNull(source, "source");
            return this;
        }

        /** The declared names that the host really supplies; nothing by default. */
        public Builder supplies(Supplied names) {
            this.supplied = Objects.requireNonNull(names, "names");
            return this;
        }

        /** Switches and waivers; by default there are none. */
        public Builder controls(PolicyControls live) {
            this.controls = Objects.requireNonNull(live, "live");
            return this;
        }

        /** Custom conditions by the ids that the vocabulary declares. */
        public Builder conditions(CustomCondition... all) {
            this.conditions = List.copyOf(Arrays.asList(all));
            return this;
        }

        /** A secret that decides with the account's id who is in a share; by default the ids alone decide. */
        public Builder shareSalt(byte[] secret) {
            this.shareSalt = secret.clone();
            return this;
        }

        /**
         * How far ahead of the clock evidence may be dated, 0 to 10 minutes; 30 seconds by default.
         *
         * @throws IllegalArgumentException if out of bounds
         */
        public Builder allowedSkew(Duration ahead) {
            if (ahead.isNegative() || ahead.compareTo(Duration.ofMinutes(10)) > 0) {
                throw new IllegalArgumentException("ahead: 0 to 10 minutes");
            }
            this.skew = ahead;
            return this;
        }

        private Setting setting() {
            Map<String, CustomCondition> byId = new HashMap<>();
            for (CustomCondition condition : conditions) {
                if (byId.put(Objects.requireNonNull(condition.id(), "id"), condition) != null) {
                    throw new IllegalArgumentException("conditions: '" + condition.id() + "' is given twice");
                }
            }
            return new Setting(supplied, controls, Map.copyOf(byId), new Share(shareSalt), skew, Duration.ofDays(30));
        }

        /**
         * The policy.
         *
         * @throws InvalidPolicyException if the definition has errors; all are in it
         */
        public TwoFactorPolicy build() {
            List<Finding> errors = new ArrayList<>();
            if (!errors.isEmpty()) {
                throw new InvalidPolicyException(errors);
            }
            return new TwoFactorPolicy(this);
        }
    }
}
