package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Mode;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules that can bind one kind of credential doing one action in one slice of time, as tests and jumps over a word of
 * bits. Each fact is read when a step first needs it, and never again. Immutable but for what exits keep; thread-safe.
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
    final Exit[] exits;
    final Setting setting;

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
        this.others = opening()
                .filter(reader -> reader != enrolled && reader != email && reader != flags)
                .toArray(Reader[]::new);
        this.refusing = modes(exits, Mode.ENFORCE);
        this.warning = modes(exits, Mode.WARN);
        this.namingAccount = uses(exits, Template.ACCOUNT);
        this.namingProject = uses(exits, Template.PROJECT);
        this.namingOrganization = uses(exits, Template.ORGANIZATION);
        this.naming = namingAccount | namingProject | namingOrganization;
        this.waiting = uses(exits, Template.WAIT_UNTIL);
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

    private Stream<Reader> opening() {
        return IntStream.range(0, readers.length)
                .filter(fact -> (openingFacts & 1L << fact) != 0)
                .mapToObj(fact -> readers[fact]);
    }

    private <R extends Reader> @Nullable R first(Class<R> type) {
        return opening().filter(type::isInstance).map(type::cast).findFirst().orElse(null);
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
        boolean passes =
                openingFacts != 0 && (word & openingMask) == openingMask && ((word | (word >>> 1)) & openingNone) == 0;
        return passes && openingYes == steps.length
                ? Decision.Permitted.PLAIN
                : walk(q, word, passes ? openingYes : 0, id, second, nano, controls, listener);
    }

    /** Goes through the steps from one on, with what the first one has read. */
    private Decision walk(
            AccessRequest q,
            long opened,
            int from,
            @Nullable Fact<String> known,
            long second,
            int nano,
            PolicyControls.State controls,
            PolicyListener listener) {
        long word = opened;
        long read = openingFacts;
        long unmet = 0;
        Fact<String> id = known;
        Step[] all = steps;
        int i = from;
        while (i < all.length) {
            Step step = all[i];
            long missing = step.facts() & ~read;
            while (missing != 0) {
                int fact = Long.numberOfTrailingZeros(missing);
                Reader reader = readers[fact];
                if (id == null && reader.readsId) {
                    id = accountId(q);
                }
                word |= reader.read(q, id == null ? NO_ID : id, second, nano, controls);
                read |= 1L << fact;
                missing &= missing - 1;
            }
            long mask = step.mask();
            long unknown = word >>> 1;
            if (((word | (unknown & step.unknownCounts())) & mask) == mask && ((word | unknown) & step.none()) == 0) {
                unmet |= step.exit();
                i = step.yes();
            } else {
                i = step.no();
            }
        }
        return unmet == 0
                ? Decision.Permitted.PLAIN
                : Finish.decision(this, q, word, unmet, id, second, nano, controls, listener);
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
