package dev.gatehouse.policy;

import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.Explanation.Truth;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Bounds;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.CredentialTest;
import dev.gatehouse.policy.rule.MetricTest;
import dev.gatehouse.policy.rule.ThingTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One reading of one request: what every atom of a policy comes to, with each fact and switch read at most once. Lives for
 * one decision on one thread.
 */
final class Reading {
    final AccessRequest request;
    final Instant now;
    final Setting setting;
    final AccountFacts account;
    final ThingFacts project;
    final ThingFacts organization;
    final ThingFacts release;
    final PublisherRun run;
    final PolicyControls.State controls;
    private final Map<String, Fact<Boolean>> hostConditions = new HashMap<>(4);

    /** A reading of a request whose facts are already those of {@link #memo}. */
    Reading(AccessRequest memo, Instant now, Setting setting, PolicyControls.State controls) {
        this.request = memo;
        this.now = now;
        this.setting = setting;
        this.account = memo.account();
        this.project = memo.project();
        this.organization = memo.organization();
        this.release = memo.release();
        this.run = memo.run();
        this.controls = controls;
    }

    /** The same request, with absence normalised and each fact of the host asked at most once. */
    static AccessRequest memo(AccessRequest request) {
        return request.withFacts(
                new MemoAccount(request.account(), AtAction.mayLackAccount(request.credential())),
                new MemoThing(request.project(), AtAction.mayLackProject(request.action())),
                new MemoThing(request.organization(), false),
                new MemoThing(request.release(), !AtAction.hasRelease(request.action())),
                new MemoRun(request.run(), !AtAction.hasRun(request.credential())));
    }

    boolean holds(Condition condition, boolean unknown) {
        for (Atom atom : condition.atoms()) {
            if (!holds(atom, unknown)) {
                return false;
            }
        }
        if (condition.anyOf().isEmpty()) {
            return true;
        }
        for (Condition alternative : condition.anyOf()) {
            if (holds(alternative, unknown)) {
                return true;
            }
        }
        return false;
    }

    boolean holds(Atom atom, boolean unknown) {
        Truth truth = truth(atom);
        return truth == Truth.TRUE || (unknown && truth == Truth.UNKNOWN);
    }

    /** Whether the condition, as an exemption, holds: an empty one never does. */
    boolean exempts(Condition unless) {
        return !unless.isEmpty() && holds(unless, false);
    }

    boolean isSwitchOn(String name) {
        return controls.switches().getOrDefault(name, true);
    }

    boolean isAccountAbsent() {
        return account.id().isAbsent();
    }

    /** Whether a kind of the selector is set up; an unknown set counts as empty. */
    boolean isEnrolled(FactorSelector factor) {
        Fact<EnrolledFactors> enrolled = account.enrolled();
        return enrolled.isKnown() && factor.acceptsAny(enrolled.value());
    }

    Truth truth(Atom atom) {
        if (atom instanceof Atom.Credential a) {
            return credential(a.test());
        } else if (atom instanceof Atom.Enrolled a) {
            Fact<EnrolledFactors> enrolled = account.enrolled();
            return enrolled.isKnown() ? truth(a.factor().acceptsAny(enrolled.value())) : missing(enrolled);
        } else if (atom instanceof Atom.Proven a) {
            return Proofs.truth(a, request, now, setting.skew());
        } else if (atom instanceof Atom.FactorsLeft a) {
            Fact<EnrolledFactors> left = request.factorsLeft();
            return left.isKnown() ? truth(a.factor().acceptsAny(left.value())) : missing(left);
        } else if (atom instanceof Atom.EmailVerified) {
            return truth(account.emailVerified());
        } else if (atom instanceof Atom.RecoveryCodesSaved) {
            return truth(account.recoveryCodesSaved());
        } else if (atom instanceof Atom.Elapsed a) {
            return elapsed(a);
        } else if (atom instanceof Atom.Publisher a) {
            return publisher(a);
        } else if (atom instanceof Atom.NewToken a) {
            return newToken(a);
        } else if (atom instanceof Atom.NewFactor a) {
            Fact<dev.gatehouse.factor.EnrolledFactor> asked = request.newFactor();
            return asked.isKnown()
                    ? truth(a.factor()
                            .accepts(
                                    asked.value().kind(),
                                    asked.value().strength().orElse(null)))
                    : missing(asked);
        } else if (atom instanceof Atom.Host a) {
            return host(a);
        } else if (atom instanceof Atom.Closed) {
            return Truth.FALSE;
        }
        return ofThing(atom);
    }

