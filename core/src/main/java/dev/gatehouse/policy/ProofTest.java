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
import org.jspecify.annotations.Nullable;

/**
 * What the proofs of a request are worth to one {@code proven}: evidence of another account, another carrier, a factor no
 * longer enrolled, or of the future beyond the allowed skew is none. A proof that only an unknown fact keeps from counting
 * makes the answer unknown. Immutable and thread-safe.
 */
final class ProofTest {
    private final Atom.Proven atom;
    private final FactorSelector factor;
    private final boolean onlyOfRequest;
    private final @Nullable Duration within;
    private final long skew;
    private final int skewNano;

    ProofTest(Atom.Proven atom, Duration skew) {
        this.atom = atom;
        this.factor = atom.factor();
        this.onlyOfRequest = atom.within().equals(Within.REQUEST);
        this.within = atom.within().duration().orElse(null);
        this.skew = skew.getSeconds();
        this.skewNano = skew.getNano();
    }

    /** Whether the account's list of factors shows this kind, so that evidence of it needs an entry there. */
    static boolean isSetUp(FactorKind kind) {
        return kind.needsEnrolment() && !kind.equals(FactorKind.RECOVERY_CODE);
    }

    /** Whether the set of enrolled factors matters to this test. */
    static boolean readsEnrolled(FactorSelector factor) {
        return !factor.classes().isEmpty() || factor.kinds().stream().anyMatch(ProofTest::isSetUp);
    }

    /**
     * What the proofs come to.
     *
     * @param enrolled the enrolled factors, {@code null} if they are not known; ignored unless {@link #readsEnrolled}
     */
    Truth truth(AccessRequest request, Fact<String> id, @Nullable EnrolledFactors enrolled, long second, int nano) {
        if (id.isAbsent()) {
            return Truth.ABSENT;
        }
        String account = id.orNull();
        Truth best = Truth.FALSE;
        List<Evidence> evidence = request.evidence();
        for (int i = 0; i < evidence.size(); i++) {
            Evidence proof = evidence.get(i);
            if (!proof.isAcceptedBy(factor)
                    || !isBroughtBy(proof, request)
                    || !isFresh(proof, second, nano)
                    || (account != null && !account.equals(proof.account()))) {
                continue;
            }
            Truth counts = isSetUp(proof.kind()) ? enrolled(proof, enrolled) : Truth.TRUE;
            if (counts == Truth.TRUE && account != null) {
                return Truth.TRUE;
            }
            if (counts != Truth.FALSE) {
                best = Truth.UNKNOWN;
            }
        }
        return best;
    }

    @SuppressWarnings("ReferenceEquality") // Mostly it is the very object.
    private static boolean isBroughtBy(Evidence proof, AccessRequest request) {
        Carrier carrier = proof.carrier();
        Carrier own = carrier.kind() == Carrier.Kind.SESSION ? request.sessionOrNull() : request.requestOrNull();
        return own == carrier || (own != null && own.id().equals(carrier.id()));
    }

    private boolean isFresh(Evidence proof, long second, int nano) {
        Instant at = proof.at();
        long seconds = second - at.getEpochSecond();
        int nanos = nano - at.getNano();
        // The nanoseconds are worth less than a second: mostly the seconds alone say enough.
        if (seconds < 1 && Times.compare(seconds, nanos, -skew, -skewNano) < 0) {
            return false;
        }
        if (onlyOfRequest) {
            return proof.carrier().kind() == Carrier.Kind.REQUEST;
        }
        Duration bound = within;
        return bound == null
                || seconds < bound.getSeconds()
                || Times.compare(seconds, nanos, bound.getSeconds(), bound.getNano()) < 0;
    }

    /** The factor must be in the list, and what the list says of its strength must satisfy the selector as well. */
    private Truth enrolled(Evidence proof, @Nullable EnrolledFactors enrolled) {
        if (enrolled == null) {
            return Truth.UNKNOWN;
        }
        List<EnrolledFactor> list = enrolled.list();
        for (int i = 0; i < list.size(); i++) {
            EnrolledFactor one = list.get(i);
            if (isSame(one, proof.factor()) && factor.accepts(one)) {
                return Truth.TRUE;
            }
        }
        return Truth.FALSE;
    }

    private static boolean isSame(EnrolledFactor one, EnrolledFactor other) {
        return one.kind().equals(other.kind()) && one.id().equals(other.id());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProofTest that && atom.equals(that.atom);
    }

    @Override
    public int hashCode() {
        return atom.hashCode();
    }

    @Override
    public String toString() {
        return atom.toString();
    }
}
