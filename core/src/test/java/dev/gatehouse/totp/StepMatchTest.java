package dev.gatehouse.totp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.totp.StepMatch.Kind;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Where the code of each step around the present one lies, as far as a diagnosis reaches. */
class StepMatchTest {
    private static final long PRESENT = 50_000_000;
    private static final Instant NOW = Instant.ofEpochSecond(30 * PRESENT + 29);

    /** Eight digits, so that hardly two steps share a code; those of this secret do not. */
    private static final TotpParameters PARAMETERS = TotpParameters.standard().withDigits(8);

    private static StepMatch match(long step) {
        CodeInput input =
                CodeInput.read(Totp.code(Desk.RFC_SECRET, PARAMETERS, step)).orElseThrow();
        return StepMatch.find(Desk.RFC_SECRET, PARAMETERS, input, NOW);
    }

    @Test
    void find_theCodeOfEachStepNearby_saysWhichStepItIsOf() {
        for (long distance = -10; distance <= 10; distance++) {
            Kind kind = Math.abs(distance) <= 1 ? Kind.ACCEPTABLE : Kind.SKEWED;

            assertThat(match(PRESENT + distance)).isEqualTo(new StepMatch(kind, PRESENT + distance));
        }
    }

    @Test
    void find_theCodeOfAStepFurtherAway_isNone() {
        assertThat(match(PRESENT - 11).kind()).isEqualTo(Kind.NONE);
        assertThat(match(PRESENT + 11).kind()).isEqualTo(Kind.NONE);
    }
}