    private Truth ofThing(Atom atom) {
        if (atom instanceof Atom.Account a) {
            Truth truth = thing(a.test(), account, "account");
            return a.test().registered().isNone()
                    ? truth
                    : both(truth, test(account.registered(), a.test().registered()::admits));
        } else if (atom instanceof Atom.Project a) {
            return thing(a.test(), project, "project");
        } else if (atom instanceof Atom.Organization a) {
            return thing(a.test(), organization, "organization");
        } else if (atom instanceof Atom.Release a) {
            return thing(a.test(), release, "release");
        } else if (atom instanceof Atom.Maintains a) {
            return some(a.test(), account.maintains(), "project");
        } else if (atom instanceof Atom.MemberOf a) {
            return some(a.test(), account.memberOf(), "organization");
        }
        throw new IllegalStateException("no atom " + atom.key());
    }

    private Truth some(ThingTest test, Fact<Collection<ThingFacts>> things, String owner) {
        if (!things.isKnown()) {
            return missing(things);
        }
        Truth best = Truth.FALSE;
        for (ThingFacts thing : things.value()) {
            Truth truth = thing(test, thing, owner);
            if (truth == Truth.TRUE) {
                return truth;
            }
            best = truth == Truth.UNKNOWN ? truth : best;
        }
        return best;
    }

    private Truth thing(ThingTest test, ThingFacts thing, String owner) {
        Truth truth = Truth.TRUE;
        if (!test.created().isNone()) {
            truth = both(truth, test(thing.created(), test.created()::admits));
        }
        if (!test.age().isNone()) {
            truth = both(truth, test(thing.age(now), test.age()::admits));
        }
        if (!test.anyFlag().isEmpty() || !test.allFlags().isEmpty()) {
            truth = both(truth, flags(test.anyFlag(), test.allFlags(), thing.flags(), owner));
        }
        for (MetricTest metric : test.metrics()) {
            truth = both(
                    truth,
                    setting.hasMetric(owner, metric.metric())
                            ? test(thing.metric(metric.metric()), metric.bounds()::admits)
                            : Truth.UNKNOWN);
        }
        return truth;
    }

    private Truth flags(List<String> any, List<String> all, Fact<Set<String>> flags, String owner) {
        if (!flags.isKnown()) {
            return missing(flags);
        }
        Set<String> set = flags.value();
        Truth truth = Truth.TRUE;
        for (String flag : all) {
            truth = both(truth, setting.hasFlag(owner, flag) ? truth(set.contains(flag)) : Truth.UNKNOWN);
        }
        if (any.isEmpty()) {
            return truth;
        }
        Truth one = Truth.FALSE;
        for (String flag : any) {
            one = either(one, setting.hasFlag(owner, flag) ? truth(set.contains(flag)) : Truth.UNKNOWN);
        }
        return both(truth, one);
    }

    private Truth credential(CredentialTest test) {
        Credential presented = request.credential();
        Truth truth = Truth.TRUE;
        if (!test.oneOf().isEmpty()) {
            truth = Truth.FALSE;
            for (CredentialTest.Pattern pattern : test.oneOf()) {
                truth = either(truth, pattern(pattern, presented));
            }
        }
        if (!test.age().isNone()) {
            truth = both(truth, test(presented.age(now), test.age()::admits));
        }
        if (!test.idle().isNone()) {
            truth = both(truth, test(presented.idle(now), test.idle()::admits));
        }
        if (!test.lifetime().isNone()) {
            truth = both(truth, test(presented.lifetime(), lifetime -> admits(test.lifetime(), lifetime)));
        }
        if (!test.created().isNone()) {
            truth = both(truth, test(presented.created(), test.created()::admits));
        }
        if (!test.reach().isEmpty()) {
            truth = both(truth, test(presented.reach(), test.reach()::contains));
        }
        return truth;
    }

    private Truth pattern(CredentialTest.Pattern pattern, Credential presented) {
        if (pattern.kind() != presented.kind()) {
            return Truth.FALSE;
        }
        Truth truth = Truth.TRUE;
        for (String label : pattern.labels()) {
            truth = both(
                    truth,
                    setting.hasLabel(pattern.kind().id(), label)
                            ? truth(presented.labels().contains(label))
                            : Truth.UNKNOWN);
        }
        return truth;
    }

