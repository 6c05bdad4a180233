package dev.gatehouse.testkit.policy;

import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.Explanation;
import dev.gatehouse.policy.MessageContext;
import dev.gatehouse.policy.Refusal;
import dev.gatehouse.policy.Unmet;
import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.ReasonCode;
import dev.gatehouse.policy.rule.Requirement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Laws of one answer: that there is one, that it is the same again, that it is complete and agrees with its trace. */
final class AnswerLaws extends Law {
    private static final Set<ReasonCode> BY_CREDENTIAL =
            Set.of(ReasonCode.CREDENTIAL_NOT_ACCEPTED, ReasonCode.NOT_AUTHENTICATED, ReasonCode.CLOSED);

    AnswerLaws(PolicySubject subject, World world) {
        super(subject, world);
    }

    void totalAndDeterministic(PolicyTrial trial) {
        Decision decision;
        try {
            decision = subject.decide(trial);
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("A request gets no answer: " + e + "\n  asked: " + trial, e);
        }
        Answer first = Answer.of(decision);
        Answer again = ask(trial);
        if (!first.equals(again)) {
            throw broken("The same question gets two answers.", trial, answers("first", first, "again", again));
        }
        Stream.concat(
                        Answer.refusals(decision).stream(),
                        Stream.concat(decision.notices().stream(), decision.observed().stream()))
                .forEach(unmet -> complete(unmet, trial));
    }

    private static void complete(Unmet unmet, PolicyTrial trial) {
        String text = unmet.message().text(MessageContext.plain());
        if (unmet.codes().isEmpty() || unmet.ways().isEmpty()) {
            throw broken("'" + unmet.requirement() + "' says neither what is lacking nor what to do.", trial);
        }
        if (unmet instanceof Refusal && text.isBlank()) {
            throw broken("'" + unmet.requirement() + "' refuses without a text.", trial);
        }
        if (text.contains("null")) {
            throw broken("The text of '" + unmet.requirement() + "' has a hole: " + text, trial);
        }
    }

    void readingIsGatedOnlyByName(PolicyTrial trial) {
        String action = trial.draft().action().id();
        PolicyTrial nobody =
                trial.with(trial.draft().with(CredentialKind.ANONYMOUS).withProofs(List.of()));
        Set<String> closed = ask(nobody).by();
        for (Refusal refusal : Answer.refusals(subject.decide(trial))) {
            String id = refusal.requirement();
            List<String> words =
                    trial.definition().requirement(id).map(Requirement::actions).orElse(List.of());
            boolean isNamed = words.contains(trial.draft().action().group()) || words.contains(action);
            // A credential that is dead everywhere does not close reading: without it, reading is open.
            boolean isCredential = BY_CREDENTIAL.containsAll(refusal.codes()) && !closed.contains(id);
            if (!isNamed && !isCredential) {
                throw broken(
                        "Reading is gated, and nobody said so: '" + id + "' refuses " + action + ", but its actions "
                                + words + " do not name it. If it is meant, list \"read\" or \"" + action
                                + "\"; if not, add except = [\"read\"].",
                        trial);
            }
        }
    }

    void orderIsIrrelevant(PolicyTrial trial) {
        Answer before = ask(trial);
        orderOfFactsIsIrrelevant(trial);
        orderOfFactsIsIrrelevant(trial.with(Orders.proven(trial.draft())));
        PolicyDefinition shuffled = world.derived("turned", Orders::turned);
        Answer other = ask(trial.with(shuffled));
        if (!before.equals(other)) {
            throw broken(
                    "The order in which requirements and phases are given changes the answer.",
                    trial,
                    answers("as given", before, "backwards", other));
        }
        PolicyDefinition whole = world.derived("without shares", Orders::withoutShares);
        PolicyDefinition named = world.derived("renamed", d -> Orders.renamed(whole));
        Set<String> there = new TreeSet<>();
        ask(trial.with(named)).by().forEach(id -> there.add(Orders.oldName(id, named)));
        Set<String> here = new TreeSet<>(ask(trial.with(whole)).by());
        if (!here.equals(there)) {
            throw broken(
                    "The names of requirements, and so their order, change who refuses.",
                    trial,
                    "refused by " + here + "\n  with names in the other order by " + there);
        }
    }

    private void orderOfFactsIsIrrelevant(PolicyTrial trial) {
        Answer before = ask(trial);
        Answer after = ask(trial.with(Orders.turned(trial.draft())));
        if (!before.equals(after)) {
            throw broken(
                    "The order in which factors, proofs or projects are listed changes the answer.",
                    trial,
                    answers("as listed", before, "listed backwards", after));
        }
    }

    void explainAgrees(PolicyTrial trial, Explanation explanation) {
        Answer decided = ask(trial);
        Answer explained = Answer.of(explanation.decision());
        if (!decided.equals(explained)) {
            throw broken(
                    "The explanation rests on another decision than the one given.",
                    trial,
                    answers("decided", decided, "explained", explained));
        }
        Set<String> unmet = new TreeSet<>();
        Set<String> waived = new TreeSet<>();
        for (Explanation.Line line : explanation.lines()) {
            if (line.outcome() == Explanation.Outcome.UNMET) {
                unmet.add(line.requirement());
            } else if (line.outcome() == Explanation.Outcome.WAIVED) {
                waived.add(line.requirement());
            }
        }
        Decision decision = subject.decide(trial);
        Set<String> told = new TreeSet<>();
        Set<String> lifted = new TreeSet<>();
        Answer.refusals(decision).stream()
                .map(Refusal::requirement)
                .filter(id -> !id.equals("unmapped"))
                .forEach(told::add);
        Stream.concat(decision.notices().stream(), decision.observed().stream())
                .forEach(notice -> (notice.waiver().isPresent() ? lifted : told).add(notice.requirement()));
        if (!unmet.equals(told) || !waived.equals(lifted)) {
            throw broken(
                    "The trace disagrees with the decision.",
                    trial,
                    "unmet in the decision " + told + ", in the trace " + unmet + "\n  waived in the decision " + lifted
                            + ", in the trace " + waived);
        }
    }

    /** Written and read again, the policy is equal and decides the same. */
    void documentRoundTrips(PolicyTrial trial, PolicyDocuments documents) {
        PolicyDefinition again = world.derived("written and read", definition -> {
            try {
                return documents
                        .read("written.toml", PolicyDocuments.write(definition))
                        .definition();
            } catch (IllegalArgumentException e) {
                throw new AssertionError(
                        "The policy cannot be written as a document and read again: " + e.getMessage(), e);
            }
        });
        if (!again.equals(trial.definition())) {
            throw new AssertionError("The policy, written as a document and read again, is another one: "
                    + differing(trial.definition(), again));
        }
        Answer before = ask(trial);
        Answer after = ask(trial.with(again));
        if (!before.equals(after)) {
            throw broken(
                    "The policy, written as a document and read again, decides otherwise.",
                    trial,
                    answers("before", before, "after", after));
        }
    }

    private static String differing(PolicyDefinition before, PolicyDefinition after) {
        List<Requirement> all = new ArrayList<>(before.requirements());
        all.addAll(after.requirements());
        Set<String> ids = new LinkedHashSet<>();
        all.stream().sorted(Comparator.comparing(Requirement::id)).forEach(r -> {
            if (!before.requirement(r.id()).equals(after.requirement(r.id()))) {
                ids.add(r.id());
            }
        });
        return ids.isEmpty() ? before + " became " + after : "it differs in " + ids;
    }
}
