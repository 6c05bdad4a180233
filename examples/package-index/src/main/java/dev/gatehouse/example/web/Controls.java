package dev.gatehouse.example.web;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.policy.PolicyControls;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Vocabulary;
import dev.gatehouse.signin.GivenWaiver;
import dev.gatehouse.signin.SwitchRepository;
import dev.gatehouse.signin.WaiverRepository;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Switches and waivers: what the database keeps, and the copy that the policy reads. Thread-safe. */
final class Controls {
    private final PolicyControls live;
    private final SwitchRepository switches;
    private final WaiverRepository waivers;
    private final AuditSink audit;

    private Controls(PolicyControls live, SwitchRepository switches, WaiverRepository waivers, AuditSink audit) {
        this.live = live;
        this.switches = switches;
        this.waivers = waivers;
        this.audit = audit;
    }

    /** The controls of a policy; every switch is off until somebody has flipped it. */
    static Controls of(
            PolicyDefinition policy,
            SwitchRepository switches,
            WaiverRepository waivers,
            AuditSink audit,
            Instant now) {
        Map<String, Boolean> initial = new HashMap<>();
        policy.vocabulary().of(Vocabulary.Section.SWITCHES).keySet().forEach(name -> initial.put(name, false));
        Controls controls = new Controls(PolicyControls.of(initial), switches, waivers, audit);
        controls.refresh(now);
        return controls;
    }

    PolicyControls live() {
        return live;
    }

    SwitchRepository switches() {
        return switches;
    }

    WaiverRepository waivers() {
        return waivers;
    }

    /** Reads both anew. Where the waivers cannot be read, none is in force. */
    void refresh(Instant now) {
        Map<String, SwitchRepository.State> kept = switches.states();
        live.switches().keySet().forEach(name -> live.set(name, kept.get(name) == SwitchRepository.State.ON));
        try {
            List<GivenWaiver> all = waivers.live(now);
            live.waivers(all.stream().map(GivenWaiver::waiver).toList());
        } catch (RuntimeException e) {
            live.waivers(List.of());
            audit.record(AuditEvent.of(AuditTag.WAIVERS_UNAVAILABLE, now).build());
            throw e;
        }
    }
}
