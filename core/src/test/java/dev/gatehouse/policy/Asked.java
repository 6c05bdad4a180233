package dev.gatehouse.policy;

import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.PlainInterpreter.Fault;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.Vocabulary.Section;
import dev.gatehouse.policy.rule.Within;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The atoms of the policy model's section 3, asked about one request: true, false, unknown or absent. */
record Asked(PlainSubject.Setup setup, AccessRequest request, Instant now, Set<Fault> faults) {
    enum Truth {
        TRUE,
        FALSE,
        UNKNOWN,
        ABSENT;

        /** Section 10: true, false and absent are fixed, unknown is settled by where the atom stands. */
        boolean as(boolean unknown, boolean absentBinds) {
            return this == TRUE || (this == UNKNOWN && unknown) || (this == ABSENT && absentBinds);
        }
    }

    static <T> Fact<T> orUnknown(@Nullable Fact<T> fact) {
        return fact == null ? Fact.unknown() : fact;
    }

    static boolean mentions(Condition condition, String key) {
        return condition.atom(key).isPresent() || condition.anyOf().stream().anyMatch(a -> mentions(a, key));
    }

    /** Absence is possible only where the model says so; elsewhere it is read as unknown. */
    <T> Fact<T> absentOnlyIf(boolean possible, @Nullable Fact<T> fact) {
        Fact<T> given = orUnknown(fact);
        boolean believed = possible || faults.contains(Fault.ABSENCE_IS_BELIEVED);
        return given.isAbsent() && !believed ? Fact.unknown() : given;
    }

    private <T> Fact<T> ofAccount(@Nullable Fact<T> fact) {
        return absentOnlyIf(request.credential().isWithoutAccount(), fact);
    }

    /** Whether nobody is behind the credential: no account, not an unknown one. */
    boolean hasNoAccount() {
        return ofAccount(request.account().id()).isAbsent();
    }

    private boolean needsProject() {
        Action action = request.action();
        return switch (action.group()) {
            case "project" -> !action.equals(Action.PROJECT_CREATE);
            case "publish" -> !action.equals(Action.PUBLISH_PROJECT) && !action.equals(Action.PUBLISH_EXCHANGE);
            case "release" -> true;
            default -> !Action.core().contains(action);
        };
    }

    Truth truth(Atom atom) {
        if (atom instanceof Atom.Credential a) {
            return credential(a);
        } else if (atom instanceof Atom.Enrolled a) {
            Fact<EnrolledFactors> enrolled = ofAccount(request.account().enrolled());
            return enrolled.isKnown() ? of(someIsAccepted(a.factor(), enrolled.value())) : notKnown(enrolled);
        } else if (atom instanceof Atom.FactorsLeft a) {
            Fact<EnrolledFactors> left = ofAccount(request.factorsLeft());
            return left.isKnown() ? of(someIsAccepted(a.factor(), left.value())) : notKnown(left);
        } else if (atom instanceof Atom.Proven a) {
            return proven(a);
        } else if (atom instanceof Atom.EmailVerified) {
            return ofFact(ofAccount(request.account().emailVerified()));
        } else if (atom instanceof Atom.RecoveryCodesSaved) {
            return ofFact(ofAccount(request.account().recoveryCodesSaved()));
        } else if (atom instanceof Atom.Account a) {
            boolean possible = request.credential().isWithoutAccount();
            return new Thing("account", request.account(), possible).passes(this, a.test());
        } else if (atom instanceof Atom.Maintains a) {
            return some("project", ofAccount(request.account().maintains()), a.test());
        } else if (atom instanceof Atom.MemberOf a) {
            return some("organization", ofAccount(request.account().memberOf()), a.test());
        } else if (atom instanceof Atom.Project a) {
            return new Thing("project", request.project(), !needsProject()).passes(this, a.test());
        } else if (atom instanceof Atom.Organization a) {
            return new Thing("organization", request.organization(), false).passes(this, a.test());
        } else if (atom instanceof Atom.Release a) {
            boolean without =
                    !List.of("publish", "release").contains(request.action().group());
            return new Thing("release", request.release(), without).passes(this, a.test());
        } else if (atom instanceof Atom.Publisher a) {
            return publisher(a);
        } else if (atom instanceof Atom.NewToken a) {
            return newToken(a);
        } else if (atom instanceof Atom.NewFactor a) {
            Fact<EnrolledFactor> asked =
                    absentOnlyIf(!request.action().equals(Action.FACTOR_ENROL), request.newFactor());
            return asked.isKnown() ? of(isAccepted(a.factor(), asked.value())) : notKnown(asked);
        } else if (atom instanceof Atom.Elapsed a) {
            return elapsed(a);
        } else if (atom instanceof Atom.Closed) {
            return Truth.FALSE;
        }
        return host((Atom.Host) atom);
    }