    private Truth elapsed(Atom.Elapsed atom) {
        Truth truth = Truth.TRUE;
        for (String event : atom.since()) {
            truth = both(
                    truth,
                    setting.hasEvent(event)
                            ? test(account.event(event), last -> isOver(last, atom.atLeast()))
                            : Truth.UNKNOWN);
        }
        return truth;
    }

    private boolean isOver(Occurrence occurrence, Duration atLeast) {
        Instant last = occurrence.lastOrNull();
        return last == null || Duration.between(last, now).compareTo(atLeast) >= 0;
    }

    private Truth publisher(Atom.Publisher atom) {
        Truth truth = oneOf(atom.provider(), run.provider(), Truth.TRUE);
        truth = oneOf(atom.event(), run.event(), truth);
        truth = oneOf(atom.ref(), run.ref(), truth);
        return atom.anyFlag().isEmpty() && atom.allFlags().isEmpty()
                ? truth
                : both(truth, flags(atom.anyFlag(), atom.allFlags(), run.flags(), "publisher"));
    }

    private static Truth oneOf(List<String> words, Fact<String> word, Truth before) {
        return words.isEmpty() ? before : both(before, test(word, words::contains));
    }

    private Truth newToken(Atom.NewToken atom) {
        Fact<NewToken> asked = request.newToken();
        if (!asked.isKnown()) {
            return missing(asked);
        }
        NewToken token = asked.value();
        Truth truth = Truth.TRUE;
        if (!atom.label().isEmpty()) {
            truth = Truth.FALSE;
            for (String label : atom.label()) {
                truth = either(
                        truth,
                        setting.hasLabel(CredentialKind.API_TOKEN.id(), label)
                                ? truth(token.labels().contains(label))
                                : Truth.UNKNOWN);
            }
        }
        if (!atom.lifetime().isNone()) {
            truth = both(truth, truth(admits(atom.lifetime(), token.lifetime())));
        }
        if (!atom.reach().isEmpty()) {
            truth = both(truth, truth(atom.reach().contains(token.reach())));
        }
        return truth;
    }

    static boolean admits(Bounds<Duration> bounds, Lifetime lifetime) {
        Duration duration = lifetime.durationOrNull();
        return duration == null ? bounds.admitsEndless() : bounds.admits(duration);
    }

    private Truth host(Atom.Host atom) {
        Truth truth = Truth.FALSE;
        for (String id : atom.anyOf()) {
            truth = either(truth, truth(hostConditions.computeIfAbsent(id, this::ask)));
        }
        return truth;
    }

    private Fact<Boolean> ask(String id) {
        CustomCondition condition = setting.condition(id);
        return condition == null ? Fact.unknown() : Fact.read(condition.holds(request), false);
    }

    private static <T> Truth test(Fact<T> fact, java.util.function.Predicate<T> admits) {
        return fact.isKnown() ? truth(admits.test(fact.value())) : missing(fact);
    }

    private static Truth truth(Fact<Boolean> fact) {
        return fact.isKnown() ? truth(fact.value().booleanValue()) : missing(fact);
    }

    private static Truth truth(boolean value) {
        return value ? Truth.TRUE : Truth.FALSE;
    }

    private static Truth missing(Fact<?> fact) {
        return fact.isAbsent() ? Truth.ABSENT : Truth.UNKNOWN;
    }

    /** Of things that must all hold, false wins, then absent, then unknown. */
    private static Truth both(Truth a, Truth b) {
        return rank(a) <= rank(b) ? a : b;
    }

    private static int rank(Truth truth) {
        return switch (truth) {
            case FALSE -> 0;
            case ABSENT -> 1;
            case UNKNOWN -> 2;
            case TRUE -> 3;
        };
    }

    /** Of things of which one must hold, true wins, then unknown. */
    private static Truth either(Truth a, Truth b) {
        if (a == Truth.TRUE || b == Truth.TRUE) {
            return Truth.TRUE;
        }
        return a == Truth.UNKNOWN || b == Truth.UNKNOWN ? Truth.UNKNOWN : Truth.FALSE;
    }
}
