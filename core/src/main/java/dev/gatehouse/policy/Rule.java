package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.Requirement;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One requirement with what does not change from decision to decision. Immutable and thread-safe. */
final class Rule {
    final Requirement requirement;
    final Set<Action> actions;
    final Template message;
    final Template notice;
    final boolean isClosed;
    final boolean readsProject;

    Rule(Requirement requirement, Set<Action> actions) {
        this.requirement = requirement;
        this.actions = Set.copyOf(actions);
        this.message = Template.of(requirement.message().or(requirement::notice).orElse(""));
        this.notice = Template.of(requirement.notice().or(requirement::message).orElse(""));
        this.isClosed = atoms(requirement.demand()).anyMatch(atom -> atom instanceof Atom.Closed);
        this.readsProject = conditions(requirement)
                .flatMap(Rule::atoms)
                .anyMatch(atom -> atom instanceof Atom.Project || atom instanceof Atom.Organization);
    }

    String id() {
        return requirement.id();
    }

    /** The words for a mode: a refusal's, or a warning's. */
    Template template(Mode mode) {
        return mode == Mode.ENFORCE ? message : notice;
    }

    /** Whether a warning has words of its own, which are not the refusal's. */
    boolean hasOwnNotice(Mode mode) {
        return mode != Mode.ENFORCE && requirement.notice().isPresent();
    }

    /**
     * From when this is enforced, as far as dates tell: the next beginning of a phase that enforces for everybody, or for
     * some; otherwise the last one that has begun.
     */
    Optional<Instant> enforcedFrom(Instant now) {
        Comparator<Phase> forAllFirst = Comparator.comparing(Rule::isForSome);
        Optional<Phase> next =
                enforcing().filter(phase -> start(phase).isAfter(now)).min(forAllFirst.thenComparing(Rule::start));
        return next.or(() -> enforcing().max(Comparator.comparing(Rule::start))).map(Rule::start);
    }

    private Stream<Phase> enforcing() {
        return requirement.phases().stream()
                .filter(phase -> phase.mode() == Mode.ENFORCE && !phase.tentative())
                .filter(phase -> phase.from().isPresent() || !phase.windows().isEmpty());
    }

    private static Instant start(Phase phase) {
        return phase.from().orElseGet(() -> phase.windows().get(0).from());
    }

    private static boolean isForSome(Phase phase) {
        return !phase.when().isEmpty()
                || !phase.unless().isEmpty()
                || phase.share().isPresent()
                || phase.switchName().isPresent()
                || !phase.windows().isEmpty();
    }

    /** Every condition of the requirement and its phases. */
    static Stream<Condition> conditions(Requirement requirement) {
        return Stream.concat(
                Stream.of(requirement.when(), requirement.unless(), requirement.demand()),
                requirement.phases().stream().flatMap(phase -> Stream.of(phase.when(), phase.unless())));
    }

    static Stream<Atom> atoms(Condition condition) {
        return Stream.concat(
                condition.atoms().stream(),
                condition.anyOf().stream().flatMap(alternative -> alternative.atoms().stream()));
    }

    @Override
    public String toString() {
        return id();
    }
}
