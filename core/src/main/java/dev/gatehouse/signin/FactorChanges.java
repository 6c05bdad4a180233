package dev.gatehouse.signin;

import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.FactorInventory;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.Fact;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.state.AccountVersions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Changes the factors of accounts: asks the policy, and carries what it decided on into the write.
 *
 * <p>The order is fixed: the account's version, then its factors and the host's facts, then the decision, then the write, which is
 * made only at that version. Of two removals of the last two factors, of whatever kinds, one is made: the other is decided again and
 * refused, if the policy says that a factor stays. A write that finds another version is decided again, {@value #ATTEMPTS} times at
 * most.
 *
 * <p>Which factor is new and which are left is worked out here from the inventories, so that host and policy cannot disagree about
 * it. Kinds that have no inventory here, such as an identity provider's, are taken from the host's
 * {@link dev.gatehouse.policy.AccountFacts#enrolled}; a change of those has to advance the version.
 *
 * <p>What the policy says of {@link Action#FACTOR_ENROL}, {@link Action#FACTOR_REMOVE} and {@link Action#FACTOR_RECOVERY_CODES} is
 * the only rule there is. Proofs that the request brings count as the policy says, those of the request itself too; nothing is used
 * up here, so a proof that is good once has to be settled by whoever verified it ({@code FactorVerifier.settle}).
 *
 * <p>Immutable and thread-safe. What policy, inventories, versions or write throw reaches the caller, and nothing is then changed.
 */
public final class FactorChanges {
    /** How often a change is decided at most. */
    public static final int ATTEMPTS = 5;

    private final TwoFactorPolicy policy;
    private final AccountVersions versions;
    private final List<FactorInventory> inventories;

    private FactorChanges(TwoFactorPolicy policy, AccountVersions versions, List<FactorInventory> inventories) {
        this.policy = Objects.requireNonNull(policy, "policy");
        this.versions = Objects.requireNonNull(versions, "versions");
        this.inventories = inventories;
    }

    /**
     * The changes of accounts whose factors are in these inventories.
     *
     * @param versions of the store in which the inventories' repositories keep the factors
     * @param inventories one of each kind, every kind whose factors are kept on this side
     * @throws IllegalArgumentException if two are of one kind, or one is of a kind that an account does not set up as a factor
     */
    public static FactorChanges of(
            TwoFactorPolicy policy, AccountVersions versions, Collection<? extends FactorInventory> inventories) {
        List<FactorInventory> all = List.copyOf(inventories);
        List<FactorKind> kinds = new ArrayList<>();
        for (FactorInventory inventory : all) {
            FactorKind kind = Objects.requireNonNull(inventory.kind(), "inventories: kind");
            if (kinds.contains(kind) || !kind.needsEnrolment() || kind.equals(FactorKind.RECOVERY_CODE)) {
                throw new IllegalArgumentException("inventories: " + kind + " is given twice, or is no kind of factor");
            }
            kinds.add(kind);
        }
        return new FactorChanges(policy, versions, all);
    }

    /**
     * What the policy says of a factor that somebody wants to set up, before they are sent to do it. It promises nothing:
     * {@link #enrol} asks again.
     *
     * @param asked the request for the action that it is given
     * @param factor its kind, and how strong it is going to be where that is known
     * @throws IllegalArgumentException if the request is not of this account and action
     */
    public Decision mayEnrol(String account, Function<Action, AccessRequest> asked, EnrolledFactor factor) {
        Objects.requireNonNull(factor, "factor");
        return decide(account, asked, Action.FACTOR_ENROL, stored(account), factor, null);
    }

    /**
     * Adds a factor.
     *
     * @param account the host's immutable id of the account
     * @param asked the request for the action that it is given, with facts that it reads when called; called for each attempt
     * @param factor the new factor, as strong as it was found to be
     * @param write adds it
     * @throws IllegalArgumentException if the request is not of this account and action
     */
    public <T> FactorChange<T> enrol(
            String account, Function<Action, AccessRequest> asked, EnrolledFactor factor, FactorWrite<T> write) {
        Objects.requireNonNull(factor, "factor");
        return change(
                account, stored -> List.of(decide(account, asked, Action.FACTOR_ENROL, stored, factor, null)), write);
    }

    /**
     * Removes a factor.
     *
     * @param kind the kind of the factor, one that has an inventory here
     * @param id its id
     * @param write removes it
     * @throws IllegalArgumentException if the request is not of this account and action, or the kind has no inventory
     * @see #enrol
     */
    public <T> FactorChange<T> remove(
            String account, Function<Action, AccessRequest> asked, FactorKind kind, String id, FactorWrite<T> write) {
        checkKept(kind);
        return change(
                account,
                stored -> find(stored, kind, id)
                        .map(removed -> List.of(decide(account, asked, Action.FACTOR_REMOVE, stored, null, removed)))
                        .orElseGet(List::of),
                write);
    }

    /**
     * Puts a new factor in the place of another, in one write. The policy is asked about both: that the new one is set up, and
     * that the old one goes, with the new one among those which are left.
     *
     * @param kind the kind of the factor that goes, one that has an inventory here
     * @param id its id
     * @param factor the new one
     * @throws IllegalArgumentException if the request is not of this account and action, or the kind has no inventory
     * @see #enrol
     */
    public <T> FactorChange<T> replace(
            String account,
            Function<Action, AccessRequest> asked,
            FactorKind kind,
            String id,
            EnrolledFactor factor,
            FactorWrite<T> write) {
        checkKept(kind);
        Objects.requireNonNull(factor, "factor");
        return change(
                account,
                stored -> find(stored, kind, id)
                        .map(removed -> List.of(
                                decide(account, asked, Action.FACTOR_ENROL, stored, factor, null),
                                decide(account, asked, Action.FACTOR_REMOVE, stored, factor, removed)))
                        .orElseGet(List::of),
                write);
    }

    /**
     * Makes recovery codes, or new ones in the place of those there are.
     *
     * @param write makes them
     * @throws IllegalArgumentException if the request is not of this account and action
     * @see #enrol
     */
    public <T> FactorChange<T> recoveryCodes(
            String account, Function<Action, AccessRequest> asked, FactorWrite<T> write) {
        return change(
                account,
                stored -> List.of(decide(account, asked, Action.FACTOR_RECOVERY_CODES, stored, null, null)),
                write);
    }

    /**
     * Decides and writes until the write found the version that was decided on.
     *
     * @param question the decisions that the change needs, none of them if what is to be changed is not there
     */
    private <T> FactorChange<T> change(
            String account, Function<List<EnrolledFactor>, List<Decision>> question, FactorWrite<T> write) {
        Objects.requireNonNull(write, "write");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long version = versions.of(account);
            if (version < 0) {
                throw new IllegalStateException("versions: answered a negative number");
            }
            List<Decision> decisions = question.apply(stored(account));
            if (decisions.isEmpty()) {
                return new FactorChange.NotFound<>();
            }
            for (Decision decision : decisions) {
                if (decision instanceof Decision.Refused refused) {
                    return new FactorChange.Refused<>(refused);
                }
            }
            FactorWrite.Answer<T> answer = Objects.requireNonNull(write.at(version), "write: answered null");
            if (answer instanceof FactorWrite.Written<T> written) {
                Decision last = decisions.get(decisions.size() - 1);
                return new FactorChange.Made<>(written.value(), (Decision.Permitted) last);
            }
            if (answer instanceof FactorWrite.Rejected<T> rejected) {
                return new FactorChange.Rejected<>(rejected.code());
            }
            if (answer instanceof FactorWrite.NotFound<T>) {
                return new FactorChange.NotFound<>();
            }
        }
        return new FactorChange.Conflict<>();
    }

    private Decision decide(
            String account,
            Function<Action, AccessRequest> asked,
            Action action,
            List<EnrolledFactor> stored,
            @Nullable EnrolledFactor added,
            @Nullable EnrolledFactor removed) {
        AccessRequest request = Objects.requireNonNull(asked.apply(action), "asked: answered null");
        if (!request.action().equals(action)) {
            throw new IllegalArgumentException("asked: for " + request.action() + ", not " + action);
        }
        List<EnrolledFactor> all = new ArrayList<>(stored);
        Fact<EnrolledFactors> host = request.account().enrolled();
        if (host != null && host.isKnown()) {
            host.value().list().stream()
                    .filter(factor -> !isKept(factor.kind()))
                    .forEach(all::add);
        }
        AccessRequest.Builder known = AccountAtVersion.in(request, account, EnrolledFactors.of(all));
        if (action.equals(Action.FACTOR_ENROL)) {
            known.newFactor(Objects.requireNonNull(added));
        } else if (action.equals(Action.FACTOR_REMOVE)) {
            all.remove(removed);
            if (added != null) {
                all.add(added);
            }
            known.factorsLeft(EnrolledFactors.of(all));
        }
        return policy.decide(known.build());
    }

    private static Optional<EnrolledFactor> find(List<EnrolledFactor> stored, FactorKind kind, String id) {
        return stored.stream()
                .filter(factor -> factor.kind().equals(kind) && factor.id().equals(id))
                .findFirst();
    }

    /** What the inventories have of an account; an answer that cannot be is an exception. */
    private List<EnrolledFactor> stored(String account) {
        Objects.requireNonNull(account, "account");
        List<EnrolledFactor> all = new ArrayList<>();
        for (FactorInventory inventory : inventories) {
            FactorKind kind = inventory.kind();
            Set<String> ids = new HashSet<>();
            List<EnrolledFactor> ofKind =
                    Objects.requireNonNull(inventory.enrolled(account), "inventory: answered null");
            for (EnrolledFactor factor : ofKind) {
                if (factor == null || !factor.kind().equals(kind) || !ids.add(factor.id())) {
                    throw new IllegalStateException("inventory: answered no " + kind + ", or the same twice");
                }
                all.add(factor);
            }
        }
        return all;
    }

    private void checkKept(FactorKind kind) {
        if (!isKept(kind)) {
            throw new IllegalArgumentException("kind: " + kind + " has no inventory");
        }
    }

    private boolean isKept(FactorKind kind) {
        return inventories.stream().anyMatch(inventory -> inventory.kind().equals(kind));
    }
}
