package dev.gatehouse.totp;

import java.time.Instant;
import javax.crypto.Mac;

/**
 * Where the code of one secret lies in time.
 *
 * @param kind whether its step is near enough
 * @param step the latest step that has the code; without meaning if there is none
 */
record StepMatch(Kind kind, long step) {
    /** Steps before and after the present one whose codes are accepted. */
    static final int WINDOW = 1;

    /** Steps before and after the present one that are searched for a diagnosis. */
    static final int DIAGNOSED = 10;

    enum Kind {
        ACCEPTABLE,
        SKEWED,
        NONE
    }

    /** Where two steps have the same code, the latest of them is taken, so that the code uses up both. */
    static StepMatch find(TotpSecret secret, TotpParameters parameters, CodeInput input, Instant now) {
        Mac mac = Totp.mac(secret, parameters.algorithm());
        long present = parameters.stepAt(now);
        int modulus = parameters.modulus();
        int near = Totp.matches(mac, present - WINDOW, 2 * WINDOW + 1, modulus, input.value());
        if (near != 0) {
            return new StepMatch(Kind.ACCEPTABLE, present - WINDOW + highest(near));
        }
        int far = DIAGNOSED - WINDOW;
        int before = Totp.matches(mac, present - DIAGNOSED, far, modulus, input.value());
        int after = Totp.matches(mac, present + WINDOW + 1, far, modulus, input.value());
        if (after != 0) {
            return new StepMatch(Kind.SKEWED, present + WINDOW + 1 + highest(after));
        }
        return before != 0
                ? new StepMatch(Kind.SKEWED, present - DIAGNOSED + highest(before))
                : new StepMatch(Kind.NONE, present);
    }

    private static int highest(int mask) {
        return 31 - Integer.numberOfLeadingZeros(mask);
    }
}
