package dev.gatehouse.benchmarks;

import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.TwoFactorPolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Times decisions in groups of {@link Paired} contenders. Arguments: rounds, and a word that the groups to run must contain.
 *
 * <p>Every contender goes through sixteen requests. With a single one the compiler moves whole checks of short hand-written code
 * out of the loop, and what is timed is no decision any more.
 */
public final class PairedDecisions {
    private static final int REQUESTS = 16;

    private PairedDecisions() {}

    public static void main(String[] args) {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 40;
        String only = args.length > 1 ? args[1] : "";
        InstantSource fixed = InstantSource.fixed(DecisionCases.NOW);
        handWrittenAnswersAlike(fixed);
        groups(fixed).forEach((name, contenders) -> {
            if (name.contains(only)) {
                Paired group = Paired.named(name);
                contenders.accept(group);
                group.run(rounds);
            }
        });
    }

    /** Rules written by hand that checked less would make a fine figure of nothing. */
    private static void handWrittenAnswersAlike(InstantSource clock) {
        HandWritten byHand = new HandWritten(clock);
        TwoFactorPolicy policy = DecisionCases.pypi(clock);
        for (AccessRequest request : DecisionCases.lacking()) {
            boolean permitted = policy.decide(request) instanceof Decision.Permitted;
            if (permitted != byHand.permits(request)) {
                throw new IllegalStateException(
                        "by hand " + !permitted + ", by the policy " + permitted + ": " + request);
            }
        }
    }

    /** A group is made only when it is run: what another one loads would change how this one is compiled. */
    private static Map<String, Consumer<Paired>> groups(InstantSource fixed) {
        Map<String, Consumer<Paired>> groups = new LinkedHashMap<>();
        groups.put("one class, read", group -> against(group, fixed, alike(() -> DecisionCases.read(0))));
        groups.put("one class, upload", group -> against(group, fixed, alike(() -> DecisionCases.upload(0))));
        groups.put("one class, settings", group -> against(group, fixed, alike(() -> DecisionCases.settings(0))));
        groups.put("mixed classes and actions", group -> against(group, fixed, DecisionCases.mixed()));
        groups.put("system clock", group -> {
            group.loop("the clock alone", PairedDecisions::clock);
            policy(group, "upload", DecisionCases.pypi(InstantSource.system()), alike(() -> DecisionCases.upload(0)));
        });
        groups.put("refused", group -> {
            for (int i = 1; i <= 4; i++) {
                int refusals = i;
                policy(group, "", DecisionCases.pypi(fixed), alike(() -> DecisionCases.refused(refusals)));
            }
        });
        groups.put(
                "warned",
                group -> policy(
                        group,
                        "in 2023",
                        DecisionCases.pypi(InstantSource.fixed(DecisionCases.WARNING)),
                        alike(DecisionCases::warned)));
        groups.put(
                "large, over 26 actions",
                group -> policy(group, "1000 requirements", LargePolicies.spread(fixed), LargePolicies.requests()));
        groups.put(
                "large, on one action",
                group -> policy(
                        group,
                        "1000 requirements",
                        LargePolicies.onOne(fixed),
                        alike(() -> LargePolicies.requests()[0])));
        groups.put("phases", group -> {
            for (int phases : new int[] {10, 1000}) {
                policy(
                        group,
                        phases + " phases",
                        LargePolicies.phases(phases, fixed),
                        alike(() -> LargePolicies.requests()[0]));
            }
        });
        return groups;
    }

    /** Requests that ask the same, each an object of its own. */
    private static AccessRequest[] alike(Supplier<AccessRequest> request) {
        AccessRequest[] all = new AccessRequest[REQUESTS];
        for (int i = 0; i < REQUESTS; i++) {
            all[i] = request.get();
        }
        return all;
    }

    private static void against(Paired group, InstantSource clock, AccessRequest[] all) {
        HandWritten byHand = new HandWritten(clock);
        group.loop("by hand (" + (byHand.permits(all[0]) ? "permitted" : "refused") + ")", times -> {
            int sum = 0;
            for (int i = 0; i < times; i++) {
                sum += byHand.permits(all[i & (REQUESTS - 1)]) ? 1 : 2;
            }
            return (long) sum + byHand.warned();
        });
        policy(group, "policy", DecisionCases.pypi(clock), all);
    }

    private static void policy(Paired group, String name, TwoFactorPolicy policy, AccessRequest[] all) {
        group.loop(name + " " + shape(policy.decide(all[0])), times -> {
            int sum = 0;
            for (int i = 0; i < times; i++) {
                sum += policy.decide(all[i & (REQUESTS - 1)]) instanceof Decision.Permitted ? 1 : 2;
            }
            return sum;
        });
    }

    private static long clock(int times) {
        InstantSource clock = InstantSource.system();
        long sum = 1;
        for (int i = 0; i < times; i++) {
            Instant now = clock.instant();
            sum += (now.getEpochSecond() ^ now.getNano()) & 1;
        }
        return sum;
    }

    private static String shape(Decision decision) {
        String answer = decision.<String>fold(
                p -> "permitted", r -> "refused " + r.refusals().size());
        return "(" + answer + ", " + decision.notices().size() + " notices)";
    }
}
