package dev.gatehouse.policy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The facts of a request with a count of how often each is asked for. */
final class Counted {
    final Map<String, Integer> reads = new TreeMap<>();

    AccessRequest request(AccessRequest q) {
        return q.withFacts(
                proxy("account", AccountFacts.class, q.account()),
                proxy("project", ThingFacts.class, q.project()),
                proxy("organization", ThingFacts.class, q.organization()),
                proxy("release", ThingFacts.class, q.release()),
                proxy("run", PublisherRun.class, q.run()));
    }

    CustomCondition condition(CustomCondition real) {
        return proxy("condition", CustomCondition.class, real);
    }

    private <T> T proxy(String name, Class<T> type, T real) {
        InvocationHandler handler = (self, method, args) -> {
            if (method.getDeclaringClass() == Object.class) {
                return method.invoke(real, args);
            }
            Object first = args == null
                            || method.getName().equals("holds")
                            || method.getName().equals("age")
                    ? ""
                    : args[0];
            String key = name + "." + method.getName() + "(" + first + ")";
            if (!method.getName().equals("id") || type != CustomCondition.class) {
                reads.merge(key, 1, Integer::sum);
            }
            return counted(key, call(method, real, args));
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** The things of a list are counted one by one. */
    private Object counted(String key, Object answer) {
        if (answer instanceof Fact<?> fact && fact.isKnown() && fact.value() instanceof Collection<?> all) {
            List<Object> things = new ArrayList<>();
            for (Object one : all) {
                things.add(
                        one instanceof ThingFacts thing
                                ? proxy(key + "[" + things.size() + "]", ThingFacts.class, thing)
                                : one);
            }
            return all.stream().anyMatch(ThingFacts.class::isInstance) ? Fact.of(things) : answer;
        }
        return answer;
    }

    private static Object call(Method method, Object real, Object[] args) throws Throwable {
        try {
            method.setAccessible(true);
            return method.invoke(real, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