    static Truth of(boolean value) {
        return value ? Truth.TRUE : Truth.FALSE;
    }

    static Truth notKnown(Fact<?> fact) {
        return fact.isAbsent() ? Truth.ABSENT : Truth.UNKNOWN;
    }

    private static Truth ofFact(Fact<Boolean> fact) {
        return fact.isKnown() ? of(fact.value()) : notKnown(fact);
    }

    /** Within a table false wins, then absent, then unknown. */
    static Truth and(Collection<Truth> all) {
        return all.contains(Truth.FALSE)
                ? Truth.FALSE
                : all.contains(Truth.ABSENT) ? Truth.ABSENT : all.contains(Truth.UNKNOWN) ? Truth.UNKNOWN : Truth.TRUE;
    }

    /** Over a list true wins, then unknown. */
    static Truth or(Collection<Truth> all) {
        return all.contains(Truth.TRUE)
                ? Truth.TRUE
                : all.contains(Truth.UNKNOWN) ? Truth.UNKNOWN : all.contains(Truth.ABSENT) ? Truth.ABSENT : Truth.FALSE;
    }

    private Truth credential(Atom.Credential atom) {
        Credential shown = request.credential();
        List<Truth> all = new ArrayList<>();
        if (!atom.test().oneOf().isEmpty()) {
            List<Truth> patterns = new ArrayList<>();
            for (var pattern : atom.test().oneOf()) {
                List<Truth> parts = new ArrayList<>();
                parts.add(of(pattern.kind() == shown.kind()));
                for (String label : pattern.labels()) {
                    parts.add(
                            supplies(Section.LABELS, pattern.kind().id() + "." + label)
                                    ? of(shown.labels().contains(label))
                                    : Truth.UNKNOWN);
                }
                patterns.add(and(parts));
            }
            all.add(or(patterns));
        }
        if (!atom.test().age().isNone()) {
            all.add(Thing.keeps(
                    this, absentOnlyIf(false, shown.age(now)), atom.test().age()));
        }
        if (!atom.test().idle().isNone()) {
            all.add(Thing.keeps(
                    this, absentOnlyIf(false, shown.idle(now)), atom.test().idle()));
        }
        if (!atom.test().lifetime().isNone()) {
            all.add(lives(absentOnlyIf(false, shown.lifetime()), atom.test().lifetime()));
        }
        if (!atom.test().created().isNone()) {
            Fact<Instant> created = absentOnlyIf(false, shown.created());
            all.add(created.isKnown() ? of(atom.test().created().admits(created.value())) : Truth.UNKNOWN);
        }
        if (!atom.test().reach().isEmpty()) {
            var reach = absentOnlyIf(false, shown.reach());
            all.add(reach.isKnown() ? of(atom.test().reach().contains(reach.value())) : Truth.UNKNOWN);
        }
        return and(all);
    }

