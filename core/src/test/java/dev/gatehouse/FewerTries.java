package dev.gatehouse;

import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.Store;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;
import org.jspecify.annotations.Nullable;

/**
 * Ends every property after {@code -Dtries.most=<n>} tries that held, also one that names its own number. Mutation runs set
 * it: a fault that was planted shows early or hardly ever. Without the system property nothing changes.
 */
public final class FewerTries implements AroundTryHook {
    private static final @Nullable Integer MOST = Integer.getInteger("tries.most");

    @Override
    public TryExecutionResult aroundTry(TryLifecycleContext context, TryExecutor tries, List<Object> parameters) {
        if (FoundUnrun.isOnlyLookedFor()) {
            return TryExecutionResult.satisfied(true);
        }
        TryExecutionResult result = tries.execute(parameters);
        if (MOST == null || !result.isSatisfied()) {
            return result;
        }
        int held = Store.getOrCreate(FewerTries.class, Lifespan.PROPERTY, AtomicInteger::new)
                .get()
                .incrementAndGet();
        return held < MOST ? result : TryExecutionResult.satisfied(true);
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public boolean appliesTo(Optional<AnnotatedElement> element) {
        return MOST != null;
    }
}
