package dev.gatehouse.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.fuzz.FuzzTarget;
import java.time.Instant;
import java.util.List;

/** Logins that wait, as the state keeps them: one text each. */
class PendingLoginFuzzTest extends FuzzTarget {
    private static final Instant NOW = Instant.parse("2024-06-01T12:00:00Z");

    @Override
    protected List<byte[]> seeds() {
        PendingLogin first = PendingLogin.of(
                Evidence.asserted("alice", FactorKind.PASSWORD, NOW, Carrier.request("x"), "ho\\st\n"),
                new PendingLogin.Began(3, 7),
                NOW.plusSeconds(300));
        return List.of(
                utf8(first.toText()),
                utf8(first.awaiting(new PendingLogin.Link("abc", NOW.plusSeconds(900)))
                        .toText()),
                utf8(first.plus(Evidence.asserted("alice", FactorKind.TOTP, NOW, Carrier.request("y"), "us"))
                        .toText()));
    }

    @Override
    protected void check(byte[] input) {
        String text = text(input);
        PendingLogin.read(text).ifPresent(read -> {
            assertThat(read.toText()).isEqualTo(text);
            assertThat(read.end()).isAfterOrEqualTo(read.until());
        });
    }
}
