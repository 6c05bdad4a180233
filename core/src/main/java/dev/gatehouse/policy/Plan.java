package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.CredentialKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that can bind one kind of credential doing one action in one slice of time. Thread-safe. */
final class Plan {
    private static final Plan OPEN = new Plan(List.of(), List.of(), null);

    private final Program[] programs;

    /** Rules that ask for more than a program can hold. */
    private final List<Rule> large;

    /** A program that ends without an exit only where all of the others do; {@code null} if there is none. */
    private final @Nullable Program gate;

    /** The program, if there is one and it asks no fact twice; otherwise what the host says must be kept. */
    private final @Nullable Program only;

    private Plan(List<Program> programs, List<Rule> large, @Nullable Program gate) {
        this.programs = programs.toArray(new Program[0]);
        this.large = List.copyOf(large);
        this.gate = gate;
        this.only = programs.size() == 1 && large.isEmpty() && programs.get(0).waiting == 0 ? programs.get(0) : null;
    }

    static Plan of(List<Line> lines, Action action, CredentialKind kind, Setting setting) {
        Asker asker = new Asker(action, kind, setting);
        List<Line> binding = lines.stream()
                .filter(line -> line.rule().actions.contains(action) && !isSettled(line, asker))
                .toList();
        List<Rule> large = new ArrayList<>();
        List<Program> programs = programs(binding, asker, setting, large);
        if (programs.isEmpty() && large.isEmpty()) {
            return OPEN;
        }
        if (programs.size() < 2 || !large.isEmpty()) {
            return new Plan(programs, large, null);
        }
        List<Program> gate = programs(Gate.of(binding), asker, setting, large);
        return new Plan(programs, List.of(), gate.size() == 1 && large.isEmpty() ? gate.get(0) : null);
    }

    private static List<Program> programs(List<Line> lines, Asker asker, Setting setting, List<Rule> large) {
        List<Program> programs = new ArrayList<>();
        ProgramBuilder builder = new ProgramBuilder(asker, setting);
        for (Line line : lines) {
            if (builder.add(line)) {
                continue;
            }
            ProgramBuilder next = new ProgramBuilder(asker, setting);
            if (next.add(line)) {
                programs.add(builder.build());
                builder = next;
            } else {
                large.add(line.rule());
            }
        }
        if (!builder.isEmpty()) {
            programs.add(builder.build());
        }
        return programs;
    }

    /** Whether the kind of credential alone says that the rule does not bind or is met. */
    private static boolean isSettled(Line line, Asker asker) {
        return Boolean.FALSE.equals(asker.settled(line.rule().requirement.when(), true))
                || (!line.rule().requirement.unless().isEmpty()
                        && Boolean.TRUE.equals(
                                asker.settled(line.rule().requirement.unless(), false)))
                || Boolean.TRUE.equals(asker.settled(line.rule().requirement.demand(), false));
    }

    Decision decide(
            AccessRequest q,
            long second,
            int nano,
            Setting setting,
            PolicyControls.State controls,
            PolicyListener listener) {
        if (only != null) {
            return only.decide(q, second, nano, controls, listener);
        }
        return isOpen() ? Decision.Permitted.PLAIN : decideMany(q, second, nano, setting, controls, listener);
    }

    /** Whether nobody is bound. */
    boolean isOpen() {
        return this == OPEN;
    }

    private Decision decideMany(
            AccessRequest q,
            long second,
            int nano,
            Setting setting,
            PolicyControls.State controls,
            PolicyListener listener) {
        AccessRequest kept = Reading.isOfValues(q) && setting.conditions().isEmpty() ? q : Reading.memo(q);
        if (gate != null
                && gate.decide(kept, second, nano, controls, NoListener.INSTANCE) == Decision.Permitted.PLAIN) {
            return Decision.Permitted.PLAIN;
        }
        return decideKept(kept, Instant.ofEpochSecond(second, nano), setting, controls, listener);
    }

    private Decision decideKept(
            AccessRequest q, Instant now, Setting setting, PolicyControls.State controls, PolicyListener listener) {
        List<Decision> decisions = new ArrayList<>();
        for (Program program : programs) {
            Decision decision = program.decide(q, now.getEpochSecond(), now.getNano(), controls, NoListener.INSTANCE);
            if (decision != Decision.Permitted.PLAIN) {
                decisions.add(decision);
            }
        }
        if (!large.isEmpty()) {
            decisions.add(new Walk(new Reading(Reading.memo(q), now, setting, controls)).decide(large));
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