    private Truth lives(Fact<Lifetime> fact, dev.gatehouse.policy.rule.Bounds<Duration> bounds) {
        if (!fact.isKnown()) {
            return notKnown(fact);
        }
        var duration = fact.value().duration();
        if (duration.isPresent()) {
            return Thing.keeps(this, Fact.of(duration.get()), bounds);
        }
        boolean endlessKeeps = bounds.below().isEmpty()
                && bounds.atMost().isEmpty()
                && bounds.oneOf().isEmpty();
        return of(endlessKeeps || faults.contains(Fault.ENDLESS_IS_SHORT));
    }

    private boolean supplies(Section section, String name) {
        return setup.supplied().has(section, name);
    }

    private Truth some(String of, Fact<Collection<ThingFacts>> list, dev.gatehouse.policy.rule.ThingTest test) {
        if (!list.isKnown()) {
            return notKnown(list);
        }
        List<Truth> all = new ArrayList<>();
        for (ThingFacts one : list.value()) {
            all.add(new Thing(of, one, false).passes(this, test));
        }
        return or(all);
    }

    private Truth publisher(Atom.Publisher atom) {
        boolean possible = request.credential().kind() != CredentialKind.TRUSTED_PUBLISHER;
        PublisherRun run = request.run();
        List<Truth> all = new ArrayList<>();
        oneOf(all, absentOnlyIf(possible, run.provider()), atom.provider());
        oneOf(all, absentOnlyIf(possible, run.event()), atom.event());
        oneOf(all, absentOnlyIf(possible, run.ref()), atom.ref());
        Thing.flags(this, all, "publisher", absentOnlyIf(possible, run.flags()), atom.anyFlag(), atom.allFlags());
        return and(all);
    }

    private static void oneOf(List<Truth> all, Fact<String> fact, List<String> values) {
        if (!values.isEmpty()) {
            all.add(fact.isKnown() ? of(values.contains(fact.value())) : notKnown(fact));
        }
    }

    private Truth newToken(Atom.NewToken atom) {
        boolean without = !List.of("token.create", "token.update")
                .contains(request.action().id());
        Fact<NewToken> asked = absentOnlyIf(without, request.newToken());
        if (!asked.isKnown()) {
            return notKnown(asked);
        }
        List<Truth> all = new ArrayList<>();
        if (!atom.label().isEmpty()) {
            List<Truth> labels = new ArrayList<>();
            for (String label : atom.label()) {
                labels.add(
                        supplies(Section.LABELS, "api-token." + label)
                                ? of(asked.value().labels().contains(label))
                                : Truth.UNKNOWN);
            }
            all.add(or(labels));
        }
        if (!atom.lifetime().isNone()) {
            all.add(lives(Fact.of(asked.value().lifetime()), atom.lifetime()));
        }
        if (!atom.reach().isEmpty()) {
            all.add(of(atom.reach().contains(asked.value().reach())));
        }
        return and(all);
    }

    private Truth elapsed(Atom.Elapsed atom) {
        List<Truth> all = new ArrayList<>();
        for (String event : atom.since()) {
            Fact<Occurrence> last = ofAccount(request.account().event(event));
            if (last.isAbsent()) {
                all.add(Truth.ABSENT);
            } else if (!supplies(Section.EVENTS, event) || !last.isKnown()) {
                all.add(Truth.UNKNOWN);
            } else {
                all.add(of(last.value().last().isEmpty()
                        || Duration.between(last.value().last().get(), now).compareTo(atom.atLeast()) >= 0));
            }
        }
        return and(all);
    }

    private Truth host(Atom.Host atom) {
        List<Truth> all = new ArrayList<>();
        for (String id : atom.anyOf()) {
            Fact<Boolean> answer = Fact.unknown();
            for (CustomCondition condition : setup.conditions()) {
                if (condition.id().equals(id)) {
                    answer = orUnknown(condition.holds(request));
                }
            }
            all.add(answer.isKnown() ? of(answer.value()) : Truth.UNKNOWN);
        }
        return or(all);
    }

