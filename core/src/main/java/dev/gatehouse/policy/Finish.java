package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Mode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the decision where some exit of a program was taken. */
final class Finish {
    /** By the stage of the first step, then by id. */
    static final Comparator<Unmet> ORDER = Comparator.comparing(Unmet::stage).thenComparing(Unmet::requirement);

    private Finish() {}

    static Decision decision(
            Program program,
            Waypoint end,
            AccessRequest q,
            long word,
            @Nullable Fact<String> id,
            long second,
            int nano,
            PolicyControls.State controls,
            PolicyListener listener) {
        Decision ready = end.ready;
        boolean mayLack = AtAction.mayLackAccount(q.credential());
        boolean waivable = !controls.byRequirement().isEmpty();
        boolean told = listener != NoListener.INSTANCE;
        if (ready != null && !mayLack && !waivable && !told) {
            return ready;
        }
        long unmet = end.unmet;
        Fact<String> account = id == null && (mayLack || waivable || told) ? Program.accountId(q) : id;
        boolean absent = mayLack && account != null && account.isAbsent();
        Values values = (unmet & program.naming) == 0 ? Values.NONE : names(program, q, unmet);
        if ((unmet & program.waiting) == 0 && !waivable && !told) {
            return plain(program, word, unmet, absent, values);
        }
        Fact<String> project = waivable || told ? Program.projectId(q) : Fact.unknown();
        Fact<String> caller = account == null ? Fact.unknown() : account;
        Instant now = Instant.ofEpochSecond(second, nano);
        Decision decision = ready != null && !absent && !waivable
                ? ready
                : careful(
                        program,
                        q,
                        word,
                        unmet,
                        absent,
                        values,
                        new Waivers(controls, program.setting, caller, project, now));
        if (told) {
            listener.decided(new PolicyListener.Decided(now, q, known(caller), known(project), decision));
        }
        return decision;
    }

    /** The decision of everybody with an account for whom this is unmet; {@code null} if its texts name the caller. */
    static @Nullable Decision ready(Program program, long word, long unmet) {
        if (unmet == 0) {
            return Decision.Permitted.PLAIN;
        }
        return (unmet & (program.naming | program.waiting)) == 0
                ? plain(program, word, unmet, false, Values.NONE)
                : null;
    }

    static Optional<String> known(Fact<String> id) {
        return id.isKnown() ? Optional.of(id.value()) : Optional.empty();
    }

    private static Values names(Program program, AccessRequest q, long unmet) {
        return new Values(
                q.action(),
                (unmet & program.namingAccount) == 0
                        ? null
                        : Values.known(q.account().name()),
                (unmet & program.namingProject) == 0
                        ? null
                        : Values.known(q.project().name()),
                (unmet & program.namingOrganization) == 0
                        ? null
                        : Values.known(q.organization().name()),
                null);
    }

    /** No waiver, no wait, no listener: nothing is made that need not be. */
    private static Decision plain(Program program, long word, long unmet, boolean absent, Values values) {
        long refused = unmet & program.refusing;
        long warned = unmet & program.warning;
        long reported = unmet & ~program.refusing & ~program.warning;
        List<Notice> notices = warned == 0 ? List.of() : notices(program, word, warned, absent, values);
        List<Notice> observed = reported == 0 ? List.of() : notices(program, word, reported, absent, values);
        return refused == 0
                ? new Decision.Permitted(notices, observed)
                : new Decision.Refused(refusals(program, word, refused, absent, values), notices, observed);
    }

    /** What these exits say, by stage; exits are by id already. */
    private static Grounds[] sorted(Program program, long word, long mask, boolean absent) {
        Grounds[] all = new Grounds[Long.bitCount(mask)];
        int size = 0;
        for (long left = mask; left != 0; left &= left - 1) {
            Grounds next = grounds(program, word, left, absent);
            int place = size++;
            while (place > 0 && all[place - 1].stage > next.stage) {
                all[place] = all[place - 1];
                place--;
            }
            all[place] = next;
        }
        return all;
    }

