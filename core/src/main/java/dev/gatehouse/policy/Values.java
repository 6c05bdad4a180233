package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Action;
import org.jspecify.annotations.Nullable;

/** What the placeholders of one decision stand for, but for links and the dates of a rule. Immutable and thread-safe. */
final class Values {
    /** Where no text names anybody: what is finished already is used. */
    static final Values NONE = new Values(null, null, null, null, null);

    private final @Nullable Action action;
    private final @Nullable String account;
    private final @Nullable String project;
    private final @Nullable String organization;
    private final @Nullable String waitUntil;

    Values(
            @Nullable Action action,
            @Nullable String account,
            @Nullable String project,
            @Nullable String organization,
            @Nullable String waitUntil) {
        this.action = action;
        this.account = account;
        this.project = project;
        this.organization = organization;
        this.waitUntil = waitUntil;
    }

    /** For texts that name nobody. */
    static Values of(Action action) {
        return new Values(action, null, null, null, null);
    }

    /** The same, also where no text names anybody and nothing is finished for it. */
    Values at(Action asked) {
        return this == NONE ? of(asked) : this;
    }

    /** The same, with the end of a wait. */
    Values until(Action asked, @Nullable String end) {
        return new Values(asked, account, project, organization, end);
    }

    @Nullable
    String of(String name) {
        return switch (name) {
            case Template.ACTION -> action == null ? null : action.id();
            case Template.ACCOUNT -> account;
            case Template.PROJECT -> project;
            case Template.ORGANIZATION -> organization;
            case Template.WAIT_UNTIL -> waitUntil;
            default -> null;
        };
    }

    static @Nullable String known(@Nullable Fact<String> name) {
        return name != null && name.isKnown() ? name.value() : null;
    }
}
