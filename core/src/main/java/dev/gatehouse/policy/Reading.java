package dev.gatehouse.policy;

import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.Explanation.Truth;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.CredentialTest;
import dev.gatehouse.policy.rule.ThingTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

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

    /** Whether every fact is a value of this package, which says the same whenever it is asked. */
    static boolean isOfValues(AccessRequest request) {
        return request.account() instanceof AccountValues
                && request.project() instanceof ThingValues
                && request.organization() instanceof ThingValues
                && request.release() instanceof ThingValues
                && request.run() instanceof RunValues;
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
            return enrolled.isKnown()
                    ? Truths.truth(a.factor().acceptsAny(enrolled.value()))
                    : Truths.missing(enrolled);
        } else if (atom instanceof Atom.Proven a) {
            return new ProofTest(a, setting.skew())
                    .truth(
                            request,
                            account.id(),
                            ProofTest.readsEnrolled(a.factor())
                                    ? account.enrolled().orNull()
                                    : null,
                            now.getEpochSecond(),
                            now.getNano());
        } else if (atom instanceof Atom.FactorsLeft a) {
            Fact<EnrolledFactors> left = request.factorsLeft();
            return left.isKnown() ? Truths.truth(a.factor().acceptsAny(left.value())) : Truths.missing(left);
        } else if (atom instanceof Atom.EmailVerified) {
            return Truths.truth(account.emailVerified());
        } else if (atom instanceof Atom.RecoveryCodesSaved) {
            return Truths.truth(account.recoveryCodesSaved());
        } else if (atom instanceof Atom.Elapsed a) {
            return elapsed(a);
        } else if (atom instanceof Atom.Publisher a) {
            return publisher(a);
        } else if (atom instanceof Atom.NewToken a) {
            return Truths.newToken(a, request.newToken(), setting);
        } else if (atom instanceof Atom.NewFactor a) {
            return Truths.test(request.newFactor(), a.factor()::accepts);
        } else if (atom instanceof Atom.Host a) {
            return host(a);
        } else if (atom instanceof Atom.Closed) {
            return Truth.FALSE;
        }
        return ofThing(atom);
    }

    private Truth ofThing(Atom atom) {
        if (atom instanceof Atom.Account a) {
            Truth truth = Truths.thing(a.test(), account, "account", setting, now);
            return a.test().registered().isNone()
                    ? truth
                    : Truths.both(
                            truth, Truths.test(account.registered(), a.test().registered()::admits));
        } else if (atom instanceof Atom.Project a) {
            return Truths.thing(a.test(), project, "project", setting, now);
        } else if (atom instanceof Atom.Organization a) {
            return Truths.thing(a.test(), organization, "organization", setting, now);
        } else if (atom instanceof Atom.Release a) {
            return Truths.thing(a.test(), release, "release", setting, now);
        } else if (atom instanceof Atom.Maintains a) {
            return some(a.test(), account.maintains(), "project");
        } else if (atom instanceof Atom.MemberOf a) {
            return some(a.test(), account.memberOf(), "organization");
        }
        throw new IllegalStateException("no atom " + atom.key());
    }

    private Truth some(ThingTest test, Fact<Collection<ThingFacts>> things, String owner) {
        if (!things.isKnown()) {
            return Truths.missing(things);
        }
        Truth best = Truth.FALSE;
        for (ThingFacts thing : things.value()) {
            Truth truth = Truths.thing(test, thing, owner, setting, now);
            if (truth == Truth.TRUE) {
                return truth;
            }
            best = truth == Truth.UNKNOWN ? truth : best;
        }
        return best;
    }

    private Truth credential(CredentialTest test) {
        Credential presented = request.credential();
        Truth truth = Truth.TRUE;
        if (!test.oneOf().isEmpty()) {
            truth = Truth.FALSE;
            for (CredentialTest.Pattern pattern : test.oneOf()) {
                truth = Truths.either(truth, pattern(pattern, presented));
            }
        }
        return test.isPatternOnly() ? truth : Truths.both(truth, Truths.attributes(test, presented, now));
    }

    private Truth pattern(CredentialTest.Pattern pattern, Credential presented) {
        if (pattern.kind() != presented.kind()) {
            return Truth.FALSE;
        }
        Truth truth = Truth.TRUE;
        for (String label : pattern.labels()) {
            truth = Truths.both(
                    truth,
                    setting.hasLabel(pattern.kind().id(), label)
                            ? Truths.truth(presented.labels().contains(label))
                            : Truth.UNKNOWN);
        }
        return truth;
    }

    private Truth elapsed(Atom.Elapsed atom) {
        Truth truth = Truth.TRUE;
        for (String event : atom.since()) {
            Fact<Occurrence> last = account.event(event);
            truth = Truths.both(
                    truth,
                    setting.hasEvent(event)
                            ? Truths.test(last, one -> isOver(one, atom.atLeast()))
                            : Truths.unsupplied(last));
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
                : Truths.both(truth, Truths.flags(atom.anyFlag(), atom.allFlags(), run.flags(), "publisher", setting));
    }

    private static Truth oneOf(List<String> words, Fact<String> word, Truth before) {
        return words.isEmpty() ? before : Truths.both(before, Truths.test(word, words::contains));
    }

    private Truth host(Atom.Host atom) {
        Truth truth = Truth.FALSE;
        for (String id : atom.anyOf()) {
            truth = Truths.either(truth, Truths.host(id, setting, request));
        }
        return truth;
    }
}