    private static List<Refusal> refusals(Program program, long word, long mask, boolean absent, Values values) {
        if (Long.bitCount(mask) == 1) {
            return List.of(grounds(program, word, mask, absent).refusal(values));
        }
        Grounds[] all = sorted(program, word, mask, absent);
        return switch (all.length) {
            case 2 -> List.of(all[0].refusal(values), all[1].refusal(values));
            case 3 -> List.of(all[0].refusal(values), all[1].refusal(values), all[2].refusal(values));
            case 4 ->
                List.of(all[0].refusal(values), all[1].refusal(values), all[2].refusal(values), all[3].refusal(values));
            default -> {
                Refusal[] refusals = new Refusal[all.length];
                for (int i = 0; i < all.length; i++) {
                    refusals[i] = all[i].refusal(values);
                }
                yield List.of(refusals);
            }
        };
    }

    private static List<Notice> notices(Program program, long word, long mask, boolean absent, Values values) {
        Grounds first = grounds(program, word, mask, absent);
        long rest = mask & (mask - 1);
        if (rest == 0) {
            return List.of(first.notice(values));
        }
        if ((rest & (rest - 1)) == 0) {
            Grounds second = grounds(program, word, rest, absent);
            return first.stage <= second.stage
                    ? List.of(first.notice(values), second.notice(values))
                    : List.of(second.notice(values), first.notice(values));
        }
        Grounds[] all = sorted(program, word, mask, absent);
        Notice[] notices = new Notice[all.length];
        for (int i = 0; i < all.length; i++) {
            notices[i] = all[i].notice(values);
        }
        return List.of(notices);
    }

    /** What the first of these exits says. */
    private static Grounds grounds(Program program, long word, long mask, boolean absent) {
        return program.exits[Long.numberOfTrailingZeros(mask)].grounds(word, absent);
    }

    private static Decision careful(
            Program program, AccessRequest q, long word, long unmet, boolean absent, Values values, Waivers waivers) {
        List<Refusal> refusals = new ArrayList<>();
        List<Notice> notices = new ArrayList<>();
        List<Notice> observed = new ArrayList<>();
        for (long left = unmet; left != 0; left &= left - 1) {
            Exit exit = program.exits[Long.numberOfTrailingZeros(left)];
            Grounds grounds = exit.grounds(word, absent);
            Values own = exit.template.uses(Template.WAIT_UNTIL)
                    ? values.until(q.action(), Waits.end(exit.rule, q, program.setting, waivers.now()))
                    : values;
            Waiver waiver = waivers.of(exit.rule);
            if (waiver == null && exit.mode == Mode.ENFORCE) {
                refusals.add(grounds.refusal(own));
            } else {
                Mode told = waiver == null ? Mode.WARN : Mode.ENFORCE;
                (exit.mode == told ? notices : observed)
                        .add(waiver == null ? grounds.notice(own) : new Notice(grounds, own.at(q.action()), waiver));
            }
        }
        return of(refusals, notices, observed);
    }

    /** One decision out of those of several programs. */
    static Decision joined(List<Decision> decisions) {
        List<Refusal> refusals = new ArrayList<>();
        List<Notice> notices = new ArrayList<>();
        List<Notice> observed = new ArrayList<>();
        for (Decision decision : decisions) {
            if (decision instanceof Decision.Refused refused) {
                refusals.addAll(refused.refusals());
            }
            notices.addAll(decision.notices());
            observed.addAll(decision.observed());
        }
        return of(refusals, notices, observed);
    }

    /** A decision of these, whatever their order. */
    static Decision of(List<Refusal> refusals, List<Notice> notices, List<Notice> observed) {
        refusals.sort(ORDER);
        notices.sort(ORDER);
        observed.sort(ORDER);
        if (!refusals.isEmpty()) {
            return new Decision.Refused(refusals, notices, observed);
        }
        return notices.isEmpty() && observed.isEmpty()
                ? Decision.Permitted.PLAIN
                : new Decision.Permitted(notices, observed);
    }
}
