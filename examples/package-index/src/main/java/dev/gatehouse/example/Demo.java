package dev.gatehouse.example;

import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.web.DemoAccounts;
import dev.gatehouse.example.web.DemoCodes;
import dev.gatehouse.totp.Totp;
import dev.gatehouse.totp.TotpParameters;
import dev.gatehouse.totp.TotpSecret;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Two accounts to look around with, one without a second factor and one with; their secrets are new at every start. */
final class Demo implements DemoCodes {
    private static final String WITHOUT = "newcomer";
    private static final String WITH = "veteran";
    private static final Instant REGISTERED = Instant.parse("2019-03-01T00:00:00Z");
    private static final String LETTERS = "abcdefghijkmnopqrstuvwxyz23456789";

    private final TotpSecret secret;

    private Demo(TotpSecret secret) {
        this.secret = secret;
    }

    static Demo prepare(DemoAccounts accounts, InstantSource clock, SecureRandom random, PrintStream out) {
        Instant now = clock.instant();
        Instant registered = REGISTERED.isBefore(now) ? REGISTERED : now;
        String first = password(random);
        String second = password(random);
        accounts.without(WITHOUT, first, registered, now);
        Account veteran = accounts.without(WITH, second, registered, now);
        DemoAccounts.Secrets secrets = accounts.addFactor(veteran, now);
        out.println("Demonstration accounts, both registered long ago, with new secrets at every start:");
        out.println("  " + WITHOUT + ", without a second factor");
        out.println("    password: " + first);
        out.println("  " + WITH + ", with a second factor; may flip switches and give waivers");
        out.println("    password: " + second);
        out.println("    secret for an authenticator app: " + secrets.totp().base32());
        out.println("    recovery codes: " + String.join(" ", secrets.recoveryCodes()));
        return new Demo(secrets.totp());
    }

    private static String password(SecureRandom random) {
        StringBuilder out = new StringBuilder();
        for (int group = 0; group < 4; group++) {
            out.append(group == 0 ? "" : "-");
            for (int i = 0; i < 5; i++) {
                out.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
        }
        return out.toString();
    }

    @Override
    public Optional<Code> at(Instant now) {
        return Optional.of(new Code(WITH, Totp.codeAt(secret, TotpParameters.standard(), now)));
    }
}
