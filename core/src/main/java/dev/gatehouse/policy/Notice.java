package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.ReasonCode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One requirement that is not met and does not stop the request: it warns, only reports, or is waived. Immutable. */
public final class Notice implements Unmet {
    private final String requirement;
    private final Mode mode;
    private final List<ReasonCode> codes;
    private final List<Way> ways;
    private final @Nullable Waiver waiver;
    private final Message message;

    Notice(
            String requirement,
            Mode mode,
            List<ReasonCode> codes,
            List<Way> ways,
            @Nullable Waiver waiver,
            Message message) {
        this.requirement = Objects.requireNonNull(requirement);
        this.mode = Objects.requireNonNull(mode);
        this.codes = List.copyOf(codes);
        this.ways = List.copyOf(ways);
        this.waiver = waiver;
        this.message = Objects.requireNonNull(message);
    }

    @Override
    public String requirement() {
        return requirement;
    }

    @Override
    public Mode mode() {
        return mode;
    }

    @Override
    public List<ReasonCode> codes() {
        return codes;
    }

    @Override
    public List<Way> ways() {
        return ways;
    }

    /** The waiver that lifted the requirement, if one did. */
    public Optional<Waiver> waiver() {
        return Optional.ofNullable(waiver);
    }

    @Override
    public Message message() {
        return message;
    }

    @Override
    public String toString() {
        return requirement + " " + mode.id() + (waiver == null ? "" : " (waived)") + " " + codes + " " + ways;
    }
}
