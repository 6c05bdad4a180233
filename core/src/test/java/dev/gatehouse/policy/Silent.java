package dev.gatehouse.policy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Random;

/** A host that sometimes answers {@code null} or claims an absence that cannot be. */
final class Silent {
    private final Random random;

    Silent(Random random) {
        this.random = random;
    }

    AccessRequest request(AccessRequest q) {
        boolean mayLack = AtAction.mayLackAccount(q.credential());
        return q.withFacts(
                mayLack ? q.account() : proxy(AccountFacts.class, q.account()),
                AtAction.mayLackProject(q.action()) ? q.project() : proxy(ThingFacts.class, q.project()),
                proxy(ThingFacts.class, q.organization()),
                AtAction.hasRelease(q.action()) ? proxy(ThingFacts.class, q.release()) : q.release(),
                AtAction.hasRun(q.credential()) ? proxy(PublisherRun.class, q.run()) : q.run());
    }

    private <T> T proxy(Class<T> type, T real) {
        java.util.Set<String> silent = new java.util.HashSet<>();
        for (var method : type.getMethods()) {
            if (random.nextInt(3) == 0) {
                silent.add(method.getName());
            }
        }
        InvocationHandler handler = (self, method, args) -> {
            if (silent.contains(method.getName())) {
                return random.nextBoolean() ? null : Fact.absent();
            }
            try {
                method.setAccessible(true);
                return method.invoke(real, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
