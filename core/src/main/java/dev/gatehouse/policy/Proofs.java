package dev.gatehouse.policy;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.Explanation.Truth;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Within;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a proof is worth: evidence of another account, another carrier, a factor no longer enrolled, or of the future beyond
 * the allowed skew is none. A proof that only an unknown fact keeps from counting makes the answer unknown.
 */
final class Proofs {
    private Proofs() {}

    static Truth truth(Atom.Proven atom, AccessRequest request, Instant now, Duration skew) {
        Truth best = Truth.FALSE;
        Fact<String> id = request.account().id();
        if (id.isAbsent()) {
            return Truth.ABSENT;
        }
        List<Evidence> evidence = request.evidence();
        for (int i = 0; i < evidence.size(); i++) {
            Evidence proof = evidence.get(i);
            if (!isBroughtBy(proof, request) || !isFresh(proof, atom.within(), now, skew)) {
                continue;
            }
            if (!proof.isAcceptedBy(atom.factor())
                    || (id.isKnown() && !id.value().equals(proof.account()))) {
                continue;
            }
            Truth enrolled = enrolled(proof, atom.factor(), request.account());
            if (enrolled == Truth.TRUE && id.isKnown()) {
                return Truth.TRUE;
            }
            if (enrolled != Truth.FALSE) {
                best = Truth.UNKNOWN;
            }
        }
        return best;
    }

    private static boolean isBroughtBy(Evidence proof, AccessRequest request) {
        Carrier carrier = proof.carrier();
        return carrier.equals(
                carrier.kind() == Carrier.Kind.SESSION ? request.sessionOrNull() : request.requestOrNull());
    }

    private static boolean isFresh(Evidence proof, Within within, Instant now, Duration skew) {
        Duration age = Duration.between(proof.at(), now);
        if (age.isNegative() && age.negated().compareTo(skew) > 0) {
            return false;
        }
        if (within.equals(Within.REQUEST)) {
            return proof.carrier().kind() == Carrier.Kind.REQUEST;
        }
        return within.duration().map(duration -> age.compareTo(duration) < 0).orElse(true);
    }

    /** Whether the proof's factor is still set up; kinds that nobody sets up, and recovery codes, always count. */
    private static Truth enrolled(Evidence proof, FactorSelector factor, AccountFacts account) {
        if (!isSetUp(proof.kind())) {
            return Truth.TRUE;
        }
        Fact<EnrolledFactors> enrolled = account.enrolled();
        if (!enrolled.isKnown()) {
            return Truth.UNKNOWN;
        }
        return isStillEnrolled(proof, factor, enrolled.value()) ? Truth.TRUE : Truth.FALSE;
    }

    /** Whether the account's list of factors shows this kind. */
    static boolean isSetUp(FactorKind kind) {
        return kind.needsEnrolment() && !kind.equals(FactorKind.RECOVERY_CODE);
    }

    /** The factor must be in the list, and what the list says of its strength must satisfy the selector as well. */
    static boolean isStillEnrolled(Evidence proof, FactorSelector factor, EnrolledFactors enrolled) {
        List<EnrolledFactor> list = enrolled.list();
        for (int i = 0; i < list.size(); i++) {
            EnrolledFactor one = list.get(i);
            if (one.id().equals(proof.factor().id())
                    && one.kind().equals(proof.kind())
                    && factor.accepts(one.kind(), one.strength().orElse(null))) {
                return true;
            }
        }
        return false;
    }
}
