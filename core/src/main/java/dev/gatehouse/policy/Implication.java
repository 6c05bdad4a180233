package dev.gatehouse.policy;

import dev.gatehouse.factor.FactorClass;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.FactorSelector;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.CredentialTest;
import dev.gatehouse.policy.rule.Within;
import java.time.Duration;
import java.util.List;

/** Whether one condition can only hold where another does, as far as their forms show it. */
final class Implication {
    private Implication() {}

    /** Whether {@code b} holds wherever {@code a} does; {@code false} where that is not plain to see. */
    static boolean implies(Condition a, Condition b) {
        if (a.atoms().stream().anyMatch(atom -> atom instanceof Atom.Closed)) {
            return true;
        }
        if (a.anyOf().isEmpty()) {
            return impliesOne(a.atoms(), b);
        }
        // Whichever alternative holds, together with the atoms it must do.
        return a.anyOf().stream().allMatch(alternative -> impliesOne(joined(a.atoms(), alternative.atoms()), b));
    }

    private static boolean impliesOne(List<Atom> a, Condition b) {
        return b.atoms().stream().allMatch(atom -> anyImplies(a, atom))
                && (b.anyOf().isEmpty()
                        || b.anyOf().stream()
                                .anyMatch(alternative ->
                                        alternative.atoms().stream().allMatch(atom -> anyImplies(a, atom))));
    }

    private static List<Atom> joined(List<Atom> one, List<Atom> other) {
        return java.util.stream.Stream.concat(one.stream(), other.stream()).toList();
    }

    private static boolean anyImplies(List<Atom> given, Atom wanted) {
        return given.stream().anyMatch(atom -> implies(atom, wanted));
    }

    private static boolean implies(Atom a, Atom b) {
        if (a.equals(b)) {
            return true;
        }
        if (a instanceof Atom.Credential one && b instanceof Atom.Credential other) {
            return implies(one.test(), other.test());
        }
        if (a instanceof Atom.Enrolled one && b instanceof Atom.Enrolled other) {
            return isWithin(one.factor(), other.factor());
        }
        if (a instanceof Atom.FactorsLeft one && b instanceof Atom.FactorsLeft other) {
            return isWithin(one.factor(), other.factor());
        }
        if (a instanceof Atom.NewFactor one && b instanceof Atom.NewFactor other) {
            return isWithin(one.factor(), other.factor());
        }
        if (a instanceof Atom.Proven one && b instanceof Atom.Proven other) {
            return isWithin(one.factor(), other.factor()) && isWithin(one.within(), other.within());
        }
        return ThingImplication.implies(a, b);
    }

    /** Fewer patterns, or the same ones with more labels, and the same bounds. */
    private static boolean implies(CredentialTest a, CredentialTest b) {
        boolean patterns = b.oneOf().isEmpty()
                || (!a.oneOf().isEmpty()
                        && a.oneOf().stream()
                                .allMatch(one -> b.oneOf().stream()
                                        .anyMatch(other -> one.kind() == other.kind()
                                                && one.labels().containsAll(other.labels()))));
        return patterns && (b.isPatternOnly() || a.andOneOf(List.of()).equals(b.andOneOf(List.of())));
    }

    private static boolean isWithin(FactorSelector a, FactorSelector b) {
        return a.classes().stream().allMatch(one -> b.classes().stream().anyMatch(other -> other.contains(one)))
                && a.kinds().stream().allMatch(kind -> isWithin(kind, b));
    }

    private static boolean isWithin(FactorKind kind, FactorSelector b) {
        FactorClass weakest = kind.weakestClass().orElse(null);
        return b.kinds().contains(kind)
                || (weakest != null && b.classes().stream().anyMatch(other -> other.contains(weakest)));
    }

    /** A request's proof is a session's; a duration says nothing of either, nor they of it. */
    private static boolean isWithin(Within a, Within b) {
        if (a.equals(b) || b.equals(Within.SESSION)) {
            return true;
        }
        Duration mine = a.duration().orElse(null);
        Duration theirs = b.duration().orElse(null);
        return mine != null && theirs != null && mine.compareTo(theirs) <= 0;
    }
}
