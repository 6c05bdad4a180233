package dev.gatehouse.benchmarks;

import dev.gatehouse.publisher.ClaimCase;

/**
 * Comparing the claims of a run with a publisher, and hostile claims of 10,000, 100,000 and a million characters: what is read
 * takes ten times as long for ten times the text, what is over the limit no longer than an ordinary run. Argument: rounds.
 */
public final class ClaimText {
    private ClaimText() {}

    public static void main(String[] args) {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 20;
        ClaimCase small = ClaimCase.of(10_000);
        ClaimCase middle = ClaimCase.of(100_000);
        ClaimCase large = ClaimCase.of(1_000_000);
        Paired.named("match")
                .contender("an ordinary run", small::match)
                .contender("every claim of 10,000 characters", small::matchHostile)
                .contender("every claim of 1,000,000 characters", large::matchHostile)
                .contender("lookup keys", small::keys)
                .run(rounds);
        Paired.named("the file in a path")
                .contender("10,000 characters", small::file)
                .contender("100,000 characters", middle::file)
                .contender("1,000,000 characters", large::file)
                .run(rounds);
        Paired.named("a ref's pattern")
                .contender("10,000 characters", small::pattern)
                .contender("100,000 characters", middle::pattern)
                .contender("1,000,000 characters", large::pattern)
                .run(rounds);
    }
}