    /** A recovery code never counts as enrolled. */
    boolean someIsAccepted(FactorSelector selector, EnrolledFactors factors) {
        for (EnrolledFactor factor : factors.list()) {
            boolean recoveryCode = factor.kind().equals(FactorKind.RECOVERY_CODE);
            if ((!recoveryCode || faults.contains(Fault.RECOVERY_CODE_IS_ENROLLED)) && isAccepted(selector, factor)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAccepted(FactorSelector selector, EnrolledFactor factor) {
        if (selector.kinds().contains(factor.kind())) {
            return true;
        }
        FactorClass strength = factor.strength().orElse(null);
        for (FactorClass asked : selector.classes()) {
            if (strength != null && strength.compareTo(asked) >= 0) {
                return true;
            }
        }
        return false;
    }

    private Truth proven(Atom.Proven atom) {
        Fact<String> account = ofAccount(request.account().id());
        if (account.isAbsent()) {
            return Truth.ABSENT;
        }
        List<Truth> all = new ArrayList<>();
        for (Evidence evidence : request.evidence()) {
            all.add(counts(atom, account, evidence));
            if (faults.contains(Fault.ONLY_THE_FIRST_PROOF_COUNTS)) {
                break;
            }
        }
        return or(all);
    }

    private Truth counts(Atom.Proven atom, Fact<String> account, Evidence evidence) {
        boolean ofRequest = request.request().filter(evidence.carrier()::equals).isPresent();
        boolean ofSession = request.session().filter(evidence.carrier()::equals).isPresent();
        boolean fresh;
        if (atom.within().equals(Within.REQUEST)) {
            fresh = ofRequest;
        } else if (atom.within().equals(Within.SESSION)) {
            fresh = ofSession || ofRequest;
        } else {
            Duration age = Duration.between(evidence.at(), now);
            int compared = age.compareTo(atom.within().duration().orElseThrow());
            fresh = (ofSession || ofRequest)
                    && (faults.contains(Fault.EVIDENCE_AGE_IS_INCLUSIVE) ? compared <= 0 : compared < 0);
        }
        boolean future = Duration.between(now, evidence.at()).compareTo(setup.skew()) > 0
                && !faults.contains(Fault.FUTURE_EVIDENCE_COUNTS);
        if (!fresh || future || !isAccepted(atom.factor(), evidence.factor())) {
            return Truth.FALSE;
        }
        if (account.isKnown()
                && !account.value().equals(evidence.account())
                && !faults.contains(Fault.EVIDENCE_OF_OTHERS_COUNTS)) {
            return Truth.FALSE;
        }
        return and(List.of(
                account.isKnown() ? Truth.TRUE : Truth.UNKNOWN, stillEnrolled(atom.factor(), evidence.factor())));
    }

    /**
     * Section 5: evidence of a factor no longer enrolled is none; a recovery code or password is never enrolled. What is
     * enrolled is a factor of a strength: evidence that asserts more than the account's list counts as the list says.
     */
    private Truth stillEnrolled(FactorSelector selector, EnrolledFactor proven) {
        boolean enrols = proven.kind().needsEnrolment() && !proven.kind().equals(FactorKind.RECOVERY_CODE);
        if (!enrols || faults.contains(Fault.EVIDENCE_WITHOUT_ENROLMENT)) {
            return Truth.TRUE;
        }
        Fact<EnrolledFactors> enrolled = ofAccount(request.account().enrolled());
        if (!enrolled.isKnown()) {
            return Truth.UNKNOWN;
        }
        for (EnrolledFactor factor : enrolled.value().list()) {
            if (factor.kind().equals(proven.kind())
                    && factor.id().equals(proven.id())
                    && isAccepted(selector, factor)) {
                return Truth.TRUE;
            }
        }
        return Truth.FALSE;
    }
}
