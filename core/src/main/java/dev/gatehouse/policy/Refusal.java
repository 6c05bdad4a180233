package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.ReasonCode;
import java.util.List;
import java.util.Objects;

/** One requirement that stops a request. Immutable and thread-safe. */
public final class Refusal implements Unmet {
    private final String requirement;
    private final List<ReasonCode> codes;
    private final List<Way> ways;
    private final boolean readsProject;
    private final Message message;

    Refusal(String requirement, List<ReasonCode> codes, List<Way> ways, boolean readsProject, Message message) {
        this.requirement = Objects.requireNonNull(requirement);
        this.codes = List.copyOf(codes);
        this.ways = List.copyOf(ways);
        this.readsProject = readsProject;
        this.message = Objects.requireNonNull(message);
    }

    @Override
    public String requirement() {
        return requirement;
    }

    @Override
    public Mode mode() {
        return Mode.ENFORCE;
    }

    @Override
    public List<ReasonCode> codes() {
        return codes;
    }

    @Override
    public List<Way> ways() {
        return ways;
    }

    /** Whether the requirement reads facts of project or organization, so that telling it may reveal that they exist. */
    public boolean readsProjectOrOrganization() {
        return readsProject;
    }

    @Override
    public Message message() {
        return message;
    }

    @Override
    public String toString() {
        return requirement + " " + codes + " " + ways;
    }
}
