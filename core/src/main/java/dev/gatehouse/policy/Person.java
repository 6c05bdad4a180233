package dev.gatehouse.policy;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.CredentialKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Somebody of one class at one instant, who asks in some state with some credential and shows what helps. Not thread-safe. */
final class Person {
    private static final Carrier SESSION = Carrier.session("session");
    private static final Carrier REQUEST = Carrier.request("request");
    private static final String ID = "person";

    private final Surroundings surroundings;
    private final Cohort cohort;
    private final Instant at;
    private final ThingFacts project;
    private final ThingFacts organization;
    private final Map<Integer, AccountFacts> accounts = new HashMap<>();
    private final Map<String, Boolean> answers = new HashMap<>();

    Person(Surroundings surroundings, Cohort cohort, Instant at) {
        this.surroundings = surroundings;
        this.cohort = cohort;
        this.at = at;
        this.project = cohort.project.thing("project");
        this.organization = cohort.organization.thing("organization");
    }

    /** A session with these labels. */
    Credential session(Set<String> labels) {
        return Credential.builder(CredentialKind.SESSION)
                .labels(labels)
                .created(at)
                .lastUsed(at)
                .build();
    }

    /** The token that was asked for, just made. */
    Credential token(NewToken made) {
        return Credential.apiToken()
                .labels(made.labels())
                .created(at)
                .lastUsed(at)
                .lifetime(made.lifetime())
                .reach(made.reach())
                .build();
    }

    /** Whether the action is permitted in the state with the credential, whatever of the rest the caller chooses. */
    boolean passes(Action action, String key, Credential credential, int state) {
        return answers.computeIfAbsent(
                key + " " + action.id() + " " + state,
                k -> any(action, credential, state, null, r -> surroundings.passes(r, cohort, at)));
    }

    /** Whether a factor, or a token, of this sort may be made in a session. */
    boolean passes(Action action, int state, Object asked) {
        return any(action, session(Set.of()), state, asked, r -> surroundings.passes(r, cohort, at));
    }

    /** The refusal with the fewest requirements, of what the caller may choose. */
    Decision.@Nullable Refused refusal(Action action, Credential credential, int state, @Nullable Object asked) {
        List<Decision.Refused> refused = new ArrayList<>();
        any(action, credential, state, asked, request -> {
            surroundings.decide(request, cohort, at).<Boolean>fold(p -> true, refused::add);
            return false;
        });
        return refused.stream()
                .min(java.util.Comparator.comparingInt(r -> r.refusals().size()))
                .orElse(null);
    }

    private boolean any(
            Action action, Credential credential, int state, @Nullable Object asked, Predicate<AccessRequest> test) {
        for (List<Evidence> proofs : proofs(credential, state)) {
            AccessRequest.Builder request = AccessRequest.of(action, credential)
                    .account(account(credential, state))
                    .evidence(proofs)
                    .session(SESSION)
                    .request(REQUEST);
            if (Surroundings.isAboutThings(action)) {
                request.project(project).organization(organization);
            }
            if (anyObject(request, action, state, asked, r -> anyRun(r, action, credential, test))) {
                return true;
            }
        }
        return false;
    }

    private boolean anyObject(
            AccessRequest.Builder request,
            Action action,
            int state,
            @Nullable Object asked,
            Predicate<AccessRequest.Builder> test) {
        if (AtAction.hasNewToken(action)) {
            List<NewToken> tokens = asked instanceof NewToken one ? List.of(one) : surroundings.choices.tokens;
            return tokens.stream().anyMatch(token -> test.test(request.newToken(token)));
        } else if (AtAction.hasNewFactor(action)) {
            return enrollable(asked).stream().anyMatch(factor -> test.test(request.newFactor(factor)));
        } else if (AtAction.hasFactorsLeft(action)) {
            // A second factor of the same kind can always be set up before one is removed.
            return test.test(request.factorsLeft(EnrolledFactors.of(surroundings.enrolled(state))));
        }
        return test.test(request);
    }

    private List<EnrolledFactor> enrollable(@Nullable Object asked) {
        if (asked instanceof EnrolledFactor one) {
            return List.of(one);
        }
        // A policy that never asks for a factor does not care which one is set up.
        return surroundings.factors.isEmpty() ? List.of(EnrolledFactor.of(FactorKind.TOTP)) : surroundings.factors;
    }

    private boolean anyRun(
            AccessRequest.Builder request, Action action, Credential credential, Predicate<AccessRequest> test) {
        List<ThingFacts> releases =
                AtAction.hasRelease(action) ? surroundings.choices.releases : List.of(ThingValues.absent());
        List<PublisherRun> runs =
                AtAction.hasRun(credential) ? surroundings.choices.runs : List.of(PublisherRun.absent());
        for (ThingFacts release : releases) {
            for (PublisherRun run : runs) {
                if (test.test(request.release(release).run(run).build())) {
                    return true;
                }
            }
        }
        return false;
    }

    private AccountFacts account(Credential credential, int state) {
        if (credential.isWithoutAccount()) {
            return AccountValues.absent();
        }
        return accounts.computeIfAbsent(state, this::account);
    }

    private AccountFacts account(int state) {
        Set<String> flags = new java.util.HashSet<>(cohort.accountFlags);
        for (int i = 0; i < surroundings.settings.size(); i++) {
            if ((state & surroundings.setting(i)) != 0) {
                flags.addAll(surroundings.settings.get(i));
            }
        }
        AccountValues.Builder account = AccountValues.builder(ID, ID)
                .registered(cohort.registered)
                .flags(flags)
                .enrolled(EnrolledFactors.of(surroundings.enrolled(state)))
                .emailVerified((state & Surroundings.EMAIL) != 0)
                .recoveryCodesSaved((state & Surroundings.CODES) != 0)
                .maintains(cohort.maintains)
                .memberOf(cohort.memberOf);
        cohort.accountMetrics.forEach(account::metric);
        surroundings.choices.events.forEach(event -> account.event(event, Occurrence.never()));
        return account.build();
    }

    /**
     * All that can be shown, only what the session holds, or nothing: showing less may bind less. What the request brings
     * counts wherever the session's proof does.
     */
    private List<List<Evidence>> proofs(Credential credential, int state) {
        if (credential.isWithoutAccount()) {
            return List.of(List.of());
        }
        List<EnrolledFactor> shown = new ArrayList<>(surroundings.enrolled(state));
        shown.add(EnrolledFactor.of(FactorKind.PASSWORD));
        surroundings.free.stream()
                .filter(kind -> !kind.equals(FactorKind.PASSWORD))
                .map(EnrolledFactor::of)
                .forEach(shown::add);
        if ((state & Surroundings.EMAIL) != 0) {
            shown.add(EnrolledFactor.of(FactorKind.EMAIL));
        }
        if ((state & Surroundings.CODES) != 0) {
            shown.add(EnrolledFactor.of(FactorKind.RECOVERY_CODE));
        }
        List<Evidence> session = new ArrayList<>();
        List<Evidence> request = new ArrayList<>();
        for (EnrolledFactor factor : shown) {
            session.add(Evidence.asserted(ID, factor, at, SESSION, "analysis"));
            request.add(Evidence.asserted(ID, factor, at, REQUEST, "analysis"));
        }
        return List.of(request, session, List.of());
    }
}
