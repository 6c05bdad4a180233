package dev.gatehouse.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.fuzz.FuzzTarget;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Logins that wait, as the state keeps them: one text each. */
class PendingLoginFuzzTest extends FuzzTarget {
    private static final Instant NOW = Instant.parse("2024-06-01T12:00:00Z");

    /** By hand: what a login is read into would be loaded before Jazzer's agent, and JDK 17 spoils such a record for it. */
    @Override
    protected List<byte[]> seeds() {
        String password = proof(FactorKind.PASSWORD, "ho\\st\n");
        return List.of(
                login("\n", password),
                login("abc\n" + NOW.plusSeconds(900), password),
                login("\n", password + "\n" + proof(FactorKind.TOTP, "us")));
    }

    private static byte[] login(String link, String proofs) {
        return utf8(String.join("\n", "login1", "3 7", NOW.plusSeconds(300).toString(), link, proofs));
    }

    private static String proof(FactorKind kind, String verifier) {
        return Evidence.asserted("alice", kind, NOW, Carrier.request("login"), verifier)
                .toText()
                .replace("\\", "\\\\")
                .replace("\n", "\\n");
    }

    @Test
    void seeds_areLogins() {
        assertThat(seeds())
                .allSatisfy(seed ->
                        assertThat(PendingLogin.read(text(seed)).isPresent()).isTrue());
    }

    @Override
    protected void check(byte[] input) {
        String text = text(input);
        Optional<PendingLogin> read = PendingLogin.read(text);
        if (read.isPresent()) {
            assertThat(read.get().toText()).isEqualTo(text);
            assertThat(read.get().end()).isAfterOrEqualTo(read.get().until());
        }
    }
}
