package dev.gatehouse.testkit.policy;

import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.Lifetime;
import dev.gatehouse.policy.NewToken;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.policy.rule.Reach;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a person has, and what they may choose on the way out of a refusal. Immutable. */
final class Choices {
    private static final int MOST_REQUESTS = 512;

    private final World world;

    private final Instant now;

    Choices(World world, Instant now) {
        this.world = world;
        this.now = now;
    }

    /** Everything known: what the host did not say is as with an account that was just made. */
    Draft settled(Draft draft) {
        Draft full = draft;
        for (Map.Entry<String, Domain> entry : world.domains.entrySet()) {
            String key = entry.getKey();
            boolean own = World.belongs(key, draft.action(), draft.kind()) || key.startsWith("account.");
            if (own
                    && (full.value(key) == null || full.value(key) == Draft.ABSENT)
                    && entry.getValue().size() > 0) {
                full = full.with(key, entry.getValue().at(0));
            }
        }
        if (full.kind() == CredentialKind.PASSWORD) {
            full = full.with("credential.checked", true);
        }
        if (full.value("account.id") == null) {
            full = full.with("account.id", Draft.ACCOUNT);
        }
        return full.without("project");
    }

    /** The draft with the account as it is after an errand, on which who was nobody has signed in. */
    Draft person(Draft draft, Draft after) {
        Draft both = draft.isUnproven() ? fresh(draft.with(CredentialKind.SESSION)) : draft;
        for (Map.Entry<String, Object> entry : after.facts().entrySet()) {
            if (entry.getKey().startsWith("account.")) {
                both = both.with(entry.getKey(), entry.getValue());
            }
        }
        return both;
    }

    List<Draft> sessions(Draft draft) {
        Draft plain = draft.with(CredentialKind.SESSION);
        List<Draft> all = new ArrayList<>();
        Domain labels = Domain.sets(world.labels(CredentialKind.SESSION));
        for (long i = 0; i < Math.min(labels.size(), 16); i++) {
            all.add(fresh(plain.with("credential.labels", labels.at(i))));
        }
        return all;
    }

    /** A credential just made: as young as can be. */
    private Draft fresh(Draft draft) {
        return draft.with("credential.age", Duration.ZERO)
                .with("credential.idle", Duration.ZERO)
                .with("credential.created", now);
    }

    List<NewToken> tokens() {
        Domain asked = world.domains.get("new-token");
        Domain tokens = asked == null ? new Readings().tokens() : asked;
        Domain labels = Domain.sets(world.labels(CredentialKind.API_TOKEN));
        Set<NewToken> all = new LinkedHashSet<>();
        for (long i = 0; i < tokens.size(); i++) {
            NewToken token = (NewToken) tokens.at(i);
            for (Object lifetime : values("credential.lifetime", token.lifetime())) {
                for (Object reach : values("credential.reach", token.reach())) {
                    for (long j = 0; j < Math.min(labels.size(), 64) && all.size() < MOST_REQUESTS; j++) {
                        @SuppressWarnings("unchecked")
                        Set<String> set = (Set<String>) labels.at(j);
                        all.add(new NewToken(set, (Lifetime) lifetime, (Reach) reach));
                    }
                }
            }
        }
        return List.copyOf(all);
    }

    /** What the token itself would have, and whatever the policy tells apart where it is used. */
    private List<Object> values(String key, Object own) {
        List<Object> all = new ArrayList<>(List.of(own));
        Domain read = world.domains.get(key);
        for (long i = 0; read != null && i < read.size(); i++) {
            all.add(read.at(i));
        }
        return all;
    }

    Draft withToken(Draft draft, NewToken token) {
        return fresh(draft.with(CredentialKind.API_TOKEN))
                .with("credential.labels", token.labels())
                .with("credential.lifetime", token.lifetime())
                .with("credential.reach", token.reach());
    }

    List<Draft> runs(Draft draft) {
        return product(draft.with(CredentialKind.TRUSTED_PUBLISHER), "run.");
    }

