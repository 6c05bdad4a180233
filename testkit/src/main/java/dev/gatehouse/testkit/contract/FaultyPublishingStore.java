package dev.gatehouse.testkit.contract;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.publisher.PendingPublisherRepository;
import dev.gatehouse.publisher.PublisherRepository;
import dev.gatehouse.publisher.PublishingProjects;
import dev.gatehouse.publisher.PublishingStore;
import dev.gatehouse.token.ApiTokenRepository;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A store one of whose parts' calls fails after it was done: the first if none is spared. Thread-safe. */
final class FaultyPublishingStore implements PublishingStore {
    private final PublishingStore store;
    private final AtomicInteger spared;
    private final Map<String, Optional<Object>> lies = new ConcurrentHashMap<>();
    private final Map<String, Object> firstAnswers = new ConcurrentHashMap<>();

    FaultyPublishingStore(PublishingStore store, int spared) {
        this.store = store;
        this.spared = new AtomicInteger(spared);
    }

    /** Lets every call of this name answer so, after it was done; for stores that lie. */
    void answer(String method, @Nullable Object lie) {
        answer(PublisherRepository.class, method, lie);
    }

    /** The same for another part of the store. */
    void answer(Class<?> part, String method, @Nullable Object lie) {
        lies.put(part.getSimpleName() + "." + method, Optional.ofNullable(lie));
    }

    /** Lets the first call of this name answer so, as of the moment before; for rows that are read one after another. */
    void answerFirst(Class<?> part, String method, Object before) {
        firstAnswers.put(part.getSimpleName() + "." + method, before);
    }

    /** Whether everything that is told once has been told. */
    boolean isTold() {
        return firstAnswers.isEmpty();
    }

    /** The planted failure. */
    static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Whether the call that fails has come. */
    boolean isSpent() {
        return spared.get() < 0;
    }

    @Override
    public <T> T inTransaction(Function<? super Unit, ? extends T> work) {
        return store.inTransaction(unit -> work.apply(new FaultyUnit(unit)));
    }

    private <T> T faulty(Class<T> type, T part) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, all) -> {
            Object answer;
            try {
                answer = method.invoke(part, all);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            String name = type.getSimpleName() + "." + method.getName();
            Object before = firstAnswers.remove(name);
            if (before != null) {
                return before;
            }
            Optional<Object> lie = lies.get(name);
            if (lie != null) {
                return lie.orElse(null);
            }
            if (spared.getAndDecrement() == 0) {
                throw new Fault();
            }
            return answer;
        }));
    }

    private final class FaultyUnit implements Unit {
        private final Unit unit;

        FaultyUnit(Unit unit) {
            this.unit = unit;
        }

        @Override
        public PublisherRepository publishers() {
            return faulty(PublisherRepository.class, unit.publishers());
        }

        @Override
        public PendingPublisherRepository pending() {
            return faulty(PendingPublisherRepository.class, unit.pending());
        }

        @Override
        public ApiTokenRepository tokens() {
            return faulty(ApiTokenRepository.class, unit.tokens());
        }

        @Override
        public PublishingProjects projects() {
            return faulty(PublishingProjects.class, unit.projects());
        }

        @Override
        public AuditSink audit() {
            return faulty(AuditSink.class, unit.audit());
        }
    }
}
