package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Mode;
import org.jspecify.annotations.Nullable;

/**
 * The rules that can bind one kind of credential doing one action in one slice of time, as tests and jumps over a word of
 * bits. Each fact is read when a step first needs it, and never again. Immutable but for what exits keep; thread-safe.
 */
final class Program {
    private static final Fact<String> NO_ID = Fact.unknown();

    private final Reader[] readers;
    private final Step[] steps;
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

    Decision decide(AccessRequest q, long second, int nano, PolicyControls.State controls, PolicyListener listener) {
        long word = 0;
        long read = 0;
        long unmet = 0;
        Fact<String> id = null;
        Step[] all = steps;
        int i = 0;
        while (i < all.length) {
            Step step = all[i];
            long missing = step.facts() & ~read;
            while (missing != 0) {
                int fact = Long.numberOfTrailingZeros(missing);
                Reader reader = readers[fact];
                if (id == null && reader.readsId) {
                    id = accountId(q);
                }
                word |= read(reader, q, id == null ? NO_ID : id, second, nano, controls);
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

    /** The facts of most policies without a call that could go anywhere. */
    private static long read(
            Reader reader, AccessRequest q, Fact<String> id, long second, int nano, PolicyControls.State controls) {
        if (reader instanceof AccountReaders.Enrolled enrolled) {
            return enrolled.read(q, id, second, nano, controls);
        }
        if (reader instanceof AccountReaders.Email email) {
            return email.read(q, id, second, nano, controls);
        }
        return reader.read(q, id, second, nano, controls);
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
