package dev.gatehouse.policy.rule;

import java.util.Locale;
import java.util.Optional;

/** A step out of a refusal, in the order of the policy model's stages 1 to 11. */
public enum Remedy {
    AUTHENTICATE(1),
    SWITCH_CREDENTIAL(2),
    VERIFY_EMAIL(3),
    SAVE_RECOVERY_CODES(4),
    ENROL_FACTOR(5),
    CHANGE_SETTING(6),
    PROVE(7),
    CHANGE_REQUEST(8),
    ASK_OWNER(9),
    WAIT(10),
    CONTACT_SUPPORT(11);

    private final int stage;

    Remedy(int stage) {
        this.stage = stage;
    }

    /** The word of the policy language. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The stage, 1 to 11; refusals and steps are sorted by it. */
    public int stage() {
        return stage;
    }

    /** Whether only another person, time or support helps (stages 9 to 11). */
    public boolean isBeyondTheCaller() {
        return stage >= ASK_OWNER.stage;
    }

    /** The remedy with this word. */
    public static Optional<Remedy> of(String id) {
        for (Remedy remedy : values()) {
            if (remedy.id().equals(id)) {
                return Optional.of(remedy);
            }
        }
        return Optional.empty();
    }
}
