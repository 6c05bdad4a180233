package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Action;
import org.jspecify.annotations.Nullable;

/** What the placeholders of one decision stand for, but for links and the dates of a rule. Immutable and thread-safe. */
final class Values {
    private final Action action;
    private final @Nullable String account;
    private final @Nullable String project;
    private final @Nullable String organization;
    private final @Nullable String waitUntil;

    Values(
            Action action,
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

    /** The same, with the end of a wait. */
    Values until(@Nullable String end) {
        return new Values(action, account, project, organization, end);
    }

    @Nullable
    String of(String name) {
        return switch (name) {
            case Template.ACTION -> action.id();
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
