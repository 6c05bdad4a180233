package dev.gatehouse.testkit.policy;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs one property of a test class as a build would, and tells how it failed. */
final class LawFailure {
    /** A run that draws nothing telling is rarer than one in two hundred for each fault here; a build must not fail by it. */
    private static final int RUNS = 3;

    private LawFailure() {}

    /** The failure of a law that a fault breaks; empty if some runs, of the law's own tries each, see nothing. */
    static Optional<Throwable> soon(Class<?> test, String law) {
        return IntStream.range(0, RUNS)
                .mapToObj(run -> of(test, law))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The failure of a law, with its own tries; empty if it holds. */
    static Optional<Throwable> of(Class<?> test, String law) {
        Method method = Arrays.stream(test.getMethods())
                .filter(m -> m.getName().equals(law))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("law: no '" + law + "'"));
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(test, method))
                .configurationParameter("jqwik.database", "")
                .configurationParameter("jqwik.reporting.onlyfailures", "true")
                .build();
        List<TestExecutionResult> results = new ArrayList<>();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
                if (identifier.isTest()) {
                    results.add(result);
                }
            }
        });
        if (results.size() != 1) {
            throw new IllegalStateException(law + " ran " + results.size() + " times");
        }
        return results.get(0).getThrowable();
    }
}