    /** The same action asked with each other token, factor or release. */
    List<Draft> otherRequests(Draft draft) {
        List<Draft> all = new ArrayList<>();
        for (String key : List.of("new-token", "new-factor", "release.", "run.")) {
            if (World.belongs(key.replace(".", ""), draft.action(), draft.kind())) {
                all.addAll(product(draft, key));
            }
        }
        return all;
    }

    private List<Draft> product(Draft draft, String prefix) {
        List<Draft> all = new ArrayList<>(List.of(draft));
        world.domains.forEach((key, domain) -> {
            if (key.startsWith(prefix)) {
                List<Draft> more = new ArrayList<>();
                for (Draft one : all) {
                    for (long i = 0; i < domain.size() && more.size() < MOST_REQUESTS; i++) {
                        more.add(one.with(key, domain.at(i)));
                    }
                }
                all.clear();
                all.addAll(more);
            }
        });
        return all;
    }

    List<EnrolledFactor> missing(Draft draft) {
        List<EnrolledFactor> missing = new ArrayList<>(world.factors);
        missing.removeAll(draft.enrolled().list());
        missing.removeIf(factor -> factor.kind().equals(FactorKind.RECOVERY_CODE));
        if (draft.value("factors-left") != null) {
            // Before one is removed, another of its kind can be set up.
            world.factors.stream()
                    .filter(factor -> factor.kind().equals(FactorKind.WEBAUTHN))
                    .map(factor -> spare(factor))
                    .filter(spare -> !draft.enrolled().list().contains(spare))
                    .forEach(missing::add);
        }
        return missing;
    }

    private static EnrolledFactor spare(EnrolledFactor factor) {
        EnrolledFactor spare = EnrolledFactor.of("spare-" + factor.id(), factor.kind());
        return factor.strength().map(spare::withStrength).orElse(spare);
    }

    boolean isAsserted(EnrolledFactor factor) {
        return factor.kind().equals(FactorKind.FEDERATED);
    }

    Draft enrolled(Draft draft, EnrolledFactor factor) {
        List<EnrolledFactor> more = new ArrayList<>(draft.enrolled().list());
        more.add(factor);
        Draft with = draft.with("account.enrolled", EnrolledFactors.of(more));
        if (draft.value("factors-left") instanceof EnrolledFactors left) {
            List<EnrolledFactor> kept = new ArrayList<>(left.list());
            kept.add(factor);
            with = with.with("factors-left", EnrolledFactors.of(kept));
        }
        return with;
    }

    /** Everything that can be shown, with this request and in this session. */
    Draft proven(Draft draft) {
        List<Proof> shown = new ArrayList<>();
        for (EnrolledFactor factor : world.proofs) {
            boolean can = !factor.kind().needsEnrolment()
                    || draft.enrolled().list().contains(factor)
                    || (factor.kind().equals(FactorKind.RECOVERY_CODE)
                            && draft.valueOr("account.recovery-codes-saved", false));
            if (can) {
                shown.add(Proof.now(factor));
                shown.add(new Proof(factor, Duration.ZERO, false, true));
            }
        }
        draft.enrolled().list().stream()
                .filter(factor -> !world.proofs.contains(factor))
                .forEach(factor -> shown.add(Proof.now(factor)));
        return (draft.kind() == CredentialKind.SESSION ? fresh(draft) : draft).withProofs(shown);
    }

    /** Whoever proves a factor does it here, or signs in with it. */
    List<Draft> provenAnyhow(Draft draft) {
        Draft signedIn = proven(sessions(draft).get(0));
        boolean mustSignIn = draft.isUnproven() || draft.kind() == CredentialKind.PASSWORD;
        return mustSignIn ? List.of(proven(draft), signedIn) : List.of(proven(draft));
    }

    /** Each of the account's flags that a person may set. */
    List<Draft> withSettings(Draft draft) {
        Domain flags = world.domains.get("account.flags");
        List<Draft> all = new ArrayList<>();
        for (long i = 0; flags != null && i < Math.min(flags.size(), 64); i++) {
            all.add(draft.with("account.flags", flags.at(i)));
        }
        return all;
    }
}
