package dev.gatehouse.testkit.contract;

import dev.gatehouse.publisher.PublishingStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of stores, counts the calls that they get, and lets one of them go wrong.
 *
 * <p>Any interface can be stood in front of: {@code faults.in(TotpRepository.class, store)}. Calls are numbered from 1 over all stores
 * of one {@code StoreFaults}, from {@link #begin} on; what is called before sets the scene, and what it answers is remembered for
 * {@link StoreFault#FOREIGN}. Of a {@link PublishingStore} both the transaction and the calls of its parts count. {@link FaultSweep}
 * uses it systematically; by itself it is for a test of one fault.
 *
 * <p>Thread-safe; it holds no lock while a store works.
 */
public final class StoreFaults {
    private static final long LIMIT_SECONDS = 60;

    private final List<Call> calls = new ArrayList<>();
    private final List<Plan> possible = new ArrayList<>();
    private final Map<String, List<Object>> remembered = new HashMap<>();
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final CountDownLatch deadline = new CountDownLatch(1);
    private volatile @Nullable Plan plan;
    private volatile boolean isCounting;
    private volatile boolean isLasting;
    private volatile boolean isStruck;

    private StoreFaults() {}

    /** Without a fault so far. */
    public static StoreFaults create() {
        return new StoreFaults();
    }

    /**
     * A call that a store got.
     *
     * @param number from 1, over all stores
     * @param store the simple name of the interface
     * @param method its method
     */
    public record Call(int number, String store, String method) {
        @Override
        public String toString() {
            return number + " " + store + "." + method;
        }
    }

    /**
     * What goes wrong, and where.
     *
     * @param call the one that goes wrong, found by its number
     * @param fault what happens
     * @param variant which of several other answers, from 0
     */
    public record Plan(Call call, StoreFault fault, int variant) {
        @Override
        public String toString() {
            return call + " " + fault + (variant == 0 ? "" : " " + variant);
        }
    }

    /** What is thrown in the place of an answer. */
    public static final class PlantedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PlantedException(Plan plan) {
            super("planted: " + plan);
        }
    }

    /** The store with this in front of it. */
    public <T> T in(Class<T> type, T store) {
        Objects.requireNonNull(store, "store");
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> called(type, store, method, arguments)));
    }

    /** Counts the calls from now on, and lets none go wrong. */
    public synchronized void begin() {
        isCounting = true;
        plan = null;
    }

    /** Counts the calls from now on, and lets this go wrong. */
    public synchronized void begin(Plan planned) {
        isCounting = true;
        isLasting = false;
        plan = Objects.requireNonNull(planned, "planned");
    }

    /** Counts the calls from now on, and lets this go wrong, and from there on each call of the same method. */
    public synchronized void beginLasting(Plan planned) {
        begin(planned);
        isLasting = true;
    }

    /** Everything goes well from now on, and nothing is counted. */
    public synchronized void end() {
        isCounting = false;
        plan = null;
    }

    /** The calls so far. */
    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** What could go wrong with the calls so far, given what they answered. */
    public synchronized List<Plan> possible() {
        return List.copyOf(possible);
    }

    /** Whether the call that was to go wrong has come. */
    public synchronized boolean isStruck() {
        return isStruck;
    }

    /**
     * Waits until a call hangs.
     *
     * @throws AssertionError if none does within a minute
     */
    public void awaitHanging() {
        await(hanging);
    }

    /** The deadline is there: the call that hangs throws. */
    public void deadline() {
        deadline.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("nothing came within a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private @Nullable Object called(Class<?> type, Object store, Method method, Object @Nullable [] arguments)
            throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return invoked(store, method, arguments);
        }
        if (type == PublishingStore.Unit.class) {
            return inUnit(method, Objects.requireNonNull(invoked(store, method, arguments)));
        }
        Object @Nullable [] passed = type == PublishingStore.class ? work(arguments) : arguments;
        Call call = counted(type, method);
        Plan wrong = struck(call);
        if (wrong == null) {
            Object answer = invoked(store, method, passed);
            noted(call, type, method, answer);
            return answer;
        }
        switch (wrong.fault()) {
            case THROWS_BEFORE -> throw new PlantedException(wrong);
            case HANGS -> {
                hanging.countDown();
                await(deadline);
                throw new PlantedException(wrong);
            }
            case THROWS_AFTER -> {
                invoked(store, method, passed);
                throw new PlantedException(wrong);
            }
            case TWICE_FIRST_ANSWER -> {
                Object first = invoked(store, method, passed);
                repeated(store, method, passed);
                return first;
            }
            case TWICE_SECOND_ANSWER -> {
                invoked(store, method, passed);
                return invoked(store, method, passed);
            }
            default -> {
                Object truth = invoked(store, method, passed);
                return WrongAnswers.of(wrong, truth, others(type, method));
            }
        }
    }

    private static @Nullable Object invoked(Object store, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /** Nobody hears what the second time answers, nor what it throws. */
    private static void repeated(Object store, Method method, Object @Nullable [] arguments)
            throws IllegalAccessException {
        try {
            method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
        }
    }

    /** A part of a transaction, with this in front of it. */
    private Object inUnit(Method method, Object part) {
        return stood(method.getReturnType(), part);
    }

    private <T> Object stood(Class<T> type, Object part) {
        return in(type, type.cast(part));
    }

    /** The work of a transaction, which gets parts with this in front of them. */
    private Object @Nullable [] work(Object @Nullable [] arguments) {
        if (arguments == null || arguments.length != 1 || !(arguments[0] instanceof Function<?, ?> work)) {
            return arguments;
        }
        @SuppressWarnings("unchecked") // As the interface declares it.
        Function<PublishingStore.Unit, Object> done = (Function<PublishingStore.Unit, Object>) work;
        Function<PublishingStore.Unit, Object> wrapped = unit -> done.apply(in(PublishingStore.Unit.class, unit));
        return new Object[] {wrapped};
    }

    private synchronized @Nullable Call counted(Class<?> type, Method method) {
        if (!isCounting) {
            return null;
        }
        Call call = new Call(calls.size() + 1, type.getSimpleName(), method.getName());
        calls.add(call);
        return call;
    }

    private synchronized @Nullable Plan struck(@Nullable Call call) {
        Plan planned = plan;
        if (call == null || planned == null) {
            return null;
        }
        boolean isIt = planned.call().number() == call.number();
        boolean isLater = isLasting
                && call.number() > planned.call().number()
                && call.store().equals(planned.call().store())
                && call.method().equals(planned.call().method());
        isStruck |= isIt;
        return isIt || isLater ? planned : null;
    }

    private synchronized void noted(@Nullable Call call, Class<?> type, Method method, @Nullable Object answer) {
        if (call != null) {
            possible.addAll(WrongAnswers.possible(call, method, answer, others(type, method)));
        } else if (answer != null) {
            remembered
                    .computeIfAbsent(key(type, method), key -> new ArrayList<>())
                    .add(answer);
        }
    }

    private synchronized List<Object> others(Class<?> type, Method method) {
        return List.copyOf(remembered.getOrDefault(key(type, method), List.of()));
    }

    private static String key(Class<?> type, Method method) {
        return type.getName() + "." + method.getName();
    }
}
