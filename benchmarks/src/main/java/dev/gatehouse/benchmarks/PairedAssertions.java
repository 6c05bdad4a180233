package dev.gatehouse.benchmarks;

import dev.gatehouse.webauthn.AssertionCase;
import dev.gatehouse.webauthn.CoseAlgorithm;

/**
 * A WebAuthn assertion against Bouncy Castle's bare verification of its signature, and against webauthn4j's own
 * verification. Argument: rounds.
 */
public final class PairedAssertions {
    private PairedAssertions() {}

    public static void main(String[] args) {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 100;
        for (CoseAlgorithm algorithm :
                new CoseAlgorithm[] {CoseAlgorithm.ES256, CoseAlgorithm.EDDSA, CoseAlgorithm.RS256}) {
            AssertionCase assertion = AssertionCase.of(algorithm);
            Paired.named(algorithm + ", key cached")
                    .contender("bare signature", assertion::bareCached)
                    .contender("JSON and every step", assertion::ours)
                    .run(rounds);
            Paired.named(algorithm + ", key decoded")
                    .contender("bare signature", assertion::bareFresh)
                    .contender("JSON and every step", assertion::oursFresh)
                    .run(rounds);
            Paired.named(algorithm + ", peer")
                    .contender("JSON and every step", assertion::ours)
                    .contender("the same, key decoded", assertion::oursFresh)
                    .contender("webauthn4j", assertion::webauthn4j)
                    .run(rounds);
        }
    }
}
