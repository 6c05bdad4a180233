package dev.gatehouse.signin;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorInventory;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.AccountValues;
import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.PolicyControls;
import dev.gatehouse.policy.Refusal;
import dev.gatehouse.policy.Supplied;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Vocabulary;
import dev.gatehouse.state.InMemoryAccountVersions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** One person at an index with a preset's policy, in a session of theirs, and stores of the kinds of factors that they may have. */
final class FactorDesk {
    static final String ALICE = "u-1";
    static final Carrier SESSION = Carrier.session("s-1");
    static final Carrier REQUEST = Carrier.request("r-1");

    private static final Map<PolicyDefinition, TwoFactorPolicy> POLICIES = new ConcurrentHashMap<>();
    private static final Map<String, PolicyDefinition> PRESETS = new ConcurrentHashMap<>();

    final Instant now = Instant.parse("2026-08-25T12:00:00Z");
    boolean emailVerified = true;
    boolean codesSaved = true;
    EnrolledFactors hostSays = EnrolledFactors.none();
    final List<Evidence> evidence = new ArrayList<>();

    final InMemoryAccountVersions versions = InMemoryAccountVersions.create();
    final Store totp = new Store(FactorKind.TOTP);
    final Store webauthn = new Store(FactorKind.WEBAUTHN);
    final TwoFactorPolicy policy;
    final FactorChanges changes;

    FactorDesk(String preset) {
        this(PRESETS.computeIfAbsent(
                preset, name -> PolicyDocuments.standard().preset(name).definition()));
    }

    FactorDesk(PolicyDefinition definition) {
        // Building a preset takes half a second: the search for dead ends.
        this.policy = POLICIES.computeIfAbsent(definition, this::policy);
        this.changes = FactorChanges.of(policy, versions, List.of(totp, webauthn));
    }

    private TwoFactorPolicy policy(PolicyDefinition definition) {
        Map<String, Boolean> off = new HashMap<>();
        definition.vocabulary().of(Vocabulary.Section.SWITCHES).keySet().forEach(name -> off.put(name, false));
        return TwoFactorPolicy.builder(definition)
                .clock(() -> now)
                .controls(PolicyControls.of(off))
                .supplies(Supplied.everything(definition.vocabulary()))
                .build();
    }

    /** Factors of one kind, changed as a repository does it. */
    final class Store implements FactorInventory {
        private final FactorKind kind;
        private final Map<String, EnrolledFactor> factors = new TreeMap<>();

        private Store(FactorKind kind) {
            this.kind = kind;
        }

        @Override
        public FactorKind kind() {
            return kind;
        }

        @Override
        public List<EnrolledFactor> enrolled(String account) {
            synchronized (factors) {
                return account.equals(ALICE) ? List.copyOf(factors.values()) : List.of();
            }
        }

        /** A factor that is there from before. */
        Store with(EnrolledFactor factor) {
            factors.put(factor.id(), factor);
            return this;
        }

        Store with(String id) {
            return with(EnrolledFactor.of(id, kind));
        }

        FactorWrite<String> adding(EnrolledFactor factor) {
            return version -> answer(version, () -> {
                factors.put(factor.id(), factor);
                return Optional.of(factor.id());
            });
        }

        FactorWrite<String> removing(String id) {
            return version -> answer(
                    version, () -> Optional.ofNullable(factors.remove(id)).map(EnrolledFactor::id));
        }

        private FactorWrite.Answer<String> answer(long version, java.util.function.Supplier<Optional<String>> change) {
            boolean[] ran = {false};
            Optional<String> made = versions.change(ALICE, version, () -> {
                ran[0] = true;
                synchronized (factors) {
                    return change.get();
                }
            });
            return made.<FactorWrite.Answer<String>>map(FactorWrite.Written::new)
                    .orElseGet(() -> ran[0] ? new FactorWrite.NotFound<>() : new FactorWrite.Conflict<>());
        }
    }

    /** The request of the session for an action, with the facts of this moment. */
    AccessRequest asked(Action action) {
        return request(action).build();
    }

    AccessRequest.Builder request(Action action) {
        return AccessRequest.of(action, Credential.session())
                .account(AccountValues.builder(ALICE, "alice")
                        .registered(Instant.parse("2015-01-01T00:00:00Z"))
                        .emailVerified(emailVerified)
                        .recoveryCodesSaved(codesSaved)
                        .enrolled(hostSays)
                        .flags(java.util.Set.of())
                        .build())
                .session(SESSION)
                .request(REQUEST)
                .evidence(evidence);
    }

    /** Proves a factor in the session, so long ago. */
    FactorDesk proven(EnrolledFactor factor, Duration ago) {
        evidence.add(Evidence.asserted(ALICE, factor, now.minus(ago), SESSION, "test"));
        return this;
    }

    /** Brings a proof with the request itself. */
    FactorDesk brought(FactorKind kind) {
        evidence.add(Evidence.asserted(ALICE, kind, now, REQUEST, "test"));
        return this;
    }

    FactorChange<String> enrol(Store store, EnrolledFactor factor) {
        return changes.enrol(ALICE, this::asked, factor, store.adding(factor));
    }

    FactorChange<String> remove(Store store, String id) {
        return changes.remove(ALICE, this::asked, store.kind(), id, store.removing(id));
    }

    /** The requirements that stand in the way; empty if the change was made. */
    static List<String> refusals(FactorChange<?> change) {
        return change.fold(
                made -> List.of(),
                refused -> refusals(refused.decision()),
                rejected -> List.of("rejected"),
                () -> List.of("not found"),
                () -> List.of("conflict"));
    }

    static List<String> refusals(Decision decision) {
        return decision.fold(
                permitted -> List.of(),
                refused -> refused.refusals().stream().map(Refusal::requirement).toList());
    }
}
