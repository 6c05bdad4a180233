package dev.gatehouse.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text form, in which sessions keep evidence. */
class EvidenceTest {
    private static final Instant AT = Instant.parse("2024-06-01T12:00:00Z");

    @Property(tries = 300)
    void parse_ofItsText_isTheSame(@ForAll String account, @ForAll @NotEmpty String carrier, @ForAll String by) {
        Evidence evidence = Evidence.asserted(account, FactorKind.TOTP, AT, Carrier.session(carrier), by);

        assertThat(Evidence.parse(evidence.toText())).isEqualTo(evidence);
    }

    /** Each would be read as the same evidence as a text that is written. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gh1|alice|password|password||| 2024-06-01T12:00:00Z|SESSION|s|host",
                "gh1|alice|password|password|||2024-06-01T12:00:00.000Z|SESSION|s|host",
                "gh1|alice|password|password|||2024-06-01T12:00:00z|SESSION|s|host",
                "gh1|al%ice|password|password|||2024-06-01T12:00:00Z|SESSION|s|host",
                "gh1|alice%7c|password|password|||2024-06-01T12:00:00Z|SESSION|s|host",
                "gh1|alice|password|password||free|2024-06-01T12:00:00Z|SESSION|s|host"
            })
    void parse_ofATextThatNobodyWrites_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Evidence.parse(text));
    }
}
