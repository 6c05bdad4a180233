package dev.gatehouse.benchmarks;

import dev.gatehouse.token.TokenCase;

/** Tokens of 3 and of 200 caveats against the bare chain of HMACs and against jmacaroons. Argument: rounds. */
public final class PairedTokens {
    private PairedTokens() {}

    public static void main(String[] args) {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 100;
        for (int caveats : new int[] {3, 200}) {
            TokenCase token = TokenCase.of(caveats);
            Paired.named(caveats + " caveats")
                    .contender("bare HMAC chain", token::chainAndCompare)
                    .contender("macaroon, root key at hand", token::macaroon)
                    .contender("bare chain and opening of the root key", token::openChainAndCompare)
                    .contender("ApiTokens.verify", token::verify)
                    .contender("jmacaroons", token::jmacaroons)
                    .run(rounds);
            Paired.named(caveats + " caveats")
                    .contender("refused: forged signature", token::forged)
                    .contender("refused: unknown id", token::unknown)
                    .run(rounds);
        }
    }
}
