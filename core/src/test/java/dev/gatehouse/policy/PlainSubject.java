package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.ReasonCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whatever decides, with its answer as plain data: the interpreter, a faulty interpreter, or the engine. */
interface PlainSubject {
    Verdict decide(Setup setup, AccessRequest request, Instant now);

    /**
     * A policy with all that a deployment adds to it.
     *
     * @param switches the known switches; one that is missing is unknown
     * @param conditions custom conditions
     * @param salt of shares, as UTF-8
     */
    record Setup(
            PolicyDefinition definition,
            Supplied supplied,
            Map<String, Boolean> switches,
            List<Waiver> waivers,
            List<CustomCondition> conditions,
            @Nullable String salt,
            Duration skew) {

        /** The host supplies all, every switch is unknown. */
        static Setup of(PolicyDefinition definition) {
            return new Setup(
                    definition,
                    Supplied.everything(definition.vocabulary()),
                    Map.of(),
                    List.of(),
                    List.of(),
                    null,
                    Duration.ofSeconds(30));
        }

        Setup with(PolicyDefinition other) {
            return new Setup(other, supplied, switches, waivers, conditions, salt, skew);
        }

        Setup with(Map<String, Boolean> states) {
            return new Setup(definition, supplied, states, waivers, conditions, salt, skew);
        }

        Setup with(Supplied names) {
            return new Setup(definition, names, switches, waivers, conditions, salt, skew);
        }

        Setup with(List<Waiver> lifted) {
            return new Setup(definition, supplied, switches, lifted, conditions, salt, skew);
        }
    }

    /** One unmet requirement. */
    record Line(String requirement, Mode mode, List<ReasonCode> codes, List<Way> ways, boolean waived) {}

    /** A whole answer. */
    record Verdict(boolean permitted, List<Line> refusals, List<Line> notices, List<Line> observed) {
        static Verdict of(Decision decision) {
            List<Line> refusals = new ArrayList<>();
            boolean permitted = decision.<Boolean>fold(p -> true, r -> {
                r.refusals().forEach(u -> refusals.add(line(u, false)));
                return false;
            });
            return new Verdict(permitted, refusals, lines(decision.notices()), lines(decision.observed()));
        }

        private static List<Line> lines(List<Notice> notices) {
            return notices.stream().map(n -> line(n, n.waiver().isPresent())).toList();
        }

        private static Line line(Unmet unmet, boolean waived) {
            return new Line(unmet.requirement(), unmet.mode(), unmet.codes(), unmet.ways(), waived);
        }

        List<String> refusedBy() {
            return refusals.stream().map(Line::requirement).toList();
        }
    }
}
