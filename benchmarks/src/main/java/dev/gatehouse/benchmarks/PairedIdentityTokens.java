package dev.gatehouse.benchmarks;

import dev.gatehouse.oidc.IdentityTokenCase;

/** Verification of one identity token, its issuer's key at hand, against Nimbus alone on the same token. Argument: rounds. */
public final class PairedIdentityTokens {
    private PairedIdentityTokens() {}

    public static void main(String[] args) {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 100;
        run("RS256 identity token", IdentityTokenCase.rs256(), rounds);
        run("ES256, the platform's curves", IdentityTokenCase.es256(false), rounds);
        run("ES256, Bouncy Castle's", IdentityTokenCase.es256(true), rounds);
    }

    private static void run(String name, IdentityTokenCase token, int rounds) {
        Paired.named(name)
                .contender("Nimbus: parse and verify", token::nimbus)
                .contender("Nimbus: and read the claims", token::nimbusWithClaims)
                .contender("IdentityTokens.verify", token::verify)
                .contender("refused: unknown key", token::invented)
                .run(rounds);
    }
}
