package dev.gatehouse.recovery;

import java.util.List;

/**
 * Recovery codes that were just made: the only time that they can be read. To be shown to their owner, and nowhere else kept.
 *
 * <p>Immutable and thread-safe; its text does not show them.
 */
public final class NewRecoveryCodes {
    private final String setId;
    private final List<String> codes;

    NewRecoveryCodes(String setId, List<String> codes) {
        this.setId = setId;
        this.codes = List.copyOf(codes);
    }

    /** The id of the set, as events name it. */
    public String setId() {
        return setId;
    }

    /** The codes, sixteen lower-case hexadecimal digits each; secret. */
    public List<String> list() {
        return codes;
    }

    @Override
    public String toString() {
        return "NewRecoveryCodes[" + codes.size() + " of " + setId + "]";
    }
}
