package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Finding;
import dev.gatehouse.policy.rule.InvalidPolicyException;
import dev.gatehouse.policy.rule.PolicyDefinition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine: decides for one request whether any two-factor rule of an index stands in its way, and says the way forward.
 *
 * <p>{@link #decide} writes no audit record of its own: give the builder a {@link PolicyListener} such as {@code DecisionAudit}
 * of {@code dev.gatehouse.signin}, or record the decision yourself, if refusals and observations are to be seen by anybody.
 *
 * <p>Thread-safe. {@code decide} is total, reads the clock once, does no I/O of its own, reads each fact at most once, and
 * throws only what a host's fact or listener throws. A clock that goes back by more than the allowed skew does not take time
 * back: until it has caught up, requests are decided as of the latest second seen ({@link #clockRegression}).
 */
public final class TwoFactorPolicy {
    private static final Logger LOG = LoggerFactory.getLogger(TwoFactorPolicy.class);

    /** How far ahead of the clock evidence may be dated, unless the builder is told otherwise. */
    static final Duration SKEW = Duration.ofSeconds(30);

    private final InstantSource clock;
    private final Setting setting;
    private final PolicyListener listener;
    private final HighWater highWater;
    private volatile InForce inForce;

    private TwoFactorPolicy(Builder b, Setting setting, InForce inForce) {
        this.clock = b.clock;
        this.setting = setting;
        this.listener = b.listener;
        this.highWater = new HighWater(setting.skew());
        this.inForce = inForce;
    }

    /**
     * The policy with this definition and clock, with no declared name supplied and no switch.
     *
     * @throws InvalidPolicyException if the definition has errors; all are in it
     */
    public static TwoFactorPolicy of(PolicyDefinition definition, InstantSource clock) {
        return builder(definition).clock(clock).build();
    }

    /** A builder of the policy with this definition. */
    public static Builder builder(PolicyDefinition definition) {
        return new Builder(definition);
    }

    /** Decides one request; see the class for the audit. */
    public Decision decide(AccessRequest request) {
        return decide(request, listener);
    }

    /** Decides a request that nobody has made, or not so yet, and tells the listener nothing: what would be, if. */
    public Decision suppose(AccessRequest request) {
        return decide(request, PolicyListener.none());
    }

    /** Tells the listener of a decision that {@link #suppose} gave and that has become the answer; of a plain permission nothing. */
    public void tell(AccessRequest request, Decision supposed) {
        Objects.requireNonNull(request, "request");
        if (listener == PolicyListener.none()
                || (supposed instanceof Decision.Permitted
                        && supposed.notices().isEmpty()
                        && supposed.observed().isEmpty())) {
            return;
        }
        Optional<String> account = Finish.known(Program.accountId(request));
        Optional<String> project = Finish.known(Program.projectId(request));
        listener.decided(new PolicyListener.Decided(clock.instant(), request, account, project, supposed));
    }

    private Decision decide(AccessRequest request, PolicyListener told) {
        Objects.requireNonNull(request, "request");
        // The instant itself goes nowhere, so that it need not be made.
        Instant read = clock.instant();
        long second = read.getEpochSecond();
        int nano = read.getNano();
        long admitted = highWater.admit(second, nano);
        if (admitted != second) {
            reportRegression(second, nano);
            nano = 0;
        }
        return inForce.engine().decide(request, admitted, nano, told);
    }

    /**
     * The whole trace of the decision that this request gets now: each rule, bound or not and why, met or not and why. It reads
     * the clock once and each fact, switch and waiver at most once, like {@link #decide}, and tells no listener.
     */
    public Explanation explain(AccessRequest request) {
        Objects.requireNonNull(request, "request");
        Instant now = clock.instant();
        long admitted = highWater.admit(now.getEpochSecond(), now.getNano());
        return Explainer.explain(
                inForce.engine(), request, admitted == now.getEpochSecond() ? now : Instant.ofEpochSecond(admitted));
    }

    private void reportRegression(long second, int nano) {
        highWater
                .regression(Instant.ofEpochSecond(second, nano))
                .filter(highWater::isNews)
                .ifPresent(regression -> {
                    LOG.error("the clock went back: {}", regression);
                    boolean told = false;
                    try {
                        listener.clockWentBack(regression);
                        told = true;
                    } finally {
                        if (!told) {
                            highWater.untold(regression);
                        }
                    }
                });
    }

    /** How far the clock is behind what was decided already, if it is by more than the allowed skew. Reads the clock. */
    public Optional<ClockRegression> clockRegression() {
        return highWater.regression(clock.instant());
    }

    /**
     * Believes a clock that went back, as after it had been wrongly ahead: from now on requests are decided as of what it
     * says, and phases that had begun may not have.
     */
    public void allowClockBack() {
        Instant now = clock.instant();
        LOG.warn("the clock's return to {} was allowed", now);
        highWater.accept(now);
    }

    /** The definition in force. */
    public PolicyDefinition definition() {
        return inForce.definition();
    }

    /** What is remarkable about the definition in force: warnings and notes. */
    public List<Finding> findings() {
        return inForce.findings();
    }

    /** SHA-256 of the definition in force, in hexadecimal: the same for equal definitions. */
    public String digest() {
        return inForce.digest();
    }

    /**
     * A rehearsal of another definition with all that this policy was built with: names supplied, switches and waivers,
     * conditions, salt of shares, skew and longest waiver. It locks out those whom this policy would after a {@link #reload}.
     *
     * @throws InvalidPolicyException if the form of the definition has errors; all findings are in it
     */
    public Rehearsal rehearse(PolicyDefinition definition) {
        return Rehearsal.of(Objects.requireNonNull(definition, "definition"), setting);
    }

    /** The switches and waivers that this policy reads. */
    public PolicyControls controls() {
        return setting.controls();
    }

    /** How long a waiver may last: a longer one lifts nothing. 30 days unless {@link Builder#allowWaiversUpTo} has more. */
    public Duration longestWaiver() {
        return setting.longestWaiver();
    }

    /**
     * Puts another definition in force, at once for every request that begins later, unless it has errors or is not provably
     * as strict as the rules that are in force now or will be.
     */
    public Reload reload(PolicyDefinition definition) {
        return reload(definition, Optional.empty());
    }

    /** Puts another definition in force unless it has errors, however loose it is; the listener is told who allowed that. */
    public Reload reload(PolicyDefinition definition, AllowLooser allowed) {
        return reload(definition, Optional.of(allowed));
    }

    private synchronized Reload reload(PolicyDefinition definition, Optional<AllowLooser> allowed) {
        Instant now = clock.instant();
        InForce next;
        try {
            next = InForce.of(Objects.requireNonNull(definition, "definition"), setting, now);
        } catch (InvalidPolicyException e) {
            LOG.error("the policy stays as it is; the new one has errors: {}", e.getMessage());
            return new Reload.Rejected(e.findings());
        }
        InForce old = inForce;
        List<String> looser = Loosening.between(old.definition(), definition, now);
        PolicyChange change = new PolicyChange(
                now, old.digest(), next.digest(), looser, looser.isEmpty() ? Optional.empty() : allowed);
        if (!looser.isEmpty() && allowed.isEmpty()) {
            LOG.error("the policy stays as it is; the new one is looser: {}", looser);
            return new Reload.Looser(change);
        }
        listener.reloaded(change);
        inForce = next;
        StartLog.tell(LOG, next, setting, now);
        return new Reload.Reloaded(change, next.findings());
    }

    @Override
    public String toString() {
        return inForce.definition() + " " + inForce.digest().substring(0, 12) + setting.loosenings();
    }

    /** Builds a {@link TwoFactorPolicy}; not thread-safe, may be reused. */
    public static final class Builder {
        private final PolicyDefinition definition;
        private InstantSource clock = InstantSource.system();
        private Supplied supplied = Supplied.nothing();
        private PolicyControls controls = PolicyControls.none();
        private PolicyListener listener = PolicyListener.none();
        private List<CustomCondition> conditions = List.of();
        private byte @Nullable [] shareSalt;
        private Duration skew = SKEW;
        private Duration longestWaiver = Setting.LONGEST_WAIVER;

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

        /** Hears of refusals, notices, observations, reloads and a clock that goes back; by default nobody does. */
        public Builder listener(PolicyListener audit) {
            this.listener = Objects.requireNonNull(audit, "audit");
            return this;
        }

        /** Custom conditions by the ids that the vocabulary declares; giving one is supplying its flag. */
        public Builder conditions(CustomCondition... all) {
            this.conditions = List.copyOf(Arrays.asList(all));
            return this;
        }

        /** A secret that decides with the account's id who is in a share; by default the ids alone decide. */
        public Builder shareSalt(byte[] secret) {
            if (secret.length == 0) {
                throw new IllegalArgumentException("secret: empty");
            }
            this.shareSalt = secret.clone();
            return this;
        }

        /**
         * How far ahead of the clock evidence may be dated, and how far the clock may go back unremarked, 0 to 10 minutes; 30
         * seconds by default.
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

        /**
         * Lets waivers last longer than 30 days; a longer one than this lifts nothing.
         *
         * @throws IllegalArgumentException if the bound is not above 30 and at most 366 days
         */
        public Builder allowWaiversUpTo(Duration longest) {
            if (longest.compareTo(Setting.LONGEST_WAIVER) <= 0 || longest.compareTo(Duration.ofDays(366)) > 0) {
                throw new IllegalArgumentException("longest: above 30 and at most 366 days");
            }
            this.longestWaiver = longest;
            return this;
        }

        private Setting setting() {
            Map<String, CustomCondition> byId = new HashMap<>();
            for (CustomCondition condition : conditions) {
                if (byId.put(Objects.requireNonNull(condition.id(), "id"), condition) != null) {
                    throw new IllegalArgumentException("conditions: '" + condition.id() + "' is given twice");
                }
            }
            return new Setting(supplied, controls, Map.copyOf(byId), new Share(shareSalt), skew, longestWaiver);
        }

        /**
         * The policy; warnings, switches that are off and waivers in force are logged.
         *
         * @throws InvalidPolicyException if the definition has errors, a declared switch has no initial state, or a switch or
         *     custom condition is given that the definition does not declare; all findings are in it
         */
        public TwoFactorPolicy build() {
            Setting setting = setting();
            Instant now = clock.instant();
            List<Finding> strangers = InForce.strangers(definition, setting);
            InForce inForce;
            try {
                inForce = InForce.of(definition, setting, now);
            } catch (InvalidPolicyException e) {
                List<Finding> all = new ArrayList<>(e.findings());
                all.addAll(strangers);
                throw new InvalidPolicyException(all);
            }
            if (!strangers.isEmpty()) {
                throw new InvalidPolicyException(strangers);
            }
            StartLog.tell(LOG, inForce, setting, now);
            return new TwoFactorPolicy(this, setting, inForce);
        }
    }
}
