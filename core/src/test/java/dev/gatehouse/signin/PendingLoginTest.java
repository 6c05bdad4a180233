package dev.gatehouse.signin;

import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.signin.PendingLogin.Began;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PendingLoginTest {
    private static final Instant T0 = Instant.parse("2026-08-25T12:00:00.123456789Z");

    @Property(tries = 300)
    void read_whatWasWritten_isTheSame(
            @ForAll String account, @ForAll String factor, @ForAll long version, @ForAll boolean awaits) {
        Carrier carrier = Carrier.request("login");
        PendingLogin login = PendingLogin.of(
                        Evidence.asserted(account, FactorKind.PASSWORD, T0, carrier, "host"),
                        new Began(version, 7),
                        T0.plusSeconds(300))
                .plus(Evidence.asserted(account, EnrolledFactor.of(factor, FactorKind.WEBAUTHN), T0, carrier, "test"));
        PendingLogin written = awaits ? login.awaiting(new PendingLogin.Link("hash", T0.plusSeconds(900))) : login;

        assertThat(PendingLogin.read(written.toText())).contains(written);
    }

    @Property(tries = 300)
    void read_anythingElse_isEmpty(@ForAll String text) {
        assertThat(PendingLogin.read(text)).isEmpty();
    }

    /** Each of these says the same as the login; it is none that was written here. */
    @ParameterizedTest
    @CsvSource({"3 7, +3 7", "3 7, 03 7", "3 7, \u0663 7", "host, h\\ost", "00Z, 00.000Z"})
    void read_anotherTextOfALogin_isEmpty(String written, String other) {
        String text = PendingLogin.of(
                        Evidence.asserted(
                                "a", FactorKind.PASSWORD, T0.truncatedTo(SECONDS), Carrier.request("login"), "host"),
                        new Began(3, 7),
                        T0.truncatedTo(SECONDS).plusSeconds(300))
                .toText();

        assertThat(PendingLogin.read(text)).isPresent();
        assertThat(text).contains(written);
        assertThat(PendingLogin.read(text.replaceFirst(written, Matcher.quoteReplacement(other))))
                .isEmpty();
    }

    @Example
    void read_proofsOfTwoAccounts_isEmpty() {
        Carrier carrier = Carrier.request("login");
        PendingLogin two = new PendingLogin(
                "a",
                new Began(0, 0),
                List.of(
                        Evidence.asserted("a", FactorKind.PASSWORD, T0, carrier, "host"),
                        Evidence.asserted("b", FactorKind.TOTP, T0, carrier, "host")),
                T0,
                null);

        assertThat(PendingLogin.read(two.toText())).isEmpty();
    }
}
