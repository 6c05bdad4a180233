package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.ReasonCode;
import java.util.List;

/** One requirement that stops a request. Immutable and thread-safe. */
public final class Refusal implements Unmet {
    private final Grounds grounds;
    private final Values values;

    Refusal(Grounds grounds, Values values) {
        this.grounds = grounds;
        this.values = values;
    }

    @Override
    public String requirement() {
        return grounds.requirement;
    }

    @Override
    public Mode mode() {
        return Mode.ENFORCE;
    }

    @Override
    public List<ReasonCode> codes() {
        return grounds.codes;
    }

    @Override
    public List<Way> ways() {
        return grounds.ways;
    }

    @Override
    public int stage() {
        return grounds.stage;
    }

    /** Whether the requirement reads facts of project or organization, so that telling it may reveal that they exist. */
    public boolean readsProjectOrOrganization() {
        return grounds.readsProject;
    }

    @Override
    public Message message() {
        return grounds.message(values);
    }

    @Override
    public String toString() {
        return requirement() + " " + codes() + " " + ways();
    }
}
