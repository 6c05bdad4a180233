package dev.gatehouse;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Keeps the bodies of tests from running while a mutation run only looks which there are.
 *
 * <p>PIT starts a virtual machine for every class that it changes, and its JUnit plugin finds the tests there by running them all
 * before the first change is made: most of the time of a run went into that. Which tests cover what was recorded before, in a
 * virtual machine of another kind, where everything runs. Without {@code junit.jupiter.extensions.autodetection.enabled}, which
 * mutation runs set, this extension is not even loaded.
 */
public final class FoundUnrun implements InvocationInterceptor {
    private static final boolean CHANGES_CODE =
            System.getProperty("sun.java.command", "").contains("MutationTestMinion");

    static boolean isOnlyLookedFor() {
        return CHANGES_CODE
                && StackWalker.getInstance()
                        .walk(frames -> frames.anyMatch(
                                frame -> frame.getClassName().equals("org.pitest.junit5.JUnit5TestUnitFinder")));
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> body, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        runUnlessOnlyLookedFor(body);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> body, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        runUnlessOnlyLookedFor(body);
    }

    @Override
    public void interceptDynamicTest(Invocation<Void> body, DynamicTestInvocationContext test, ExtensionContext context)
            throws Throwable {
        runUnlessOnlyLookedFor(body);
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<Void> body, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        runUnlessOnlyLookedFor(body);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<Void> body, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        runUnlessOnlyLookedFor(body);
    }

    private static void runUnlessOnlyLookedFor(Invocation<Void> body) throws Throwable {
        if (isOnlyLookedFor()) {
            body.skip();
        } else {
            body.proceed();
        }
    }
}
