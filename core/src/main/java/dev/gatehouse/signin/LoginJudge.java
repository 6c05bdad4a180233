package dev.gatehouse.signin;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.AccountFacts;
import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.Fact;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.CredentialKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What a login still lacks: a second factor where the account has one, and whatever the policy says. Immutable and thread-safe. */
final class LoginJudge {
    private static final String VERIFIER = "gatehouse.signin";

    private final TwoFactorPolicy policy;
    private final Function<String, AccountFacts> accounts;
    private final LoginDevices devices;
    /** The kinds that can be proven here, in the order in which they are offered. */
    private final Set<FactorKind> kinds;

    LoginJudge(
            TwoFactorPolicy policy,
            Function<String, AccountFacts> accounts,
            LoginDevices devices,
            Set<FactorKind> kinds) {
        this.policy = policy;
        this.accounts = accounts;
        this.devices = devices;
        this.kinds = Collections.unmodifiableSet(new LinkedHashSet<>(kinds));
    }

    /**
     * A login with the facts that it is judged by.
     *
     * @param device that it comes from, if it is known
     * @param labels what the policy sees of the device
     */
    record Case(
            PendingLogin login,
            AccountFacts facts,
            Fact<EnrolledFactors> enrolled,
            Optional<KnownDevice> device,
            Set<String> labels) {

        /** Whether the account has a second factor, or may have one, and neither it nor what stands for it is there. */
        boolean lacksSecondFactor() {
            boolean hasNone = enrolled.isKnown()
                    && enrolled.value().list().stream()
                            .allMatch(factor -> factor.kind().weakestClass().isEmpty());
            return !hasNone
                    && !labels.contains(LoginDevices.REMEMBERED)
                    && login.proofs().stream().noneMatch(this::isSecondFactor);
        }

        /** Whether a proof is of a factor that counts and is still set up, or of a recovery code, which stands in its place. */
        boolean isSecondFactor(Evidence proof) {
            if (proof.kind().equals(FactorKind.RECOVERY_CODE)) {
                return true;
            }
            return proof.kind().weakestClass().isPresent() && (!enrolled.isKnown() || isSetUp(proof));
        }

        /** Whether a proof is of a factor that the account is known not to have; recovery codes are never among those it has. */
        boolean isRemoved(Evidence proof) {
            return proof.kind().needsEnrolment()
                    && !proof.kind().equals(FactorKind.RECOVERY_CODE)
                    && enrolled.isKnown()
                    && !isSetUp(proof);
        }

        private boolean isSetUp(Evidence proof) {
            return enrolled.value().list().stream()
                    .anyMatch(factor -> factor.kind().equals(proof.kind())
                            && factor.id().equals(proof.factor().id()));
        }
    }

    Case open(SignInRequest request, PendingLogin login) {
        String account = login.account();
        AccountFacts facts = Objects.requireNonNull(accounts.apply(account), "accounts: facts");
        Fact<String> id = facts.id();
        if (id == null || !id.isKnown() || !id.value().equals(account)) {
            throw new IllegalStateException("accounts: facts of another account");
        }
        Fact<EnrolledFactors> enrolled = facts.enrolled();
        Optional<KnownDevice> device = devices.of(account, request);
        return new Case(
                login,
                facts,
                enrolled != null && enrolled.isKnown() ? enrolled : Fact.unknown(),
                device,
                devices.labels(device));
    }

    void used(Case login, Instant now) {
        login.device().ifPresent(device -> devices.used(device, now));
    }

    Decision decide(Case login) {
        return policy.decide(request(login, List.of()));
    }

    /** The kinds that bring a login on; none if nothing does. */
    Set<FactorKind> offered(Case login, Instant now) {
        if (login.lacksSecondFactor()) {
            return secondFactors(login);
        }
        return policy.suppose(request(login, List.of()))
                .fold(permitted -> Set.of(), refused -> helpful(login, refused, now));
    }

    private Set<FactorKind> secondFactors(Case login) {
        Fact<EnrolledFactors> enrolled = login.enrolled();
        Set<FactorKind> offered = new LinkedHashSet<>();
        for (FactorKind kind : kinds) {
            boolean isSetUp = !enrolled.isKnown() || enrolled.value().has(kind);
            if (kind.equals(FactorKind.RECOVERY_CODE) || (kind.weakestClass().isPresent() && isSetUp)) {
                offered.add(kind);
            }
        }
        return offered;
    }

    /**
     * The kinds of which one more proof would satisfy the policy. If there is none, those that meet a part of what it refuses for,
     * if together they meet all of it; else none, for no proof helps.
     */
    private Set<FactorKind> helpful(Case login, Decision.Refused refused, Instant now) {
        Set<FactorKind> enough = new LinkedHashSet<>();
        Set<FactorKind> some = new LinkedHashSet<>();
        Set<String> unmet = requirements(refused);
        Set<String> unmetByAny = requirements(refused);
        for (FactorKind kind : kinds) {
            for (EnrolledFactor factor : provable(kind, login.enrolled())) {
                Evidence proof =
                        Evidence.asserted(login.login().account(), factor, now, Carrier.request("supposed"), VERIFIER);
                Set<String> still = policy.suppose(request(login, List.of(proof)))
                        .fold(permitted -> Set.of(), LoginJudge::requirements);
                if (still.isEmpty()) {
                    enough.add(kind);
                } else if (!still.containsAll(unmet)) {
                    some.add(kind);
                }
                unmetByAny.retainAll(still);
            }
        }
        if (!enough.isEmpty()) {
            return enough;
        }
        return unmetByAny.isEmpty() ? some : Set.of();
    }

    private static Set<String> requirements(Decision.Refused refused) {
        Set<String> ids = new LinkedHashSet<>();
        refused.refusals().forEach(refusal -> ids.add(refusal.requirement()));
        return ids;
    }

    private static List<EnrolledFactor> provable(FactorKind kind, Fact<EnrolledFactors> enrolled) {
        if (!kind.needsEnrolment() || kind.equals(FactorKind.RECOVERY_CODE) || !enrolled.isKnown()) {
            return List.of(EnrolledFactor.of(kind));
        }
        return enrolled.value().list().stream()
                .filter(factor -> factor.kind().equals(kind))
                .toList();
    }

    /** All proofs of a login came with the login, which is one request to the policy. */
    private static AccessRequest request(Case login, List<Evidence> supposed) {
        Carrier carrier = Carrier.request("login");
        List<Evidence> proofs = new ArrayList<>(login.login().carriedBy(carrier));
        supposed.forEach(proof -> proofs.add(proof.carriedBy(carrier)));
        Credential credential = Credential.builder(CredentialKind.SESSION)
                .labels(login.labels())
                .build();
        return AccessRequest.of(Action.SIGN_IN_COMPLETE, credential)
                .account(login.facts())
                .request(carrier)
                .evidence(proofs)
                .build();
    }
}
