package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Mode;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules that can bind one kind of credential doing one action in one slice of time, as tests and jumps over a word of
 * bits. Each fact is read when a step first needs it, and never again. Immutable but for what waypoints and exits keep;
 * thread-safe.
 */
final class Program {
    private static final Fact<String> NO_ID = Fact.unknown();

    private final Reader[] readers;
    private final Step[] steps;

    /** What the first step needs, if it is no more than some bits; otherwise nothing. Three readers stand apart, for their speed. */
    private final long openingFacts;

    private final long openingMask;
    private final long openingNone;
    private final int openingYes;
    private final AccountReaders.@Nullable Enrolled enrolled;
    private final AccountReaders.@Nullable Email email;
    private final ThingReaders.@Nullable Flags flags;
    private final Reader[] others;
    private final Waypoint start;
    final Exit[] exits;
    final Setting setting;

    /** How many waypoints are kept. */
    final AtomicInteger kept = new AtomicInteger();

    /** Which exits refuse, which warn, and which use a name or the end of a wait in their texts. */
    final long refusing;

    final long warning;
    final long namingAccount;
    final long namingProject;
    final long namingOrganization;
    final long naming;
    final long waiting;

    Program(Reader[] readers, Step[] steps, Exit[] exits, Setting setting) {
        this.readers = readers;
        this.steps = steps;
        this.exits = exits;
        this.setting = setting;
        this.openingFacts = opens(steps) ? steps[0].facts() : 0;
        this.openingMask = steps[0].mask();
        this.openingNone = steps[0].none();
        this.openingYes = steps[0].yes();
        this.enrolled = first(AccountReaders.Enrolled.class);
        this.email = first(AccountReaders.Email.class);
        this.flags = first(ThingReaders.Flags.class);
        this.others = readers(openingFacts)
                .filter(reader -> reader != enrolled && reader != email && reader != flags)
                .toArray(Reader[]::new);
        this.refusing = modes(exits, Mode.ENFORCE);
        this.warning = modes(exits, Mode.WARN);
        this.namingAccount = uses(exits, Template.ACCOUNT);
        this.namingProject = uses(exits, Template.PROJECT);
        this.namingOrganization = uses(exits, Template.ORGANIZATION);
        this.naming = namingAccount | namingProject | namingOrganization;
        this.waiting = uses(exits, Template.WAIT_UNTIL);
        this.start = Waypoint.start(this, openingFacts);
    }

    private static long modes(Exit[] exits, Mode mode) {
        long mask = 0;
        for (int i = 0; i < exits.length; i++) {
            mask |= exits[i].mode == mode ? 1L << i : 0;
        }
        return mask;
    }

    private static long uses(Exit[] exits, String name) {
        long mask = 0;
        for (int i = 0; i < exits.length; i++) {
            mask |= exits[i].template.uses(name) ? 1L << i : 0;
        }
        return mask;
    }

    private static boolean opens(Step[] steps) {
        Step first = steps[0];
        return first.exit() == 0 && first.unknownCounts() == 0;
    }

    private Stream<Reader> readers(long facts) {
        return IntStream.range(0, readers.length)
                .filter(fact -> (facts & 1L << fact) != 0)
                .mapToObj(fact -> readers[fact]);
    }

    private <R extends Reader> @Nullable R first(Class<R> type) {
        return readers(openingFacts)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElse(null);
    }

    /** The first step lets most requests through, or most of the way, and is short enough to be compiled into its caller. */
    Decision decide(AccessRequest q, long second, int nano, PolicyControls.State controls, PolicyListener listener) {
        long word = 0;
        Fact<String> id = null;
        if (enrolled != null) {
            id = enrolled.readsId ? accountId(q) : null;
            word = enrolled.read(q, id == null ? NO_ID : id, second, nano, controls);
        }
        if (email != null) {
            word |= email.read(q, NO_ID, second, nano, controls);
        }
        if (flags != null) {
            word |= flags.read(q, NO_ID, second, nano, controls);
        }
        for (Reader reader : others) {
            if (id == null && reader.readsId) {
                id = accountId(q);
            }
            word |= reader.read(q, id == null ? NO_ID : id, second, nano, controls);
        }
        return openingFacts != 0
                        && openingYes == steps.length
                        && (word & openingMask) == openingMask
                        && ((word | (word >>> 1)) & openingNone) == 0
                ? Decision.Permitted.PLAIN
                : onward(q, word, id, second, nano, controls, listener);
    }

    /** From waypoint to waypoint, reading what is missing at each. */
    private Decision onward(
            AccessRequest q,
            long opened,
            @Nullable Fact<String> known,
            long second,
            int nano,
            PolicyControls.State controls,
            PolicyListener listener) {
        long word = opened;
        Fact<String> id = known;
        Waypoint place = start.after(word);
        while (!place.isEnd()) {
            for (Reader reader : place.missing) {
                if (id == null && reader.readsId) {
                    id = accountId(q);
                }
                word |= reader.read(q, id == null ? NO_ID : id, second, nano, controls);
            }
            place = place.after(word);
        }
        return place.unmet == 0
                ? Decision.Permitted.PLAIN
                : Finish.decision(this, place, q, word, id, second, nano, controls, listener);
    }

    /**
     * Goes through the steps as far as it can without reading anything.
     *
     * @param from the step to begin with
     * @param read the facts that have been read
     * @param unmet the exits taken so far
     */
    Waypoint advance(int from, long read, long unmet, long word) {
        long exits = unmet;
        int i = from;
        while (i < steps.length) {
            Step step = steps[i];
            if ((step.facts() & ~read) != 0) {
                return Waypoint.before(this, i, read, exits);
            }
            long mask = step.mask();
            long unknown = word >>> 1;
            if (((word | (unknown & step.unknownCounts())) & mask) == mask && ((word | unknown) & step.none()) == 0) {
                exits |= step.exit();
                i = step.yes();
            } else {
                i = step.no();
            }
        }
        return Waypoint.end(this, exits, word);
    }

    /** The facts that a step needs and that have not been read. */
    Reader[] missing(int step, long read) {
        return readers(steps[step].facts() & ~read).toArray(Reader[]::new);
    }

    /** The facts that have been read once the step has its own. */
    long readAt(int step, long read) {
        return read | steps[step].facts();
    }

    static Fact<String> accountId(AccessRequest q) {
        @Nullable Fact<String> id = q.account().id();
        return id != null && id.isKnown() ? id : Fact.read(id, AtAction.mayLackAccount(q.credential()));
    }

    static Fact<String> projectId(AccessRequest q) {
        @Nullable Fact<String> id = q.project().id();
        return id != null && id.isKnown() ? id : Fact.read(id, AtAction.mayLackProject(q.action()));
    }
}
