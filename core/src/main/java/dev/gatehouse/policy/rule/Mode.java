package dev.gatehouse.policy.rule;

import java.util.Locale;
import java.util.Optional;

/** What a phase does, weakest first; the mode of a requirement is the strongest of its active phases. */
public enum Mode {
    /** Shown in calendars and forecasts, not evaluated. */
    ANNOUNCE,
    /** Evaluated and audited; the caller is told nothing. */
    REPORT,
    /** Evaluated, audited and told to the caller; nothing is refused. */
    WARN,
    /** Refused if unmet. */
    ENFORCE;

    /** The word of the policy language. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The mode with this word. */
    public static Optional<Mode> of(String id) {
        for (Mode mode : values()) {
            if (mode.id().equals(id)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }
}
