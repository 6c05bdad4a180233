package dev.gatehouse.testkit.policy;

import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.AccountFacts;
import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.ThingFacts;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.PolicyDefinition;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.providers.ArbitraryProvider;
import net.jqwik.api.providers.TypeUsage;

/**
 * Lets jqwik fill parameters of these types without more: requests, accounts, projects and other things, credentials, factors,
 * evidence, whole policies and their documents. jqwik finds it by itself. Thread-safe.
 */
public final class PolicyArbitraryProvider implements ArbitraryProvider {
    private static final PolicyArbitraries ANY = PolicyArbitraries.of(SmallWorld.WORLD);

    private static final Map<Class<?>, Supplier<Arbitrary<?>>> MADE = Map.of(
            AccessRequest.class, ANY::requests,
            AccountFacts.class, ANY::accounts,
            ThingFacts.class, ANY::projects,
            Credential.class, ANY::credentials,
            Evidence.class, ANY::evidence,
            EnrolledFactor.class, ANY::factors,
            EnrolledFactors.class, ANY::enrolledFactors,
            Action.class, ANY::actions,
            PolicyDefinition.class, PolicyArbitraries::definitions,
            PolicyText.class, PolicyArbitraries::documents);

    /** Made by jqwik. */
    public PolicyArbitraryProvider() {}

    @Override
    public boolean canProvideFor(TypeUsage targetType) {
        return MADE.containsKey(targetType.getRawType());
    }

    @Override
    public Set<Arbitrary<?>> provideFor(TypeUsage targetType, SubtypeProvider subtypeProvider) {
        Supplier<Arbitrary<?>> made = MADE.get(targetType.getRawType());
        return made == null ? Set.of() : Set.of(made.get());
    }
}
