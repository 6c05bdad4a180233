package dev.gatehouse.signin;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.Fact;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.Waiver;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.Vocabulary;
import dev.gatehouse.signin.Administered.Obstacle;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Gives and ends waivers and flips switches of one policy: asks the policy, writes the change with its event in one
 * transaction, and publishes what is in force to the policy's controls.
 *
 * <p>A waiver needs an end, at most 30 days away unless configured, a reason, and a giver other than the account it is for. Giving
 * and ending ask for {@link Action#ADMIN_WAIVE}, flipping for {@link Action#ADMIN_SWITCH}, with the giver's own request: what
 * the policy says of these actions is the only rule there is.
 *
 * <p>Other nodes, and a node after its start, see a change when they {@link #refresh()}: call it at start and every few seconds. If the
 * waivers cannot be read no waiver is in force; an event says so. Switches then stay as they were.
 *
 * <p>Thread-safe.
 */
public final class PolicyAdministration {
    private static final int ID_BYTES = 12;

    private final TwoFactorPolicy policy;
    private final WaiverRepository waivers;
    private final ControlSnapshots snapshots;
    private final SwitchRepository switches;
    private final InstantSource clock;
    private final SecureRandom random;

    private PolicyAdministration(Builder b) {
        this.policy = b.policy;
        this.waivers = b.waivers;
        this.switches = b.switches;
        this.clock = b.clock;
        this.random = b.random;
        this.snapshots = new ControlSnapshots(policy, waivers, switches, b.events);
    }

    /**
     * A builder of the administration of this policy's controls.
     *
     * @param policy asked for each change; its controls are what is published to
     */
    public static Builder builder(TwoFactorPolicy policy, WaiverRepository waivers, SwitchRepository switches) {
        return new Builder(policy, waivers, switches);
    }

    /** What a refresh found. */
    public enum Refreshed {
        CURRENT,
        /** The waivers could not be read: none is in force. */
        WITHOUT_WAIVERS,
        /** The waivers are current; the switches could not be read and stay as they were. */
        WITHOUT_SWITCHES
    }

    /** Reads waivers and switches and puts them in force on this node; throws nothing. */
    public Refreshed refresh() {
        return snapshots.publish(clock.instant());
    }

    /** The waivers in force or to come, as the repository has them. */
    public List<GivenWaiver> live() {
        return waivers.live(clock.instant());
    }

    /**
     * Gives a waiver from now on, for as long as {@link TwoFactorPolicy#longestWaiver} at most.
     *
     * @param asked the giver's own request, for {@link Action#ADMIN_WAIVE}
     * @param address where it comes from, for the audit
     * @throws IllegalArgumentException if the request is for another action
     */
    public Administered give(AccessRequest asked, WaiverTerms terms, String address) {
        check(asked, Action.ADMIN_WAIVE);
        Instant now = clock.instant();
        Decision decision = policy.decide(asked);
        if (decision instanceof Decision.Refused refused) {
            return new Administered.Refused(refused);
        }
        Optional<String> giver = giver(asked);
        Optional<Obstacle> obstacle = obstacle(terms, giver.orElse(""), now);
        if (giver.isEmpty() || obstacle.isPresent()) {
            return new Administered.Impossible(obstacle.orElse(Obstacle.GIVER_UNKNOWN));
        }
        Waiver waiver = new Waiver(
                terms.requirement(),
                terms.subject(),
                terms.subjectId(),
                now,
                terms.until(),
                terms.reason(),
                giver.get());
        String id = newId();
        AuditEvent event = event(AuditTag.WAIVER_GIVEN, waiver, id, giver.get(), address, now)
                .attribute("reason", waiver.reason())
                .attribute(
                        "policy",
                        policy.definition().name() + " " + policy.definition().revision())
                .build();
        WaiverRepository.Added added = changed(now, () -> waivers.add(new GivenWaiver(id, waiver), event));
        if (added != WaiverRepository.Added.ADDED) {
            throw new IllegalStateException("waivers: a new id is in use");
        }
        return new Administered.Done(id);
    }

    /**
     * Ends a waiver now.
     *
     * @param asked the request of whoever ends it, for {@link Action#ADMIN_WAIVE}
     * @param address where it comes from, for the audit
     * @throws IllegalArgumentException if the request is for another action
     */
    public Administered end(AccessRequest asked, String id, String address) {
        check(asked, Action.ADMIN_WAIVE);
        Instant now = clock.instant();
        if (policy.decide(asked) instanceof Decision.Refused refused) {
            return new Administered.Refused(refused);
        }
        Optional<String> giver = giver(asked);
        if (giver.isEmpty()) {
            return new Administered.Impossible(Obstacle.GIVER_UNKNOWN);
        }
        Optional<GivenWaiver> given =
                waivers.live(now).stream().filter(each -> each.id().equals(id)).findFirst();
        if (given.isEmpty()) {
            return new Administered.Impossible(Obstacle.NO_SUCH_WAIVER);
        }
        AuditEvent event = event(AuditTag.WAIVER_ENDED, given.get().waiver(), id, giver.get(), address, now)
                .build();
        boolean isEnded = changed(now, () -> waivers.end(id, now, event)) == WaiverRepository.Ended.ENDED;
        return isEnded ? new Administered.Done(id) : new Administered.Impossible(Obstacle.NO_SUCH_WAIVER);
    }

    /**
     * Turns a switch to a state.
     *
     * @param asked the request of whoever turns it, for {@link Action#ADMIN_SWITCH}
     * @param reason why, for the audit
     * @param address where it comes from, for the audit
     * @throws IllegalArgumentException if the request is for another action, or the reason is blank
     */
    public Administered turn(
            AccessRequest asked, String name, SwitchRepository.State to, String reason, String address) {
        check(asked, Action.ADMIN_SWITCH);
        if (reason.isBlank()) {
            throw new IllegalArgumentException("reason: blank");
        }
        Instant now = clock.instant();
        if (policy.decide(asked) instanceof Decision.Refused refused) {
            return new Administered.Refused(refused);
        }
        Optional<String> giver = giver(asked);
        if (giver.isEmpty()) {
            return new Administered.Impossible(Obstacle.GIVER_UNKNOWN);
        }
        boolean declared = policy.definition().vocabulary().declares(Vocabulary.Section.SWITCHES, name);
        if (!declared || !policy.controls().switches().containsKey(name)) {
            return new Administered.Impossible(Obstacle.NO_SUCH_SWITCH);
        }
        AuditTag tag = to == SwitchRepository.State.ON ? AuditTag.SWITCH_ON : AuditTag.SWITCH_OFF;
        AuditEvent event = AuditEvent.of(tag, now)
                .subject(name)
                .actor(giver.get())
                .address(address)
                .attribute("reason", reason)
                .attribute(
                        "policy",
                        policy.definition().name() + " " + policy.definition().revision())
                .build();
        boolean isFlipped = changed(now, () -> isFlipped(name, to, event));
        return isFlipped ? new Administered.Done(name) : new Administered.Impossible(Obstacle.SWITCH_IN_OTHER_STATE);
    }

    /** Publishes also what a change that failed has left, for it may be nothing. */
    private boolean isFlipped(String name, SwitchRepository.State to, AuditEvent event) {
        if (!snapshots.isOther(name, to)
                || switches.flip(name, to.flipped(), event) != SwitchRepository.Flipped.FLIPPED) {
            return false;
        }
        snapshots.flipped(name, to);
        return true;
    }

    private <T> T changed(Instant now, Supplier<T> change) {
        try {
            return change.get();
        } finally {
            snapshots.publish(now);
        }
    }

    private Optional<Obstacle> obstacle(WaiverTerms terms, String giver, Instant now) {
        Optional<Requirement> requirement = policy.definition().requirement(terms.requirement());
        if (requirement.isEmpty()) {
            return Optional.of(Obstacle.NO_SUCH_REQUIREMENT);
        }
        if (requirement.get().demand().atoms().stream().anyMatch(Atom.Closed.class::isInstance)) {
            return Optional.of(Obstacle.CLOSED);
        }
        if (terms.subject() == Waiver.Subject.ACCOUNT && terms.subjectId().equals(giver)) {
            return Optional.of(Obstacle.OWN_ACCOUNT);
        }
        if (!terms.until().isAfter(now)) {
            return Optional.of(Obstacle.END_NOT_AHEAD);
        }
        return Duration.between(now, terms.until()).compareTo(policy.longestWaiver()) > 0
                ? Optional.of(Obstacle.TOO_LONG)
                : Optional.empty();
    }

    private static AuditEvent.Builder event(
            AuditTag tag, Waiver waiver, String id, String actor, String address, Instant now) {
        AuditEvent.Builder event = AuditEvent.of(tag, now)
                .subject(waiver.requirement())
                .actor(actor)
                .address(address)
                .attribute("waiver", id)
                .attribute("until", waiver.until().toString());
        return waiver.subject() == Waiver.Subject.ACCOUNT
                ? event.account(waiver.subjectId())
                : event.attribute("project", waiver.subjectId());
    }

    private static void check(AccessRequest asked, Action action) {
        if (!asked.action().equals(action)) {
            throw new IllegalArgumentException("asked: for " + asked.action() + ", not " + action);
        }
    }

    private static Optional<String> giver(AccessRequest asked) {
        Fact<String> id = asked.account().id();
        return id != null && id.isKnown() && !id.value().isBlank() ? Optional.of(id.value()) : Optional.empty();
    }

    private String newId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Builds a {@link PolicyAdministration}; not thread-safe, may be reused. */
    public static final class Builder {
        private final TwoFactorPolicy policy;
        private final WaiverRepository waivers;
        private final SwitchRepository switches;
        private AuditSink events = AuditSink.slf4j();
        private InstantSource clock = InstantSource.system();
        private SecureRandom random = new SecureRandom();

        private Builder(TwoFactorPolicy policy, WaiverRepository waivers, SwitchRepository switches) {
            this.policy = Objects.requireNonNull(policy, "policy");
            this.waivers = Objects.requireNonNull(waivers, "waivers");
            this.switches = Objects.requireNonNull(switches, "switches");
        }

        /** The source of time, the same as the policy's; the system clock by default. */
        public Builder clock(InstantSource source) {
            this.clock = Objects.requireNonNull(source, "source");
            return this;
        }

        /** Told when waivers or switches cannot be read; SLF4J by default. Changes go with the repositories. */
        public Builder events(AuditSink sink) {
            this.events = Objects.requireNonNull(sink, "sink");
            return this;
        }

        /** The source of ids. */
        public Builder random(SecureRandom source) {
            this.random = Objects.requireNonNull(source, "source");
            return this;
        }

        public PolicyAdministration build() {
            return new PolicyAdministration(this);
        }
    }
}
