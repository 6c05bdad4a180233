package dev.gatehouse.benchmarks;

import dev.gatehouse.totp.TotpCase;

/** A TOTP code within its window of three steps against one initialisation and three HMACs. Argument: rounds. */
public final class PairedTotp {
    private PairedTotp() {}

    public static void main(String[] args) {
        TotpCase totp = new TotpCase();
        Paired.named("TOTP, 3 steps")
                .contender("one init, three doFinal", totp::bareHmacs)
                .contender("read the input, find its step", totp::threeSteps)
                .run(args.length > 0 ? Integer.parseInt(args[0]) : 100);
    }
}
