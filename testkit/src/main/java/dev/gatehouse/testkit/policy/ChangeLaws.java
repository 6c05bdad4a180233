package dev.gatehouse.testkit.policy;

import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.policy.Waiver;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.Vocabulary.Section;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Laws of two answers: what a change of the request, of what the host knows, or of the policy may do to the outcome. */
final class ChangeLaws extends Law {
    private static final Set<String> NO_FACTS =
            Set.of("evidence", "credential.labels", "credential.ownerless", "credential.checked");

    ChangeLaws(PolicySubject subject, World world) {
        super(subject, world);
    }

    /** Picks one by a number that jqwik draws and shrinks to the first. */
    static <T> T pick(List<T> list, int which) {
        return list.get(Math.floorMod(which, list.size()));
    }

    /** More evidence, or fresher: for requirements whose when, and phases' when, read none. */
    void moreEvidenceNeverHurts(PolicyTrial trial) {
        allNeverHurt(trial);
        // Who has proved what counts may prove something else as well.
        for (EnrolledFactor factor : trial.draft().enrolled().list()) {
            PolicyTrial proved = trial.with(trial.draft().withProofs(List.of(Proof.now(factor))));
            allNeverHurt(proved);
        }
    }

    private void allNeverHurt(PolicyTrial trial) {
        Answer before = ask(trial);
        for (Draft more : moreEvidence(trial.draft())) {
            neverHurts(trial, before, trial.with(more));
        }
    }

    private void neverHurts(PolicyTrial trial, Answer before, PolicyTrial proved) {
        Answer after = ask(proved);
        for (String id : after.beyond(before)) {
            Requirement r = trial.definition().requirement(id).orElse(null);
            if (r != null && !Atoms.readsEvidenceInWhen(r)) {
                throw broken(
                        "More evidence hurts: '" + id + "' refuses who proves more, and its when reads no evidence.",
                        trial,
                        "with more evidence: " + proved.draft() + "\n  " + answers("before", before, "with it", after));
            }
        }
    }

    private List<Draft> moreEvidence(Draft draft) {
        List<Draft> more = new ArrayList<>();
        for (EnrolledFactor factor : world.proofs) {
            List<Proof> first = new ArrayList<>(List.of(Proof.now(factor)));
            first.addAll(draft.proofs());
            more.add(draft.withProofs(first));
        }
        for (int i = 0; i < draft.proofs().size(); i++) {
            Proof old = draft.proofs().get(i);
            List<Proof> fresher = new ArrayList<>(draft.proofs());
            fresher.set(i, new Proof(old.factor(), Duration.ZERO, old.inRequest(), old.own()));
            more.add(draft.withProofs(fresher));
        }
        for (String key : List.of("account.enrolled", "factors-left")) {
            if (draft.value(key) instanceof EnrolledFactors factors) {
                for (EnrolledFactor factor : world.factors) {
                    List<EnrolledFactor> all = new ArrayList<>(factors.list());
                    all.add(factor);
                    more.add(draft.with(key, EnrolledFactors.of(all)));
                }
            }
        }
        for (String key : List.of("account.email-verified", "account.recovery-codes-saved")) {
            if (Boolean.FALSE.equals(draft.value(key))) {
                more.add(draft.with(key, true));
            }
        }
        return more;
    }

    /** A fact forgotten, a switch of unknown state, a name not supplied. */
    void unknownNeverHelps(PolicyTrial trial, int which) {
        Answer known = ask(trial);
        for (String key : trial.draft().facts().keySet()) {
            if (!NO_FACTS.contains(key)) {
                Draft less = trial.draft().without(one -> one.equals(key) || one.startsWith(key + "."));
                neverHelps(trial, known, trial.with(less), key);
            }
        }
        List<String> words = new ArrayList<>();
        List<Supplier<PolicyTrial>> less = new ArrayList<>();
        for (String name : trial.switches().keySet()) {
            words.add("the state of switch " + name);
            less.add(() -> {
                Map<String, Boolean> others = new HashMap<>(trial.switches());
                others.remove(name);
                return trial.withSwitches(others);
            });
        }
        for (Section section : Section.values()) {
            for (String name : trial.definition().vocabulary().of(section).keySet()) {
                words.add(section.noun() + " " + name);
                less.add(() -> trial.with(world.suppliedWithout(section, name)));
            }
        }
        if (!less.isEmpty()) {
            neverHelps(trial, known, pick(less, which).get(), pick(words, which));
        }
    }

