package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Finding;
import dev.gatehouse.policy.rule.Vocabulary;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import org.slf4j.Logger;

/** What the log says when a policy is put in force: what it is, what is remarkable, what is switched or waived. */
final class StartLog {
    private StartLog() {}

    static void tell(Logger log, InForce policy, Setting setting, Instant now) {
        log.info("policy in force: {} sha256:{}", policy.definition(), policy.digest());
        for (Finding finding : policy.findings()) {
            if (finding.severity() == Finding.Severity.WARNING) {
                log.warn("{}", finding);
            } else {
                log.info("{}", finding);
            }
        }
        PolicyControls.State controls = setting.controls().state();
        new TreeMap<>(controls.switches()).forEach((name, on) -> {
            if (policy.definition().vocabulary().declares(Vocabulary.Section.SWITCHES, name)) {
                log.info("switch {} is {}", name, on ? "on" : "off");
            }
        });
        for (Waiver waiver : controls.waivers()) {
            if (Duration.between(waiver.from(), waiver.until()).compareTo(setting.longestWaiver()) > 0) {
                log.warn(
                        "a waiver of {} is longer than {} and lifts nothing",
                        waiver.requirement(),
                        setting.longestWaiver());
            } else if (waiver.isActive(now)) {
                log.warn("a waiver of {} is in force until {}", waiver.requirement(), waiver.until());
            }
        }
    }
}
