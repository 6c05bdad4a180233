package dev.gatehouse.testkit.token;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Objects;

/** Lets stores fail while a test says so: before they have done anything, or after, so that only the answer is lost. Thread-safe. */
public final class FaultSwitch {
    private volatile Fault fault = Fault.NONE;

    private FaultSwitch() {}

    /** How a store fails. */
    public enum Fault {
        NONE,
        /** Every call throws, and nothing is done. */
        NOTHING_DONE,
        /** Every call throws, and all is done. */
        ANSWER_LOST
    }

    /** Thrown by a store that fails; no other thing that a store can throw may do better. */
    public static final class StoreFailedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private StoreFailedException() {
            super("the store fails, as the test has it");
        }
    }

    /** A switch that is off. */
    public static FaultSwitch none() {
        return new FaultSwitch();
    }

    /** From now on stores fail like this. */
    public void set(Fault kind) {
        this.fault = Objects.requireNonNull(kind, "kind");
    }

    /**
     * A store with the switch before it.
     *
     * @param type the interface
     */
    public <T> T over(Class<T> type, T store) {
        Objects.requireNonNull(store, "store");
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Fault now = fault;
                    if (now == Fault.NOTHING_DONE) {
                        throw new StoreFailedException();
                    }
                    Object answer;
                    try {
                        answer = method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (now == Fault.ANSWER_LOST) {
                        throw new StoreFailedException();
                    }
                    return answer;
                }));
    }

    @Override
    public String toString() {
        return "FaultSwitch[" + fault + "]";
    }
}
