package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.ReasonCode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One requirement that is not met and does not stop the request: it warns, only reports, or is waived. Immutable. */
public final class Notice implements Unmet {
    private final Grounds grounds;
    private final Values values;
    private final @Nullable Waiver waiver;

    Notice(Grounds grounds, Values values, @Nullable Waiver waiver) {
        this.grounds = grounds;
        this.values = values;
        this.waiver = waiver;
    }

    @Override
    public String requirement() {
        return grounds.requirement;
    }

    @Override
    public Mode mode() {
        return grounds.mode;
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

    /** The waiver that lifted the requirement, if one did. */
    public Optional<Waiver> waiver() {
        return Optional.ofNullable(waiver);
    }

    @Override
    public Message message() {
        return grounds.message(values);
    }

    @Override
    public String toString() {
        return requirement() + " " + mode().id() + (waiver == null ? "" : " (waived)") + " " + codes() + " " + ways();
    }
}
