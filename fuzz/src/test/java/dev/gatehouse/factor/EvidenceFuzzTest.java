package dev.gatehouse.factor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.fuzz.FuzzTarget;
import java.time.Instant;
import java.util.List;

/** Evidence as sessions keep it: one text each, in both directions. */
class EvidenceFuzzTest extends FuzzTarget {
    private static final Instant NOW = Instant.parse("2024-06-01T12:00:00.5Z");

    @Override
    protected List<byte[]> seeds() {
        return List.of(
                utf8(Evidence.asserted("alice", FactorKind.PASSWORD, NOW, Carrier.session("s|%1"), "host")
                        .toText()),
                utf8(Evidence.asserted(
                                "al|ce",
                                EnrolledFactor.of("k%7C1", FactorKind.WEBAUTHN)
                                        .withStrength(FactorClass.HARDWARE_BOUND),
                                NOW,
                                Carrier.request("r"),
                                "x\ny")
                        .toText()),
                utf8(Evidence.asserted(
                                "a",
                                EnrolledFactor.of("1", FactorKind.custom("phone-call", FactorClass.ANY)),
                                NOW,
                                Carrier.request("r"),
                                "x")
                        .toText()),
                utf8(Evidence.asserted(
                                "a", FactorKind.customOutsideClasses("own", false), NOW, Carrier.request("r"), "x")
                        .toText()));
    }

    @Override
    protected void check(byte[] input) {
        String text = text(input);
        Evidence read;
        try {
            read = Evidence.parse(text);
        } catch (IllegalArgumentException e) {
            return;
        }
        assertThat(read.toText()).isEqualTo(text);
        assertThat(Evidence.parse(read.toText())).isEqualTo(read);
        assertThat(read.toString()).isNotEmpty();
    }
}
