package dev.gatehouse.testkit.policy;

import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.NewToken;
import dev.gatehouse.policy.Refusal;
import dev.gatehouse.policy.Way;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.Remedy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Does what refusals say, as a person would: takes the ways of the first refusal one after the other, asks the policy for
 * each errand on the way, and asks again. Ends where the action is permitted, where only another person, time or support
 * helps, or where no way is left. One use; not thread-safe.
 */
final class WayOut {
    /** More steps than any way out has. */
    private static final int MOST_STEPS = 12;

    private static final int MOST_QUESTIONS = 4_000;

    private final PolicySubject subject;
    private final PolicyTrial trial;
    private final Choices choices;
    private final Map<Asked, Optional<Draft>> known = new HashMap<>();
    private final List<String> path = new ArrayList<>();
    private boolean beyond;
    private int questions;
    private int longest;
    private List<String> farthest = List.of();

    WayOut(PolicySubject subject, World world, PolicyTrial trial) {
        this.subject = subject;
        this.trial = trial;
        this.choices = new Choices(world, trial.now());
    }

    /** A state in which something was asked, on the way to something else. */
    private record Asked(Draft draft, Set<Action> errands) {}

    /** What a person who was left standing has tried; empty if there is a way out, or too much to try. */
    Optional<List<String>> failure() {
        Draft start = choices.settled(trial.draft());
        Optional<Draft> end = follow(start, MOST_STEPS, Set.of());
        return end.isPresent() || beyond || questions > MOST_QUESTIONS ? Optional.empty() : Optional.of(farthest);
    }

    private Decision ask(Draft draft) {
        questions++;
        return subject.decide(trial.with(draft));
    }

    /** The state in which the action is permitted, or nothing more can be done alone; empty if there is no way to it. */
    private Optional<Draft> follow(Draft draft, int left, Set<Action> errands) {
        if (left == 0 || beyond || questions > MOST_QUESTIONS) {
            return Optional.empty();
        }
        Asked state = new Asked(draft, errands);
        Optional<Draft> before = known.putIfAbsent(state, Optional.empty());
        if (before != null) {
            return before;
        }
        Optional<Draft> end = look(draft, left, errands);
        known.put(state, end);
        return end;
    }

    private Optional<Draft> look(Draft draft, int left, Set<Action> errands) {
        List<Refusal> refusals = Answer.refusals(ask(draft));
        if (refusals.isEmpty()) {
            return Optional.of(draft);
        }
        Refusal first = refusals.get(0);
        for (Way way : first.ways()) {
            if (way.steps().stream().anyMatch(Remedy::isBeyondTheCaller)) {
                beyond = true;
                return Optional.empty();
            }
            int mark = path.size();
            path.add("'" + first.requirement() + "' refuses " + draft.action() + " by "
                    + draft.kind().id() + ": " + way);
            note();
            Optional<Draft> end = steps(draft, way.steps(), left, errands);
            if (end.isPresent()) {
                return end;
            }
            path.subList(mark, path.size()).clear();
        }
        return Optional.empty();
    }

    /** Keeps the path that went farthest, for whoever must understand why it ended. */
    private void note() {
        if (path.size() > longest) {
            longest = path.size();
            farthest = List.copyOf(path);
        }
    }

    private Optional<Draft> steps(Draft draft, List<Remedy> steps, int left, Set<Action> errands) {
        if (steps.isEmpty()) {
            return follow(draft, left - 1, errands);
        }
        List<Remedy> rest = steps.subList(1, steps.size());
        for (Draft next : take(draft, steps.get(0), left, errands)) {
            Optional<Draft> end = steps(next, rest, left, errands);
            if (end.isPresent()) {
                return end;
            }
        }
        return Optional.empty();
    }

