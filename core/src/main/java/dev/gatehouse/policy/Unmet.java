package dev.gatehouse.policy;

import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.ReasonCode;
import java.util.List;

/**
 * A requirement that binds a request and is not met: a {@link Refusal}, or a {@link Notice} where it only warns, reports or
 * is waived.
 */
public sealed interface Unmet permits Refusal, Notice {
    /** The id of the requirement; {@code unmapped} for an action that nobody declared. */
    String requirement();

    /** The mode that the requirement has for this request. */
    Mode mode();

    /** What is lacking, by stage; never empty. */
    List<ReasonCode> codes();

    /** The ways out, best first; never empty. */
    List<Way> ways();

    /** The way shown to a person. */
    default Way way() {
        return ways().get(0);
    }

    /** The stage of the first step of the first way, 1 to 11; answers are sorted by it. */
    default int stage() {
        return way().first().stage();
    }

    /** The text for the caller, made when read. */
    Message message();
}
