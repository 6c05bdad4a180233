package dev.gatehouse.signin;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.internal.LogText;
import dev.gatehouse.policy.PolicyControls;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.Waiver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads waivers and switches and publishes them; one at a time, so that what was read later is published later. */
final class ControlSnapshots {
    private static final Logger LOG = LoggerFactory.getLogger(ControlSnapshots.class);

    private final PolicyControls controls;
    private final WaiverRepository waivers;
    private final SwitchRepository switches;
    private final AuditSink events;
    private final Duration longest;
    private final Alarm waiversAlarm = new Alarm(AuditTag.WAIVERS_UNAVAILABLE);
    private final Alarm switchesAlarm = new Alarm(AuditTag.SWITCHES_UNAVAILABLE);

    ControlSnapshots(TwoFactorPolicy policy, WaiverRepository waivers, SwitchRepository switches, AuditSink events) {
        this.controls = policy.controls();
        this.longest = policy.longestWaiver();
        this.waivers = waivers;
        this.switches = switches;
        this.events = events;
    }

    synchronized PolicyAdministration.Refreshed publish(Instant now) {
        boolean areWaiversRead = isDone(() -> controls.waivers(trusted(now)));
        if (!areWaiversRead) {
            controls.waivers(List.of());
        }
        waiversAlarm.tell(areWaiversRead, now);
        boolean areSwitchesRead = isDone(() -> turn(switches.states()));
        switchesAlarm.tell(areSwitchesRead, now);
        if (!areWaiversRead) {
            return PolicyAdministration.Refreshed.WITHOUT_WAIVERS;
        }
        return areSwitchesRead
                ? PolicyAdministration.Refreshed.CURRENT
                : PolicyAdministration.Refreshed.WITHOUT_SWITCHES;
    }

    /** Whether the switch is, as the repository has it or else on this node, in another state than the one wanted. */
    boolean isOther(String name, SwitchRepository.State wanted) {
        SwitchRepository.State here = Boolean.TRUE.equals(controls.switches().get(name))
                ? SwitchRepository.State.ON
                : SwitchRepository.State.OFF;
        return switches.states().getOrDefault(name, here) != wanted;
    }

    /** A repository's answer is held against what could have been given; what could not be is not in force. */
    private List<Waiver> trusted(Instant now) {
        List<Waiver> trusted = new ArrayList<>();
        for (GivenWaiver given : waivers.live(now)) {
            Waiver waiver = given.waiver();
            boolean isPossible = Duration.between(waiver.from(), waiver.until()).compareTo(longest) <= 0;
            if (isPossible && now.isBefore(waiver.until())) {
                trusted.add(waiver);
            } else if (!isPossible) {
                LOG.warn("waiver {} lasts longer than a waiver may and is not in force", LogText.quoted(given.id()));
            }
        }
        return trusted;
    }

    /** A switch was flipped: that is in force here even if the states cannot be read next. */
    synchronized void flipped(String name, SwitchRepository.State state) {
        controls.set(name, state == SwitchRepository.State.ON);
    }

    private void turn(Map<String, SwitchRepository.State> states) {
        // All or none: a switch without a state is not off, and who answers with one is not believed about the others.
        states.values().forEach(state -> Objects.requireNonNull(state, "switches: a state is null"));
        // A switch that this policy does not have belongs to another one, or to one to come.
        states.forEach((name, state) -> {
            if (controls.switches().containsKey(name)) {
                controls.set(name, state == SwitchRepository.State.ON);
            }
        });
    }

    private static boolean isDone(Runnable reading) {
        try {
            reading.run();
            return true;
        } catch (RuntimeException e) {
            LOG.error("waivers or switches cannot be read", e);
            return false;
        }
    }

    /**
     * An event for each time that something cannot be read. Mostly the audit log lies where that does, and fails with it: the event
     * is kept, with the instant of the failure, and recorded with a later snapshot.
     */
    private final class Alarm {
        private final AuditTag tag;
        private boolean failed;
        private @Nullable AuditEvent untold;

        Alarm(AuditTag tag) {
            this.tag = tag;
        }

        void tell(boolean isRead, Instant now) {
            if (!isRead && !failed && untold == null) {
                untold = AuditEvent.of(tag, now).build();
            }
            failed = !isRead;
            if (untold != null && isRecorded(untold)) {
                untold = null;
            }
        }

        private boolean isRecorded(AuditEvent event) {
            try {
                events.record(event);
                return true;
            } catch (RuntimeException e) {
                // The snapshot is safe already; that nobody could be told must not undo that.
                LOG.error("event {} was not recorded yet", event.tag(), e);
                return false;
            }
        }
    }
}