    /** The states in which one step may end; none if it cannot be taken. */
    private Iterable<Draft> take(Draft draft, Remedy step, int left, Set<Action> errands) {
        if (draft.isWithoutAccount() && step != Remedy.CHANGE_REQUEST) {
            // A run or a service account has nothing to prove or set up; a person goes on in its place.
            return credentials(draft, left, errands);
        }
        return switch (step) {
            case AUTHENTICATE -> choices.sessions(draft);
            case SWITCH_CREDENTIAL -> credentials(draft, left, errands);
            case VERIFY_EMAIL ->
                errand(draft, Action.ACCOUNT_VERIFY_EMAIL, left, errands)
                        .map(done -> done.with("account.email-verified", true))
                        .map(List::of)
                        .orElse(List.of());
            case SAVE_RECOVERY_CODES ->
                errand(draft, Action.FACTOR_RECOVERY_CODES, left, errands)
                        .map(done -> done.with("account.recovery-codes-saved", true))
                        .map(List::of)
                        .orElse(List.of());
            case ENROL_FACTOR -> enrolments(draft, left, errands);
            case CHANGE_SETTING ->
                errand(draft, Action.FACTOR_SETTINGS, left, errands)
                        .map(choices::withSettings)
                        .orElse(List.of());
            case PROVE -> choices.provenAnyhow(draft);
            case CHANGE_REQUEST -> choices.otherRequests(draft);
            case ASK_OWNER, WAIT, CONTACT_SUPPORT -> List.of(draft);
        };
    }

    /**
     * Goes to do something else first, in a session with everything shown.
     *
     * @return the caller's draft with what the errand changed
     */
    private Optional<Draft> errand(Draft draft, Action action, int left, Set<Action> errands) {
        return errand(draft, draft.with(CredentialKind.SESSION).with(action), left, errands);
    }

    private Optional<Draft> errand(Draft draft, Draft asked, int left, Set<Action> errands) {
        if (beyond || errands.contains(asked.action())) {
            return Optional.empty();
        }
        int mark = path.size();
        Set<Action> deeper = new HashSet<>(errands);
        deeper.add(asked.action());
        Optional<Draft> end = follow(choices.proven(asked), left - 1, deeper);
        if (end.isEmpty()) {
            path.subList(mark, path.size()).clear();
        }
        return end.map(done -> choices.person(draft, done));
    }

    private List<Draft> enrolments(Draft draft, int left, Set<Action> errands) {
        List<Draft> all = new ArrayList<>();
        for (EnrolledFactor factor : choices.missing(draft)) {
            Optional<Draft> done = choices.isAsserted(factor)
                    ? Optional.of(draft)
                    : errand(draft, Action.FACTOR_VIEW, left, errands)
                            .flatMap(looked -> errand(
                                    looked,
                                    looked.with(CredentialKind.SESSION)
                                            .with(Action.FACTOR_ENROL)
                                            .with("new-factor", factor),
                                    left,
                                    errands));
            done.ifPresent(d -> all.add(choices.enrolled(d, factor)));
        }
        return all;
    }

    private List<Draft> runs(Draft draft, int left, Set<Action> errands) {
        for (Draft run : choices.runs(draft)) {
            if (Answer.refusals(ask(run)).isEmpty()) {
                return errand(draft, Action.PUBLISHER_ADD, left, errands)
                        .map(done -> choices.person(run, done))
                        .map(List::of)
                        .orElse(List.of());
            }
        }
        return List.of();
    }

    private List<Draft> credentials(Draft draft, int left, Set<Action> errands) {
        List<Draft> all = new ArrayList<>();
        choices.sessions(draft).forEach(all::add);
        for (NewToken token : choices.tokens()) {
            Draft with = choices.withToken(draft, token);
            // Only a token that would do is worth the errand.
            if (Answer.refusals(ask(with)).stream()
                    .noneMatch(r -> r.way().steps().contains(Remedy.SWITCH_CREDENTIAL))) {
                errand(
                                draft,
                                draft.with(CredentialKind.SESSION)
                                        .with(Action.TOKEN_CREATE)
                                        .with("new-token", token),
                                left,
                                errands)
                        .ifPresent(done -> all.add(choices.person(with, done)));
            }
            if (all.size() > 8) {
                break;
            }
        }
        all.addAll(runs(draft, left, errands));
        return all;
    }
}
