package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Action;
import org.jspecify.annotations.Nullable;

/** What the placeholders of one decision stand for, but for links and dates of a rule. Immutable and thread-safe. */
final class Values {
    private final Action action;
    private final @Nullable String account;
    private final @Nullable String project;
    private final @Nullable String organization;

    Values(Action action, @Nullable String account, @Nullable String project, @Nullable String organization) {
        this.action = action;
        this.account = account;
        this.project = project;
        this.organization = organization;
    }

    @Nullable
    String of(String name) {
        return switch (name) {
            case Template.ACTION -> action.id();
            case Template.ACCOUNT -> account;
            case Template.PROJECT -> project;
            case Template.ORGANIZATION -> organization;
            default -> null;
        };
    }

    static @Nullable String known(@Nullable Fact<String> name) {
        return name != null && name.isKnown() ? name.value() : null;
    }
}
