package dev.gatehouse.testkit.policy;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.AccountValues;
import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.Fact;
import dev.gatehouse.policy.Lifetime;
import dev.gatehouse.policy.NewToken;
import dev.gatehouse.policy.PublisherRun;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.Reach;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A request as a map of what is known: what is not in it is unknown. Laws change it fact by fact; its text names only what
 * is known. Immutable.
 *
 * @param facts values by keys such as {@code account.enrolled} or {@code project.metric.downloads}
 */
record Draft(Action action, CredentialKind kind, Map<String, Object> facts) {
    static final String ACCOUNT = "account-1";
    static final String PROJECT = "project-1";
    static final Carrier SESSION = Carrier.session("session-1");
    static final Carrier REQUEST = Carrier.request("request-1");

    /** The value of a fact that does not exist. */
    static final Object ABSENT = new Object() {
        @Override
        public String toString() {
            return "absent";
        }
    };

    Draft {
        facts = Collections.unmodifiableMap(new TreeMap<>(facts));
    }

    Draft with(String key, Object value) {
        Map<String, Object> more = new TreeMap<>(facts);
        more.put(key, value);
        return new Draft(action, kind, more);
    }

    Draft without(Predicate<String> keys) {
        Map<String, Object> less = new TreeMap<>(facts);
        less.keySet().removeIf(keys);
        return new Draft(action, kind, less);
    }

    Draft without(String key) {
        return without(key::equals);
    }

    Draft with(Action other) {
        return new Draft(other, kind, facts);
    }

    /** The same caller with another credential, of which nothing is known yet. */
    Draft with(CredentialKind other) {
        return new Draft(
                action,
                other,
                without(key -> key.startsWith("credential.") || key.startsWith("run."))
                        .facts());
    }

    @Nullable
    Object value(String key) {
        return facts.get(key);
    }

    <T> T valueOr(String key, T other) {
        Object value = facts.get(key);
        return value == null || value.equals(ABSENT) ? other : cast(value);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> T cast(Object value) {
        return (T) value;
    }

    <T> Fact<T> fact(String key) {
        Object value = facts.get(key);
        return value == null ? Fact.unknown() : value.equals(ABSENT) ? Fact.absent() : Fact.of(Draft.<T>cast(value));
    }

    List<Proof> proofs() {
        return valueOr("evidence", List.of());
    }

    Draft withProofs(List<Proof> proofs) {
        return with("evidence", List.copyOf(proofs));
    }

    EnrolledFactors enrolled() {
        return valueOr("account.enrolled", EnrolledFactors.none());
    }

    /** Whether no account can be behind the credential. */
    boolean isWithoutAccount() {
        return kind == CredentialKind.TRUSTED_PUBLISHER
                || kind == CredentialKind.SERVICE_ACCOUNT
                || valueOr("credential.ownerless", false);
    }

    /** Whether nobody has proved to be the account, so that it is unknown. */
    boolean isUnproven() {
        return kind == CredentialKind.ANONYMOUS
                || (kind == CredentialKind.PASSWORD && !valueOr("credential.checked", false));
    }

    Credential credential() {
        Credential.Builder b = Credential.builder(kind).labels(valueOr("credential.labels", Set.of()));
        if (valueOr("credential.ownerless", false)) {
            b.withoutOwner();
        }
        if (valueOr("credential.checked", false)) {
            b.passwordChecked();
        }
        Fact<Instant> created = fact("credential.created");
        Fact<Duration> age = fact("credential.age");
        Fact<Duration> idle = fact("credential.idle");
        Fact<Lifetime> lifetime = fact("credential.lifetime");
        Fact<Reach> reach = fact("credential.reach");
        if (created.isKnown()) {
            b.created(created.value());
        }
        if (age.isKnown()) {
            b.age(age.value());
        }
        if (idle.isKnown()) {
            b.idle(idle.value());
        }
        if (lifetime.isKnown()) {
            b.lifetime(lifetime.value());
        }
        if (reach.isKnown()) {
            b.reach(reach.value());
        }
        return b.build();
    }

    /**
     * The request.
     *
     * @param anchor the instant before which proofs and events are as old as the draft says
     */
    AccessRequest toRequest(Instant anchor) {
        AccessRequest.Builder b = AccessRequest.of(action, credential())
                .evidence(proofs().stream()
                        .map(proof -> proof.at(anchor, valueOr("account.id", ACCOUNT)))
                        .toList())
                .session(SESSION)
                .request(REQUEST);
        if (!isUnproven()) {
            b.account(isWithoutAccount() ? AccountValues.absent() : new DraftAccount(this, anchor));
        }
        b.project(new DraftThing("project", facts)).organization(new DraftThing("organization", facts));
        if (has("release")) {
            b.release(new DraftThing("release", facts));
        }
        if (kind == CredentialKind.TRUSTED_PUBLISHER) {
            b.run(PublisherRun.of(fact("run.provider"), fact("run.event"), fact("run.ref"), fact("run.flags")));
        }
        Fact<NewToken> newToken = fact("new-token");
        Fact<EnrolledFactor> newFactor = fact("new-factor");
        Fact<EnrolledFactors> left = fact("factors-left");
        if (newToken.isKnown()) {
            b.newToken(newToken.value());
        }
        if (newFactor.isKnown()) {
            b.newFactor(newFactor.value());
        }
        if (left.isKnown()) {
            b.factorsLeft(left.value());
        }
        return b.build();
    }

    private boolean has(String owner) {
        return facts.containsKey(owner) || facts.keySet().stream().anyMatch(key -> key.startsWith(owner + "."));
    }

    /** Whether the fact can be seen in a request of this kind. */
    private boolean isSeen(String key) {
        if (key.startsWith("account.")) {
            return !isUnproven() && !isWithoutAccount();
        }
        return !key.startsWith("run.") || kind == CredentialKind.TRUSTED_PUBLISHER;
    }

    /** {@code publish.release by api-token, account.enrolled [totp(totp)]}: what is not named is unknown. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(action + " by " + kind.id());
        facts.forEach((key, value) -> {
            if (isSeen(key)
                    && !key.equals("account.id")
                    && !(value instanceof Collection<?> c && c.isEmpty() && key.equals("evidence"))) {
                text.append("\n    ").append(key).append(": ").append(value);
            }
        });
        return text.toString();
    }
}
