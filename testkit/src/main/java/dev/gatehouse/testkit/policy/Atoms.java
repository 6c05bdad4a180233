package dev.gatehouse.testkit.policy;

import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.Requirement;
import java.util.Set;
import java.util.stream.Stream;

/** What requirements ask, and which laws of the policy model (section 10) speak of them. */
final class Atoms {
    private static final Set<String> EVIDENCE =
            Set.of("credential", "enrolled", "proven", "factors-left", "email-verified", "recovery-codes-saved");

    private Atoms() {}

    static Stream<Atom> of(Condition condition) {
        return Stream.concat(
                condition.atoms().stream(), condition.anyOf().stream().flatMap(Atoms::of));
    }

    static Stream<Condition> conditions(Requirement r) {
        return Stream.concat(
                Stream.of(r.when(), r.unless(), r.demand()),
                r.phases().stream().flatMap(phase -> Stream.of(phase.when(), phase.unless())));
    }

    static Stream<Atom> of(Requirement r) {
        return conditions(r).flatMap(Atoms::of);
    }

    private static Stream<Atom> whens(Requirement r) {
        return Stream.concat(Stream.of(r.when()), r.phases().stream().map(Phase::when))
                .flatMap(Atoms::of);
    }

    /** Whether more evidence may refuse more: the marked exception of the model. */
    static boolean readsEvidenceInWhen(Requirement r) {
        return whens(r).anyMatch(atom -> EVIDENCE.contains(atom.key()));
    }

    /** Whether time alone, facts held, can never loosen it. */
    static boolean onlyTightens(Requirement r) {
        return isSteady(r)
                && r.phases().stream().allMatch(phase -> phase.until().isEmpty());
    }

    /** Whether it is enforced in plain phases: no brown-outs, switches, exemptions of a phase, cool-downs, ages that bind. */
    static boolean isSteady(Requirement r) {
        return r.phases().stream()
                        .allMatch(phase -> phase.windows().isEmpty()
                                && phase.switchName().isEmpty()
                                && phase.unless().isEmpty())
                && of(r).noneMatch(Atom.Elapsed.class::isInstance)
                && whens(r).noneMatch(Atoms::isAged);
    }

    /** Whether time alone changes nothing about it between two edges. */
    static boolean readsNoAge(Requirement r) {
        return of(r).noneMatch(Atoms::isAged);
    }

    private static boolean isAged(Atom atom) {
        if (atom instanceof Atom.Proven a) {
            return a.within().duration().isPresent();
        } else if (atom instanceof Atom.Credential a) {
            return !a.test().age().isNone() || !a.test().idle().isNone();
        } else if (atom instanceof Atom.Release a) {
            return !a.test().age().isNone();
        }
        return atom instanceof Atom.Elapsed;
    }

    static boolean isClosed(Requirement r) {
        return of(r.demand()).anyMatch(Atom.Closed.class::isInstance);
    }

    static boolean hasShare(Requirement r) {
        return r.phases().stream().anyMatch(phase -> phase.share().isPresent());
    }
}
