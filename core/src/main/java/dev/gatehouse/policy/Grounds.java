package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.ReasonCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one unmet requirement says to everybody in the same situation: all but names, waivers and waits. Immutable. */
final class Grounds {
    final String requirement;
    final Mode mode;
    final List<ReasonCode> codes;
    final List<Way> ways;
    final int stage;
    final boolean readsProject;
    final Template template;
    final boolean ownNotice;
    final @Nullable String enforcedFrom;

    /** The finished answers, where the text names nobody. */
    private final @Nullable Refusal refusal;

    private final @Nullable Notice notice;

    /** What a rule says to those who are about to do this action. */
    Grounds(Rule rule, Mode mode, Lack lack, @Nullable String enforcedFrom, Action action) {
        this(
                rule.id(),
                mode,
                lack,
                rule.readsProject,
                rule.template(mode),
                rule.hasOwnNotice(mode),
                enforcedFrom,
                Values.of(action));
    }

    /**
     * What is said.
     *
     * @param ownNotice whether the template is a warning's own, which a translation of the refusal does not stand for
     * @param fixed the values for texts that name nobody; {@code null} if every text is to be made anew
     */
    Grounds(
            String requirement,
            Mode mode,
            Lack lack,
            boolean readsProject,
            Template template,
            boolean ownNotice,
            @Nullable String enforcedFrom,
            @Nullable Values fixed) {
        this.requirement = requirement;
        this.mode = mode;
        this.codes = lack.codes();
        this.ways = lack.ways();
        this.stage = lack.stage();
        this.readsProject = readsProject;
        this.template = template;
        this.ownNotice = ownNotice;
        this.enforcedFrom = enforcedFrom;
        Values values = fixed != null && template.namesNobody() ? fixed : null;
        this.refusal = values == null ? null : new Refusal(this, values);
        this.notice = values == null ? null : new Notice(this, values, null);
    }

    Refusal refusal(Values values) {
        Refusal ready = refusal;
        return ready != null ? ready : new Refusal(this, values);
    }

    Notice notice(Values values) {
        Notice ready = notice;
        return ready != null ? ready : new Notice(this, values, null);
    }

    Message message(Values values) {
        return new PolicyMessage(this, values);
    }
}