    private void neverHelps(PolicyTrial trial, Answer known, PolicyTrial less, String what) {
        Answer unknown = ask(less);
        Set<String> helped = known.beyond(unknown);
        if (!helped.isEmpty() || (unknown.permitted() && !known.permitted())) {
            throw broken(
                    "Not knowing helps: " + helped + " refuse what they know and let pass what they do not.",
                    trial,
                    "unknown: " + what + "\n  " + answers("known", known, "unknown", unknown));
        }
    }

    /** A requirement that only reports is, for the outcome, not there. */
    void reportChangesNothing(PolicyTrial trial, int which) {
        Requirement r = pick(trial.definition().requirements(), which);
        PolicyDefinition reported = world.derived("reporting " + r.id(), d -> Edits.replaced(d, Edits.reporting(r)));
        Answer reporting = ask(trial.with(reported));
        if (reporting.by().contains(r.id())) {
            throw broken("'" + r.id() + "' only reports, and refuses.", trial, "with report: " + reporting);
        }
        if (trial.definition().requirements().size() > 1) {
            PolicyDefinition without = world.derived("without " + r.id(), d -> Edits.without(d, r));
            sameOutcome(trial, ask(trial.with(without)), reporting, "'" + r.id() + "'");
        }
        PolicyDefinition silent = world.derived("without reports", Edits::withoutReports);
        if (!silent.requirements().isEmpty()) {
            sameOutcome(trial, ask(trial.with(silent)), ask(trial), "What only reports");
        }
    }

    private static void sameOutcome(PolicyTrial trial, Answer without, Answer with, String who) {
        if (!without.refusals().equals(with.refusals()) || !without.notices().equals(with.notices())) {
            throw broken(
                    who + " changes, by reporting, what the caller gets.",
                    trial,
                    answers("without it", without, "while it reports", with));
        }
    }

    /** One more requirement, or a stricter one. */
    void stricterNeverPermitsMore(PolicyTrial trial, int which) {
        Edits.Stricter edit = pick(world.stricter(), which);
        Answer before = ask(trial);
        Answer after = ask(trial.with(edit.definition()));
        if (!before.beyond(after).isEmpty() || (after.permitted() && !before.permitted())) {
            throw broken(
                    "A stricter policy permits more.",
                    trial,
                    "stricter: " + edit.words() + "\n  " + answers("before", before, "stricter", after));
        }
    }

    /** A waiver lifts one requirement for one account, until its end and not at it, and never what is closed. */
    void waiversTouchOnlyTheirAccountAndEnd(PolicyTrial trial, int which) {
        Requirement r = pick(trial.definition().requirements(), which);
        String caller = trial.draft().valueOr("account.id", Draft.ACCOUNT);
        Instant now = trial.now();
        Answer plain = ask(trial);
        Answer own = ask(trial.with(waiver(r, caller, now.minusSeconds(60), now.plusNanos(1))));
        Set<String> lifted = plain.beyond(own);
        Set<String> may = new LinkedHashSet<>(Atoms.isClosed(r) ? Set.of() : Set.of(r.id()));
        if (!may.containsAll(lifted) || !own.beyond(plain).isEmpty()) {
            throw broken(
                    "A waiver of '" + r.id() + "' touches something else, or what is closed.",
                    trial,
                    answers("without", plain, "with it", own));
        }
        boolean seen = !trial.draft().isUnproven()
                && !trial.draft().isWithoutAccount()
                && trial.draft().value("account.id") != null;
        if (seen && !Atoms.isClosed(r) && own.by().contains(r.id())) {
            throw broken("A waiver of '" + r.id() + "' for this account lifts nothing.", trial, "with it: " + own);
        }
        unchanged(
                trial,
                plain,
                waiver(r, "somebody-else", now.minusSeconds(60), now.plusSeconds(60)),
                "of another account");
        unchanged(trial, plain, waiver(r, caller, now.minusSeconds(60), now), "that is just over");
        unchanged(trial, plain, waiver(r, caller, now.plusNanos(1), now.plusSeconds(60)), "that has not begun");
    }

    private void unchanged(PolicyTrial trial, Answer plain, Waiver waiver, String whose) {
        Answer with = ask(trial.with(waiver));
        if (!with.equals(plain)) {
            throw broken(
                    "A waiver " + whose + " changes the answer.",
                    trial,
                    "waiver: " + waiver + "\n  " + answers("without", plain, "with it", with));
        }
    }

    private static Waiver waiver(Requirement r, String account, Instant from, Instant until) {
        return new Waiver(r.id(), Waiver.Subject.ACCOUNT, account, from, until, "a lost key", "support");
    }
}
