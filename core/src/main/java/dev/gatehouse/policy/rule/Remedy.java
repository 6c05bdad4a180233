package dev.gatehouse.policy.rule;

import java.util.Locale;
import java.util.Optional;

/** A step out of a refusal, in the order of the policy model's stages 1 to 11. */
public enum Remedy {
    AUTHENTICATE,
    SWITCH_CREDENTIAL,
    VERIFY_EMAIL,
    SAVE_RECOVERY_CODES,
    ENROL_FACTOR,
    CHANGE_SETTING,
    PROVE,
    CHANGE_REQUEST,
    ASK_OWNER,
    WAIT,
    CONTACT_SUPPORT;

    /** The word of the policy language. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The stage, 1 to 11; refusals and steps are sorted by it. */
    public int stage() {
        return ordinal() + 1;
    }

    /** Whether only another person, time or support helps (stages 9 to 11). */
    public boolean isBeyondTheCaller() {
        return stage() >= ASK_OWNER.stage();
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
