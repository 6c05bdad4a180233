package dev.gatehouse.testkit.policy;

import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.MessageContext;
import dev.gatehouse.policy.Notice;
import dev.gatehouse.policy.Refusal;
import dev.gatehouse.policy.Unmet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A decision as plain data, to be compared. */
record Answer(boolean permitted, List<String> refusals, List<String> notices, List<String> observed, Set<String> by) {

    static Answer of(Decision decision) {
        List<Refusal> refusals = refusals(decision);
        Set<String> ids = new LinkedHashSet<>();
        refusals.forEach(refusal -> ids.add(refusal.requirement()));
        return new Answer(
                decision.<Boolean>fold(permitted -> true, refused -> false),
                refusals.stream().map(Answer::line).toList(),
                decision.notices().stream().map(Answer::noticeLine).toList(),
                decision.observed().stream().map(Answer::noticeLine).toList(),
                ids);
    }

    static List<Refusal> refusals(Decision decision) {
        return decision.<List<Refusal>>fold(permitted -> List.of(), Decision.Refused::refusals);
    }

    private static String line(Unmet unmet) {
        return unmet.requirement() + " " + unmet.mode().id() + " " + unmet.codes() + " " + unmet.ways() + " "
                + unmet.message().text(MessageContext.plain());
    }

    private static String noticeLine(Notice notice) {
        return line(notice) + " " + notice.waiver();
    }

    /** What refuses here and not there. */
    Set<String> beyond(Answer other) {
        Set<String> more = new LinkedHashSet<>(by);
        more.removeAll(other.by);
        return more;
    }

    @Override
    public String toString() {
        return (permitted ? "permitted" : "refused by " + by)
                + (notices.isEmpty() ? "" : ", told " + notices)
                + (observed.isEmpty() ? "" : ", observed " + observed);
    }
}
