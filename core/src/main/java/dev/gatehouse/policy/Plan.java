package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.CredentialKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Everything that can bind one kind of credential doing one action in one slice of time. Thread-safe. */
final class Plan {
    private static final Plan OPEN = new Plan(List.of(), List.of());

    private final Program[] programs;

    /** Rules that ask for more than a program can hold. */
    private final List<Rule> large;

    /** Whether facts may be asked for twice, so that the host's must be kept. */
    private final boolean rereads;

    private Plan(List<Program> programs, List<Rule> large) {
        this.programs = programs.toArray(new Program[0]);
        this.large = List.copyOf(large);
        this.rereads =
                programs.size() > 1 || !large.isEmpty() || programs.stream().anyMatch(program -> program.waiting != 0);
    }

    static Plan of(List<Line> lines, Action action, CredentialKind kind, Setting setting) {
        Asker asker = new Asker(action, kind, setting);
        List<Program> programs = new ArrayList<>();
        List<Rule> large = new ArrayList<>();
        ProgramBuilder builder = new ProgramBuilder(asker, setting);
        for (Line line : lines) {
            if (!line.rule().actions.contains(action) || isSettled(line, asker)) {
                continue;
            }
            if (builder.add(line)) {
                continue;
            }
            ProgramBuilder next = new ProgramBuilder(asker, setting);
            if (!next.add(line)) {
                large.add(line.rule());
            } else {
                programs.add(builder.build());
                builder = next;
            }
        }
        if (!builder.isEmpty()) {
            programs.add(builder.build());
        }
        return programs.isEmpty() && large.isEmpty() ? OPEN : new Plan(programs, large);
    }

    /** Whether the kind of credential alone says that the rule does not bind or is met. */
    private static boolean isSettled(Line line, Asker asker) {
        return Boolean.FALSE.equals(asker.settled(line.rule().requirement.when(), true))
                || (!line.rule().requirement.unless().isEmpty()
                        && Boolean.TRUE.equals(
                                asker.settled(line.rule().requirement.unless(), false)))
                || Boolean.TRUE.equals(asker.settled(line.rule().requirement.demand(), false));
    }

    Decision decide(AccessRequest q, long second, int nano, Setting setting, PolicyListener listener) {
        Program[] all = programs;
        if (rereads) {
            return decideKept(Reading.memo(q), Instant.ofEpochSecond(second, nano), setting, listener);
        }
        return all.length == 0
                ? Decision.Permitted.PLAIN
                : all[0].decide(q, second, nano, setting.controls().state(), listener);
    }

    private Decision decideKept(AccessRequest q, Instant now, Setting setting, PolicyListener listener) {
        PolicyControls.State controls = setting.controls().state();
        List<Decision> decisions = new ArrayList<>();
        for (Program program : programs) {
            Decision decision = program.decide(q, now.getEpochSecond(), now.getNano(), controls, NoListener.INSTANCE);
            if (decision != Decision.Permitted.PLAIN) {
                decisions.add(decision);
            }
        }
        if (!large.isEmpty()) {
            decisions.add(new Walk(new Reading(q, now, setting, controls)).decide(large));
        }
        Decision decision = Finish.joined(decisions);
        if (listener != NoListener.INSTANCE && decision != Decision.Permitted.PLAIN) {
            listener.decided(new PolicyListener.Decided(
                    now,
                    q,
                    Finish.known(q.account().id()),
                    Finish.known(q.project().id()),
                    decision));
        }
        return decision;
    }
}
